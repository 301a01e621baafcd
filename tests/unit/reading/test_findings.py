"""Odd cables, one for each finding of the reading report, and a sound one that has none."""

from datetime import UTC, date, datetime

import pytest

from generator.cable.read import read_cable
from generator.cable.source.facts import Facts
from generator.reading.findings import Field, Finding, FindingKind, Reading, look_at
from generator.reading.printout import FIELDS, FINDINGS
from generator.reading.tally import Tally

HEADER = """VZCZCXRO1600
OO RUEHWEB
DE RUEHMO #0226/01 0291533
ZNY CCCCC ZZH
P 291533Z JAN 10
FM AMEMBASSY MOSCOW
TO RUEHC/SECSTATE WASHDC PRIORITY 6110
"""
BODY = """C O N F I D E N T I A L MOSCOW 000226

SIPDIS

E.O. 12958: DECL: 01/29/2020
TAGS: PREL
SUBJECT: A THING
REF: A. 09 MOSCOW 3010

Classified By: DCM Jane Roe for reasons 1.4 (b)

1. (C) Summary: It is so. End summary.

ROE"""
SOUND = HEADER + BODY


def reading(text: str, path: str = "", **facts: object) -> Reading:
    return look_at(read_cable(text, Facts(**({"id": "10MOSCOW226"} | facts))), path)  # type: ignore[arg-type]


def findings(text: str, path: str = "", **facts: object) -> list[Finding]:
    return list(reading(text, path, **facts).findings)


def without(old: str, new: str = "") -> str:
    assert old in SOUND
    return SOUND.replace(old, new)


def test_a_sound_cable_needs_no_eye() -> None:
    sound = reading(SOUND, "cables/10MOSCOW226.txt", created=datetime(2010, 1, 29, 15, 3, tzinfo=UTC))
    assert sound == Reading((), (), ())
    assert not sound.needs_an_eye


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        (Field.DATE_TIME_GROUP, "P 291533Z JAN 10\n", ""),
        (Field.RECIPIENTS, "TO RUEHC/SECSTATE WASHDC PRIORITY 6110\n", ""),
        (Field.EXECUTIVE_ORDER, "E.O. 12958: DECL: 01/29/2020\n", ""),
        (Field.TAGS, "TAGS: PREL\n", ""),
        (Field.SUBJECT, "SUBJECT: A THING\n", ""),
        (Field.CLASSIFIED_BY, "Classified By: DCM Jane Roe for reasons 1.4 (b)\n", ""),
        (Field.NUMBERED_PARAGRAPHS, "1. (C)", "(C)"),
    ],
)
def test_a_field_that_nearly_every_cable_has_is_missed(field: Field, old: str, new: str) -> None:
    found = reading(without(old, new), created=datetime(2010, 1, 29, 15, 3, tzinfo=UTC))
    assert (found.missing, found.wanted) == ((field,), (field,))
    assert found.needs_an_eye


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        (Field.REFERENCES, "REF: A. 09 MOSCOW 3010\n", ""),
        (Field.SUMMARY, "Summary: It is so. End summary.", "It is so."),
        (Field.SIGNATURE, "\n\nROE", ""),
    ],
)
def test_a_field_that_many_cables_do_without_is_counted_and_no_more(field: Field, old: str, new: str) -> None:
    found = reading(without(old, new))
    assert (found.missing, found.wanted, found.needs_an_eye) == ((field,), (), False)


def test_nothing_is_found_in_nothing() -> None:
    found = look_at(read_cable(""))
    assert found.missing == tuple(Field)
    assert found.findings == ()


def test_a_partial_extract_has_no_group_and_no_addressees_to_miss() -> None:
    notice = (
        "This record is a partial extract of the original cable. The full text of the original cable is not available."
    )
    found = reading(f"{notice}\n{BODY}", created=date(2010, 1, 29))
    assert (found.missing, found.wanted) == ((Field.DATE_TIME_GROUP, Field.RECIPIENTS), ())


@pytest.mark.parametrize(
    ("classification", "created"), [("UNCLASSIFIED", "2010-01-29"), ("SECRET", "1994-01-29"), ("SECRET", "")]
)
def test_classified_by_is_asked_for_only_where_it_is_the_rule(classification: str, created: str) -> None:
    text = BODY.replace("Classified By: DCM Jane Roe for reasons 1.4 (b)\n", "")
    day = date.fromisoformat(created) if created else None
    found = reading(text, classification=classification, created=day)
    assert Field.CLASSIFIED_BY in found.missing
    assert Field.CLASSIFIED_BY not in found.wanted


def test_text_that_nothing_claims_is_told_with_its_line() -> None:
    text = without("ZNY CCCCC ZZH\n", "ZNY CCCCC ZZH\nFROM THE \x1b[31m DESK\n")
    assert findings(text) == [Finding(FindingKind.UNCLAIMED, 5, "FROM THE \x1b[31m DESK")]


def test_of_many_unclaimed_spans_the_first_are_told_and_the_rest_counted() -> None:
    text = without("ZNY CCCCC ZZH\n", "ODD LINE\nZNY CCCCC ZZH\n" * 25)
    found = findings(text)
    assert len(found) == 21
    assert found[-1] == Finding(FindingKind.UNCLAIMED, 4 + 2 * 20, "… and 5 more from here on")


