"""What is published: the files of the finished site, with their manifest."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec

from generator.errors import CablepressError, printable
from generator.publish import manifest
from generator.publish.manifest import Entry, Fault

_SHOWN = 5


class Release(msgspec.Struct, frozen=True):
    """A finished site: the folder that it lies in, its manifest, the SHA-256 of the manifest, the number of files."""

    output: Path
    file: BinaryIO
    digest: str
    files: int

    def entries(self) -> Iterator[Entry]:
        """The files, sorted by the bytes of their paths."""
        return manifest.entries(self.file)

    def root(self, path: str) -> Path:
        """The folder in which a file of the release lies at its path."""
        return self.output

    def source(self, path: str) -> Path:
        """Where a file of the release lies."""
        return self.root(path) / path

    def read(self, path: str, digest: str) -> bytes:
        """The bytes of a file. Raises CablepressError where they are not those that were built."""
        raw = self.source(path).read_bytes()
        if hashlib.sha256(raw).hexdigest() != digest:
            refuse(self.output, iter([Fault(path, manifest.CHANGED)]))
        return raw

    def refuse_strangers(self, *, hashed: bool) -> None:
        """Raise CablepressError where the folder holds other files; with `hashed`, where the bytes differ."""
        refuse(self.output, manifest.faults(self.output, self.entries(), hashed=hashed))


@contextmanager
def release_of(output: Path, owned: Iterable[tuple[str, bytes]]) -> Iterator[Release]:
    """The release that these files are: paths and SHA-256, as `output.manifest.owned_files` has them.

    Raises CablepressError where there is no file, or one that cannot be published.
    """
    with tempfile.TemporaryFile() as file:
        digest = manifest.write_manifest(owned, file)
        files = sum(1 for _ in manifest.entries(file))
        if not files:
            raise CablepressError(f"{output}: holds no site", "build it first")
        yield Release(output, file, digest, files)


def refuse(folder: Path, found: Iterator[Fault]) -> None:
    """Raise CablepressError if there is a fault."""
    first = list(islice(found, _SHOWN))
    if not first:
        return
    more = sum(1 for _ in found)
    lines = [f"{printable(str(folder / fault.path))} {fault.says}" for fault in first]
    told = "\n".join([*lines, *([f"and {more:,} more"] if more else [])])
    raise CablepressError(told, "move your own files out of the output folder, build again, and publish then")
