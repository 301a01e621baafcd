"""Lists: their names, and how long ones are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.lists import (
    PAGE_ROWS,
    Membership,
    Slice,
    bounds,
    memberships,
    origin_slug,
    place,
    safe_name,
    slices,
    slices_from,
    stretches,
)


def test_a_cable_stands_in_its_lists_in_the_order_of_the_page() -> None:
    found = memberships("2010-01-29 15:33", "2011-08-24", "Embassy Moscow", "SECRET//NOFORN", "secret-noforn", ["PGOV"])
    assert found == (
        Membership("date/2010-01", "January 2010"),
        Membership("reldate/2011-08-24", "24 August 2011"),
        Membership("classification/secret-noforn", "SECRET//NOFORN"),
        Membership("origin/embassy-moscow", "Embassy Moscow"),
        Membership("tag/PGOV", "PGOV"),
    )


def test_a_cable_of_which_nothing_is_known_stands_in_no_list() -> None:
    assert memberships("2009", "", "", "", "", []) == ()


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Embassy Athens", "A"),
        ("Consulate Sao Paulo", "S"),
        ("Embasy Bonn", "B"),
        ("American Consulate Hyderabad", "H"),
        ("Mission USNATO", "U"),
        ("US Mission Geneva", "U"),
        ("USUN New York", "U"),
        ("UN Rome", "U"),
        ("Secretary of State", "S"),
        ("Department of State", "D"),
        ("REO Basrah", "B"),
        ("Embassy", "E"),
    ],
)
def test_origins_are_sorted_by_place(name: str, letter: str) -> None:
    assert place(name)[0] == letter


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Embassy San José", "embassy-san-jose"),
        ("American Institute Taiwan, Taipei", "american-institute-taiwan-taipei"),
    ],
)
def test_origins_have_readable_addresses(name: str, slug: str) -> None:
    assert origin_slug(name) == slug


@pytest.mark.parametrize(
    "name", ["index", "INDEX", "con", "COM1", "../x", "a/b", "", ".", "PGOV_0", "ÄÖ", "A--B", "x" * 200]
)
def test_names_that_are_no_file_names_get_a_digest(name: str) -> None:
    safe = safe_name(name)
    assert safe != name
    assert len(safe) <= 80
    assert set(safe) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")


@given(st.lists(st.text(max_size=8), min_size=2, max_size=20, unique=True))
def test_two_names_never_share_an_address(names: list[str]) -> None:
    assert len({safe_name(name) for name in names}) == len(names)


def _days(year: int, per_day: int) -> list[tuple[str, int]]:
    return [(f"{year}-{month:02}-{day:02}", per_day) for month in range(1, 13) for day in range(1, 29)]


def _leaves(days: list[tuple[str, int]]) -> dict[str, Slice]:
    return {part.name: part for part in slices(days) if not part.is_cut}


def test_short_years_are_one_slice_each() -> None:
    found = slices([("2008-05-01", 3), ("2009-01-02", 400), ("2009-12-30", 600)])
    assert [(s.name, s.title, s.count, s.is_cut) for s in found] == [
        ("2008", "2008", 3, False),
        ("2009", "2009", 1000, False),
    ]


def test_a_long_year_is_cut_where_it_is_long() -> None:
    days = [("2009", 2), *((f"2009-01-{day:02}", 200) for day in range(1, 32)), ("2009-02-10", 1), ("2009-05-06", 7)]
    found = {part.name: part for part in slices(days)}
    assert {name: part.title for name, part in found.items()} == {
        "2009": "2009",
        "2009-0": "2009, month not known",
        "2009-1": "January to March 2009",
        "2009-01": "January 2009",
        "2009-011": "1 to 8 January 2009",
        **{f"2009-01{day:02}": f"{day} January 2009" for day in range(1, 9)},
        "2009-012": "9 to 16 January 2009",
        **{f"2009-01{day:02}": f"{day} January 2009" for day in range(9, 17)},
        "2009-013": "17 to 24 January 2009",
        **{f"2009-01{day:02}": f"{day} January 2009" for day in range(17, 25)},
        "2009-014": "From 25 January 2009",
        **{f"2009-01{day:02}": f"{day} January 2009" for day in range(25, 32)},
        "2009-02": "February 2009",
        "2009-2": "April to June 2009",
    }
    assert found["2009-0103"].parent == "2009-011"
    assert found["2009-02"].parent == found["2009-01"].parent == "2009-1"


def test_a_cable_added_in_march_moves_no_other_slice() -> None:
    days = _days(2009, 10)
    more = [(day, count + (day == "2009-03-05")) for day, count in days]
    before, after = _leaves(days), _leaves(more)
    assert {name for name in after if after[name] != before[name]} == {"2009-1"}


DAYS = st.dictionaries(
    st.one_of(st.dates().map(str).filter(lambda d: d > "1000"), st.integers(1966, 2010).map(str), st.just("")),
    st.integers(1, 700),
    max_size=60,
)


@given(DAYS)
def test_leaves_hold_every_cable_once(days: dict[str, int]) -> None:
    ordered = sorted(days.items())
    leaves = _leaves(ordered)
    assert sum(s.count for s in leaves.values()) == sum(days.values())
    for day, _ in ordered:
        moment = f"{day} 23:59" if len(day) == 10 else day
        assert [first <= moment < end for first, end in map(bounds, leaves)].count(True) == 1
        assert len(leaves.keys() & {*stretches(moment)}) == 1
    for name, leaf in leaves.items():
        first, end = bounds(name)
        assert leaf.count <= PAGE_ROWS or len([day for day in days if first <= day < end]) == 1


@given(DAYS, DAYS)
def test_a_page_that_is_there_stays_when_cables_are_added(days: dict[str, int], more: dict[str, int]) -> None:
    grown = {day: days.get(day, 0) + more.get(day, 0) for day in days | more}
    before, after = slices(sorted(days.items())), slices(sorted(grown.items()))
    assert {s.name: s.title for s in before}.items() <= {s.name: s.title for s in after}.items()
    assert len({s.name for s in after}) == len(after)


@given(DAYS)
def test_a_slice_is_the_same_seen_from_its_own_days(days: dict[str, int]) -> None:
    found = slices(sorted(days.items()))
    for part in found:
        first, end = bounds(part.name)
        own, *inner = slices_from(part.name, sorted((day, n) for day, n in days.items() if first <= day < end))
        assert own == part
        assert {s for s in inner if s.parent == own.name} == {s for s in found if s.parent == own.name}
