"""Reference lists in the forms of CABLE-FORMAT 2.6 and 6.3: bullets, years, shared posts, and what is no cable."""

import pytest

from generator import Cable, read_cable
from generator.cable.model import ReferenceKind
from generator.cable.source.facts import Facts
from generator.cable.spans import Kind


def cable(field: str, year: str = "08", after: str = "1. (C) The text.\n") -> Cable:
    text = f"UNCLAS BOGOTA 002076\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: X\n\n{field}\n\n{after}"
    return read_cable(text, Facts(id=f"{year}BOGOTA2076", header_lines=0))


def entries(field: str, year: str = "08") -> str:
    return " ".join(f"{each.letter}:{each.id or each.kind}" for each in cable(field, year).references)


TWO = "A:08QUITO250 B:05LIMA8932"
BULLETS = [
    "REF: A. QUITO 250\n     B. 05 LIMA 8932",
    "REF: A. QUITO 250 \n \n     B. 05 LIMA 8932 \n",
    "REF: A. QUITO 250\n     ¶B. 05 LIMA 8932 (NOTAL)",
    "REF: A) QUITO 250\n     B) 05 LIMA 8932",
    "REF: (A) QUITO 250\n     (B) 05 LIMA 8932",
    "REF: (A) QUITO 250 (B) 05 LIMA 8932",
    "REF: (A)QUITO 250, (B)05 LIMA 8932",
    "REF: A: QUITO 250\n     B: 05 LIMA 8932",
    "REF: [A] QUITO 250 [B] 05 LIMA 8932",
    "REF: A, QUITO 250\nB, 05 LIMA 8932",
    "REF: a. quito 250\n     b. 05 lima 8932",
    "REF: a) Quito 250; b) 05 Lima 8932",
    "REF: (a) Quito 250; (b) 05 Lima 8932",
    "REF: A.QUITO 250 B.05 LIMA 8932",
    "REF: A/ QUITO 250 B/ 05 LIMA 8932",
    "REF: A- QUITO 250 B- 05 LIMA 8932",
    "REF: (A) QUITO 250;\n\n(B)05 LIMA 8932",
    "REF REF (A) QUITO 250 (B) 05 LIMA 8932",
    "REF: A. QUITO 250, B. 05 LIMA 8932",
    "REF: A. QUITO 250; B. 05 LIMA 8932.",
    "REF: A. QUITO 250 AND B. 05 LIMA 8932",
    "REF: A. QUITO 250  B. 05 LIMA 8932",
    "REF: REF A. QUITO 250\nREF B. 05 LIMA 8932",
    "REF A: QUITO 250\nREF B: 05 LIMA 8932",
    "REF(A): QUITO 250; REF(B): 05 LIMA 8932",
    "Ref A: Quito 250; Ref B: 05 Lima 8932",
    "REF A. QUITO 250\nREF B. 05 LIMA 8932",
    "REFS: A. QUITO 250 B. 05 LIMA 8932",
    "REFS: (A) QUITO 250, (B) 05 LIMA 8932",
    "REFTELS: A. QUITO 250 B. 05 LIMA 8932",
    "REF(S): A. QUITO 250 B. 05 LIMA 8932",
    "Refs: A. Quito 250 B. 05 Lima 8932",
    "REFS A. QUITO 250\n     B. 05 LIMA 8932",
    "REFERENCES: A. QUITO 250\nB. 05 LIMA 8932",
    "References: A) Quito 250, B) 05 Lima 8932",
    "REF: A. QUITO 250 (NOTAL)\n     B. 05 LIMA 8932 (NOTAL)",
    "REF: A. 2008 QUITO 250\n     B. 2005 LIMA 8932",
    "REF: A. 08QUITO250\n     B. 05LIMA8932",
    "REF: A. 08 QUITO 000250\n     B. 05 LIMA 008932",
    "REF: A. QUITO 250\n     B. 05 \n        LIMA 8932",
    "REF: A. QUITO\n250\n     B. 05 LIMA 8932",
    "REF: A. QUITO 250 B.\n     05 LIMA 8932",
    "REF:\nA. QUITO 250\nB. 05 LIMA 8932",
    "REF A: QUITO 250\n\nREF B: 05 LIMA 8932",
    "REF: A. QUITO 250\nREF: B. 05 LIMA 8932",
    "REF:\n\nA. QUITO 250\nB. 05 LIMA 8932",
]


