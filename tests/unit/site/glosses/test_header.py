"""The lines of a header in words."""

import html
import re
import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from generator import read_cable
from generator.cable.model import Cable
from generator.cable.spans import Kind, Mark, MarkKind
from generator.cable.vocabulary import BUILT_IN
from generator.site.glosses.gloss import LONGEST
from generator.site.glosses.meanings import Meanings
from generator.site.markup import header_markup
from tests.unit.site.glosses.explained import explained

HEADER = """VZCZCXRO1600
PP RUEHLN RUEHSK
DE RUEHMO #0226/01 0291533
ZNR UUUUU ZZH
P 291533Z JAN 10
FM AMEMBASSY MOSCOW
TO RUEHC/SECSTATE WASHDC PRIORITY 6110
INFO RUEKJCS/SECDEF WASHDC
"""
BODY = "UNCLAS MOSCOW 000226\n\n1. Text.\n"


WEB = "RUEHWEB: no station: puts the message on the classified web"
DAMAGED = "at a moment that is damaged, and not certain"


def header(*changes: tuple[str, str]) -> dict[str, str]:
    text = HEADER
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return dict(explained(f"{text}{BODY}"))


def test_every_line_that_the_relays_worked_with_is_explained() -> None:
    assert header() == {
        "PP RUEHLN RUEHSK": "Priority, to AMCONSUL ST PETERSBURG, AMEMBASSY MINSK",
        "DE RUEHMO #0226/01 0291533": "Message 226, section 1, day 29 of the year, 15:33 UTC",
        "ZNR UUUUU ZZH": "Unclassified, sent in clear",
        "P 291533Z JAN 10": "29 January 2010, 15:33 UTC, priority",
    }


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("PP RUEHLN RUEHSK", "OO RUEHWEB", f"Immediate; {WEB}"),
        ("PP RUEHLN RUEHSK", "OO RUEHWEB RUEHSK", f"Immediate, to AMEMBASSY MINSK; {WEB}"),
        ("PP RUEHLN RUEHSK", "RR RUEHZZZ", "Routine, to 1 station without a known name"),
        (
            "PP RUEHLN RUEHSK",
            "RR RUEHSK RHMFISS RUEHQQQ",
            "Routine, to AMEMBASSY MINSK, 2 stations without a known name",
        ),
        ("#0226/01 0291533", "#0226 3311533", "Message 226, day 331 of the year, 15:33 UTC"),
        ("#0226/01 0291533", "#0226 3991533", f"Message 226, {DAMAGED}"),
        ("#0226/01 0291533", "#0226 0001533", f"Message 226, {DAMAGED}"),
        ("#0226/01 0291533", "#0226 3312959", f"Message 226, {DAMAGED}"),
        ("#0226/01 0291533", "#0226 3311563", f"Message 226, {DAMAGED}"),
        ("#0226/01 0291533", "#0226", "Message 226"),
        ("DE RUEHMO #0226/01 0291533", "DE RUEHMO 0291533", "day 29 of the year, 15:33 UTC"),
        ("#0226/01 0291533", "#0226/02", "Message 226, section 2"),
        ("P 291533Z JAN 10", "291533Z JAN 10", "29 January 2010, 15:33 UTC"),
        ("ZNR UUUUU ZZH", "ZNY CCCCC ZZH", "Confidential, sent in cipher"),
        ("ZNR UUUUU ZZH", "ZNY SSSSS ZZH ZDK", "Secret, sent in cipher; ZDK: a repetition, on request"),
        ("ZNR UUUUU ZZH", "ZNY EEEEE ZZH", "Unclassified, sent in cipher"),
        ("ZNR UUUUU ZZH", "ZNY SSSAA ZZH", "Secret, sent in cipher (not certain)"),
        ("ZNR UUUUU ZZH", "ZNY QQ ZZH", "A security line that is damaged"),
        (
            "P 291533Z JAN 10",
            "O R 291533Z JAN 10",
            "29 January 2010, 15:33 UTC, immediate for action, routine for information",
        ),
        ("P 291533Z JAN 10", "P 291533Z JAN 10 ZDS", "29 January 2010, 15:33 UTC, priority; ZDS: a corrected version"),
        ("P 291533Z JAN 10", "P 240620Z JUL 0", "A moment that is damaged, and not certain, priority"),
        ("P 291533Z JAN 10", "P 991533Z JAN 10", "A moment that is damaged, and not certain, priority"),
    ],
)
def test_a_line(old: str, new: str, words: str) -> None:
    assert words in header((old, new)).values()


