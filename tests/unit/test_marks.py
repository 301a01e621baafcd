"""Paragraph marks and numbers (CABLE-FORMAT 4.1, 4.2) and sections (3) as tables of the format."""

import pytest

from generator import Cable, read_cable
from generator.cable.facts import Facts
from generator.cable.model import Kind
from tests.property.soundness import assert_sound

OPENING = "C O N F I D E N T I A L MOSCOW 000226\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: X\n\n"
LONG = "The Minister of Foreign Affairs received the Ambassador again on"


def cable(text: str) -> Cable:
    return read_cable(OPENING + text, Facts(id="10MOSCOW226", header_lines=0))


def numbers(text: str) -> str:
    return " ".join(each.number for each in cable(text).paragraphs if each.number)


MARKS = [
    ("1. (C) Text", "1", "C"),
    ("1.  (C) Text", "1", "C"),
    ("1.(C) Text", "1", "C"),
    ("1.(C)Text", "1", "C"),
    ("1. (C)Text", "1", "C"),
    ("1 . (C) Text", "1", "C"),
    ("1) (C) Text", "1", "C"),
    ("1)(C) Text", "1", "C"),
    ("1. ( C ) Text", "1", "C"),
    ("1.\t(C) Text", "1", "C"),
    (" 1. (C) Text", "1", "C"),
    ("      1. (C) Text", "1", "C"),
    ("1. Text", "1", ""),
    ("1.Text", "1", ""),
    ("1) Text", "1", ""),
    ("1 . Text", "1", ""),
    ('1. "Text" it said', "1", ""),
    ("¶1. (C) Text", "1", "C"),
    ("Â¶1. (C) Text", "1", "C"),
    ("\ufffd1. (C) Text", "1", "C"),
    ("1. (c) Text", "1", "C"),
    ("1. (sbu) Text", "1", "SBU"),
    ("1. (S/NF) Text", "1", "S/NF"),
    ("1. (C//NF) Text", "1", "C//NF"),
    ("1. (SBU/NF) Text", "1", "SBU/NF"),
    ("1. (S/REL NATO) Text", "1", "S/REL NATO"),
    ("1. (C/REL ISAF) Text", "1", "C/REL ISAF"),
    ("1. (C//REL TO USA, KEN, GBR//) Text", "1", "C//REL TO USA, KEN, GBR//"),
    ("1. (U//FOUO) Text", "1", "U//FOUO"),
    ("1. (S//FGI//NF) Text", "1", "S//FGI//NF"),
    ("1. (CNF) Text", "1", "CNF"),
    ("1. (SE) Text", "1", "SE"),
    ("1. (SB) Text", "1", "SB"),
    ("1. (N/SF) Text", "1", "N/SF"),
    ("1. (/REL UK) Text", "1", "/REL UK"),
    ("1. (LOU) Text", "1", "LOU"),
    ("1. (TS) Text", "1", "TS"),
    ("1. (C - ENTIRE TEXT).", "1", "C"),
    ("1. (C-ENTIRE TEXT)", "1", "C"),
    ("1. (U.S.) Text", "1", ""),
    ("1. (IRAN) Text", "1", ""),
    ("1. (MIDEAST) Text", "1", ""),
    ("1. (Note: text) Text", "1", ""),
    ("1. (SUMMARY) Text", "1", ""),
    ("1. CONFIDENTIAL - ENTIRE TEXT.", "1", ""),
    ("1. SECRET - ENTIRE TEXT.", "1", ""),
    ("1. 2006 was a year", "1", ""),
]


@pytest.mark.parametrize(("line", "number", "mark"), MARKS)
def test_marks(line: str, number: str, mark: str) -> None:
    (paragraph,) = cable(f"{line}\nthat goes on.\n").paragraphs
    assert (paragraph.number, paragraph.mark) == (number, mark)