@pytest.mark.parametrize("field", BULLETS)
def test_bullets(field: str) -> None:
    assert entries(field) == TWO
    assert [each.number for each in cable(field).paragraphs] == ["1"]


ONE = [
    ("REF: QUITO 250", "08QUITO250"),
    ("REF:QUITO 250", "08QUITO250"),
    ("REF Quito 250", "08QUITO250"),
    ("REF Sao Paulo 250", "08SAOPAULO250"),
    ("REF: QUITO 00000250", "08QUITO250"),
    ("REF: QUITO 250, 23 MAY 08", "08QUITO250"),
    ("REF: QUITO 250 (START 12)", "08QUITO250"),
    ("REF: (A) QUITO 250", "08QUITO250"),
    ("REFTEL: QUITO 250", "08QUITO250"),
    ("Reftel: Quito 250", "08QUITO250"),
    ("reftel: quito 250", "08QUITO250"),
    ("REF QUITO 250", "08QUITO250"),
    ("REF. QUITO 250", "08QUITO250"),
    ("REF; QUITO 250", "08QUITO250"),
    ("REF - QUITO 250", "08QUITO250"),
    ("REF: 05 QUITO 250", "05QUITO250"),
    ("REF: 05QUITO250", "05QUITO250"),
    ("REF: 05QUITO 250", "05QUITO250"),
    ("REF: 05 QUITO250", "05QUITO250"),
    ("REF: 05-QUITO-250", "05QUITO250"),
    ("REF: 2005 QUITO 250", "05QUITO250"),
    ("REF: 2005QUITO250", "05QUITO250"),
    ("REF: '05 QUITO 250", "05QUITO250"),
    ("REF: QUITO 250-05", "05QUITO250"),
    ("REF: QUITO 250/05", "05QUITO250"),
    ("REF: QUITO 250 (05)", "05QUITO250"),
    ("REF: QUITO 250 (2005)", "05QUITO250"),
    ("REF: QUITO 05 250", "05QUITO250"),
    ("REF: QUITO 0250", "08QUITO250"),
    ("REF: QUITO O250", "08QUITO250"),
    ("REF: QUITO 00250 (NOTAL)", "08QUITO250"),
    ("REF: QUITO 250 NOTAL", "08QUITO250"),
    ("REF: QUITO 250 (PARA 3)", "08QUITO250"),
    ("REF: QUITO 250, PARA 3", "08QUITO250"),
    ("REF: QUITO 250 AND PREVIOUS", "08QUITO250"),
    ("REF: QUITO 250 OF MAY 3", "08QUITO250"),
    ("REF: QUITO 250, MAY 3, 2008", "08QUITO250"),
    ("REF: QUITO 250.", "08QUITO250"),
    ("REF: EMBASSY QUITO 250", "08QUITO250"),
    ("REF: AMEMBASSY QUITO 250", "08QUITO250"),
    ("REF: SAO PAULO 250", "08SAOPAULO250"),
    ("REF: 05 SAO PAULO 250", "05SAOPAULO250"),
    ("REF: SAO 05 PAULO 250", "05SAOPAULO250"),
    ("REF: SAO\nPAULO 250", "08SAOPAULO250"),
    ("REF: HO CHI MINH CITY 250", "08HOCHIMINHCITY250"),
    ("REF: PORT OF SPAIN 250", "08PORTOFSPAIN250"),
    ("REF: PORT-AU-PRINCE 250", "08PORTAUPRINCE250"),
    ("REF: N'DJAMENA 250", "08NDJAMENA250"),
    ("REF: USUN NEW YORK 250", "08USUNNEWYORK250"),
    ("REF: USUN 250", "08USUNNEWYORK250"),
    ("REF: UNVIE 250", "08UNVIEVIENNA250"),
    ("REF: USEU BRUSSELS 250", "08USEUBRUSSELS250"),
    ("REF: SECSTATE 123456", "08STATE123456"),
    ("REF: STATE 05 123456", "05STATE123456"),
    ("REF: STATE 123456 (05)", "05STATE123456"),
    ("REF: STATE 05-123456", "05STATE123456"),
    ("REF: SECDEF 123456", "08SECDEF123456"),
    ("REF: TEGUC 250", "08TEGUCIGALPA250"),
    ("REF: HCMC 250", "08HOCHIMINHCITY250"),
    ("REF: BRIDGE 250", "08BRIDGETOWN250"),
    ("REF: LIBREV 250", "08LIBREVILLE250"),
    ("REF: QUILLHAVEN 250", "08QUILLHAVEN250"),
    ("REF: PORT ANSELM 19", "08PORTANSELM19"),
    ("REF: 07 PORT ANSELM 23", "07PORTANSELM23"),
    ("REF: A. PORT ANSELM 19", "08PORTANSELM19"),
    ("REF: 2007 NETHER LONG AMBRY 23 (NOTAL)", "07NETHERLONGAMBRY23"),
]