def test_the_name_of_every_addressee_is_an_element() -> None:
    lines = (
        "FM AMEMBASSY THE HAGUE\nTO RUEHC/SECSTATE WASHDC NIACT IMMEDIATE 2276-2279\nZEN/AMEMBASSY BELMOPAN\n"
        "AMEMBASSY PARIS PRIORITY\nINFO RHMFISS/CDR USEUCOM 2 MARFOR EUR ROUTINE 12\nRUEAIIA/CIA WASHINGTON DC  \n"
        "XMT AMCONSUL NAPLES"
    )
    names, recipients = named(lines)
    assert names == [
        *("AMEMBASSY THE HAGUE", "SECSTATE WASHDC", "AMEMBASSY BELMOPAN", "AMEMBASSY PARIS"),
        *("CDR USEUCOM 2 MARFOR EUR", "CIA WASHINGTON DC", "AMCONSUL NAPLES"),
    ]
    assert recipients == names[1:]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("RUEHC/SECSTATE WASHDC PRIOITY 6110", "SECSTATE WASHDC"),
        ("AMEMBASSY LIMA NIACT IMMEDIAT", "AMEMBASSY LIMA"),
        ("AMEMBASSY RIYADH", "AMEMBASSY RIYADH"),
        ("AMEMBASSY LIMA PRIORITY \\", "AMEMBASSY LIMA"),
        ("CDR ROUTINE STAFF", "CDR ROUTINE STAFF"),
        ("PAGE ONE PRESS", "PAGE ONE PRESS"),
        ("ZEN", None),
        ("BT", None),
        ("PAGE 02        STATE   015113  182333Z", None),
    ],
)
def test_a_line_has_the_name_that_its_addressee_has(line: str, name: str | None) -> None:
    names, recipients = named(f"TO AMEMBASSY QUITO\n{line}")
    assert names == recipients == ["AMEMBASSY QUITO", name][: 1 + (name is not None)]


WORDS = (
    *("FM", "TO", "ZEN", "ZEN/", "RUEHC/", "PAGE", "02", "LIMA", "NIACT", "PRIORITY", "PRIOITY", "PARIS", "2276-2279"),
    *("BT", "6110", "ROUTINE", "\\", " ", "\t", "A/B"),
)
LINE = st.lists(st.sampled_from(WORDS), max_size=6)


@given(st.lists(LINE.map(" ".join), min_size=1, max_size=4).map("\n".join))
def test_names_and_addressees_are_read_by_one_grammar(lines: str) -> None:
    names, recipients = named(f"TO AMEMBASSY QUITO\n{lines}", without="FM")
    assert names == recipients


def named(lines: str, without: str = "") -> tuple[list[str], list[str]]:
    """The names that the header shows, but for those in lines of one kind, and those of the cable's addressees."""
    cable = read_cable(f"P 291533Z JAN 10\n{lines}\n{BODY}")
    shown = str(header_markup(cable, Meanings(BUILT_IN)))
    if without:
        shown = re.sub(r"<span class=from>.*?</span>", "", shown, flags=re.DOTALL)
    names = [html.unescape(name) for name in re.findall("<b>(.*?)</b>", shown)]
    return names, [recipient.name for recipient in cable.recipients if recipient.name]


