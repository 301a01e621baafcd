"""Counts of lists and of their parts, kept as cables come and go: always what counting anew gives."""

from pathlib import Path
from unittest import mock

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive import queries
from generator.archive.catalog import Catalog, Input, Stamp
from generator.archive.counts import count, count_all, moves
from generator.archive.head import Head
from generator.archive.intake import CableRead
from generator.archive.lists import Membership, slices
from generator.archive.settle import CableChange, remove, settle

DAYS = ("", "2009", "2009-01-05", "2009-01-05 15:33", "2009-01-06", "2009-02-01", "2009-06-01", "2010-06-01 10:00")
TITLES = tuple("ABCDEFGH")
STEP = st.tuples(
    st.integers(0, 9),  # the file
    st.integers(0, 6),  # the address: two files may have one
    st.sampled_from(DAYS),
    st.sets(st.sampled_from(("tag/PGOV", "tag/ECON", "glued/PGOVECON")), max_size=3),
    st.sampled_from(TITLES),
    st.booleans(),  # whether the file goes
)
ROWS = 2

State = tuple[dict[str, queries.ListCount], dict[tuple[str, str], object]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("counts")


def read(path: str, address: str, created: str, lists: set[str], title: str) -> CableRead:
    found = tuple(Membership(name, title) for name in sorted(lists))
    head = Head(
        id=address,
        address=address,
        created=created,
        released="",
        subject="",
        classification="",
        classification_slug="",
        origin="",
        names=(address,),
        memberships=tuple(m for m in found if not m.list.startswith("glued/")),
        citations=(),
        press=(),
        glued=tuple(m for m in found if m.list.startswith("glued/")),
    )
    return CableRead(path, Input(Stamp(1, 1, 1, 1, 1), msgspec.json.encode(head)), head, (), (), None)


def kept(catalog: Catalog) -> State:
    lists = {e.name: e for family in ("tag", "glued") for e in queries.lists(catalog, family)}
    return lists, {(name, part.name): part for name in lists for part in queries.parts(catalog, name)}


def anew(catalog: Catalog) -> State:
    rows = catalog.db.execute("SELECT list, count(*), min(title) FROM membership GROUP BY list")
    lists = {row[0]: queries.ListCount(*row) for row in rows}
    long = [name for name, entry in lists.items() if entry.count > ROWS and not name.startswith("glued/")]
    found = {(name, part.name): part for name in long for part in slices(queries.days(catalog, name))}
    return dict(lists), dict(found)


def title_of(entry: queries.ListCount | None) -> str:
    return entry.title if entry else ""


@settings(max_examples=300)
@given(steps=st.lists(STEP, min_size=8, max_size=30), at_once=st.booleans())
def test_counts_are_what_counting_anew_gives(
    steps: list[tuple[int, int, str, set[str], str, bool]], at_once: bool, folder: Path
) -> None:
    catalog = Catalog(folder / "catalog.sqlite")
    with (
        mock.patch("generator.archive.lists.PAGE_ROWS", ROWS),
        mock.patch("generator.archive.counts.PAGE_ROWS", ROWS),
    ):
        catalog.begin()
        for file, address, created, lists, title, gone in steps:
            path, before = f"cables/{file}.txt", kept(catalog)
            changes: list[CableChange]
            if gone:
                changes = list(remove(catalog, path))
            else:
                changes = list(settle(catalog, read(path, f"{address}.html", created, lists, title)))
            if at_once:
                continue
            touched = count(catalog, moves(changes))
            after = kept(catalog)
            assert after == anew(catalog)
            assert {name for name, _ in before[0].items() ^ after[0].items() if "glued" not in name} <= touched
            assert {f"{name}/{part}" for (name, part), _ in before[1].items() ^ after[1].items()} <= touched
            renamed = {name for name, entry in after[0].items() if title_of(before[0].get(name)) != title_of(entry)}
            assert {f"{name}/{part}" for name, part in after[1] if name in renamed} <= touched
        count_all(catalog) if at_once else None
        assert kept(catalog) == anew(catalog)
        assert queries.count_cables(catalog) == len([*queries.all_paths(catalog)])
        catalog.roll_back()
    catalog.close()
