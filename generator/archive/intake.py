"""From content files to heads: the part of reading that needs no catalog and so can run in any process."""

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from io import FileIO
from pathlib import Path

import msgspec

from generator.archive.catalog import Input, Stamp
from generator.archive.discover import stamp_of
from generator.archive.head import Head, anchors_of, head_of, summary_of
from generator.cable.model import Outline, Paragraph, Partition
from generator.cable.read import read_outline
from generator.cable.source.content_file import TO_FILL_IN, read_source
from generator.cable.source.facts import named
from generator.cable.vocabulary import Vocabulary
from generator.errors import Problem, Severity, StorageError
from generator.storage import naming

ATTEMPTS = 5

SPOOL_BUFFER = 1_000_000
"""Bytes of a spool that are gathered before they are written."""

OPEN_SPOOLS = 4
"""So many spools stay open in a process: cables are rendered nearly in the order in which they were read."""

VANISHED = (FileNotFoundError, NotADirectoryError)
"""What `read_bytes` raises for a file that has gone since it was found, with its folder, or for what is no file."""


class Place(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Where a parsed cable waits to be rendered."""

    spool: str
    start: int
    length: int


class CableRead(msgspec.Struct, frozen=True, gc=False):
    """A content file after reading. `head` is None where the file is faulty; `problems` then say why.

    `entry` is None where the file was deleted before it could be read. `summary` is how that of a released
    cable begins; `aliases` are the other names that the front matter gives it.
    """

    path: str
    entry: Input | None
    head: Head | None
    anchors: tuple[str, ...]
    problems: tuple[Problem, ...]
    place: Place | None
    summary: str = ""
    aliases: tuple[str, ...] = ()


def read_bytes(path: Path | str) -> tuple[bytes, Stamp]:
    """A file's bytes, all of one moment, and its stamp.

    Raises StorageError for a file that is being written to all the time, and OSError: one of VANISHED, or another.
    """
    return _of_one_moment(path, _all)


def read_digest(path: Path | str) -> tuple[bytes, Stamp]:
    """The SHA-256 of a file of any size, of one moment, and the file's stamp. Raises what `read_bytes` does."""
    return _of_one_moment(path, lambda file, _: hashlib.file_digest(file, "sha256").digest())


def _all(file: FileIO, size: int) -> bytes:
    """A file's bytes; of one that has the size that it is said to have, in a single read."""
    untrusted_bytes = file.read(size)
    return untrusted_bytes if size and len(untrusted_bytes) == size else untrusted_bytes + file.readall()


def _of_one_moment(path: Path | str, take: Callable[[FileIO, int], bytes]) -> tuple[bytes, Stamp]:
    for _ in range(ATTEMPTS):
        with opened(path) as file:
            before = stamp_of(os.fstat(file.fileno()))
            taken = take(file, before.size)
            after = os.fstat(file.fileno())
        if (before.size, before.mtime, before.ctime) == (after.st_size, after.st_mtime_ns, after.st_ctime_ns):
            return taken, before
    raise StorageError(f"{path}: the file changes all the time", "wait until it is written, then build again")


def opened(path: Path | str) -> FileIO:
    """A file, open to read; one that somebody else has to write to is not waited for.

    Raises OSError: one of VANISHED, or another.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            raise _no_file(path) from None
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _no_file(path)
    return FileIO(descriptor)


def _no_file(path: Path | str) -> FileNotFoundError:
    return FileNotFoundError(errno.ENOENT, "a link, a folder or a device has taken the place of the file", str(path))


def parse(content: Path, path: str, vocabulary: Vocabulary) -> tuple[Input, Outline, tuple[Problem, ...]]:
    """Read one content file: what it was, the cable in it, and what is wrong with the file."""
    raw, stamp = read_bytes(f"{content}/{path}")
    source = read_source(raw, path)
    facts = named(source.facts, path)
    cable = read_outline(source.text, facts, vocabulary)
    problems = (*source.problems, *_doubts(path, cable, source.first_line))
    return Input(stamp, hashlib.sha256(raw).digest()), cable, problems


class Spool:
    """A file that the parsed cables of one chunk wait in to be rendered, so that each is parsed once a build.

    It has a name of its own, and is whole once it is closed: a chunk that is read twice leaves two.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / secrets.token_hex(8)
        self._file = self.path.open("xb", SPOOL_BUFFER)
        self._size = 0
        self._encoder = msgspec.msgpack.Encoder()

    def put(self, cable: Outline) -> Place:
        """Add what the page of a cable is drawn from and say where it stands."""
        packed = self._encoder.encode(_drawn_from(cable))
        place = Place(self.path.name, self._size, len(packed))
        with naming(self.path):
            self._size += self._file.write(packed)
        return place

    def close(self) -> None:
        """Let other processes see what has been put in."""
        with naming(self.path):
            self._file.close()


def _drawn_from(cable: Partition) -> Partition:
    """The cable's partition; its paragraphs come without their words, which stand in the text."""
    parts = {field: getattr(cable, field) for field in Partition.__struct_fields__}
    parts["paragraphs"] = tuple([Paragraph(p.number, p.mark, p.anchor, "", p.start, p.end) for p in cable.paragraphs])
    return Partition(**parts)


_DECODER = msgspec.msgpack.Decoder(Partition)


class Spools:
    """The spools of a folder, to take parsed cables from; the last few stay open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, int] = {}

    def take(self, place: Place) -> Partition:
        """What is needed to draw the cable that waits at a place."""
        return _DECODER.decode(os.pread(self._descriptor(place.spool), place.length, place.start))

    def _descriptor(self, spool: str) -> int:
        if spool not in self._open:
            if len(self._open) == OPEN_SPOOLS:
                os.close(self._open.pop(next(iter(self._open))))
            self._open[spool] = os.open(self.folder / spool, os.O_RDONLY | os.O_CLOEXEC)
        return self._open[spool]

    def close(self) -> None:
        """Let go of the files."""
        while self._open:
            os.close(self._open.popitem()[1])


def read_files(content: Path, paths: Sequence[str], spools: Path, vocabulary: Vocabulary) -> list[CableRead]:
    """Read some content files; the cables wait in a new spool in the folder `spools`."""
    with closing(Spool(spools)) as spool:
        return [_read_file(content, path, spool, vocabulary) for path in paths]


def _read_file(content: Path, path: str, spool: Spool, vocabulary: Vocabulary) -> CableRead:
    try:
        entry, cable, problems = parse(content, path, vocabulary)
    except VANISHED:
        return CableRead(path, None, None, (), (), None)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return CableRead(path, entry, None, (), problems, None)
    place = spool.put(cable)
    head = head_of(cable)
    head = msgspec.structs.replace(head, readable=vocabulary.readable.subject(head.subject))
    return CableRead(path, entry, head, anchors_of(cable), problems, place, summary_of(cable), cable.aliases)


def _doubts(path: str, cable: Outline, first_line: int) -> Iterator[Problem]:
    """What is wrong with a cable as a whole; `first_line` is the line of the file that its text begins in."""
    if not cable.id:
        hint = 'name the file after the ID, such as 10MOSCOW226.txt, or give it front matter with a line like id = "…"'
        yield Problem(path, 1, "no reference ID can be read from this cable", hint)
    if not cable.text.strip():
        hint = "put the cable's text into it, or remove the file"
        yield Problem(path, first_line, "this cable has no text", hint, Severity.WARNING)
    for paragraph in cable.paragraphs[:1]:
        if TO_FILL_IN in paragraph.text:
            line = first_line + cable.text.count("\n", 0, paragraph.start)
            hint = "put the whole cable in the place of these lines, or remove the file"
            yield Problem(path, line, "this file was made to be filled in, and has not been", hint, Severity.WARNING)