NO_PARAGRAPH = [
    f"{LONG}\n2006. It was late.",
    f"{LONG} June 3,\n2006.  It was late.",
    f"{LONG} May\n3. It was late.",
    f"{LONG} the sum of\n2. million and more.",
    f"{LONG} about\n25.3 million people.",
    f"{LONG} about\n2.5 percent.",
    f"{LONG} the text of Section\n2. Nothing more was said.",
    f"{LONG} Article\n2. Nothing more was said.",
    f"{LONG} paragraph\n2. Nothing more was said.",
    f"{LONG} the ground that his\n2.(b) is void.",
    f"{LONG} it all.\n\n1997. was the year.",
    f"{LONG} it all.\n2,500. was the sum.",
    f"{LONG} it all:\n1) one;\n2) two;\n3) three.",
    f"{LONG} it all.\n\n500. Is a large number.",
    f"{LONG} it all.\n12:30. was the time.",
    f"{LONG} the number of\n150. They all came.",
    f"{LONG} No.\n2. Nothing more was said.",
    f"{LONG} pp.\n2. Nothing more was said.",
]


@pytest.mark.parametrize("text", NO_PARAGRAPH)
def test_no_paragraph_from_years_decimals_and_sections(text: str) -> None:
    assert numbers(f"1. (C) {text}\n\n2. (C) B.\n") == "1 2"


NUMBERINGS = [
    ("1. A.\n2. B.\n3. C.", "1 2 3"),
    ("1. A.\n\n2. B.\n\n4. D.", "1 2 4"),
    ("1. A.\n\n2. B.\n\n2. B.\n\n3. C.", "1 2 2 3"),
    ("1. A.\n\n3. C.\n\n2. B.\n\n4. D.", "1 3 2 4"),
    ("4. A.\n\n5. B.", "4 5"),
    ("0. A.\n\n1. B.", "0 1"),
    ("9. (C) A.\n\n0. (C) B.\n\n11. (C) C.", "9 0 11"),
    ("1. A.\n\n2. B.\n\nBEGIN TEXT:\n\n1. A.\n\n2. B.\n\n3. C.\n\nEND TEXT.\n\n3. C.", "1 2 1 2 3 3"),
    ("1. A.\n\n2. Following is the text of the note:\n\n1. A.\n\n2. B.\n\n3. C.", "1 2 1 2 3"),
    ("1.(C) A.\n\n2.(C) B.\n\n3.(C) C.", "1 2 3"),
    ("1) A.\n\n2) B.\n\n3) C.", "1 2 3"),
    ("1 . A.\n\n2 . B.", "1 2"),
    ("(C) A.\n\n2. (C) B.", "2"),
    ("\n".join(f"{n}. (C) Text.\n" for n in range(1, 60)), " ".join(str(n) for n in range(1, 60))),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERINGS)
def test_numberings(text: str, expected: str) -> None:
    assert numbers(text) == expected


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


def test_a_marker_of_two_lines_that_begins_in_mid_line_ends_no_paragraph() -> None:
    read = cable("1. (C) The sentence goes  CONFIDENTIAL\nPAGE 02 MOSCOW  00226  271033Z on here.\n\n2. (C) B.\n")
    assert [" ".join(each.text.split()) for each in read.paragraphs] == [
        "1. (C) The sentence goes on here.",
        "2. (C) B.",
    ]
    edges = {span.start for span in read.spans} | {span.end for span in read.spans}
    assert all({each.start, each.end} <= edges for each in read.paragraphs)


def test_no_paragraph_begins_inside_a_marker() -> None:
    text = "UNCLAS MOSCOW 000226\n\nRef A: PAGE 02 MOSCOW  0002 271033ZSummary: It is so.\n"
    read = read_cable(text, Facts(id="10MOSCOW226", header_lines=0))
    markers = [span for span in read.spans if span.kind is Kind.PAGE_MARKER]
    assert [each for each in read.paragraphs if any(m.start < each.start < m.end for m in markers)] == []
