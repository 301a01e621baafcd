from datetime import date

import pytest

from generator import Cable, read_cable
from generator.cable.source.facts import Facts
from generator.cable.spans import Kind, MarkKind


def cable(opening: str, year: str = "08") -> Cable:
    return read_cable(opening + "\n\n1. (C) The text of the cable.\n", Facts(id=f"{year}BOGOTA2076", header_lines=0))


LINES = [
    ("UNCLAS BOGOTA 002076", "UNCLASSIFIED"),
    ("UNCLAS E F T O BOGOTA 002076", "UNCLASSIFIED"),
    ("C O N F I D E N T I A L SECTION 01 OF 02 BOGOTA 002076", "CONFIDENTIAL"),
    ("CONFIDENTIAL  BOGOTA 002076", "CONFIDENTIAL"),
    ("S e c r e t bogota 002076", "SECRET"),
    ("SS E C R E T BOGOTA 002076", "SECRET"),
    ("CC O N F I D E N T I A L BOGOTA 002076", "CONFIDENTIAL"),
    ("O N F I D E N T I A L BOGOTA 002076", "CONFIDENTIAL"),
    ("I A L SECTION 01 OF 02 BOGOTA 002076", "CONFIDENTIAL"),
    ("S E C R E T SECTION 02 OF 03 QRIPOLI 000583", "SECRET"),
    ("UNCLAS THE HAGUE 000012", "UNCLASSIFIED"),
    ("UNCLAS BOGOTA 002076\n\nSENSITIVE\nSIPDIS", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
    ("S E C R E T BOGOTA 002076\n\nNOFORN\nSIPDIS", "SECRET//NOFORN"),
    ("C O N F I D E N T I A L BOGOTA 002076\n\nSIPDIS NOFORN", "CONFIDENTIAL//NOFORN"),
    ("S E C R E T//NOFORN BOGOTA 002076", "SECRET//NOFORN"),
    ("C O N F I D E N T I A L //NOFORN// BOGOTA 002076", "CONFIDENTIAL//NOFORN"),
    ("UNCLAS SENSITIVE BOGOTA 002076", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
    ("UNCLAS//FOUO BOGOTA 002076", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
    ("U N C L A S BOGOTA 002076", "UNCLASSIFIED"),
    ("C O N F I D E N T I A L FINAL SECTION OF 02 BOGOTA 002076", "CONFIDENTIAL"),
    ("LIMITED OFFICIAL USE BOGOTA 02076", "LIMITED OFFICIAL USE"),
]


@pytest.mark.parametrize(("line", "classification"), LINES)
def test_classification_line(line: str, classification: str) -> None:
    read = cable(f"{line}\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: X")
    assert read.classification == classification
    assert next(iter(read.spans)).kind is Kind.CLASSIFICATION


@pytest.mark.parametrize(("line", "classification"), [row for row in LINES if "QRIPOLI" not in row[0]])
@pytest.mark.parametrize("residue", ["Friday, 7 March 2008, 12:00", "id: 55772\nrefid: 08BOGOTA2076"])
def test_classification_line_behind_residue(residue: str, line: str, classification: str) -> None:
    read = cable(f"{residue}\n{line}\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: X")
    assert read.classification == classification
    assert [span.kind for span in read.spans][:2] == [Kind.RESIDUE, Kind.CLASSIFICATION]


def test_captions_and_slugs() -> None:
    read = cable(
        "UNCLAS BOGOTA 002076\n\nSIPDIS\n\nSIPDIS\nSENSITIVE\n\nC O R R E C T E D  C O P Y  (TAGS ADDED)\n"
        "DEPT FOR WHA/AND\nSTATE PASS TO USTR\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: X"
    )
    assert read.captions == ("SIPDIS", "SENSITIVE", "C O R R E C T E D C O P Y (TAGS ADDED)")
    (slug,) = (span for span in read.spans if span.kind is Kind.SLUG)
    assert read.text[slug.start : slug.end] == "DEPT FOR WHA/AND\nSTATE PASS TO USTR\n"


RESIDUE = """id: 55772
date: 3/8/2008 16:00
refid: 08BOGOTA2076
origin: Embassy Bogota
classification: SECRET
destination: 05BOGOTA8932
header:
VZCZCXYZ0000
FM AMEMBASSY BOGOTA

----------------- header ends ----------------
"""


@pytest.mark.parametrize(
    "residue",
    [
        RESIDUE,
        "<<220571>>\n",
        "Wednesday, 22 March 2006, 15:51\n",
        "Cable dated:2006-11-16T12:00:00\n",
        'RUEABND/DEA HQS WASHINGTON DC","',
        "1\t2008-03-08 16:00:00\t08BOGOTA2076\tEmbassy Bogota\tSECRET\t\tVZCZCXYZ0000\\\nFM AMEMBASSY BOGOTA\\\n\t",
    ],
)
def test_residue_before_the_classification_line(residue: str) -> None:
    read = cable(f"{residue}S E C R E T BOGOTA 002076\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: A THING")
    assert read.classification == "SECRET"
    assert read.subject == "A THING"
    assert (read.spans[0].kind, read.spans[0].end) == (Kind.RESIDUE, len(residue))


def test_labels_on_one_line() -> None:
    read = cable(
        "C O N F I D E N T I A L SECTION 01 OF 03 BOGOTA 002076 SIPDIS NOFORN DEPT FOR WHA/AND "
        "E.O. 12958: DECL: 3/12/2018 TAGS: PREL, PGOV, CO SUBJECT: A THING THAT GOES ON "
        "REF: A) BOGOTA 100, B) 07 LIMA 20 "
        "CLASSIFIED BY: Chris Stevens, CDA, Embassy Tripoli, Dept of State. REASON: 1.4 (b), (d)"
    )
    assert read.classification == "CONFIDENTIAL//NOFORN"
    assert read.eo is not None
    assert read.eo.declassify_on == date(2018, 3, 12)
    assert read.tags == ("PREL", "PGOV", "CO")
    assert read.subject == "A THING THAT GOES ON"
    assert [each.id for each in read.references] == ["08BOGOTA100", "07LIMA20"]
    assert read.classified_by is not None
    assert read.classified_by.name == "Chris Stevens"
    assert [each.number for each in read.paragraphs] == ["1"]


def test_marks_of_the_opening() -> None:
    read = cable("UNCLAS BOGOTA 002076\n\nE.O. 12958: N/A\nTAGS: PREL CO\nSUBJECT: (U) A THING\nREF: 05 LIMA 12")
    marks = [(mark.kind, read.text[mark.start : mark.end], mark.value) for mark in read.marks]
    assert marks == [
        (MarkKind.LABEL, "E.O. 12958:", ""),
        (MarkKind.LABEL, "TAGS:", ""),
        (MarkKind.TAG, "PREL", "PREL"),
        (MarkKind.TAG, "CO", "CO"),
        (MarkKind.LABEL, "SUBJECT:", ""),
        (MarkKind.SUBJECT, "A THING", ""),
        (MarkKind.LABEL, "REF:", ""),
        (MarkKind.REFERENCE, "05 LIMA 12", "05LIMA12"),
        (MarkKind.NUMBER, "1", "1"),
        (MarkKind.PORTION, "C", "C"),
    ]


@pytest.mark.parametrize(
    ("value", "name", "title", "reasons"),
    [
        ("Classified By: Ambassador Clifford Sobel.  Reason 1.5 (b) (d)", "Clifford Sobel", "Ambassador", "b d"),
        ("Classified By: CDA Carol van Voorst for reasons 1.4 (b) and (d)", "Carol van Voorst", "CDA", "b d"),
        (
            "CLASSIFIED BY: Chris Stevens, CDA, Embassy Tripoli, Dept of State. REASON: 1.4 (b), (d)",
            "Chris Stevens",
            "CDA, Embassy Tripoli, Dept of State",
            "b d",
        ),
        ("1. (U) CLASSIFIED BY DCM JOHN DOE, REASON 1.5 (D).", "JOHN DOE", "DCM", "d"),
        (
            "Classified By: Classified by Political Counselor Jane Roe for Reasons\n1.4(b/d)",
            "Jane Roe",
            "Political Counselor",
            "b d",
        ),
        ("Classified By: DCM Jane Roe per 1.4 b, d", "Jane Roe", "DCM", "b d"),
        ("Classified By: Jane Roe, Reasons 1.4 (B) AND (D)", "Jane Roe", "", "b d"),
        ("Classified By: Jane Roe, E.O. 12958, reasons 1.4(c)", "Jane Roe", "", "c"),
    ],
)
def test_classified_by(value: str, name: str, title: str, reasons: str) -> None:
    read = cable(f"C O N F I D E N T I A L BOGOTA 002076\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: X\n\n{value}")
    assert read.classified_by is not None
    assert (read.classified_by.name, read.classified_by.title) == (name, title)
    assert " ".join(reason[-2] for reason in read.classified_by.reasons) == reasons