def test_an_addressee_that_is_reached_by_other_means_alone_is_explained() -> None:
    assert header(("RUEHC/SECSTATE WASHDC PRIORITY 6110", "ZEN"))["ZEN"] == "This addressee gets it by other means"


def test_signals_among_the_addressees_are_explained_once() -> None:
    found = header(("RUEHC/SECSTATE WASHDC PRIORITY", "ZEN/AMEMBASSY LIMA\nZEN/AMEMBASSY QUITO NIACT IMMEDIATE"))
    assert found["ZEN"] == "This addressee gets it by other means"
    assert found["NIACT IMMEDIATE"].startswith("Immediate, and the receiving post acts on it at night")
    twice = HEADER.replace(
        "RUEHC/SECSTATE", "ZEN/AMEMBASSY LIMA NIACT IMMEDIATE\nZEN/AMEMBASSY QUITO NIACT IMMEDIATE\nA"
    )
    codes = [code for code, _ in explained(f"{twice}{BODY}")]
    assert (codes.count("ZEN"), codes.count("NIACT IMMEDIATE")) == (1, 1)


def test_a_line_to_many_stations_names_some_and_counts_the_rest() -> None:
    known = "RUEHLN RUEHSK RUEHVI RUEHVJ RUEHVK RUEHVL RUEHVT RUEHWD"
    named = "AMCONSUL ST PETERSBURG, AMEMBASSY MINSK, AMEMBASSY VIENNA, AMEMBASSY SARAJEVO"
    for more, rest in (("", 4), (" RUEHWL", 5), (" RUEHQQQ RUEHZZZ", 6), (" RUEHWL" * 5000, 5004)):
        (said,) = (words for code, words in header(("RUEHLN RUEHSK", known + more)).items() if code.startswith("PP"))
        assert said == f"Priority, to {named}, {rest} other stations"
        assert len(said) <= LONGEST


def test_what_explains_a_pseudo_addressee_leaves_less_room_for_stations() -> None:
    line = header(("RUEHLN RUEHSK", "RUEHLN RUEHSK RUEHVI RUEHVJ RUEHWEB"))
    (said,) = (words for code, words in line.items() if code.startswith("PP"))
    assert said == f"Priority, to AMCONSUL ST PETERSBURG, 3 other stations; {WEB}"
    assert len(said) <= LONGEST


@pytest.mark.parametrize("line", ["ZEN/AMEMBASSY LIMA", "AMEMBASSY LIMA NIACT IMMEDIATE", "AMEMBASSY ZEN LIMA", "ZEN"])
def test_the_work_grows_as_the_addressees_do(line: str) -> None:
    """Calls and resumptions are counted; four times the lines are four times the work, not sixteen."""
    few, many = (
        calls_for(read_cable("\n".join(("P 291533Z JAN 10\nTO A", *[line] * count, BODY)))) for count in (50, 200)
    )
    assert many < 5 * few


def test_the_work_grows_as_the_marks_do() -> None:
    """The names in a marked line are no elements; each line is looked up among the marks, not compared with all."""
    text = "P 291533Z JAN 10\n{}" + BODY
    few, many = (marked(read_cable(text.format("TO A\n\n" * count))) for count in (50, 200))
    assert "<b>" not in header_markup(few, Meanings(BUILT_IN))
    assert calls_for(many) < 5 * calls_for(few)


def marked(cable: Cable) -> Cable:
    spans = [span for span in cable.spans if span.kind is Kind.ACTION]
    assert len(spans) > 40
    return structs.replace(cable, marks=tuple(Mark(MarkKind.GARBLE, span.start, span.end) for span in spans))


def calls_for(cable: Cable) -> int:
    meanings = Meanings(BUILT_IN)
    header_markup(cable, meanings)
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        header_markup(cable, meanings)
    finally:
        sys.setprofile(None)
    return calls


def test_without_a_header_there_is_nothing_to_explain() -> None:
    assert explained(BODY) == []
    assert explained("This record is a partial extract of the original cable.\n\n" + BODY) == []
