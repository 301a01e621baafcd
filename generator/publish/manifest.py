"""`MANIFEST.sha256`: what a release consists of, in the form that `sha256sum -c` checks.

A manifest is a file of lines sorted by the bytes of their paths, and so are the two things that it is compared with,
another manifest and the files of a folder: each is read once, side by side, and memory does not grow with the archive.
"""

import hashlib
import io
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import msgspec

from generator.errors import CablepressError, printable

NAME = "MANIFEST.sha256"
UNPUBLISHED = frozenset({".cablepress", ".gitkeep", ".gitignore"})
"""What may stand in the output folder without being part of the site: the engine's own folder, and files of git."""

UNKNOWN = "0" * 64
"""In the place of a digest that nobody knows."""

Entry = tuple[str, str]
"""The path, relative and with slashes, and the SHA-256 of the bytes in hexadecimal."""

CHANGED = "was changed since it was built"

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Fault(msgspec.Struct, frozen=True):
    """A path in a folder that is not as the manifest has it."""

    path: str
    says: str


def write_manifest(owned: Iterable[tuple[str, bytes]], file: BinaryIO) -> str:
    """Write the manifest of the files, which may come in any order; gives the manifest's own SHA-256.

    Raises CablepressError for a path that leads out of the folder, that is the manifest's or the engine's own, or that
    holds a backslash or a control character, which a list of one line a file cannot show; and for one that comes twice.
    """
    whole = hashlib.sha256()
    for path, digest in _sorted(owned):
        line = f"{digest.hex()}  {path}\n".encode()
        whole.update(line)
        file.write(line)
    return whole.hexdigest()


def _sorted(owned: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The files by the bytes of their paths, sorted on disk."""
    with closing(sqlite3.connect("")) as database:
        database.execute("CREATE TABLE owned (path TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID")
        for path, digest in owned:
            if not _is_publishable(path):
                raise CablepressError(f"{printable(path)}: cannot be published under this name", "rename its source")
            if database.execute("INSERT OR IGNORE INTO owned VALUES (?, ?)", (path, digest)).rowcount == 0:
                raise CablepressError(f"{path}: is owned twice", "build the site anew")
        yield from database.execute("SELECT path, digest FROM owned ORDER BY path")


def entries(file: BinaryIO) -> Iterator[Entry]:
    """The files in a manifest. Raises CablepressError at a line that is damaged."""
    file.seek(0)
    for number, line in enumerate(file, start=1):
        digest, _, path = line.decode("utf-8", "replace").removesuffix("\n").partition("  ")
        if not _DIGEST.fullmatch(digest) or not _is_publishable(path):
            told = f"{printable(str(getattr(file, 'name', NAME)))}:{number}: the line is damaged"
            raise CablepressError(told, "put the manifest of the site there again, or take an empty place")
        yield path, digest


def between(before: Iterable[Entry], after: Iterable[Entry]) -> Iterator[Entry]:
    """What may stand in a place that is on the way from one manifest to the other; see UNKNOWN."""
    for path, old, new in side_by_side(before, after):
        yield path, old if old is not None and old == new else UNKNOWN


def joined_manifest(listed: Path, incoming: Path, *, is_sure: bool = True) -> BinaryIO:
    """What a place holds by two files that may be missing: what it held at last, and what it may hold meanwhile.

    Nobody knows any file's digest where what was `listed` is not sure.
    """
    joined = tempfile.TemporaryFile()  # noqa: SIM115 - it is the caller's
    with _opened(listed) as old, _opened(incoming) as new:
        found = between(entries(old), entries(new)) if incoming.exists() else entries(old)
        for path, digest in found:
            joined.write(f"{digest if is_sure else UNKNOWN}  {path}\n".encode())
    joined.seek(0)
    return joined


def _opened(path: Path) -> BinaryIO:
    return path.open("rb") if path.exists() else io.BytesIO()


def faults(folder: Path, wanted: Iterable[Entry], *, hashed: bool) -> Iterator[Fault]:
    """Every file in the folder that is not as the manifest has it; `hashed` reads all the bytes, else names only."""
    for path, found, digest in side_by_side(files_below(folder), wanted):
        if digest is None:
            yield Fault(path, "is no file of the site")
        elif found is None:
            yield Fault(path, "is missing")
        elif found != "file":
            yield Fault(path, f"is a {found}")
        elif hashed and sha256(folder / path) != digest:
            yield Fault(path, CHANGED)


def files_below(folder: Path, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Path and kind (`file`, `symbolic link`, `special file`) of all that is in the folder and no folder, sorted."""
    with os.scandir(folder) as found:
        listed = [(entry.name, _kind(entry)) for entry in found]
    for name, kind in sorted(listed, key=lambda pair: pair[0] + "/" * (pair[1] == "folder")):
        if not prefix and (name in UNPUBLISHED or name == NAME):
            continue
        if kind == "folder":
            yield from files_below(folder / name, f"{prefix}{name}/")
        else:
            yield prefix + name, kind


def sha256(path: Path) -> str:
    """The SHA-256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _kind(entry: "os.DirEntry[str]") -> str:
    if entry.is_symlink():
        return "symbolic link"
    if entry.is_dir():
        return "folder"
    return "file" if entry.is_file() else "special file"


def side_by_side(left: Iterable[Entry], right: Iterable[Entry]) -> Iterator[tuple[str, str | None, str | None]]:
    """Each path of two sorted lists once, with its value in either."""
    end: tuple[None, None] = (None, None)
    lefts, rights = chain(left, [end]), chain(right, [end])
    (here, one), (there, other) = next(lefts), next(rights)
    while here is not None or there is not None:
        path = min(name for name in (here, there) if name is not None)
        yield path, one if here == path else None, other if there == path else None
        if here == path:
            here, one = next(lefts)
        if there == path:
            there, other = next(rights)


def _is_publishable(path: str) -> bool:
    parts = path.split("/")
    if path == NAME or parts[0] in UNPUBLISHED or any(part in {"", ".", ".."} for part in parts):
        return False
    return path.isprintable() and "\\" not in path