@pytest.mark.parametrize(("field", "reference"), ONE)
def test_one_cable(field: str, reference: str) -> None:
    (found,) = cable(field).references
    assert (found.id, found.kind) == (reference, ReferenceKind.CABLE)
    assert found.year_given is (reference[:2] != "08")


def test_a_post_may_cite_itself_by_its_initials() -> None:
    text = (
        "UNCLAS KUALA LUMPUR 000123\n\nTAGS: PREL\nSUBJECT: X\nREF: A. KL 12 B. 07 KL 900 C. STATE 3\n\n1. (U) Text.\n"
    )
    references = read_cable(text, Facts(id="08KUALALUMPUR123", header_lines=0)).references
    assert [each.id for each in references] == ["08KUALALUMPUR12", "07KUALALUMPUR900", "08STATE3"]
    (elsewhere,) = cable("REF: KL 12").references
    assert elsewhere.id == ""


MANY = [
    ("REF: LIMA 120 AND 133", ":08LIMA120 :08LIMA133"),
    ("REF: A. LIMA 120 AND 133\nB. STATE 1", "A:08LIMA120 A:08LIMA133 B:08STATE1"),
    ("REF: STATE 1, 2", ":08STATE1 :08STATE2"),
    ("REF: STATE 100, 200 AND 300", ":08STATE100 :08STATE200 :08STATE300"),
    ("REF: 05 LIMA 120, 133", ":05LIMA120 :05LIMA133"),
    ("REF: LIMA 120 (NOTAL), 133 (NOTAL)", ":08LIMA120 :08LIMA133"),
    ("REF: NONE", ""),
    ("REF: N/A", ""),
    ("REF: LIMA 120/133", ":08LIMA120 :08LIMA133"),
    ("REF: LIMA 120 & 133", ":08LIMA120 :08LIMA133"),
    ("REF: LIMA 120, QUITO 133", ":08LIMA120 :08QUITO133"),
    ("REF: LIMA 120; QUITO 133", ":08LIMA120 :08QUITO133"),
    ("REF: LIMA 120 AND QUITO 133", ":08LIMA120 :08QUITO133"),
    ("REF: LIMA 120\n     QUITO 133", ":08LIMA120 :08QUITO133"),
    ("REF: LIMA 120 (NOTAL), 05 QUITO 133 (NOTAL)", ":08LIMA120 :05QUITO133"),
    ("REF: LIMA 120, 05 QUITO 133, 05 BOGOTA 7", ":08LIMA120 :05QUITO133 :05BOGOTA7"),
    ("REF: PORT ANSELM 19, THREE MILLS 7", ":08PORTANSELM19 :08THREEMILLS7"),
    (
        "REF: A. LIMA 1 B. LIMA 2 C. LIMA 3 D. LIMA 4 E. LIMA 5",
        "A:08LIMA1 B:08LIMA2 C:08LIMA3 D:08LIMA4 E:08LIMA5",
    ),
    ("REF: A. LIMA 120\n     B. DOE-ROE E-MAIL OF MAY 3\n     C. QUITO 7", "A:08LIMA120 B:email C:08QUITO7"),
    ("REF: A. LIMA 120 B. SEPTEL", "A:08LIMA120 B:document"),
    ("REF: LIMA 120 AND SEPTEL", ":08LIMA120"),
    ("REF: A. (A) LIMA 120\n     B. (B) QUITO 7", "A:08LIMA120 B:08QUITO7"),
    ("REF: A. 07 STATE 12 B. STATE 13 C. 07STATE14", "A:07STATE12 B:08STATE13 C:07STATE14"),
]


@pytest.mark.parametrize(("field", "expected"), MANY)
def test_lists(field: str, expected: str) -> None:
    assert entries(field) == expected


