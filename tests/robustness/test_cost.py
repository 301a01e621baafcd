"""What a change costs: in an archive of five times as many cables not one row, instruction or file more.

Only the sweep, which looks at every file, grows with the archive; while serving there is none of it.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from unittest import mock

import msgspec
import pytest

from generator.archive import database
from generator.archive.notes import notes_folder
from tests.site.support import SiteTest, opened_files

CABLES = (1_100, 5_500)
"""So many besides those of the corner that is the same; both are more than a list shows on one page."""

SCHEMA = resources.files("generator.archive").joinpath("schema.sql").read_text("utf-8")

SMALL = {
    *("meta", "shown_count", "page_count", "dirty", "problem"),
    *("list", "slice", "shelf", "number_count", "article", "article_citation"),
}
"""Tables that hold less than a row for each cable."""

OF_EACH_CABLE = set(re.findall(r"CREATE TABLE (\w+)", SCHEMA)) - SMALL
"""All others."""

SWEEP = re.compile(r"SELECT name, size, mtime.* FROM (input|page) WHERE folder = ")
"""The statements that the files of a folder are compared with."""


ATTEMPT = re.compile(r"(?<=/stage/)\d+-[0-9a-f]{8}|(?<=/leaving/)\d+-[0-9a-f]{8}|(?<=/spools/)\w+")
"""What an attempt at a chunk calls its folder, or its spool."""


class Cost(msgspec.Struct, frozen=True):
    """What a build did: instructions of SQLite, files opened, files written and removed."""

    instructions: int
    opened: dict[str, int]
    written: int
    removed: int


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[SiteTest, ...]:
    """Archives of which a corner is the same, in lists that go through all of them and are cut.

    What a process opens once, such as the vocabulary, is opened before by the build of a site of one cable.
    """
    first = SiteTest(tmp_path_factory.mktemp("first"))
    first.cable("10MOSCOW1", "1. One.")
    first.build(jobs=1)
    return tuple(archive(tmp_path_factory.mktemp(f"{cables}"), cables) for cables in CABLES)


def archive(folder: Path, cables: int) -> SiteTest:
    site = SiteTest(folder)
    for number in range(cables):
        created = f"{2000 + number % 10}-{number // 10 % 12 + 1:02}-{number // 120 % 28 + 1:02}T10:00:00Z"
        filler(site, f"{number % 10:02}PARIS{number}", "Embassy Paris", created)
    for number in range(12):
        filler(site, f"10MOSCOW{number}", "Embassy Moscow", f"2010-01-{number + 1:02}T10:00:00Z")
    assert site.build(jobs=2).problems == ()
    assert site.build_later().written == 0
    assert (site.output / "tag/PGOV/2010.html").exists()
    return site


def filler(site: SiteTest, name: str, origin: str, created: str) -> None:
    front = 'classification = "SECRET"'
    path = f"cables/{created[:4]}/{created[5:7]}/{name}.txt"
    site.cable(
        name,
        "1. One.\n\n2. As 10 MOSCOW 3 said." if origin.endswith("Moscow") else "1. One.",
        subject=f"SUBJECT OF {name}",
        tags="PGOV",
        origin=origin,
        created=created,
        released="2011-08-30",
        front=front,
        path=path,
    )


CHANGED = "cables/2010/01/10MOSCOW5.txt"

CHANGES: dict[str, Callable[[SiteTest], None]] = {
    "nothing": lambda site: None,
    "a text": lambda site: site.edit(CHANGED, "1. One.", "1. Two."),
    "a subject": lambda site: site.edit(CHANGED, "SUBJECT OF", "ANOTHER SUBJECT OF"),
    "a cable less": lambda site: site.delete(CHANGED),
    "a cable more": lambda site: filler(site, "10MOSCOW5", "Embassy Moscow", "2010-01-06T10:00:00Z"),
}


def ready(site: SiteTest, change: str) -> SiteTest:
    """The archive before a change, whichever were tried on it: the cable as it was, or none if it is about to come."""
    if change != "a cable more":
        CHANGES["a cable more"](site)
    elif (site.content / CHANGED).exists():
        site.delete(CHANGED)
    site.build_later()
    return site


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_costs_the_same_in_a_larger_archive(change: str, sites: tuple[SiteTest, ...]) -> None:
    small, large = (cost_of(ready(site, change), CHANGES[change]) for site in sites)
    assert small == large
    assert (small.written > 0) == (change != "nothing")
    assert small.instructions < 50_000


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_serve_tells_of_costs_the_same_with_nothing_left_out(
    change: str, sites: tuple[SiteTest, ...]
) -> None:
    small, large = (cost_of(ready(site, change), CHANGES[change], told=True) for site in sites)
    assert small == large
    assert (small.written > 0) == (change != "nothing")
    assert small.instructions < 50_000


def cost_of(site: SiteTest, change: Callable[[SiteTest], None], *, told: bool = False) -> Cost:
    change(site)
    with statements() as (spent, said), opened_files(folders=told) as opened:
        result = site.build_later(changed={CHANGED}, keep_faulty=True) if told else site.build_later()
    assert result.problems == ()
    assert not told or not any(map(SWEEP.match, said))
    assert scans(site, said) == set()
    notes = str(notes_folder(site.content, site.output))
    plain = (path.replace(notes, "notes").replace(str(site.folder), "") for path in opened)
    files = Counter(ATTEMPT.sub("attempt", path) for path in plain)
    assert site.build_later().written == 0
    return Cost(sum(spent.values()), dict(files), result.written, result.removed)


@contextmanager
def statements() -> Iterator[tuple[Counter[str], set[str]]]:
    """Count the instructions of each statement, those of the sweep left out; and note what is said to the catalog."""
    spent: Counter[str] = Counter()
    said: set[str] = set()
    current = ""
    connected = database._connected

    def begin(sql: str) -> None:
        nonlocal current
        current = sql
        said.add(sql)

    def step() -> None:
        if not SWEEP.match(current):
            spent[current] += 1

    def watched(path: Path) -> sqlite3.Connection:
        db = connected(path)
        db.set_trace_callback(begin)
        db.set_progress_handler(step, 1)
        return db

    with mock.patch.object(database, "_connected", watched):
        yield spent, said


def scans(site: SiteTest, said: set[str]) -> set[str]:
    """The statements that go through a table of all cables, be it in a single instruction."""
    catalog = next(site.folder.glob(".cablepress/*/catalog.sqlite"))
    db = sqlite3.connect(catalog)
    found = set()
    for sql in said:
        if sql.startswith(("SELECT", "INSERT", "UPDATE")) or (sql.startswith("DELETE") and "WHERE" in sql):
            plan = " ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}"))
            if OF_EACH_CABLE & set(re.findall(r"SCAN (\w+)", plan)):
                found.add(f"{sql}: {plan}")
    db.close()
    return found
