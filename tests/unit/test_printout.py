import json
from datetime import UTC, date, datetime

from generator import read_cable
from generator.cable.facts import Facts
from generator.cable.printout import as_json, as_text

TEXT = """FM AMEMBASSY MOSCOW
TO RUEHC/SECSTATE WASHDC PRIORITY 6110
C O N F I D E N T I A L MOSCOW 000226

SIPDIS

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
    }
    assert spans[0] == {"kind": "from", "start": 0, "end": 20}
    assert spans[-1]["end"] == len(TEXT)


def test_what_is_not_known_is_null_or_empty() -> None:
    said = json.loads(as_json(read_cable("")))
    assert (said["created"], said["released"], said["eo"], said["classified_by"]) == (None, None, None, None)
    assert (said["id"], said["tags"], said["spans"]) == ("", [], [])


def test_text_has_a_line_a_span() -> None:
    lines = as_text(read_cable(TEXT, Facts(id="10MOSCOW226"))).split("\n")
    assert lines[0] == "10MOSCOW226  CONFIDENTIAL  Embassy Moscow  A THING"
    assert lines[1].split() == ["from", "1", "FM", "AMEMBASSY", "MOSCOW"]
    (paragraph,) = (line for line in lines if line.startswith("paragraph"))
    assert paragraph.endswith("14  #par1  1. (C) It is \\x1b[31mso.")


def test_long_spans_are_cut_short_and_place_is_said_in_lines() -> None:
    report = as_text(read_cable("UNCLAS MOSCOW 000226\n\n1. " + "word " * 50 + "\nand more.\n"))
    assert "3-4  #par1  1. word word" in report
    assert "\u2026" in report
