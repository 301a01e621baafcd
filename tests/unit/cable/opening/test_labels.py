"""The labels of an opening in every order, and what is missing (CABLE-FORMAT 2)."""

from datetime import date

import pytest

from generator import Cable, read_cable
from generator.cable.source.facts import Facts
from generator.cable.spans import Kind


def cable(opening: str) -> Cable:
    text = f"C O N F I D E N T I A L BOGOTA 002076\n\nSIPDIS\n\n{opening}\n\n1. (C) The text of the cable.\n"
    return read_cable(text, Facts(id="08BOGOTA2076", header_lines=0))


CHRISTMAS = date(2018, 12, 25)


@pytest.mark.parametrize(
    "opening",
    [
        "TAGS: PREL, CO\nE.O. 12958: DECL: 12/25/2018\nSUBJECT: A THING",
        "SUBJECT: A THING\nE.O. 12958: DECL: 12/25/2018\nTAGS: PREL, CO",
        "SUBJECT: A THING\n\nTAGS: PREL, CO\n\nE.O. 12958: DECL: 12/25/2018",
        "E.O. 12958: DECL: 12/25/2018 TAGS: PREL CO SUBJECT: A THING",
        "E.O. 12958: DECL: 12/25/2018 TAGS PREL, CO\nSUBJECT A THING",
        "EO 12958 DECL: 12/25/2018\nTAGS PREL, CO\nSUBJECT: A THING",
        "EO 12958 DECL: 12/25/2018 TAGS PREL CO\nSUBJECT A THING",
        "E.O. 12958: DECL: 12/25/2018 TAGS: PREL\nCO SUBJECT: A THING",
        "E.O. 12958: DECL: 12/25/2018 TAGS: PREL\nCO\nCO SUBJECT: A\nTHING",
        "\n\nE.O. 12958: DECL: 12/25/2018 \n \nTAGS: PREL CO \n \n \nSUBJECT: A THING \n \n",
        "DEPT FOR WHA\nE.O. 12958: DECL: 12/25/2018\nTAGS: PREL, CO\nSUBJECT: A THING\nREF: QUITO 1",
        "E.O. 12958: DECL: 12/25/2018\nSIPDIS\nTAGS: PREL, CO\nSENSITIVE\nSUBJECT: A THING",
        "E.O. 12958: DECL: 12/25/2018\nTAGS: PREL, CO\nSUBJECT: A THING\n\nE.O. 12958: DECL: 01/01/2001\nTAGS: XX\n",
        "e.o. 12958: decl: 12/25/2018\ntags: prel, co\nsubject: A THING",
    ],
)
def test_labels_in_every_order(opening: str) -> None:
    read = cable(opening)
    assert read.eo is not None
    assert (read.eo.declassify_on, read.tags, read.subject) == (CHRISTMAS, ("PREL", "CO"), "A THING")
    assert [each.number for each in read.paragraphs] == ["1"]
    assert Kind.TEXT not in {span.kind for span in read.spans}


@pytest.mark.parametrize("opening", ["", "DEPT FOR WHA", "TAGS: PREL", "REF: QUITO 1", "SUBJECT:", "E.O. 12958:"])
def test_what_is_missing_is_empty(opening: str) -> None:
    read = cable(opening)
    assert read.subject == ""
    assert read.tags == (("PREL",) if "TAGS" in opening else ())
    assert [each.number for each in read.paragraphs] == ["1"]
