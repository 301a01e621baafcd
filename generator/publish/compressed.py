"""Compressed copies of files that are text, for web servers that send such copies instead of compressing each time.

They are kept in a folder of our own, one for each file and encoding, with an index of what they were made from: only
files that changed are compressed again. A copy that would not be smaller is not kept.

    <folder>/index.sqlite           path of the copy, SHA-256 of the file, SHA-256 of the copy or nothing
    <folder>/files/a/b.html.gz
"""

import gzip
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

from generator.content_types import is_text
from generator.errors import UsageError
from generator.publish.parallel import in_parallel
from generator.settings.targets import ENCODINGS

GZIP_LEVEL = 6
BROTLI_QUALITY = 5
"""Higher ones take many times as long for a few per cent: 202 minutes instead of 6 for a quarter of a million pages."""

FILES = "files"
"""The folder in ours that has the copies, by their paths."""

Wanted = tuple[str, bytes, str]
"""A file, its SHA-256, and the encoding of the copy."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS copy (path TEXT PRIMARY KEY, source BLOB, digest BLOB, run INTEGER) WITHOUT ROWID"


def copies(
    output: Path, owned: Iterable[tuple[str, bytes]], encodings: tuple[str, ...], folder: Path, jobs: int
) -> Iterator[tuple[str, bytes]]:
    """Bring the folder up to date; the path in the site and the SHA-256 of each copy.

    `owned` are the paths and SHA-256 of the site's files. A file of the site is never taken for a copy. Raises
    UsageError where brotli is wanted and not installed.
    """
    if not encodings:
        return
    _refuse_unknown(encodings)
    (folder / FILES).mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / "index.sqlite", isolation_level=None)) as index:
        index.execute(_SCHEMA)
        run = index.execute("SELECT coalesce(max(run), 0) + 1 FROM copy").fetchone()[0]
        index.execute("BEGIN")
        wanted = _wanted(index, run, output, owned, encodings, folder)
        with ThreadPoolExecutor(jobs) as pool:
            for path, source, digest in in_parallel(pool, partial(_made, output, folder), wanted):
                index.execute("INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?)", (path, source, digest, run))
        for (path,) in index.execute("SELECT path FROM copy WHERE run < ?", (run,)):
            (folder / FILES / path).unlink(missing_ok=True)
        index.execute("DELETE FROM copy WHERE run < ?", (run,))
        index.execute("COMMIT")
        yield from index.execute("SELECT path, digest FROM copy WHERE digest IS NOT NULL")


def _wanted(
    index: sqlite3.Connection,
    run: int,
    output: Path,
    owned: Iterable[tuple[str, bytes]],
    encodings: tuple[str, ...],
    folder: Path,
) -> Iterator[Wanted]:
    """The copies to be made: the file, its SHA-256 and the encoding. Those that stand are noted."""
    for path, source in owned:
        if not is_text(path):
            continue
        for encoding in encodings:
            copy = path + ENCODINGS[encoding]
            if (output / copy).exists():
                continue
            known = index.execute("SELECT source, digest FROM copy WHERE path = ?", (copy,)).fetchone()
            if known and known[0] == source and (known[1] is None or (folder / FILES / copy).is_file()):
                index.execute("UPDATE copy SET run = ? WHERE path = ?", (run, copy))
            else:
                yield path, source, encoding


def _made(output: Path, folder: Path, wanted: Wanted) -> tuple[str, bytes, bytes | None]:
    """Make a copy: its path, the SHA-256 of the file and that of the copy, or None where it is no use."""
    path, source, encoding = wanted
    raw = (output / path).read_bytes()
    name = path + ENCODINGS[encoding]
    packed = _ENCODERS[encoding](raw)
    if len(packed) >= len(raw) or hashlib.sha256(raw).digest() != source:
        (folder / FILES / name).unlink(missing_ok=True)
        return name, source, None
    _write(folder / FILES / name, packed)
    return name, source, hashlib.sha256(packed).digest()


def _write(path: Path, raw: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(raw)
    new.replace(path)


def _gzip(raw: bytes) -> bytes:
    return gzip.compress(raw, compresslevel=GZIP_LEVEL, mtime=0)


def _brotli(raw: bytes) -> bytes:
    import brotli

    packed: bytes = brotli.compress(raw, quality=BROTLI_QUALITY)
    return packed


_ENCODERS = {"gzip": _gzip, "br": _brotli}


def _refuse_unknown(encodings: tuple[str, ...]) -> None:
    if "br" in encodings:
        try:
            import brotli  # noqa: F401
        except ImportError:
            raise UsageError("brotli is not installed", "pip install 'cablepress[brotli]'") from None
