"""What the content folder holds, and which of it has changed since the last build.

A file's stamp only ever saves us from reading it, and only where size, times and inode are all the same and the file
was already at rest when we last looked. Everything else is read and compared by its digest.
"""

import os
import stat
import time
from collections.abc import Iterator
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
    """A file to look at. `path` is relative to the content folder; `stamp` is None for a file that is gone."""

    path: str
    change: Change
    stamp: Stamp | None


class Sweep(msgspec.Struct, frozen=True):
    """What one look at the content folder found."""

    found: tuple[Found, ...]
    problems: tuple[Problem, ...]


def sweep(content: Path, catalog: Catalog, *, trust_stamps: bool = True) -> Sweep:
    """Look at every file below the content folder; hidden files and editors' backups are passed over."""
    found: list[Found] = []
    problems: list[Problem] = []
    gone = set(catalog.input_folders())
    for folder, files in _walk(content, problems):
        gone.discard(folder)
        known = catalog.inputs(folder)
        for name, stamp in files.items():
            before = known.pop(name, None)
            if not (trust_stamps and before and same(before.stamp, stamp)):
                found.append(Found(joined(folder, name), Change.SUSPECT, stamp))
        found.extend(Found(joined(folder, name), Change.GONE, None) for name in known)
    for folder in gone:
        found.extend(Found(joined(folder, name), Change.GONE, None) for name in catalog.inputs(folder))
    return Sweep(tuple(sorted(found, key=lambda f: f.path)), tuple(problems))


def same(before: Stamp, now: Stamp) -> bool:
    """Whether a stamp proves, as far as a stamp can, that the file has not changed."""
    return (before.size, before.mtime, before.ctime, before.inode) == (
        now.size,
        now.mtime,
        now.ctime,
        now.inode,
    ) and max(before.mtime, before.ctime) + RACY < before.seen


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file, seen now."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, time.time_ns())


def _walk(content: Path, problems: list[Problem]) -> Iterator[tuple[str, dict[str, Stamp]]]:
    pending = [""]
    while pending:
        folder = pending.pop()
        files: dict[str, Stamp] = {}
        with os.scandir(content / folder) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                if hidden(entry.name):
                    continue
                path = joined(folder, entry.name)
                if not _nameable(path):
                    problems.append(Problem(ascii(path), 0, _UNNAMEABLE, "rename it"))
                    continue
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(status.st_mode):
                    pending.append(path)
                elif stat.S_ISREG(status.st_mode):
                    files[entry.name] = stamp_of(status)
                else:
                    problems.append(_special(path, status.st_mode))
        yield folder, files


_UNNAMEABLE = "this file's name holds a backslash, a control character, or bytes that are not UTF-8"


def hidden(name: str) -> bool:
    """Whether a file or folder of this name is passed over: hidden, or an editor's own."""
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp"))


def _nameable(path: str) -> bool:
    return path.isprintable() and "\\" not in path


def _special(path: str, mode: int) -> Problem:
    what = "a symbolic link" if stat.S_ISLNK(mode) else "not a regular file"
    return Problem(path, 0, f"this is {what} and is not read", "put a copy of the file itself in its place")
