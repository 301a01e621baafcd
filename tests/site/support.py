"""A tiny archive in a folder of its own, built with the real engine: write, build, look, change, build again.

site = SiteTest(tmp_path)
site.cable("10MOSCOW1", "1. One paragraph.", subject="FIRST")
assert site.build().written == len(site.files())
assert site.tree() == site.clean_build()
"""

import os
import shutil
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from generator.archive import database, discover
from generator.archive.notes import notes_folder, open_catalog
from generator.build.build import BuildResult, build
from generator.build.options import Options, Report
from generator.check.check import CheckReport, check
from generator.errors import CablepressError, StorageError
from generator.settings.config import load_config

BASE_URL = "https://cables.example.org/archive/"
SITE_TOML = f'title = "Test archive"\nbase_url = "{BASE_URL}"\n'

Tree = dict[str, bytes]

LATER = 2 * discover.RACY
"""Nanoseconds after which the stamp of a file at rest is trusted."""


class SiteTest:
    """Content and output below `folder`; paths of content are relative to the content folder."""

    def __init__(self, folder: Path, site_toml: str = SITE_TOML) -> None:
        self.folder = folder
        self.content = folder / "content"
        self.output = folder / "output"
        self.write("site.toml", site_toml)

    def cable(
        self,
        name: str,
        body: str = "1. Nothing happened.",
        *,
        subject: str = "",
        tags: str = "",
        ref: str = "",
        created: str = "2010-01-29T15:33:00Z",
        released: str = "",
        origin: str = "Embassy Moscow",
        front: str = "",
        path: str = "",
    ) -> str:
        """Write a cable and return the path of its content file; `front` is more front matter, as TOML."""
        facts = [f'id = "{name}"', f"created = {created}" * bool(created), f"released = {released}" * bool(released)]
        facts += [f'origin = "{origin}"' * bool(origin), front]
        lines = [f"TAGS: {tags}" * bool(tags), f"SUBJECT: {subject}" * bool(subject), f"REF: {ref}" * bool(ref)]
        text = "\n".join(["+++", *filter(None, facts), "+++", *filter(None, lines), "", body, ""])
        return self.write(path or f"cables/{name}.txt", text)

    def write(self, path: str, text: str | bytes) -> str:
        """Write a content file as an editor does, in place; returns its path."""
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def read(self, path: str) -> str:
        """The text of a content file."""
        return (self.content / path).read_text("utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace words in a content file, where they must be."""
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new))

    def delete(self, path: str) -> None:
        """Delete a content file."""
        (self.content / path).unlink()

    def rename(self, path: str, new: str) -> None:
        """Rename a content file."""
        target = self.content / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.content / path).rename(target)

    def options(self, **more: Any) -> Options:
        """What the site is built with: one process, and what the test adds."""
        given: dict[str, Any] = {
            "content": self.content,
            "output": self.output,
            "config": self.content / "site.toml",
            "jobs": 1,
        }
        return Options(**(given | more))

    def build(
        self, changed: Collection[str] | None = None, report: Report = lambda _: None, **options: Any
    ) -> BuildResult:
        """Bring the site up to date; `changed` are the only content files that did, if that is told."""
        return build(self.options(**options), report, changed)

    def build_later(self, **options: Any) -> BuildResult:
        """Build when the content has been at rest for so long that its files' stamps are trusted."""
        return self.build_by_a_clock(LATER, **options)

    def build_by_a_clock(self, nanoseconds: int, **options: Any) -> BuildResult:
        """Build while the clock is off by so much."""
        time.sleep(0.01 * bool(nanoseconds))
        now = time.time_ns() + nanoseconds
        with mock.patch("generator.archive.discover.time", mock.Mock(time_ns=lambda: now)):
            return self.build(**options)

    def clean_build(self, **options: Any) -> Tree:
        """What the same content gives in a fresh output folder, without any notes of earlier builds."""
        return self.built_anew(**options)[1]

    def built_anew(self, **options: Any) -> tuple[BuildResult, Tree]:
        """The result of such a build, and what it gave."""
        output = self.folder / "clean"
        try:
            return build(self.options(output=output, **options)), files_below(output)
        finally:
            shutil.rmtree(output, ignore_errors=True)
            shutil.rmtree(notes_folder(self.content, output), ignore_errors=True)

    def tree(self) -> Tree:
        """Every file of the output by its path, the engine's own included."""
        return files_below(self.output)

    def files(self) -> list[str]:
        """The paths of the site, without the engine's own."""
        return [path for path in self.tree() if not path.startswith(".cablepress/")]

    def stamps(self) -> dict[str, tuple[int, int]]:
        """When each file of the output was written, and which file it is."""
        found = {path: (self.output / path).stat() for path in self.tree()}
        return {path: (status.st_mtime_ns, status.st_ino) for path, status in found.items()}

    def page(self, path: str) -> str:
        """The text of a page."""
        return (self.output / path).read_text("utf-8")

    def check(self, base_url: str | None = None) -> CheckReport:
        """Check the site, for the address that site.toml gives, if for no other."""
        notes = open_catalog(self.content, self.output)
        config, _ = load_config(self.content / "site.toml", content=self.content)
        try:
            return check(self.output, self.content, notes, config.base_url if base_url is None else base_url)
        finally:
            notes.close()

    def build_killed(self, at: int, *, clock: int = 0, **options: Any) -> bool:
        """Build in another process, which is killed before its step number `at`; whether it came that far.

        Its clock is off by so many nanoseconds.

        Steps are what changes the disk: opening a file for writing, renaming, deleting, making and removing folders,
        and the end of each transaction of the catalog.
        """
        return self._build_up_to(at, lambda: os._exit(KILLED), clock, options)

    def build_out_of_space(self, at: int, **options: Any) -> bool:
        """Build in another process, for which the disk is full at step number `at`; whether it came that far."""

        def fail() -> None:
            raise OSError(28, "No space left on device")

        return self._build_up_to(at, fail, 0, options)

    def _build_up_to(self, at: int, end: Callable[[], None], clock: int, options: dict[str, Any]) -> bool:
        def work() -> None:
            with steps_counted(at, end) as steps:
                self.build_by_a_clock(clock, **options)
            os._exit(UNHARMED if len(steps) >= at else 0)

        code = in_a_fork(work)
        assert code in (0, CablepressError.exit_code, StorageError.exit_code, KILLED, UNHARMED), code
        return code != 0


