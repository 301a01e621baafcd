"""Openings that sections repeat (CABLE-FORMAT 3.3)."""

import pytest

from generator import Cable, read_cable
from generator.cable.source.facts import Facts
from generator.cable.spans import Kind
from tests.property.soundness import assert_sound

OPENING = "C O N F I D E N T I A L MOSCOW 000226\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: X\n\n"


def cable(text: str) -> Cable:
    return read_cable(OPENING + text, Facts(id="10MOSCOW226", header_lines=0))


SECTION = """                           CONFIDENTIAL

PTQ1234

PAGE 01        MOSCOW  00226  02 OF 02  271033Z
ACTION AID-00

INFO  LOG-00   NP-00    AF-00
      /004W
                  ------------------507B47  271033Z /38
R 270853Z APR 00
FM AMEMBASSY MOSCOW
TO SECSTATE WASHDC 5512
INFO AMEMBASSY LONDON

C O N F I D E N T I A L SECTION 02 OF 02 MOSCOW 000226

SIPDIS

DEPT FOR EUR

E.O. 12958: N/A
TAGS: PREL
SUBJECT: X

"""


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("1. (C) The sentence goes\n\n", "on here.\n\n2. (C) B.\n", "1. (C) The sentence goes\non here."),
        ("1. (C) The sentence ends.\n\n", "2. (C) B.\n", "1. (C) The sentence ends."),
        ("1. (C) The list:\n\n-- one;\n\n", "-- two.\n\n2. (C) B.\n", "1. (C) The list:\n-- one;\n-- two."),
    ],
)
def test_repeated_openings_are_left_out(before: str, after: str, expected: str) -> None:
    read = cable(before + SECTION + after)
    assert [each.number for each in read.paragraphs] == ["1", "2"]
    assert read.paragraphs[0].text.replace("\n\n", "\n") == expected
    assert read.tags == ("PREL",)
    assert any(span.kind is Kind.RESIDUE and "PTQ1234" in read.text[span.start : span.end] for span in read.spans)


@pytest.mark.parametrize("head", ["", "                           CONFIDENTIAL\n\n"])
def test_an_opening_that_is_repeated_without_header_is_left_out(head: str) -> None:
    opening = SECTION[SECTION.index("C O N F I D E N T I A L SECTION") :]
    read = cable(f"1. (C) The sentence goes\n\n{head}{opening}on here.\n\n2. (C) B.\n")
    assert [" ".join(each.text.split()) for each in read.paragraphs] == [
        "1. (C) The sentence goes on here.",
        "2. (C) B.",
    ]


def test_openings_that_follow_one_another_are_apart() -> None:
    for text in ((OPENING + "1. (U) Text.\n") * 10, OPENING * 416):
        assert_sound(read_cable(text, Facts(id="10MOSCOW226", header_lines=0)))


def test_the_opening_of_another_cable_is_text() -> None:
    opening = SECTION[SECTION.index("C O N F I D E N T I A L SECTION") :].replace("000226", "000227")
    read = cable(f"1. (C) The other cable:\n\n{opening}1. (C) Its text.\n\n2. (C) B.\n")
    assert Kind.RESIDUE not in {span.kind for span in read.spans}


RELAYED = "R 270853Z APR 00\nFM AMEMBASSY MOSCOW\nTO SECSTATE WASHDC 5512\n"
HEAD = "C O N F I D E N T I A L SECTION 02 OF 02 MOSCOW 000226"


@pytest.mark.parametrize(
    "repeat",
    [
        f"\n \n{HEAD} \n \n",
        f"\n \n{HEAD} \n \nSIPDIS \n \n",
        f"\n{HEAD}\nSIPDIS\nNOFORN\n",
        f"\n \n{HEAD} \n \nSIPDIS \n \nE.O. 12958: N/A \nTAGS: PREL \nSUBJECT: A LONG WAY \nOFF \n \n",
        f"\n{HEAD}\nSIPDIS\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: A LONG WAY\nOFF\n",
        f"\n{RELAYED}{HEAD}\nTAGS: PREL\nSUBJECT: A LONG WAY\nOFF\n",
        f"\n \n{RELAYED}\n{HEAD} \n \nSIPDIS \n \n",
    ],
)
def test_a_sentence_goes_on_over_the_head_of_a_section(repeat: str) -> None:
    opening = OPENING.replace("SUBJECT: X", "SUBJECT: A LONG WAY\nOFF")
    text = f"{opening}1. (C) He would go and stay there for{repeat}some time.\n\n2. (C) He left.\n\nROE\n"
    read = read_cable(text, Facts(id="10MOSCOW226", header_lines=0))
    assert_sound(read)
    said = [" ".join(each.text.split()) for each in read.paragraphs]
    assert said == ["1. (C) He would go and stay there for some time.", "2. (C) He left."]
    assert (read.subject, read.signature) == ("A LONG WAY OFF", "ROE")
