"""Compressed files, told by their first bytes: a dump is unpacked while it is read, and never to the disk."""

import bz2
import gzip
import io
import lzma
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, BinaryIO, cast

from generator.errors import UsageError
from generator.importers.encoding import without_bom
from generator.importers.member import NEXT_STEP, Meter, Metered, is_plain_file
from generator.importers.record import Record, Rejected, UnfitError

MAGIC = 512
"""So many bytes tell what a file is."""


class UnpackError(Exception):
    """A compressed dump is damaged from here on; the text is the reason."""


def decompression(head: bytes) -> Callable[[IO[bytes]], IO[bytes]] | None:
    """What unpacks a file that begins so; None where it is not compressed."""
    return next((opener for magic, opener in _COMPRESSIONS.items() if head.startswith(magic)), None)


def is_compressed(path: Path) -> bool:
    """Whether the path is a file that begins like a compressed one."""
    if not is_plain_file(path):
        return False
    with path.open("rb") as file:
        return decompression(file.read(MAGIC)) is not None


@contextmanager
def opened_dump(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a dump, unpacked. Reading raises UnpackError where it is damaged, or unpacks to more than it may."""
    with path.open("rb") as file:
        unpack = decompression(file.read(MAGIC))
        file.seek(0)
        if unpack is None:
            yield file
        else:
            yield cast(BinaryIO, io.BufferedReader(_Unpacked(unpack(file), Meter(path.stat().st_size))))


def size_of_dump(path: Path) -> int:
    """The size of a dump in bytes; 0, not known, where it is compressed."""
    return 0 if is_compressed(path) else path.stat().st_size


def beginning_of_dump(path: Path, number: int) -> bytes:
    """The first bytes of a dump, unpacked, without a byte order mark; none where there are none to be had."""
    if not is_plain_file(path):
        return b""
    try:
        with opened_dump(path) as file:
            return without_bom(file.read(number))
    except (UnpackError, UsageError):
        return b""


def until_damage(rows: Iterator[Record | Rejected], path: Path) -> Iterator[Record | Rejected]:
    """The rows of a dump, and where it is damaged, as the last one, that what follows is not read."""
    position = 0
    try:
        for row in rows:
            position = row.position
            yield row
    except UnpackError as error:
        yield Rejected(path.name, position, f"{error}; what follows is not read; {NEXT_STEP}")


class _Unpacked(Metered):
    """A dump out of a compressed file."""

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as the dump goes."""
        try:
            return super().readinto(buffer)
        except UnfitError as error:
            raise UnpackError(str(error)) from error


def _zstandard(file: IO[bytes]) -> IO[bytes]:
    for library in ("compression.zstd", "backports.zstd"):
        try:
            return cast(IO[bytes], import_module(library).ZstdFile(file))
        except ImportError:
            continue
    raise UsageError("Zstandard archives need a library", "install it: pip install backports.zstd")


_COMPRESSIONS: dict[bytes, Callable[[IO[bytes]], IO[bytes]]] = {
    b"\x1f\x8b": lambda file: cast(IO[bytes], gzip.GzipFile(fileobj=file)),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
    b"\x28\xb5\x2f\xfd": _zstandard,
}
