"""Paragraph marks and numbers (CABLE-FORMAT 4.1, 4.2) as tables of the format."""

import pytest

from generator import Cable, read_cable
from generator.cable.source.facts import Facts

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
    ("01. (C) Text", "01", "C"),
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
    f"{LONG} Oct.\n2. Nothing more was said.",
    "The vote was 5 to\n2. Nothing more was said.",
    "The parties won 3 and\n2. Nothing more was said.",
    "It was said in paragraph\n2. Nothing more was said.",
    f"{LONG} JUL\n08. Nothing more was said.",
    f"{LONG} agreed:\n1) to wait; and\n2) to see.",
]


@pytest.mark.parametrize("text", NO_PARAGRAPH)
def test_no_paragraph_from_years_decimals_and_sections(text: str) -> None:
    assert numbers(f"1. (C) {text}\n\n2. (C) B.\n") == "1 2"


NUMBERINGS = [
    ("1. A.\n\nWHAT IT IS FOR\n2. B.\n3. C.", "1 2 3"),
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
