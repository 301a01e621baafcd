"""The words by which a cable is described elsewhere."""

import pytest

from generator.cable.read import read_outline
from generator.site.description import LONGEST, description

WORDS = "The Minister said that the harbour would be\nready in spring. " * 200


@pytest.mark.parametrize("start", ["1. ", "1. (C) ", "¶1. (SBU) ", "1.  (C/NF)  "])
def test_it_is_how_the_first_numbered_paragraph_begins(start: str) -> None:
    told = description(read_outline(f"SUBJECT: A HARBOUR\n\n{start}{WORDS}\n\n2. (U) More.\n"))
    assert told.startswith("The Minister said that the harbour would be ready in spring. The ")
    assert told.endswith(" …")
    assert LONGEST - 20 < len(told) <= LONGEST + 2


def test_a_short_cable_has_none() -> None:
    assert description(read_outline("SUBJECT: A HARBOUR\n\n1. (C) The harbour is ready.\n")) == ""


def test_a_text_without_numbers_has_none() -> None:
    assert description(read_outline(f"SUBJECT: A HARBOUR\n\n{WORDS}\n")) == ""


def test_control_characters_are_named() -> None:
    assert "⟨U+202E⟩" in description(read_outline(f"SUBJECT: A\n\n1. One \u202e two. {WORDS}\n"))
