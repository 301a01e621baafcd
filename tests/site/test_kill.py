"""Killed, out of space or robbed of its notes: the next build ends in the old site or in the new one."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from generator.archive.notes import notes_folder, open_catalog
from generator.errors import CablepressError, Severity, StorageError
from generator.output.clean import clean
from generator.output.folder import claimed
from generator.site.commit import recover
from tests.conftest import CHECKOUT
from tests.site.support import LATER, SiteTest, Tree, differences, files_below, opened_files, until


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path / "site")
    site.cable("10MOSCOW1", subject="FIRST", tags="PGOV")
    site.cable("10MOSCOW2", "1. See 10 MOSCOW 1.", subject="SECOND")
    site.build()
    return site


def change(site: SiteTest) -> None:
    """One cable changes, one goes, one comes."""
    site.edit("cables/10MOSCOW1.txt", "SUBJECT: FIRST", "SUBJECT: 1ST")
    site.delete("cables/10MOSCOW2.txt")
    site.cable("10MOSCOW3", tags="ECON")


def started_over(site: SiteTest) -> Iterator[int]:
    """Numbers from 1 on, and before each the folder as it is now."""
    saved = site.folder.with_name("saved")
    shutil.copytree(site.folder, saved)
    for number in range(1, 10_000):
        shutil.rmtree(site.folder)
        shutil.copytree(saved, site.folder)
        yield number


def recovered(site: SiteTest) -> Tree:
    """The output after what an interrupted build left was completed or cleared away."""
    catalog = open_catalog(site.content, site.output)
    with claimed(site.output):
        recover(site.output, catalog)
    catalog.close()
    tree = site.tree()
    assert not [path for path in tree if path.startswith((".cablepress/stage", ".cablepress/journal"))]
    assert not (site.output / ".cablepress/stage").exists()
    assert not (site.output / ".cablepress/leaving").exists()
    return tree


Interrupted = Callable[[SiteTest, int], bool]


@pytest.mark.parametrize("interrupted", [SiteTest.build_killed, SiteTest.build_out_of_space])
def test_interrupted_at_any_step_the_site_is_the_old_or_the_new(site: SiteTest, interrupted: Interrupted) -> None:
    old = site.tree()
    change(site)
    new = site.clean_build()
    seen = set()
    for number in started_over(site):
        again = interrupted(site, number)
        tree = recovered(site)
        assert tree in (old, new), (number, differences(tree, new))
        seen.add(tree == new)
        site.build()
        assert differences(site.tree(), new) == {}, number
        notes = files_below(notes_folder(site.content, site.output)).keys()
        assert {path for path in notes if path.startswith("spools/")} == set(), number
        if not again:
            break
    assert number > 40
    assert seen == {False, True}


def test_a_page_deleted_after_the_kill_comes_back(site: SiteTest) -> None:
    change(site)
    new = site.clean_build()
    for number in started_over(site):
        again = site.build_killed(number * 3)
        (site.output / "index.html").unlink()
        site.build()
        assert differences(site.tree(), new) == {}, number
        if not again:
            break


def test_killed_before_the_first_site_there_is_none_or_the_first(tmp_path: Path) -> None:
    site = SiteTest(tmp_path / "site")
    site.cable("10MOSCOW1")
    new = site.clean_build()
    for number in started_over(site):
        again = site.build_killed(number * 5)
        site.build()
        assert differences(site.tree(), new) == {}, number
        if not again:
            break
    assert number > 10


def rewritten(file: Path, change: Callable[[bytes], bytes]) -> None:
    file.write_bytes(change(file.read_bytes()))


def put(file: Path, sql: str) -> None:
    db = sqlite3.connect(file)
    db.executescript(sql)
    db.close()


def something_else(file: Path) -> None:
    file.unlink()
    put(file, "CREATE TABLE t (x)")


DAMAGE: dict[str, Callable[[Path], None]] = {
    "gone": Path.unlink,
    "empty": lambda file: rewritten(file, lambda _: b""),
    "not a database": lambda file: rewritten(file, lambda raw: b"x" * len(raw)),
    "cut off": lambda file: rewritten(file, lambda raw: raw[: len(raw) // 2]),
    "zeros in the middle": lambda file: rewritten(file, lambda raw: raw[:8192] + bytes(8192) + raw[16384:]),
    "older": lambda file: put(file, "UPDATE meta SET value = '0' WHERE key = 'format'"),
    "a database of something else": something_else,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_lost_or_damaged_notes_cost_time_only(site: SiteTest, damage: str) -> None:
    before, stamps = site.tree(), site.stamps()
    DAMAGE[damage](notes_folder(site.content, site.output) / "catalog.sqlite")
    result = site.build()
    assert (result.written, result.removed) == (0, 0)
    assert {problem.severity for problem in result.problems} <= {Severity.WARNING}
    assert site.tree() == before
    assert site.stamps() == stamps
    with opened_files() as opened:
        site.build()
    assert [path for path in opened if path.startswith(str(site.output)) and path.endswith(".html")] == []
    change(site)
    site.build()
    assert differences(site.tree(), site.clean_build()) == {}


@pytest.mark.parametrize(
    "nonsense",
    [
        "UPDATE head SET head = x'c1'",
        "UPDATE page SET folder = CAST(x'ff41' AS TEXT) WHERE kind = 'home'",
        "UPDATE meta SET value = '1' WHERE key = 'assets'",
    ],
)
def test_notes_that_make_no_sense_cost_time_and_are_told(site: SiteTest, nonsense: str) -> None:
    notes = notes_folder(site.content, site.output) / "catalog.sqlite"
    put(notes, nonsense)
    change(site)
    (problem,) = site.build().problems
    assert (problem.path, problem.severity) == (str(notes), Severity.WARNING)
    assert differences(site.tree(), site.clean_build()) == {}
    assert site.build().problems == ()


def test_a_slip_in_the_program_does_not_cost_the_notes(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = notes_folder(site.content, site.output) / "catalog.sqlite"
    before = sorted(notes.parent.iterdir()), notes.read_bytes()
    change(site)

    def slip(*_: object) -> None:
        raise LookupError("a slip")

    with monkeypatch.context() as patched:
        patched.setattr("generator.build.stages.Stages.survey", slip)
        with pytest.raises(LookupError, match="a slip"):
            site.build()
    assert sorted(notes.parent.iterdir()) == before[0]
    assert len(notes.read_bytes()) >= len(before[1])
    assert site.build().problems == ()
    assert differences(site.tree(), site.clean_build()) == {}


def test_notes_that_another_process_holds_are_not_thrown_away(site: SiteTest) -> None:
    notes = notes_folder(site.content, site.output) / "catalog.sqlite"
    before = notes.stat().st_ino
    with closing(sqlite3.connect(notes, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError, match=f"{notes}: can't be used: database is locked"):
            site.build()
    assert notes.stat().st_ino == before
    assert site.build().written == 0


def test_a_flipped_byte_in_the_notes_changes_no_file(site: SiteTest) -> None:
    before = site.tree()
    notes = notes_folder(site.content, site.output) / "catalog.sqlite"
    whole = notes.read_bytes()
    for place in range(0, len(whole), len(whole) // 40):
        notes.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        site.build()
        assert differences(site.tree(), before) == {}, place


@pytest.mark.parametrize("journal", [b"", b"x", b'["put","a","b"]\n', b'["end",3,0,"1"]\n'])
def test_a_damaged_journal_is_not_followed(site: SiteTest, journal: bytes) -> None:
    before = site.tree()
    (site.output / ".cablepress/journal").write_bytes(journal)
    with pytest.raises(CablepressError, match="damaged"):
        site.build()
    (site.output / ".cablepress/journal").unlink()
    assert differences(site.tree(), before) == {}


def test_notes_of_another_output_folder_do_no_harm(site: SiteTest) -> None:
    before = site.tree()
    shutil.rmtree(site.output)
    site.build()
    assert differences(site.tree(), before) == {}


def clean_up(site: SiteTest) -> None:
    clean(site.output)


def lose_the_output(site: SiteTest) -> None:
    shutil.rmtree(site.output)


@pytest.fixture
def citing(tmp_path: Path) -> SiteTest:
    """An article and the cable that it cites, not built yet."""
    site = SiteTest(tmp_path / "site")
    site.cable("10MOSCOW1")
    site.cable("10MOSCOW2")
    site.write("articles/one.md", "# One\n\nSee [[10MOSCOW1]].\n")
    return site


def built_as_anew(site: SiteTest) -> bool:
    """Build, which has to give what a clean build gives; returns whether the article has a page."""
    result = site.build_later()
    wanted, tree = site.built_anew()
    assert result.problems == wanted.problems
    assert differences(site.tree(), tree) == {}
    return "article/one.html" in tree


@pytest.mark.parametrize("lose", [clean_up, lose_the_output])
def test_articles_follow_their_cables_where_the_site_is_gone(
    citing: SiteTest, lose: Callable[[SiteTest], None]
) -> None:
    site = citing
    site.build_later()
    lose(site)
    site.delete("cables/10MOSCOW1.txt")
    assert not built_as_anew(site)
    lose(site)
    site.cable("10MOSCOW1")
    assert built_as_anew(site)


def test_articles_follow_their_cables_where_the_first_build_was_killed(citing: SiteTest) -> None:
    for number in started_over(citing):
        again = citing.build_killed(number * 8, clock=LATER)
        citing.delete("cables/10MOSCOW1.txt")
        assert not built_as_anew(citing), number
        if not again:
            break
    assert number > 4


def test_the_workers_end_with_a_killed_build(tmp_path: Path) -> None:
    site = SiteTest(tmp_path / "site")
    for number in range(1, 1201):
        site.cable(f"10MOSCOW{number}")
    command = [sys.executable, str(CHECKOUT / "build.py"), "--jobs", "2", "--quiet"]
    with subprocess.Popen(command, cwd=site.folder) as process:
        until(lambda: any((site.output / ".cablepress/stage").glob("*/*")), 60)
        workers = children(process.pid)
        process.send_signal(signal.SIGKILL)
    assert len(workers) >= 2
    until(lambda: not any(map(alive, workers)), 2)
    site.build(jobs=2)
    assert differences(site.tree(), site.clean_build()) == {}


def children(process: int) -> list[int]:
    """The numbers of the processes that a process started."""
    started = (task / "children" for task in Path(f"/proc/{process}/task").iterdir())
    return [int(number) for file in started for number in file.read_text().split()]


def alive(process: int) -> bool:
    """Whether a process runs, and is not only waited for."""
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
