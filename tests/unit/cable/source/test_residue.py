"""What exports and web pages left at line ends is shown and belongs to no value (CABLE-FORMAT 8.1, 8.4)."""

import pytest

from generator import read_cable
from generator.cable.source.content_file import read_source, write_source
from generator.cable.source.facts import Facts
from tests.property.soundness import assert_sound

HEADER = "P 170859Z FEB 09\nFM AMEMBASSY LIMA\nTO SECSTATE WASHDC IMMEDIATE 0448\nAMEMBASSY QUITO"
BODY = """UNCLAS LIMA 000013

SIPDIS

E.O. 12958: N/A
TAGS: PTER PREL PE
SUBJECT: A LONG SUBJECT THAT
GOES ON

REF: A. QUITO 7
     B. 08 LIMA 250

1.  The first paragraph goes
on here.

ROE
"""
OTHER_BLANKS = [(" ", "\xa0"), ("\n", "\u2028"), (": ", ":\xa0")]


@pytest.mark.parametrize(("blank", "other"), OTHER_BLANKS)
def test_other_blanks(blank: str, other: str) -> None:
    header, body = HEADER, BODY.replace(blank, other).replace("1.  ", "(U) ").replace("1.\xa0\xa0", "(U) ")
    read = read_cable(f"{header}\n{body}", Facts(header_lines=4))
    assert_sound(read)
    assert (read.header, read.body) == (header, body)
    assert (read.id, read.captions, read.tags) == ("09LIMA13", ("SIPDIS",), ("PTER", "PREL", "PE"))
    assert read.subject == "A LONG SUBJECT THAT GOES ON"
    assert [each.id for each in read.references] == ["09QUITO7", "08LIMA250"]
    assert (read.signature, read.paragraphs[0].mark) == ("ROE", "U")
    assert read.paragraphs[0].text in body
    assert len(read.paragraphs) == 1


ENDS = [" <br>\n", "<br>\n", " <br />\n", "<BR/>\n", " \\\n", "\\\n"]


@pytest.mark.parametrize("end", ENDS)
def test_line_ends(end: str) -> None:
    header, body = HEADER.replace("\n", end), BODY.replace("\n", end)
    read = read_cable(read_source(write_source(Facts(), header, body), "a.txt").text)
    assert_sound(read)
    assert (read.header, read.body) == (header, body)
    assert read.id == "09LIMA13"
    assert [each.name for each in read.recipients] == ["SECSTATE WASHDC", "AMEMBASSY QUITO"]
    assert read.captions == ("SIPDIS",)
    assert read.tags == ("PTER", "PREL", "PE")
    assert read.subject == "A LONG SUBJECT THAT GOES ON"
    assert [each.id for each in read.references] == ["09QUITO7", "08LIMA250"]
    assert read.signature == "ROE"
    assert "<" not in read.paragraphs[0].text
    assert " ".join(read.paragraphs[0].text.split()) == "1. The first paragraph goes on here."
