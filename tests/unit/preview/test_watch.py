"""The watcher on real folders with real events: what editors and tools do, and what it must not be woken by."""

import errno
import logging
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.observers.inotify import InotifyObserver
from watchdog.observers.polling import PollingObserver

from generator.preview import watch
from generator.preview.watch import Changes, Watcher

SOON = 5.0
QUIETLY = 0.6


class Said(list[str]):
    def __call__(self, text: str) -> None:
        self.append(text)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "cables").mkdir(parents=True)
    (folder / "cables" / "a.txt").write_text("a", "utf-8")
    return folder


@pytest.fixture
def watcher(content: Path) -> Iterator[Watcher]:
    said = Said()
    with Watcher([content], [content.parent / "site.toml"], said) as watching:
        yield watching
    assert said == []


def names(changes: Changes) -> set[str]:
    return {Path(path).name for path in changes.paths}


def test_a_file_written_in_place_is_a_change(watcher: Watcher, content: Path) -> None:
    (content / "cables" / "a.txt").write_text("b", "utf-8")
    assert watcher.changes(SOON) == Changes((str(content / "cables" / "a.txt"),))


def test_an_editor_that_renames_over_the_file_changes_the_file(watcher: Watcher, content: Path) -> None:
    file = content / "cables" / "a.txt"
    draft = file.with_name(".a.txt.swp")
    draft.write_text("b", "utf-8")
    file.replace(file.with_name("a.txt~"))
    draft.replace(file)
    assert watcher.changes(SOON) == Changes((str(file),))


def test_a_file_that_goes_and_one_that_is_renamed_are_changes(watcher: Watcher, content: Path) -> None:
    (content / "cables" / "a.txt").rename(content / "cables" / "b.txt")
    assert names(watcher.changes(SOON)) >= {"a.txt", "b.txt"}
    (content / "cables" / "b.txt").unlink()
    assert "b.txt" in names(watcher.changes(SOON))


def test_reading_is_no_change(watcher: Watcher, content: Path) -> None:
    (content / "cables" / "a.txt").read_text("utf-8")
    assert list(content.rglob("*"))
    assert watcher.changes(QUIETLY) == Changes(())


@pytest.mark.parametrize("path", ["cables/.hidden.txt", "cables/a.txt~", "cables/#a.txt#", ".git/index", ".b/c/d.txt"])
def test_hidden_files_and_backups_are_no_change(watcher: Watcher, content: Path, path: str) -> None:
    (content / path).parent.mkdir(parents=True, exist_ok=True)
    (content / path).write_text("x", "utf-8")
    assert watcher.changes(QUIETLY) == Changes(())


def test_a_single_file_is_watched_without_its_neighbours(watcher: Watcher, content: Path) -> None:
    (content.parent / "other.toml").write_text("x", "utf-8")
    assert watcher.changes(QUIETLY) == Changes(())
    (content.parent / "site.toml").write_text("x", "utf-8")
    assert names(watcher.changes(SOON)) == {"site.toml"}


def test_a_burst_is_told_once(watcher: Watcher, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "QUIET", 1.0)

    def burst() -> None:
        for number in range(20):
            (content / "cables" / f"{number}.txt").write_text("x", "utf-8")
            time.sleep(0.02)

    writing = threading.Thread(target=burst)
    writing.start()
    assert names(watcher.changes(SOON)) >= {"0.txt", "19.txt"}
    writing.join()
    assert watcher.changes(QUIETLY) == Changes(())


def test_a_burst_without_end_is_told_all_the_same(
    watcher: Watcher, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "QUIET", 1.0)
    monkeypatch.setattr(watch, "PATIENCE", 1.5)

    def burst() -> None:
        for number in range(300):
            (content / "cables" / "a.txt").write_text(str(number), "utf-8")
            time.sleep(0.02)

    writing = threading.Thread(target=burst)
    writing.start()
    assert watcher.changes(SOON).paths
    assert writing.is_alive()
    writing.join()


def test_what_changes_between_two_looks_is_not_lost(watcher: Watcher, content: Path) -> None:
    (content / "cables" / "a.txt").write_text("b", "utf-8")
    watcher.changes(SOON)
    (content / "cables" / "b.txt").write_text("c", "utf-8")
    time.sleep(QUIETLY)
    assert names(watcher.changes(0)) == {"b.txt"}


def test_files_in_new_and_renamed_folders_are_watched(watcher: Watcher, content: Path) -> None:
    (content / "cables" / "2010" / "01").mkdir(parents=True)
    watcher.changes(SOON)
    (content / "cables" / "2010").rename(content / "cables" / "2011")
    watcher.changes(SOON)
    (content / "cables" / "2011" / "01" / "b.txt").write_text("b", "utf-8")
    assert str(content / "cables" / "2011" / "01" / "b.txt") in watcher.changes(SOON).paths


