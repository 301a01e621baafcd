import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cable.ids import ReferenceId, address, canonical_id, parse_id
from generator.cable.vocabulary import BUILT_IN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10MOSCOW226", ReferenceId(2010, "MOSCOW", 226)),
        ("66BUENOSAIRES2481", ReferenceId(1966, "BUENOSAIRES", 2481)),
        ("09USUNNEWYORK1092", ReferenceId(2009, "USUNNEWYORK", 1092)),
        ("10MOSCOW226_a", ReferenceId(2010, "MOSCOW", 226)),
        ("1976STATE091590", ReferenceId(1976, "STATE", 91590)),
        ("1977MOSCOW02124", ReferenceId(1977, "MOSCOW", 2124)),
        ("1973STATE043554_b", ReferenceId(1973, "STATE", 43554)),
        ("1974PRETOR00123", ReferenceId(1974, "PRETORIA", 123)),
        ("1975NEWDE12345", ReferenceId(1975, "NEWDELHI", 12345)),
    ],
)
def test_parse(text: str, expected: ReferenceId) -> None:
    assert parse_id(text, BUILT_IN.posts) == expected


@pytest.mark.parametrize(
    "text", ["", "MOSCOW226", "10MOSCOW", "092OF5", "10 MOSCOW 226", "10moscow226", "../../etc/passwd"]
)
def test_other_forms_are_no_ids(text: str) -> None:
    assert parse_id(text) is None


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("10MOSCOW226", "10MOSCOW226"),
        ("08SECTION01OF04HARARE754", "08HARARE754"),
        ("08ECTION01OF02MANAMA492", "08MANAMA492"),
        ("09SECTION02OF03QRIPOLI583", "09TRIPOLI583"),
        ("09EFTOLONDON2468", "09LONDON2468"),
        ("09AMEMBASSYHANOI1284", "09HANOI1284"),
        ("85NOFORNMOGADISHU1643", "85MOGADISHU1643"),
        ("07SOIA828", "07SOFIA828"),
        ("09NSSAU504", "09NASSAU504"),
        ("06MADRID002583ZFR2585", "06MADRID2583"),
        ("07OSLO000160ZDK164", "07OSLO160"),
        ("90STATE255195TOSEC140301", "90STATE255195"),
        ("7575LIBREVILLE1895", "75LIBREVILLE1895"),
        ("08ACCRA001382SUSPECTEDDUPLICATE1392", "08ACCRA1392"),
        ("1976STATE091590", "76STATE91590"),
        ("06ASTANA", "06ASTANA"),
        ("", ""),
        ("08SECTIN01OF04HARARE754", "08HARARE754"),
        ("08SCTION01OF02MANAMA492", "08MANAMA492"),
        ("08SECTION0QOF02MANAMA492", "08MANAMA492"),
        ("09EFTOSECTION01OF02LONDON2468", "09LONDON2468"),
        ("08SENSITIVELIMA12", "08LIMA12"),
        ("08SIPDISLIMA12", "08LIMA12"),
        ("90SECTO12017STATE255195", "90SECTO12017STATE255195"),
        ("1976STATE091590_b", "76STATE91590"),
        ("10MOSCOW226_a", "10MOSCOW226"),
        ("1974PRETOR00123", "74PRETORIA123"),
        ("092OF5", "092OF5"),
    ],
)
def test_damaged_ids_are_mended(printed: str, canonical: str) -> None:
    assert canonical_id(printed, BUILT_IN.posts) == canonical


def test_what_cannot_be_mended_follows_the_cable_itself() -> None:
    assert canonical_id("06ASTANA", BUILT_IN.posts, [ReferenceId(2006, "ASTANA", 12)]) == "06ASTANA12"
    assert canonical_id("092OF5", BUILT_IN.posts, [ReferenceId(2009, "LIMA", 77)]) == "09LIMA77"
    assert canonical_id("092OF5", BUILT_IN.posts, [ReferenceId(2008, "LIMA", 77)]) == "092OF5"


def test_address() -> None:
    assert address("10MOSCOW226", date(2010, 1, 29)) == "cable/2010/01/10MOSCOW226.html"
    assert address("10MOSCOW226", None) == "cable/2010/00/10MOSCOW226.html"
    assert address("76STATE91590", None) == "cable/1976/00/76STATE91590.html"
    assert address("06ASTANA", None) == "cable/0000/00/06ASTANA.html"


def test_addresses_of_odd_ids_stay_in_their_folder_and_apart() -> None:
    odd = ["", ".", "..", "a/b", "a\\b", "CON", "10moscow226", "10MOSCOW226 ", "\ud800", "x" * 500, "10MOSCOW226\n"]
    addresses = {address(each, None).casefold() for each in [*odd, "10MOSCOW226"]}
    assert len(addresses) == len(odd) + 1
    for each in addresses:
        assert each.count("/") == 3
        assert each.isascii()
        assert len(each) < 120
        assert not set(each) - set("abcdefghijklmnopqrstuvwxyz0123456789-./_")


@given(st.text() | st.from_regex(r"\d\w+", fullmatch=True), st.dates() | st.none())
def test_an_address_has_nothing_that_a_link_would_have_to_encode(cable_id: str, created: date | None) -> None:
    assert re.fullmatch(r"cable/\d{4}/\d\d/[A-Za-z0-9_-]+\.html", address(cable_id, created), re.ASCII)
