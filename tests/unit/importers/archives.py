"""Archives of a mirror, of every kind that is read."""

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import py7zr
import pytest

from generator.importers.record import Entry, Record, Rejected
from tests.unit.importers.test_mirror import page

Files = dict[str, bytes]


def zipped(path: Path, files: Files) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)


def tarred(path: Path, files: Files) -> None:
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        for name, raw in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(raw)
            archive.addfile(entry, io.BytesIO(raw))


def compressed(compress: Callable[[bytes], bytes]) -> Callable[[Path, Files], None]:
    def write(path: Path, files: Files) -> None:
        tarred(path, files)
        path.write_bytes(compress(path.read_bytes()))

    return write


def zstandard(raw: bytes) -> bytes:
    from backports import zstd

    return zstd.compress(raw)


def seven_zipped(path: Path, files: Files) -> None:
    """Packed as 7-Zip does; what is long only stored, for the sake of time."""
    long = sum(map(len, files.values())) > 4 << 20 and "bomb.html" not in files
    with py7zr.SevenZipFile(path, "w", filters=[{"id": py7zr.FILTER_COPY}] if long else None) as archive:
        for name, raw in files.items():
            archive.writestr(raw, name)


KINDS = {
    ".zip": zipped,
    ".tar": tarred,
    ".tar.gz": compressed(gzip.compress),
    ".tar.bz2": compressed(bz2.compress),
    ".tar.xz": compressed(lzma.compress),
    ".tar.zst": compressed(zstandard),
    ".7z": seven_zipped,
}
kinds = pytest.mark.parametrize("kind", KINDS)


def archive(folder: Path, kind: str, files: Files) -> Path:
    path = folder / f"mirror{kind}"
    KINDS[kind](path, files)
    return path


def pages(number: int, size: int = 1000) -> Files:
    noise = random.Random(1)
    return {
        f"cable/2010/01/10MOSCOW{n}.html": page(f"10MOSCOW{n}", body=noise.randbytes(size // 2).hex()).encode()
        for n in range(1, number + 1)
    }


def rejects(found: list[Entry]) -> dict[str, str]:
    return {entry.place: entry.reason for entry in found if isinstance(entry, Rejected)}


def ids(found: list[Entry]) -> list[str]:
    return [entry.id for entry in found if isinstance(entry, Record)]