def test_of_files_all_is_told_and_of_folders_perhaps_not(watcher: Watcher, content: Path) -> None:
    (content / "cables" / "a.txt").rename(content / "cables" / "b.txt")
    assert watcher.changes(SOON).complete
    (content / "cables").rename(content / "renamed")
    assert not watcher.changes(SOON).complete
    (content / "renamed" / "b.txt").write_text("b", "utf-8")
    assert watcher.changes(SOON) == Changes((str(content / "renamed" / "b.txt"),))


def test_of_a_storm_perhaps_not_all_is_told(watcher: Watcher, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "STORM", 5)
    for number in range(7):
        (content / "cables" / f"{number}.txt").write_text("x", "utf-8")
    assert not watcher.changes(SOON).complete


def test_what_watchdog_complains_of_is_a_change_of_which_not_all_is_told(
    watcher: Watcher, content: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The storm `events_are_lost` of tests/robustness makes the kernel lose some; here only the log says so."""
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed; filesystem events were lost")
    assert watcher.changes(SOON) == Changes((str(content),), complete=False)
    assert capfd.readouterr().err == ""


def test_changes_that_wait_to_be_told_are_seen(watcher: Watcher, content: Path) -> None:
    assert not watcher.stirring()
    (content / "cables" / "a.txt").write_text("b", "utf-8")
    end = time.monotonic() + SOON
    while not watcher.stirring():
        assert time.monotonic() < end
        time.sleep(0.01)
    watcher.changes(SOON)
    assert not watcher.stirring()


def test_a_watched_folder_that_is_replaced_is_watched_again(watcher: Watcher, content: Path) -> None:
    content.rename(content.with_name("old"))
    (content / "cables").mkdir(parents=True)
    assert watcher.changes(SOON).paths
    while watcher.changes(2 * QUIETLY).paths:
        pass
    (content / "cables" / "new.txt").write_text("b", "utf-8")
    assert "new.txt" in names(watcher.changes(SOON))


def test_of_several_folders_only_that_which_was_replaced_is_told(content: Path) -> None:
    other = content.with_name("templates")
    other.mkdir()
    with Watcher([content, other], [], Said()) as watching:
        content.rename(content.with_name("old"))
        told = set(watching.changes(SOON).paths)
        content.with_name("old").rename(content)
        while changes := watching.changes(2 * QUIETLY).paths:
            told.update(changes)
    assert str(content) in told
    assert all(Path(path).is_relative_to(content) for path in told), told


class Exhausted(InotifyObserver):
    """As the system is when others have taken all watches."""

    error = errno.ENOSPC

    def start(self) -> None:
        raise OSError(self.error, "inotify watch limit reached")


class OutOfInstances(Exhausted):
    error = errno.EMFILE


@pytest.mark.parametrize(("kind", "limit"), [(Exhausted, "max_user_watches"), (OutOfInstances, "max_user_instances")])
def test_without_watches_it_polls_and_says_how_to_get_more(content: Path, kind: type[Exhausted], limit: str) -> None:
    said = Said()
    with Watcher([content], [], said, observers=(kind, PollingObserver)) as watcher:
        assert f"fs.inotify.{limit}" in said[-1]
        (content / "cables" / "b.txt").write_text("b", "utf-8")
        assert "b.txt" in names(watcher.changes(SOON))


def test_the_more_there_is_to_look_at_the_less_often_it_is_looked_for(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(path: str) -> None:
        time.sleep(0.2)

    monkeypatch.setattr(watch, "DirectorySnapshot", slow)
    said = Said()
    with Watcher([content], [], said, observers=(Exhausted, PollingObserver)):
        assert said[0].endswith("they are looked for every 2 s instead")


class FullAfterStart(InotifyObserver):
    """As watchdog is when the watches run out below the first folder: it starts, and is silent about the rest."""

    def schedule(self, *arguments: object, **options: object) -> object:  # type: ignore[override]
        if self.is_alive():
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        return super().schedule(*arguments, **options)  # type: ignore[arg-type]


def test_watches_that_run_out_below_the_first_folder_are_noticed(content: Path) -> None:
    said = Said()
    with Watcher([content], [], said, observers=(FullAfterStart, PollingObserver)):
        assert "max_user_watches" in said[-1]


def test_another_error_of_the_system_is_not_hidden(content: Path) -> None:
    class Failing(Exhausted):
        error = errno.EACCES

    with pytest.raises(PermissionError), Watcher([content], [], Said(), observers=(Failing, PollingObserver)):
        pass


def test_waiting_costs_next_to_nothing(watcher: Watcher) -> None:
    before = os.times()
    watcher.changes(2.0)
    after = os.times()
    assert (after.user + after.system) - (before.user + before.system) < 0.1