OTHERS = [
    ("REF: SMITH-JONES E-MAIL OF MAY 3", "email"),
    ("REF: A. SMITH/JONES EMAIL 05/03/2008", "email"),
    ("REF: EMAIL SMITH TO JONES 5/3/08", "email"),
    ("REF: SMITH-JONES TELCON OF MAY 3, 2008", "telcon"),
    ("REF: SMITH-JONES TELECON MAY 3", "telcon"),
    ("REF: SMITH/JONES PHONECON, MAY 3", "telcon"),
    ("REF: TELEPHONE CONVERSATION SMITH-JONES", "telcon"),
    ("REF: SMITH FAX OF MAY 3", "document"),
    ("REF: SMITH-JONES MEMO MAY 3, 2008", "document"),
    ("REF: LETTER FROM MINISTER ROE OF MAY 30", "document"),
    ('REF: "A HISTORY OF BOGOTA", 1998', "document"),
    ("REF: USCINCRED 311345Z MAY 73", "document"),
    ("REF: DIA WASHINGTON DC 311345Z MAY 08", "document"),
    ("REF: STATE CA-3400 NOV 2, 1966", "document"),
    ("REF: BOGOTA A-150", "document"),
    ("REF: IIR 6 832 0123 08", "document"),
    ("REF: SEPTEL", "document"),
    ("REF: PREVIOUS", "document"),
    ("REF: 9 FAM 41.31 N1", "document"),
    ("REF: UNSCR 1718", "document"),
    ("REF: FY 2008", "document"),
    ("REF: MAY 3", "document"),
    ("REF: 22 CFR 120", "document"),
]


@pytest.mark.parametrize(("field", "kind"), OTHERS)
def test_what_is_no_cable(field: str, kind: str) -> None:
    (found,) = cable(field).references
    assert (found.id, found.kind) == ("", kind)
    assert found.text in " ".join(field.split())


@pytest.mark.parametrize("field", ["", "REF: N/A", "REF: NONE", "REF:"])
def test_no_reference(field: str) -> None:
    assert [each for each in cable(field).references if each.id] == []


@pytest.mark.parametrize(
    "after",
    [
        "Classified By: DCM Jane Roe for reasons 1.4 (d)",
        "1. (C) In LIMA 77 people met.",
        "------\nSUMMARY\n------\n\n1. In LIMA 77 people met.",
        "Summary: In LIMA 77 people met.",
        "(SBU) Summary: In LIMA 77 people met.",
        "BOGOTA 00002076  001.2 OF 003\n\n\n1. In LIMA 77 people met.",
        "\nThe Ambassador met in LIMA 77 people.",
    ],
)
@pytest.mark.parametrize("blank", ["\n", ""])
def test_the_list_ends(after: str, blank: str) -> None:
    text = f"UNCLAS BOGOTA 002076\n\nTAGS: PREL\nSUBJECT: X\n\nREF: A. QUITO 1\n     B. LIMA 2\n{blank}{after}\n\nROE\n"
    read = read_cable(text, Facts(id="08BOGOTA2076", header_lines=0))
    assert [each.id for each in read.references] == ["08QUITO1", "08LIMA2"]


def test_the_posts_that_the_cable_itself_names_are_known() -> None:
    text = (
        "R 141105Z JUN 08\nFM AMCONSUL THREE MILLS\nTO SECSTATE WASHDC\nUNCLAS THREE MILLS 000009\n\nTAGS: PREL\n"
        "SUBJECT: X\n\n1. See Three Mills 7 of last week and 07 THREE MILLS 233 too.\n"
    )
    read = read_cable(text)
    assert (read.id, read.canonical_id) == ("08THREEMILLS9", "08THREEMILLS9")
    marks = [mark.value for mark in read.marks if mark.kind == "reference"]
    assert marks == ["07THREEMILLS233"]


def test_the_field_is_one_span() -> None:
    read = cable("REF: A. QUITO 250 \n \n     B. 05 LIMA 8932 \n \n     C. LIMA\n 7")
    assert sum(span.kind is Kind.REFERENCES for span in read.spans) <= 3
    assert [each.letter for each in read.references] == ["A", "B", "C"]


@pytest.mark.parametrize(
    "field", ["REF: QUITO 250/LIMA 8932", "REF: 1) QUITO 250 2) LIMA 8932", "REF: QUITO 250; LIMA 8932"]
)
def test_references_without_letters(field: str) -> None:
    assert entries(field) == ":08QUITO250 :08LIMA8932"


def test_a_portion_mark_below_a_list_is_no_letter() -> None:
    read = cable("REF: A. QUITO 250\n     B. LIMA 8932", after="(C) The text goes on in QUITO 99 and more.\n")
    assert [each.id for each in read.references] == ["08QUITO250", "08LIMA8932"]
    assert read.paragraphs[0].mark == "C"
