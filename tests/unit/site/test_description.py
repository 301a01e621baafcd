"""The words by which a cable is described elsewhere."""

import pytest

from generator.cable.read import read_outline
from generator.site.description import LONGEST, SHARE, SHORTEST, description

WORDS = "The Minister said that the harbour would be\nready in spring. " * 200


@pytest.mark.parametrize("start", ["1. ", "1. (C) ", "¶1. (SBU) ", "1.  (C/NF)  "])
def test_it_is_how_the_first_numbered_paragraph_begins(start: str) -> None:
    told = description(read_outline(f"SUBJECT: A HARBOUR\n\n{start}{WORDS}\n\n2. (U) More.\n"))
    assert told.startswith("The Minister said that the harbour would be ready in spring. The ")
    assert told.endswith(" …")
    assert LONGEST - 20 < len(told) <= LONGEST + 2


def test_it_is_shorter_for_a_shorter_text_but_never_a_few_words_alone() -> None:
    told = [description(read_outline(f"SUBJECT: A HARBOUR\n\n1. (C) {WORDS[:length]}\n")) for length in (900, 4800)]
    assert told[0] == "The Minister said that the harbour would be ready in …"
    assert SHORTEST - 10 < len(told[0]) <= SHORTEST + 2
    assert 4800 // SHARE - 10 < len(told[1]) <= 4800 // SHARE + 2


@pytest.mark.parametrize("words", ["The harbour is ready.", "A" * (SHORTEST - 4) + " all"])
def test_all_of_a_few_words_is_told(words: str) -> None:
    assert description(read_outline(f"SUBJECT: A HARBOUR\n\n1. (C) {words}\n")) == words


def test_a_word_without_end_is_cut() -> None:
    assert description(read_outline(f"SUBJECT: A HARBOUR\n\n1. (C) {'A' * 90}\n")) == f"{'A' * SHORTEST} …"


def test_a_text_without_numbers_is_told_from_its_beginning() -> None:
    told = description(read_outline(f"SUBJECT: A HARBOUR\n\n{WORDS}\n"))
    assert told.startswith("The Minister said that the harbour would be ready in spring. The ")


def test_what_stands_before_the_first_number_is_passed_over() -> None:
    told = description(read_outline(f"SUBJECT: A HARBOUR\n\n{'A preface of some length. ' * 9}\n\n1. (C) {WORDS}\n"))
    assert told.startswith("The Minister said")


def test_a_text_without_paragraphs_has_none() -> None:
    assert description(read_outline("SUBJECT: A HARBOUR\n")) == description(read_outline("")) == ""


@pytest.mark.parametrize("number", ["2. (C) ", ""])
def test_a_numbered_heading_is_passed_over(number: str) -> None:
    told = description(read_outline(f"SUBJECT: A HARBOUR\n\n1. (U) SUMMARY\n\n{number}{WORDS}\n"))
    assert told.startswith("The Minister said")
    assert description(read_outline("SUBJECT: A HARBOUR\n\n1. (U) SUMMARY\n\n2. (C) Brief.\n")) == "SUMMARY"


def test_control_characters_are_named() -> None:
    assert "⟨U+202E⟩" in description(read_outline(f"SUBJECT: A\n\n1. One \u202e two. {WORDS}\n"))
