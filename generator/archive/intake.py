"""From content files to heads: the part of reading that needs no catalog and so can run in any process."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from generator.archive.catalog import Input, Stamp
from generator.archive.discover import stamp_of
from generator.archive.head import Head, anchors_of, head_of
from generator.cable.facts import named
from generator.cable.model import Cable, Partition
from generator.cable.read import read_cable
from generator.cable.source import read_source
from generator.cable.vocabulary import Vocabulary
from generator.errors import Problem, Severity, StorageError, naming

ATTEMPTS = 5

VANISHED = (FileNotFoundError, NotADirectoryError)
"""What `read_bytes` raises for a file that was deleted, with or without its folder, since it was found."""


class Place(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Where a parsed cable waits to be rendered."""

    spool: str
    start: int
    length: int


class CableRead(msgspec.Struct, frozen=True, gc=False):
    """A content file after reading. `head` is None where the file is faulty; `problems` then say why.

    `entry` is None where the file was deleted before it could be read.
    """

    path: str
    entry: Input | None
    head: Head | None
    anchors: tuple[str, ...]
    problems: tuple[Problem, ...]
    place: Place | None


def read_bytes(path: Path) -> tuple[bytes, Stamp]:
    """A file's bytes, all of one moment, and its stamp.

    Raises StorageError for a file that is being written to all the time, and OSError: one of VANISHED, or another.
    """
    for _ in range(ATTEMPTS):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            before = stamp_of(os.fstat(descriptor))
            raw = os.read(descriptor, before.size + 1)
            after = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        if (before.size, before.mtime, before.ctime, len(raw)) == (
            *(after.st_size, after.st_mtime_ns, after.st_ctime_ns),
            before.size,
        ):
            return raw, before
    raise StorageError(f"{path}: the file changes all the time", "wait until it is written, then build again")


def parse(content: Path, path: str, vocabulary: Vocabulary) -> tuple[Input, Cable, tuple[Problem, ...]]:
    """Read one content file: what it was, the cable in it, and what is wrong with the file."""
    raw, stamp = read_bytes(content / path)
    source = read_source(raw, path)
    facts = named(source.facts, path)
    cable = read_cable(source.text, facts, vocabulary)
    return Input(stamp, hashlib.sha256(raw).digest()), cable, source.problems


class Spool:
    """A file that parsed cables wait in between reading and rendering, so that each is parsed once a build."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("ab")
        self._encoder = msgspec.msgpack.Encoder()

    def put(self, cable: Cable) -> Place:
        """Add a cable and say where it stands."""
        packed = self._encoder.encode(cable)
        start = self._file.tell()
        try:
            self._file.write(packed)
        except OSError as error:
            error.filename = str(self.path)
            raise
        return Place(self.path.name, start, len(packed))

    def flush(self) -> None:
        """Let other processes see what has been put in."""
        with naming(self.path):
            self._file.flush()

    def close(self) -> None:
        """Write out what is left and let go of the file."""
        with naming(self.path):
            self._file.close()


_DECODER = msgspec.msgpack.Decoder(Partition)


class Spools:
    """The spools of a folder, to take parsed cables from; each is opened once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, int] = {}

    def take(self, place: Place) -> Partition:
        """What is needed to draw the cable that waits at a place."""
        if place.spool not in self._open:
            self._open[place.spool] = os.open(self.folder / place.spool, os.O_RDONLY | os.O_CLOEXEC)
        return _DECODER.decode(os.pread(self._open[place.spool], place.length, place.start))

    def close(self) -> None:
        """Let go of the files."""
        while self._open:
            os.close(self._open.popitem()[1])


def read_files(content: Path, paths: Sequence[str], spool: Spool | None, vocabulary: Vocabulary) -> list[CableRead]:
    """Read some content files; the cables go to the spool where there is one."""
    results = [_read_file(content, path, spool, vocabulary) for path in paths]
    if spool is not None:
        spool.flush()
    return results


def _read_file(content: Path, path: str, spool: Spool | None, vocabulary: Vocabulary) -> CableRead:
    try:
        entry, cable, problems = parse(content, path, vocabulary)
    except VANISHED:
        return CableRead(path, None, None, (), (), None)
    problems = (*problems, *_doubts(path, cable))
    if any(problem.severity is Severity.ERROR for problem in problems):
        return CableRead(path, entry, None, (), problems, None)
    return CableRead(path, entry, head_of(cable), anchors_of(cable), problems, spool.put(cable) if spool else None)


def _doubts(path: str, cable: Cable) -> tuple[Problem, ...]:
    if cable.id:
        return ()
    hint = 'name the file after the ID, such as 10MOSCOW226.txt, or give it front matter with a line like id = "…"'
    return (Problem(path, 1, "no reference ID can be read from this cable", hint),)
