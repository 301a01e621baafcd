"""Archives: .zip, .tar and compressed .tar, and .7z, told by their first bytes. Nothing is ever unpacked to the disk.

Archives inside archives are not followed. An archive that cannot be opened, or is encrypted, is an error; where one is
damaged further on, what stands before the damage is read, and the damage is the last member.
"""

import tarfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import IO, cast

from generator.errors import CablepressError
from generator.importers.compression import MAGIC, decompression
from generator.importers.member import (
    LINK,
    MEMBERS,
    NEXT_STEP,
    NO_FILE,
    Member,
    Meter,
    Wanted,
    fault_of,
    is_plain_file,
    metered,
    refused,
    unopened,
)
from generator.importers.record import UnfitError
from generator.importers.seven_zip import seven_zip_members
from generator.importers.zip_archive import zip_members

HEADER_LIMIT = 1 << 20
"""The most bytes between two files of a .tar: their heads, which are read into memory whole."""

_TOO_MANY = f"the archive holds more than {MEMBERS:,} files; unpack it and import the folder"
_NESTED = "it is an archive inside the archive, which is not followed; unpack it and import it by itself"
NESTED_NAMES = (".zip", ".7z", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst")


def is_archive(path: Path) -> bool:
    """Whether the path is a file that begins like an archive."""
    return is_plain_file(path) and _reader(path) is not None


def archive_members(path: Path, wanted: Wanted) -> Iterator[Member]:
    """The wanted files of an archive, in the order in which they stand in it, and archives inside it, which say so.

    `position` counts the archive's own bytes. Raises CablepressError for an archive that cannot be opened, UsageError
    for one that needs a library that is not installed, and OSError.
    """
    reader = _reader(path)
    if reader is None:
        raise CablepressError(f"{path}: no archive that is known (.zip, .tar, .7z)", NEXT_STEP)
    try:
        for member in reader(path, lambda name: _is_nested(name) or wanted(name)):
            yield Member(member.place, member.position, refused(_NESTED)) if _is_nested(member.place) else member
    except CablepressError:
        raise
    except Exception as error:
        fault = fault_of(error)
        if not isinstance(fault, UnfitError):
            raise
        reason = f"{fault}; what follows is not read; {NEXT_STEP}"
        yield Member(path.name, path.stat().st_size, refused(reason))


def _is_nested(name: str) -> bool:
    return name.lower().endswith(NESTED_NAMES)


def _reader(path: Path) -> Callable[[Path, Wanted], Iterator[Member]] | None:
    with path.open("rb") as file:
        head = file.read(MAGIC)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return zip_members
    if head.startswith(b"7z\xbc\xaf\x27\x1c"):
        return seven_zip_members
    if decompressed := decompression(head):
        return partial(_tar_members, decompressed=decompressed)
    return partial(_tar_members, decompressed=lambda file: file) if head[257:262] == b"ustar" else None


def _tar_members(path: Path, wanted: Wanted, decompressed: Callable[[IO[bytes]], IO[bytes]]) -> Iterator[Member]:
    """The files of a .tar, read from one end to the other."""
    with path.open("rb") as file:
        heads = _Heads(decompressed(file), Meter(path.stat().st_size))
        try:
            archive = tarfile.open(fileobj=cast(IO[bytes], heads), mode="r|")  # noqa: SIM115
        except Exception as error:
            if heads.are_none:
                hint = "unpack it, and import what comes out"
                raise CablepressError(f"{path}: a compressed file, and no dump or archive is in it", hint) from error
            raise unopened(path, ".tar", error) from error
        with archive:
            for number in count():
                at, entry = archive.offset, archive.next()
                archive.members = []  # type: ignore[attr-defined]  # else every file is kept in memory
                if entry is None:
                    heads.check_end(at if number else 0)
                    return
                heads.next_file_at(archive.offset)
                if number >= MEMBERS:
                    raise UnfitError(_TOO_MANY)
                if wanted(entry.name) and not entry.isdir():
                    yield Member(entry.name, file.tell(), partial(_open_tarred, archive, entry))


def _open_tarred(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    if entry.issym() or entry.islnk():
        raise UnfitError(LINK)
    file = archive.extractfile(entry) if entry.isreg() else None
    if file is None:
        raise UnfitError(NO_FILE)
    return metered(file)


class _Heads:
    """The bytes of a .tar as `tarfile` asks for them, stopped where the head of a file is longer than heads are."""

    def __init__(self, file: IO[bytes], meter: Meter) -> None:
        self._file = metered(file, meter)
        self._read = 0
        self._last = b""
        self._first = b""
        self._limit = HEADER_LIMIT

    def next_file_at(self, offset: int) -> None:
        """Whatever stands before the offset is the file's; the next file's head begins there."""
        self._limit = offset + HEADER_LIMIT

    def read(self, size: int) -> bytes:
        """The next bytes. Raises UnfitError for a head without end, and for a damaged archive."""
        self._last = self._file.read(size)
        self._first = self._first or self._last[:MAGIC]
        self._read += len(self._last)
        if self._read > self._limit + size:
            raise UnfitError("the head of a file in the archive is longer than a head can be")
        return self._last

    @property
    def are_none(self) -> bool:
        """Whether what stands where the first head should is readable, and none."""
        return bool(self._first) and self._first[257:262] != b"ustar"

    def check_end(self, offset: int) -> None:
        """Raises UnfitError where no mark of the end stands at the offset; `tarfile` takes any junk for one."""
        start = self._read - len(self._last)
        mark = self._last[max(offset - start, 0) :][:512]
        if not mark or any(mark):
            raise UnfitError(f"the archive is damaged at byte {offset:,} of what it unpacks to")
