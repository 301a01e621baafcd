import pytest

from generator import read_cable
from generator.cable.model import Reference
from generator.cable.source.facts import Facts
from generator.cable.spans import MarkKind


def references(field: str, year: str = "08") -> tuple[Reference, ...]:
    text = f"UNCLAS BOGOTA 002076\n\nTAGS: PREL\nSUBJECT: X\n\n{field}\n\n1. (C) The text.\n"
    return read_cable(text, Facts(id=f"{year}BOGOTA2076", header_lines=0)).references


def entries(field: str, year: str = "08") -> list[tuple[str, str]]:
    return [(each.letter, each.id) for each in references(field, year)]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("REF: STATE 123352", [("", "08STATE123352")]),
        ("REFTEL: STATE 123352", [("", "08STATE123352")]),
        ("REF(S): STATE 123352", [("", "08STATE123352")]),
        ("REFS: STATE 1234; LIMA 12", [("", "08STATE1234"), ("", "08LIMA12")]),
        ("REF: STATE 1234, LIMA 12", [("", "08STATE1234"), ("", "08LIMA12")]),
        ("REF: STATE 1234\nLIMA 12", [("", "08STATE1234"), ("", "08LIMA12")]),
        (
            "REF: A. BOGOTA 2250\n     B. 05 BOGOTA 8932 (NOTAL)\n     C. STATE 123352",
            [("A", "08BOGOTA2250"), ("B", "05BOGOTA8932"), ("C", "08STATE123352")],
        ),
        ("REF: A. BOGOTA 2250\n\n     ¶B. STATE 1", [("A", "08BOGOTA2250"), ("B", "08STATE1")]),
        ("REF: A) BOGOTA 2250, B) STATE 1", [("A", "08BOGOTA2250"), ("B", "08STATE1")]),
        ("REF: (A) BOGOTA 2250 (B)STATE 1", [("A", "08BOGOTA2250"), ("B", "08STATE1")]),
        ("REF: A: BOGOTA 2250\nB: STATE 1", [("A", "08BOGOTA2250"), ("B", "08STATE1")]),
        ("REF: [A] BOGOTA 2250 [B] STATE 1", [("A", "08BOGOTA2250"), ("B", "08STATE1")]),
        ("REF: a. bogota 2250 b. state 1", [("A", "08BOGOTA2250"), ("B", "08STATE1")]),
        ("Ref A: Geneva 2373; Ref B: Geneva 2355", [("A", "08GENEVA2373"), ("B", "08GENEVA2355")]),
        ("REF: A. (A) SECSTATE 146213\n     B. (B) SAN JOSE 00678", [("A", "08STATE146213"), ("B", "08SANJOSE678")]),
        ("REF: 05BOGOTA8932", [("", "05BOGOTA8932")]),
        ("REF: 2005 BOGOTA 8932", [("", "05BOGOTA8932")]),
        ("REF: BOGOTA 8932-05", [("", "05BOGOTA8932")]),
        ("REF: 05-BOGOTA-8932", [("", "05BOGOTA8932")]),
        ("REF: STATE 123352 (05)", [("", "05STATE123352")]),
        ("REF: A. LIMA 120 AND 133\nB. STATE 1", [("A", "08LIMA120"), ("A", "08LIMA133"), ("B", "08STATE1")]),
        ("REF: STATE 1, 2", [("", "08STATE1"), ("", "08STATE2")]),
        ("REF: STATE O01234", [("", "08STATE1234")]),
        (
            "REF: TEGUC 12, HCMC 13, USUN 14",
            [("", "08TEGUCIGALPA12"), ("", "08HOCHIMINHCITY13"), ("", "08USUNNEWYORK14")],
        ),
        ("REF: N'DJAMENA 12; PORT-AU-PRINCE 13", [("", "08NDJAMENA12"), ("", "08PORTAUPRINCE13")]),
        ("REF: 98 SALISBURY 1234", [("", "98SALISBURY1234")]),
    ],
)
def test_cables(field: str, expected: list[tuple[str, str]]) -> None:
    assert entries(field) == expected


@pytest.mark.parametrize(
    ("field", "kind", "letter"),
    [
        ("REF: (B) SMITH-JONES E-MAIL OF MAY 3", "email", "B"),
        ("REF: A. DOE/ROE EMAIL 05/03/2008", "email", "A"),
        ("REF: TELCON DOE-ROE OF MAY 3, 2008", "telcon", ""),
        ("REF: USCINCRED 311345Z MAY 73", "document", ""),
        ("REF: STATE CA-3400 NOV 2, 1966", "document", ""),
        ("REF: BOGOTA A-150", "document", ""),
        ("REF: IIR 6 832 0123 08", "document", ""),
        ('REF: A. "A HISTORY OF BOGOTA", 1998', "document", "A"),
    ],
)
def test_what_is_no_cable_keeps_its_words(field: str, kind: str, letter: str) -> None:
    (reference,) = references(field)
    assert (reference.kind, reference.id, reference.letter) == (kind, "", letter)
    assert reference.text in field


def test_the_year_is_the_cables_own_where_it_is_not_given() -> None:
    own, given = references("REF: A. STATE 12 B. 07 STATE 13", year="09")
    assert (own.id, own.year_given) == ("09STATE12", False)
    assert (given.id, given.year_given) == ("07STATE13", True)


def test_the_list_ends_where_the_text_begins() -> None:
    text = "UNCLAS LIMA 000001\n\nSUBJECT: X\n\nREF: A. LIMA 2\n\nOn June 12 LIMA 77 people met.\n\nClassified By: X"
    cable = read_cable(text, Facts(id="08LIMA1"))
    assert [each.id for each in cable.references] == ["08LIMA2"]


def test_front_matter_gives_references_where_the_text_has_none() -> None:
    cable = read_cable("UNCLAS LIMA 000001\n\nSUBJECT: X\n\n1. Text.", Facts(references=("05BOGOTA8932", "odd")))
    assert [(each.id, each.text) for each in cable.references] == [("05BOGOTA8932", "05BOGOTA8932"), ("", "odd")]


def test_plain_references_in_the_text_are_marked() -> None:
    text = (
        "UNCLAS LIMA 000001\n\nSUBJECT: X\n\n1. See 09 MOSCOW 3010, STATE 12345 and 05BOGOTA8932, not PARIS 2008,\n"
        "LIMA 12 or ABCDE 1234; SAO\nPAULO 777 too.\n"
    )
    cable = read_cable(text, Facts(id="10LIMA1"))
    marks = [(text[mark.start : mark.end], mark.value) for mark in cable.marks if mark.kind is MarkKind.REFERENCE]
    assert marks == [
        ("09 MOSCOW 3010", "09MOSCOW3010"),
        ("STATE 12345", "10STATE12345"),
        ("05BOGOTA8932", "05BOGOTA8932"),
        ("SAO\nPAULO 777", "10SAOPAULO777"),
    ]