KILLED = 77
UNHARMED = 78


@contextmanager
def steps_counted(at: int, end: Callable[[], None]) -> Iterator[list[str]]:
    """Note the steps that this process takes, and call `end` before step number `at`.

    Only for a process that is given up afterwards: nobody stops counting.
    """
    steps: list[str] = []

    def step(name: str) -> None:
        steps.append(name)
        if len(steps) == at:
            end()

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event in CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING):
            step(event)

    connected = database._connected

    def traced(path: Path) -> Any:
        db = connected(path)
        db.set_trace_callback(lambda sql: step(sql) if sql == "COMMIT" else None)
        return db

    sys.addaudithook(audit)
    with mock.patch.object(database, "_connected", traced):
        yield steps


CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}
WRITING = os.O_WRONLY | os.O_RDWR


def in_a_fork(work: Callable[[], None]) -> int:
    """Do something in a copy of this process, and return how it ended: 0, or the exit code of the error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads, of the test runner, do not matter to us
        child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        except BaseException as error:
            if not hasattr(error, "exit_code"):
                traceback.print_exc()
            os._exit(getattr(error, "exit_code", 99))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


_opened: dict[str, list[str]] = {}


def _note_opened(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _opened:
        _opened[event].append(str(arguments[0]))


sys.addaudithook(_note_opened)


@contextmanager
def opened_files(*, folders: bool = False) -> Iterator[list[str]]:
    """The paths of all files that this process opens meanwhile; with `folders`, also of those it looks through."""
    opened: list[str] = []
    _opened.update(dict.fromkeys(("open", "os.scandir") if folders else ("open",), opened))
    try:
        yield opened
    finally:
        _opened.clear()


def files_below(folder: Path) -> Tree:
    """Every file below a folder, by its path."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def differences(tree: Tree, other: Tree) -> dict[str, tuple[bytes | None, bytes | None]]:
    """The paths in which two trees differ; empty, as a test wants it, or short enough to be read."""
    return {
        path: (tree.get(path), other.get(path)) for path in sorted({*tree, *other}) if tree.get(path) != other.get(path)
    }


def until(so: Callable[[], bool], seconds: float) -> None:
    """Wait until something is so, which must be within that time."""
    deadline = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.01)
