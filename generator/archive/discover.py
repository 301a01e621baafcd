"""What the content folder holds, and which of it has changed since the last build.

A file's stamp only ever saves us from reading it, and only where size, times and inode are all the same and the file
was already at rest when we last looked. Everything else is read and compared by its digest.
"""

import os
import stat
import time
from collections.abc import Callable, Collection, Iterator
from enum import StrEnum
from pathlib import Path

import msgspec

from generator.archive.catalog import Catalog, Stamp, joined
from generator.errors import Problem

RACY = 2_000_000_000
"""Nanoseconds: a file changed this shortly before we looked may change again within one tick of its clock."""


class Change(StrEnum):
    """What happened to a file since the last build; `SUSPECT` may turn out to be unchanged."""

    SUSPECT = "suspect"
    GONE = "gone"


class Found(msgspec.Struct, frozen=True, gc=False):
    """A file to look at; `path` is relative to the content folder."""

    path: str
    change: Change


def look(content: Path, catalog: Catalog, paths: Collection[str]) -> tuple[Found, ...] | None:
    """What has become of some files of the content folder, and of no others.

    None where that can't be said without a sweep: something else than a file stands at a path, or above it.
    """
    found = []
    for path in sorted(paths):
        steps = path.split("/")
        if any(map(hidden, steps)):
            continue
        try:
            above = [(content / "/".join(steps[:end])).lstat().st_mode for end in range(1, len(steps))]
            mode = (content / path).lstat().st_mode
        except FileNotFoundError:
            if catalog.input(path):
                found.append(Found(path, Change.GONE))
            continue
        except NotADirectoryError:
            return None
        if not (_nameable(path) and stat.S_ISREG(mode) and all(map(stat.S_ISDIR, above))):
            return None
        found.append(Found(path, Change.SUSPECT))
    return tuple(found)


def sweep(
    content: Path, catalog: Catalog, *, trust_stamps: bool = True, tell: Callable[[int], None] = lambda _: None
) -> Iterator[Found | Problem]:
    """Look at every file below the content folder; hidden files and editors' backups are passed over.

    Yields what has changed, or may have, and what can't be read, one folder after the other: the catalog may learn of
    a folder's files while the next one is looked at. `tell` hears of every folder how many there were before it.
    """
    gone = set(catalog.input_folders())
    for number, (folder, files, problems) in enumerate(_walk(content)):
        tell(number)
        yield from problems
        gone.discard(folder)
        known = catalog.stamps(folder)
        for name, status in files.items():
            before = known.pop(name, None)
            if not (trust_stamps and before and same(before, status)):
                yield Found(joined(folder, name), Change.SUSPECT)
        yield from (Found(joined(folder, name), Change.GONE) for name in known)
    for folder in sorted(gone):
        yield from (Found(joined(folder, name), Change.GONE) for name in catalog.stamps(folder))


def cable_files(content: Path) -> Iterator[str | Problem]:
    """The cables of the content folder by their paths in it, and what can't be read there.

    In the order of their names, those of a folder before those of the folders in it.
    """
    for folder, files, problems in _walk(content, "cables"):
        yield from problems
        yield from (path for name in files if is_cable(path := joined(folder, name)))


def is_cable(path: str) -> bool:
    """Whether a content file is a cable."""
    return path.startswith("cables/") and path.endswith(".txt")


def same(before: Stamp, now: os.stat_result) -> bool:
    """Whether a stamp proves, as far as a stamp can, that the file has not changed."""
    return (
        before.mtime == now.st_mtime_ns
        and before.ctime == now.st_ctime_ns
        and before.size == now.st_size
        and before.inode == now.st_ino
        and max(before.mtime, before.ctime) + RACY < before.seen
    )


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file, seen now."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, time.time_ns())


def _walk(content: Path, top: str = "") -> Iterator[tuple[str, dict[str, os.stat_result], list[Problem]]]:
    """Each folder, its regular files by name, and what in it is no file to be read; of all, or below `top` only."""
    pending = [""]
    while pending:
        folder = pending.pop()
        files: dict[str, os.stat_result] = {}
        problems: list[Problem] = []
        folders: list[str] = []
        with os.scandir(content / folder) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                if hidden(entry.name) or (top and not folder and entry.name != top):
                    continue
                path = joined(folder, entry.name)
                if not _nameable(path):
                    problems.append(Problem(ascii(path), 0, _UNNAMEABLE, "rename it"))
                    continue
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(status.st_mode):
                    folders.append(path)
                elif stat.S_ISREG(status.st_mode):
                    files[entry.name] = status
                else:
                    problems.append(_special(path, status.st_mode))
        pending += reversed(folders)
        yield folder, files, problems


_UNNAMEABLE = "this file's name holds a backslash, a control character, or bytes that are not UTF-8"


def hidden(name: str) -> bool:
    """Whether a file or folder of this name is passed over: hidden, or an editor's own."""
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp"))


def _nameable(path: str) -> bool:
    return path.isprintable() and "\\" not in path


def _special(path: str, mode: int) -> Problem:
    what = "a symbolic link" if stat.S_ISLNK(mode) else "not a regular file"
    return Problem(path, 0, f"this is {what} and is not read", "put a copy of the file itself in its place")
