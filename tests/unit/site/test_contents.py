"""The contents of a long cable, read off its text."""

from generator import read_cable
from generator.cable.spans import Kind
from generator.cable.vocabulary import BUILT_IN
from generator.site.contents import FEWEST_NUMBERS, LONG, contents

WORDS = "The group met again and agreed on what had been said before. " * 40
assert len(WORDS) * 3 > LONG

HEADED = f"""\
UNCLAS MOSCOW 000226

SUBJECT: A LONG STORY

1. (U) {WORDS}

------------------------
THE GOR'S SIDE OF A STORY
------------------------

2. (U) {WORDS}

3. (U) Short.

A Second Look \\

4. (U) {WORDS}

COMMENT: AND NOW?
-----------------

Without a number.

BEYRLE
"""
FLAT = "".join(f"{number}. (U) {WORDS}\n\n" for number in range(1, FEWEST_NUMBERS + 1))


def found(text: str) -> tuple[list[tuple[str, str, str]], list[list[tuple[str, str]]]]:
    made = contents(read_cable(text), BUILT_IN.readable)
    return [(h.text, h.href, h.note) for h in made.headings], [[(n.text, n.href) for n in run] for run in made.numbers]


def test_headings_lead_to_the_paragraphs_behind_them_in_a_case_that_is_easy_on_the_eye() -> None:
    headings, numbers = found(HEADED)
    assert headings[:2] == [("The GOR's Side of a Story", "#par2", "2"), ("A Second Look", "#par4", "4")]
    assert headings[2][0] == "Comment: And Now?"
    assert headings[2][1].startswith("#p-")
    assert headings[2][2] == ""
    assert numbers == []


def test_without_headings_there_are_the_numbers_of_the_paragraphs() -> None:
    assert found(FLAT) == ([], [[(str(n), f"#par{n}") for n in range(1, FEWEST_NUMBERS + 1)]])


def test_a_short_cable_and_one_of_few_paragraphs_have_none() -> None:
    assert found(HEADED.replace(WORDS, "Short.")) == ([], [])
    assert found(FLAT.partition(f"{FEWEST_NUMBERS}. ")[0]) == ([], [])


def test_a_long_header_does_not_make_a_cable_long() -> None:
    header = "P 291533Z JAN 10\nFM AMEMBASSY MOSCOW\nTO AMEMBASSY LIMA\n" + "RUEHC/SECSTATE WASHDC\n" * (LONG // 20)
    assert found(f"{header}\nUNCLAS MOSCOW 000226\n\n{FLAT.replace(WORDS, 'Short.')}") == ([], [])


def test_a_text_is_long_from_so_many_characters_on() -> None:
    text = FLAT.replace(WORDS, "Short.")
    longer = text.replace("Short.", "Long" * ((LONG - len(text)) // 4), 1)
    assert len(longer) < LONG
    for more, numbers in ((LONG - 1 - len(longer), 0), (LONG - len(longer), 1)):
        body = longer.replace("Long", "Long" + "g" * more, 1)
        assert len(found(body)[1]) == numbers, len(body)


def test_a_heading_that_nothing_stands_under_leads_nowhere() -> None:
    doubled = HEADED.replace("A Second Look", "WHAT COMES NEXT\n---------------\n\nA Second Look")
    cable = read_cable(doubled)
    headings = [cable.text[span.start : span.end].strip("-\n ") for span in cable.spans if span.kind is Kind.HEADING]
    assert "WHAT COMES NEXT" in headings
    assert found(doubled) == found(HEADED)


def test_numbers_that_begin_anew_begin_a_run_and_lead_to_their_own_paragraphs() -> None:
    first, second = found(FLAT.replace("\n\n7. ", "\n\n1. ").replace("\n\n8. ", "\n\n2. "))[1]
    assert first == [(str(n), f"#par{n}") for n in range(1, 7)]
    assert second == [("1", "#par1-2"), ("2", "#par2-2")]
