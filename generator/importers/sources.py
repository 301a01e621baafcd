"""The files of a source, one after the other: a folder's, an archive's, or the one file that it is."""

import os
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO

from generator.errors import CablepressError
from generator.importers.archives import NESTED_NAMES, archive_members, is_archive
from generator.importers.encoding import without_bom
from generator.importers.member import LINK, NO_FILE, Member, Wanted
from generator.importers.record import PassedOver, UnfitError

_LOOKED_AT = 100
_TEXTS, _PAGES = (".txt",), (".html", ".htm")
_MAY_HOLD_CABLES = {".csv", ".tsv", ".tab", ".gz", *_TEXTS, *_PAGES, *NESTED_NAMES}


class Selection:
    """Which files of a source are wanted; of the others it remembers those whose names are those of dumps."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._others: dict[str, PassedOver] = {}

    def __call__(self, name: str) -> bool:
        """Whether the file is wanted."""
        if self._wanted(name):
            return True
        ending = PurePosixPath(name).suffix.lower()
        if ending in _MAY_HOLD_CABLES:
            before = self._others.get(ending, PassedOver(name, 0))
            self._others[ending] = PassedOver(before.place, before.number + 1)
        return False

    def passed_over(self) -> Iterator[PassedOver]:
        """What was asked for and is not wanted, by the endings of its names."""
        yield from self._others.values()


def members(path: Path, wanted: Wanted) -> Iterator[Member]:
    """The files of the source that are wanted; of a folder in the order of their names.

    In a folder that includes what is no plain file and has such a name: opening it says what it is. A file by itself is
    always wanted. `position` is in the unit of `size`. Raises CablepressError for an archive that cannot be opened, and
    OSError.
    """
    if path.is_dir():
        for position, file in enumerate(_files(path, wanted), start=1):
            yield Member(file.relative_to(path).as_posix(), position, partial(_open, file))
    elif is_archive(path):
        yield from archive_members(path, wanted)
    else:
        yield Member(path.name, 1, partial(_open, path))


def size(path: Path, wanted: Wanted) -> int:
    """How far `members` will come: the number of files in a folder, the bytes of an archive."""
    if path.is_dir():
        return sum(1 for _ in _files(path, wanted))
    return path.stat().st_size if is_archive(path) else 1


def is_many(path: Path) -> bool:
    """Whether the source is a folder or an archive."""
    return path.is_dir() or is_archive(path)


def is_text_name(name: str) -> bool:
    """Whether a file of this name holds text, as far as a name tells."""
    return name.lower().endswith(_TEXTS)


def beginning_of_texts(path: Path) -> bytes:
    """The first bytes of the source's first text file; nothing where it begins with pages of a site, or has none."""
    if not is_many(path):
        return _beginning(Member(path.name, 1, partial(_open, path)))
    try:
        for member in islice(members(path, lambda _: True), _LOOKED_AT):
            if member.place.lower().endswith(_PAGES):
                return b""
            if is_text_name(member.place):
                return _beginning(member)
    except CablepressError:
        return b""
    return b""


def _beginning(member: Member) -> bytes:
    try:
        with member.open() as file:
            return without_bom(file.read(1 << 16))
    except UnfitError:
        return b""


def _files(path: Path, wanted: Wanted, above: str = "") -> Iterator[Path]:
    """The wanted files below the folder, sorted, and whatever is no plain file, or a folder that may not be read."""
    try:
        with os.scandir(path) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except PermissionError:
        if not above:
            raise
        yield path
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(path / entry.name, wanted, f"{above}{entry.name}/")
        elif wanted(above + entry.name):
            yield path / entry.name


def _open(path: Path) -> IO[bytes]:
    if path.is_symlink():
        raise UnfitError(LINK)
    try:
        if not path.is_file() and not path.is_dir():
            raise UnfitError(NO_FILE)
        return path.open("rb")
    except PermissionError:
        raise UnfitError("it may not be read; change its permissions, or import it as who owns it") from None
