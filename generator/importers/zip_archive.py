"""Archives of the form .zip, whose directory is read entry by entry: `zipfile` would hold all of it in memory."""

import io
import struct
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO

from generator.errors import CablepressError
from generator.importers.member import LINK, MEMBERS, Member, Meter, Wanted, fault_of, metered, unopened
from generator.importers.record import UnfitError

_ENCRYPTED, _UTF8 = 0x1, 0x800
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LONGEST_COMMENT = (1 << 16) - 1
_IN_EXTRA = 0xFFFFFFFF


def zip_members(path: Path, wanted: Wanted) -> Iterator[Member]:
    """The wanted files of a .zip in the order of its directory; `position` counts the archive's own bytes.

    Raises CablepressError for an archive that cannot be opened, is encrypted, or holds too many files, and OSError.
    """
    _check(path, wanted)
    position, size = 0, path.stat().st_size
    meter = Meter(size)
    with path.open("rb") as listing, path.open("rb") as file, zipfile.ZipFile(io.BytesIO(_EMPTY)) as archive:
        archive.fp = file
        for entry in _entries(listing):
            if wanted(entry.filename) and not entry.is_dir():
                position = min(max(position, entry.header_offset), size)
                yield Member(entry.filename, position, partial(_open, archive, entry, meter))
                meter.check()


_EMPTY = _END.pack(b"PK\x05\x06", 0, 0, 0, 0, 0, 0, 0)
"""An archive without files: what `zipfile` is given to hold, while it opens the entries of another."""


def _check(path: Path, wanted: Wanted) -> None:
    """Go through the directory once, so that an archive that will not do is refused before a file is read."""
    try:
        with path.open("rb") as listing:
            for number, entry in enumerate(_entries(listing), start=1):
                if number > MEMBERS:
                    raise CablepressError(f"{path}: the archive holds more than {MEMBERS:,} files", _UNPACK)
                if entry.flag_bits & _ENCRYPTED and wanted(entry.filename):
                    raise CablepressError(f"{path}: is encrypted", f"{_UNPACK}, with its password")
    except CablepressError:
        raise
    except Exception as error:
        raise unopened(path, ".zip", error) from error


_UNPACK = "unpack it and import the folder"


def _entries(listing: IO[bytes]) -> Iterator[zipfile.ZipInfo]:
    """The entries of the directory, one at a time. Raises BadZipFile."""
    at, end, shift = _find_directory(listing)
    listing.seek(at)
    while at < end:
        head = listing.read(_ENTRY.size)
        if len(head) < _ENTRY.size or not head.startswith(b"PK\x01\x02"):
            raise zipfile.BadZipFile("its directory is damaged")
        values = _ENTRY.unpack(head)
        name, extra, comment = (listing.read(length) for length in values[10:13])
        at += len(head) + len(name) + len(extra) + len(comment)
        yield _entry(values, name, extra, shift)


def _entry(values: tuple[int, ...], name: bytes, extra: bytes, shift: int) -> zipfile.ZipInfo:
    flags = values[3]
    entry = zipfile.ZipInfo(name.decode("utf-8" if flags & _UTF8 else "cp437", "replace"))
    entry.flag_bits, entry.compress_type, entry.CRC, entry.external_attr = flags, values[4], values[7], values[15]
    sizes = [values[9], values[8], values[16]]
    large = _large(extra)
    entry.file_size, entry.compress_size, offset = (next(large, _IN_EXTRA) if v == _IN_EXTRA else v for v in sizes)
    entry.header_offset = offset + shift
    return entry


def _large(extra: bytes) -> Iterator[int]:
    """The numbers of eight bytes that stand in the extra field, in the place of those that four bytes cannot hold."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            yield from (number for (number,) in struct.iter_unpack("<Q", extra[at + 4 : at + 4 + length // 8 * 8]))
        at += 4 + length


def _find_directory(listing: IO[bytes]) -> tuple[int, int, int]:
    """Where the directory begins and ends, and how many bytes stand before the archive. Raises BadZipFile."""
    size = listing.seek(0, io.SEEK_END)
    listing.seek(max(0, size - _END.size - _LONGEST_COMMENT))
    tail = listing.read()
    found = tail.rfind(b"PK\x05\x06", 0, len(tail) - _END.size + 4)
    if found < 0:
        raise zipfile.BadZipFile("it has no directory")
    end = size - len(tail) + found
    length, offset = _END.unpack_from(tail, found)[5:7]
    before = _END_64.size + _LOCATOR_64.size
    listing.seek(max(0, end - before))
    larger = listing.read(before)
    if len(larger) == before and larger.startswith(b"PK\x06\x06") and larger[_END_64.size :].startswith(b"PK\x06\x07"):
        end -= before
        length, offset = _END_64.unpack_from(larger)[8:10]
    if length > end:
        raise zipfile.BadZipFile("its directory lies outside of it")
    return end - length, end, end - length - offset


def _open(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, meter: Meter) -> IO[bytes]:
    if (entry.external_attr >> 16) & 0o170000 == 0o120000:
        raise UnfitError(LINK)
    try:
        return metered(archive.open(entry), meter)
    except Exception as error:
        raise fault_of(error) from error
