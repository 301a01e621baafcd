"""What is published: the files of the finished site, with their manifest."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import msgspec

from generator.errors import CablepressError, printable
from generator.publish import manifest
from generator.publish.manifest import Entry, Fault
from generator.settings.targets import ENCODINGS

_SHOWN = 5
_COPY = tuple(ENCODINGS.values())


class Release(msgspec.Struct, frozen=True):
    """A finished site: the folder that it lies in, its manifest, the SHA-256 of the manifest, the number of files.

    `extra` is a folder with files that publishing adds, for the host: those of the `names`. `copies` is the folder of
    the compressed ones, or None.
    """

    output: Path
    extra: Path
    names: frozenset[str]
    copies: Path | None
    file: BinaryIO
    digest: str
    files: int

    def entries(self) -> Iterator[Entry]:
        """The files, sorted by the bytes of their paths."""
        return manifest.entries(self.file)

    @property
    def manifest_size(self) -> int:
        """The bytes of the manifest."""
        return self.file.seek(0, os.SEEK_END)

    def root(self, path: str) -> Path:
        """The folder in which a file of the release lies at its path."""
        if path in self.names:
            return self.extra
        if self.copies and path.endswith(_COPY) and (self.copies / path).is_file():
            return self.copies
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

    def refuse_edited(self, path: str, digest: str) -> None:
        """Raise CablepressError where the bytes of a file are not those that were built."""
        if manifest.sha256(self.source(path)) != digest:
            refuse(self.output, iter([Fault(path, manifest.CHANGED)]))

    def refuse_strangers(self, *, hashed: bool) -> None:
        """Raise CablepressError where the folder holds other files; with `hashed`, where the bytes differ."""
        built = (entry for entry in self.entries() if self.root(entry[0]) == self.output)
        refuse(self.output, manifest.faults(self.output, built, hashed=hashed))


@contextmanager
def release_of(
    output: Path,
    owned: Iterable[tuple[str, bytes]],
    extra: Mapping[str, bytes] | None = None,
    copies: tuple[Path, Iterable[tuple[str, bytes]]] | None = None,
) -> Iterator[Release]:
    """The release that these files are: paths and SHA-256, as `output.manifest.owned_files` has them.

    `extra` are files that the host wants besides; `copies` the folder of the compressed ones, and they. Raises
    CablepressError where there is no file, or one that cannot be published.
    """
    added = extra or {}
    with tempfile.TemporaryFile() as file, tempfile.TemporaryDirectory(prefix="cablepress-") as folder:
        for path, raw in added.items():
            Path(folder, path).write_bytes(raw)
        digests = ((path, hashlib.sha256(raw).digest()) for path, raw in added.items())
        where, copied = copies or (None, ())
        digest = manifest.write_manifest(chain(owned, digests, copied), file)
        files = sum(1 for _ in manifest.entries(file))
        if files == len(added):
            raise CablepressError(f"{output}: holds no site", "build it first")
        yield Release(output, Path(folder), frozenset(added), where, file, digest, files)


def refuse(folder: Path, found: Iterator[Fault]) -> None:
    """Raise CablepressError if there is a fault."""
    first = list(islice(found, _SHOWN))
    if not first:
        return
    more = sum(1 for _ in found)
    lines = [f"{printable(str(folder / fault.path))} {fault.says}" for fault in first]
    told = "\n".join([*lines, *([f"and {more:,} more"] if more else [])])
    raise CablepressError(told, "move your own files out of the output folder, build again, and publish then")