def test_an_id_that_is_not_the_file_s_name() -> None:
    (found,) = findings(SOUND, "cables/2010/10MOSCOW227.txt")
    assert found == Finding(
        FindingKind.ID_AND_FILE_NAME, 1, "the file is named 10MOSCOW227, the ID in it is 10MOSCOW226"
    )
    assert findings(SOUND, "cables/a-draft.txt") == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("#0226/01", "#0227/01", 3, "the header has number 227, the ID is 10MOSCOW226"),
        ("FM AMEMBASSY MOSCOW", "FM AMEMBASSY KYIV", 6, "the header is from KYIV, the ID is 10MOSCOW226"),
        ("JAN 10\n", "JAN 09\n", 5, "the header is of 2009, the ID is 10MOSCOW226"),
        ("#0226/01", "#9/01", 3, "the header has number 9, the ID is 10MOSCOW226"),
    ],
)
def test_an_id_that_the_header_denies(old: str, new: str, line: int, said: str) -> None:
    assert findings(without(old, new)) == [Finding(FindingKind.ID_AND_HEADER, line, said)]


def test_the_header_has_the_last_four_digits_of_the_number_only() -> None:
    text = without("#0226", "#3511").replace("MOSCOW 000226", "MOSCOW 103511")
    assert findings(text, id="10MOSCOW103511") == []


def test_a_sender_that_is_no_known_post_denies_nothing() -> None:
    assert findings(without("FM AMEMBASSY MOSCOW", "FM FBIS RESTON VA")) == []


def test_two_names_of_one_post_agree() -> None:
    text = SOUND.replace("AMEMBASSY MOSCOW", "AMEMBASSY KIEV").replace("L MOSCOW 000226", "L KIEV 000226")
    assert findings(text, id="10KYIV226") == []


def test_an_id_that_the_classification_line_denies() -> None:
    text = without("MOSCOW 000226\n", "MOSCOW 000262\n")
    assert findings(text) == [
        Finding(FindingKind.ID_AND_TEXT, 8, "the classification line has MOSCOW 262, the ID is 10MOSCOW226")
    ]


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        ("10SECTION01OF04MOSCOW226", "the ID 10SECTION01OF04MOSCOW226 is damaged, most likely 10MOSCOW226"),
        ("10MOSCW226", "the ID 10MOSCW226 is damaged, most likely 10MOSCOW226"),
    ],
)
def test_a_damaged_id(damaged: str, said: str) -> None:
    assert findings(SOUND, id=damaged) == [Finding(FindingKind.DAMAGED_ID, 1, said)]


def test_a_damaged_id_that_nothing_explains() -> None:
    (found,) = findings("no text to speak of", id="92OF5?")
    assert found.text == "the ID 92OF5? is damaged, and nothing explains it"


def test_an_id_of_the_seventies_is_as_it_should_be() -> None:
    assert findings("SOME TEXT", "cables/1976STATE091590_b.txt", id="1976STATE091590_b") == []


@pytest.mark.parametrize("hour", [15, 16])
def test_a_time_agrees_with_the_group_in_day_and_hour(hour: int) -> None:
    found = findings(SOUND, created=datetime(2010, 1, 29, hour, 3, 12, tzinfo=UTC))
    told = "created 2010-01-29 16:03, the date-time group says 2010-01-29 15:33"
    assert found == ([Finding(FindingKind.CREATED_AND_GROUP, 5, told)] if hour == 16 else [])


def test_a_day_that_is_not_the_groups() -> None:
    (found,) = findings(SOUND, created=date(2010, 1, 30))
    assert found.text == "created 2010-01-30, the date-time group says 2010-01-29 15:33"


def test_a_group_that_cannot_be_read() -> None:
    found = reading(without("P 291533Z JAN 10\n", "P 291533Z JAN 1\n"), created=date(2010, 1, 29))
    assert found.findings == (Finding(FindingKind.GARBLED_GROUP, 5, "P 291533Z JAN 1"),)
    assert found.wanted == (Field.DATE_TIME_GROUP,)


def test_garbled_words_are_counted_and_the_first_line_quoted() -> None:
    text = without("It is so.", "The governmenQ of\nanti-narcotQ fame.")
    assert findings(text) == [Finding(FindingKind.GARBLES, 19, "1. (C) Summary: The governmenQ of (and 1 more)")]


def test_characters_that_could_not_be_kept() -> None:
    assert findings(without("It is", "It \ufffdis \ufffd")) == [
        Finding(FindingKind.LOST_CHARACTERS, 19, "2 characters stand as U+FFFD")
    ]


def test_cables_are_counted() -> None:
    tally = Tally()
    for text in (SOUND, without("SUBJECT: A THING\n"), without("\n\nROE"), without("#0226", "#0227")):
        tally.add(reading(text))
    counts = tally.counts()
    assert (counts.cables, counts.to_look_at) == (4, 2)
    subject, signature = counts.fields["subject"], counts.fields["signature"]
    assert (subject.found, subject.missing, subject.to_look_at) == (3, 1, 1)
    assert (signature.found, signature.missing, signature.to_look_at) == (3, 1, 0)
    assert counts.findings == {"id_and_header": 1}


def test_the_table_has_words_for_every_field_and_finding() -> None:
    assert (set(FIELDS), set(FINDINGS)) == (set(Field), set(FindingKind))
