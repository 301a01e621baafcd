import json
from datetime import UTC, date, datetime

import pytest

from generator import read_cable
from generator.cable.printout import as_json, as_text
from generator.cable.source.facts import Facts

TEXT = """VZCZCXRO1600
PP RUEHDBU RUEHLN
DE RUEHMO #0226/01 0291540
ZNY CCCCC ZZH
ACTION EUR-25
O R 291533Z JAN 10 ZDK
FM AMEMBASSY MOSCOW
TO RUEHC/SECSTATE WASHDC PRIORITY 6110
C O N F I D E N T I A L MOSCOW 000226

SIPDIS

DEPT FOR EUR

E.O. 12958: DECL: 01/29/2020
TAGS: PREL
SUBJECT: A THING
REF: A. 09 MOSCOW 3010

Classified By: DCM Jane Roe for reasons 1.4 (b)

1. (C) It is \x1b[31mso.

ROE"""


def test_json_has_the_keys_that_are_promised() -> None:
    created = datetime(2010, 1, 29, 15, 33, tzinfo=UTC)
    cable = read_cable(TEXT, Facts(id="10MOSCOW226", created=created, released=date(2011, 8, 30)))
    said = json.loads(as_json(cable))
    spans = said.pop("spans")
    assert said == {
        "id": "10MOSCOW226",
        "canonical_id": "10MOSCOW226",
        "created": "2010-01-29T15:33:00Z",
        "released": "2011-08-30",
        "classification": "CONFIDENTIAL",
        "origin": "Embassy Moscow",
        "subject": "A THING",
        "tags": ["PREL"],
        "eo": {"order": "12958", "declassify_on": "2020-01-29"},
        "references": [{"text": "09 MOSCOW 3010", "id": "09MOSCOW3010", "kind": "cable", "letter": "A"}],
        "classified_by": {"name": "Jane Roe", "title": "DCM", "reasons": ["1.4(b)"]},
        "signature": "ROE",
        "recipients": [{"action": "TO", "precedence": "PRIORITY", "ri": "RUEHC", "name": "SECSTATE WASHDC"}],
        "summary": "",
        "paragraphs": [{"number": "1", "mark": "C", "anchor": "par1", "text": "1. (C) It is \x1b[31mso."}],
        "comments": [],
        "captions": ["SIPDIS"],
        "slugs": ["DEPT FOR EUR"],
        "identifier": "VZCZCXRO1600",
        "relays": ["RUEHDBU", "RUEHLN"],
        "sender": {"ri": "RUEHMO", "serial": 226, "section": 1, "sent": "2010-01-29T15:40:00Z"},
        "security": {"signal": "ZNY", "level": "CONFIDENTIAL", "handling": "", "remarks": "ZZH"},
        "date_time_group": "2010-01-29T15:33:00Z",
        "precedence": "IMMEDIATE",
        "info_precedence": "ROUTINE",
        "remarks": "ZDK",
        "originator": "AMEMBASSY MOSCOW",
        "distribution": [{"action": "ACTION", "office": "EUR", "copies": 25}],
        "is_extract": False,
    }
    assert spans[0] == {"kind": "identifier", "start": 0, "end": 13}
    assert spans[-1]["end"] == len(TEXT)


def test_what_is_not_known_is_null_or_empty() -> None:
    said = json.loads(as_json(read_cable("")))
    assert [key for key in said if said[key] is None] == [
        *("created", "released", "eo", "classified_by", "sender", "security", "date_time_group")
    ]
    assert (said["id"], said["tags"], said["spans"]) == ("", [], [])


def test_text_has_a_line_a_span() -> None:
    lines = as_text(read_cable(TEXT, Facts(id="10MOSCOW226"))).split("\n")
    assert lines[0] == "10MOSCOW226  2010-01-29 15:33  CONFIDENTIAL  Embassy Moscow  A THING"
    assert lines[1].split() == ["identifier", "1", "VZCZCXRO1600"]
    (paragraph,) = (line for line in lines if line.startswith("paragraph"))
    assert paragraph.endswith("22  #par1  1  (C) | 1. (C) It is \\x1b[31mso.")


def test_long_spans_are_cut_short_and_place_is_said_in_lines() -> None:
    report = as_text(read_cable("UNCLAS MOSCOW 000226\n\n1. " + "word " * 50 + "\nand more.\n"))
    assert "3-4  #par1  1 | 1. word word" in report
    assert "\u2026" in report


VALUES = """DE RUEHMO #0226/02 0291540
ZNY SSSSS ZZH
ACTION EUR-25   INFO LOG-00
O P 291533Z JAN 10
FM AMEMBASSY MOSCOW
TO SECSTATE WASHDC

S E C R E T SECTION 01 OF 02 MOSCOW 000226

E.O. 12958: DECL: 01/29/2020
TAGS: PREL, PGOV, RS
SUBJECT: A THING
REF: A. 09 MOSCOW 3010
     B. STATE 1234

1. (S/NF) It is so.
"""


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("sender", "226  section 2  2010-01-29 15:40"),
        ("security", "SECRET"),
        ("distribution", "2 offices"),
        ("date-time-group", "2010-01-29 15:33  IMMEDIATE/PRIORITY"),
        ("classification-line", "SECRET"),
        ("executive-order", "12958  2020-01-29"),
        ("tags", "PREL, PGOV, RS"),
        ("references", "09MOSCOW3010, 10STATE1234"),
        ("paragraph", "#par1  1  (S/NF)"),
    ],
)
def test_a_span_says_its_value(kind: str, value: str) -> None:
    (line,) = (line for line in as_text(read_cable(VALUES)).split("\n") if line.startswith(kind))
    assert line[31:].split(" | ")[0] == value


def test_it_fits_100_columns_and_no_reference_is_lost() -> None:
    references = "\n".join(f"     {letter}. 09 MOSCOW {3010 + at}" for at, letter in enumerate("ABCDEFGHIJKL"))
    text = VALUES.replace("A THING", "A THING " * 12).replace("     B. STATE 1234", references)
    report = as_text(read_cable(text + "\x1b" * 300))
    assert max(map(len, report.split("\n"))) <= 100
    assert all(f"09MOSCOW{3010 + at}" in report for at in range(12))
