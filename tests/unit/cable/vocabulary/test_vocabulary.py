import re
from importlib.resources import files

import pytest

from generator.cable import vocabulary
from generator.cable.vocabulary import BUILT_IN, classification, classifications
from generator.cable.vocabulary.posts import one_slip_apart
from generator.cable.vocabulary.tag_codes import Tag, TagCodes

TAGS = BUILT_IN.tags


def test_tables_are_whole() -> None:
    assert len(BUILT_IN.posts.by_code) == 289
    assert len(classifications()) == 8
    assert len(BUILT_IN.acronyms) == 3376


def test_tags() -> None:
    assert TAGS.of("PREL").kind == "subject"
    assert TAGS.meaning("SZ") == "Switzerland"
    assert TAGS.meaning("CH").startswith("China")
    assert TAGS.meaning("XYZW") == ""


def test_of_two_meanings_the_known_one_and_that_of_the_year_wins() -> None:
    assert TAGS.meaning("AL") == TAGS.meaning("AL", 2008) == "Albania"
    two = [Tag("PXYZ", "subject", words, era, "") for words, era in (("Old", "1973-79"), ("New", "1980s-2010s"))]
    tags = TagCodes({"PXYZ": tuple(two)})
    meanings = [tags.meaning("PXYZ", year) for year in (1973, 1979, 1980, 2009, 2019)]
    assert meanings == ["Old", "Old", "New", "New", "New"]


@pytest.mark.parametrize(
    ("code", "kind"), [("QQ", "country"), ("KQQQ", "program"), ("DOE, JOHN", "person"), ("ABCD", "unknown")]
)
def test_the_kind_of_an_unknown_tag_follows_from_its_form(code: str, kind: str) -> None:
    assert TAGS.of(code).kind == kind


@pytest.mark.parametrize(
    ("value", "rank"),
    [
        ("UNCLASSIFIED", 0),
        ("UNCLASSIFIED//FOUO", 1),
        ("unclassified // for official use only", 1),
        ("C O N F I D E N T I A L", 2),
        ("SECRET//NOFORN", 5),
    ],
)
def test_classifications(value: str, rank: int) -> None:
    found = classification(value)
    assert found is not None
    assert found.rank == rank


def test_unknown_codes_have_no_meaning() -> None:
    assert classification("RESTRICTED") is None
    assert "RQQQQ" not in BUILT_IN.routing
    assert BUILT_IN.posts.name("QUILLHAVEN") == ""


def test_relays_stand_for_many_names() -> None:
    relay, embassy = BUILT_IN.routing["RHMFISS"], BUILT_IN.routing["RUEHMO"]
    assert relay.relay
    assert not embassy.relay
    assert "MOSCOW" in embassy.name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("MOSCOW", "MOSCOW"),
        ("Sao Paulo", "SAOPAULO"),
        ("THE HAGUE", "THEHAGUE"),
        ("TEGUC", "TEGUCIGALPA"),
        ("MISSION GENEVA", "GENEVA"),
        ("REO BASRAH", "BASRAH"),
        ("P-A-P", "PORTAUPRINCE"),
        ("S. PAULO", "SAOPAULO"),
        ("DAR", "DARESSALAAM"),
        ("FODAG ROME", "UNROME"),
        ("HCMC", "HOCHIMINHCITY"),
        ("USUN", "USUNNEWYORK"),
        ("SECSTATE", "STATE"),
        ("AMEMBASSY HANOI", "HANOI"),
        ("AMCONSUL SAO PAULO", "SAOPAULO"),
        ("N'DJAMENA", "NDJAMENA"),
        ("PORT-AU-PRINCE", "PORTAUPRINCE"),
        ("B0GOTA", "BOGOTA"),
        ("SECSTATE WASHDC", "STATE"),
        ("GUANGZH", "GUANGZHOU"),
        ("TRIPOLLI", "TRIPOLI"),
        ("QUILLHAVEN", ""),
        ("", ""),
        ("THE", ""),
    ],
)
def test_posts_are_found_however_they_are_written(name: str, code: str) -> None:
    assert BUILT_IN.posts.find(name) == code


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("SOFIA", "SOIA", True),
        ("MADRID", "MARDID", True),
        ("ROME", "ROMA", True),
        ("ROME", "RIGA", False),
        ("LIMA", "LIMA", True),
    ],
)
def test_one_slip_apart(one: str, other: str, near: bool) -> None:
    assert one_slip_apart(one, other) is one_slip_apart(other, one) is near


def test_the_notice_names_the_source_of_every_table() -> None:
    folder = files(vocabulary)
    named = re.findall(r"^(\w+\.csv)\n  \w", (folder / "NOTICE").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(table.name for table in folder.iterdir() if table.name.endswith(".csv"))
