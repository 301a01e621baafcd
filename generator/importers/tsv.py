"""Tab-separated rows, as a database writes them (CABLE-FORMAT 8.4).

Running number (at times missing), created, reference ID, origin, classification, references, header, body. In a field
a line feed is written as backslash and line feed, a tab as backslash and tab, a backslash as two, nothing as `\\N`; any
other backslash stands for itself. The body is the last field, so a bare tab in it is the body's. A row that breaks
these rules is rejected, and reading goes on at the next line that begins like a row: no line inside a sound row does.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from generator.cable.vocabulary import BUILT_IN, Vocabulary
from generator.importers.compression import opened_dump, size_of_dump, until_damage
from generator.importers.encoding import without_bom
from generator.importers.record import RECORD_LIMIT, Record, Rejected, UnfitError
from generator.importers.row import begins_with, record_of

LOOKED_FOR = "rows of a dump"
ONE_FILE = True

_COLUMNS = 7
_TIME = rb"(?:\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)[ T]\d{1,2}:\d\d(?::\d\d)?"
ROW_START = re.compile(
    rb"(?:(?:\d+|\\N)?\t)?"
    rb"(?:" + _TIME + rb"\t[^\t\n]{0,100}|[^\t\n]{0,40}\t\d\d[A-Z]{3,30}\d{1,6})"
    rb"\t[^\t\n]{0,200}\t"
)
_STARTS_WITH_TIME = re.compile(_TIME + rb"\t")
_FIELD_END = re.compile(rb"([^\\\t]*+(?:\\.[^\\\t]*+)*)\t", re.DOTALL)
_ESCAPE = re.compile(r"\\(\r\n|[\\\t\n])")
_NOTHING = b"\\N"


def recognises(path: Path) -> bool:
    """Whether the path is a file that begins like a row."""
    return begins_with(ROW_START, path)


def size(path: Path) -> int:
    """The size of the dump in bytes; 0, not known, where it is compressed."""
    return size_of_dump(path)


def read(path: Path, vocabulary: Vocabulary = BUILT_IN) -> Iterator[Record | Rejected]:
    """The dump's rows in their order; `position` counts bytes. Holds one row in memory. Raises OSError."""
    return until_damage(_rows(path), path)


def _rows(path: Path) -> Iterator[Record | Rejected]:
    with opened_dump(path) as file:
        rows = _Rows(file)
        while row := rows.take():
            place = f"{path.name}:{rows.line}"
            try:
                if rows.fault:
                    raise UnfitError(rows.fault)
                yield _record(row, place, rows.position)
            except UnfitError as error:
                yield Rejected(place, rows.position, str(error))


def _record(row: bytes, place: str, position: int) -> Record:
    row = row.removesuffix(b"\n").removesuffix(b"\r")
    number = b""
    if not _STARTS_WITH_TIME.match(row):
        number, _, row = row.partition(b"\t")
    return record_of([number.decode("utf-8", "surrogateescape"), *_fields(row)], place, position)


def _fields(row: bytes) -> list[str]:
    """The fields without escapes; the first is `created`."""
    fields: list[bytes] = []
    start = 0
    while len(fields) < _COLUMNS - 1 and (found := _FIELD_END.match(row, start)):
        fields.append(found[1])
        start = found.end()
    fields.append(row[start:])
    if len(fields) != _COLUMNS:
        raise UnfitError(
            f"the row has {len(fields)} field{'s' * (len(fields) != 1)} from the time on instead of {_COLUMNS}"
        )
    return [
        _ESCAPE.sub(_plain, field.decode("utf-8", "surrogateescape")) if field != _NOTHING else "" for field in fields
    ]


def _plain(escape: re.Match[str]) -> str:
    return escape[1]


class _Rows:
    """The dump's rows, each with all lines up to the one that begins the next.

    `line` is where the row taken last begins, `position` the byte after it, and `fault` why it is no row.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.line = 0
        self.position = 0
        self.fault = ""
        self._file = file
        self._lines = 0
        self._held = b""

    def take(self) -> bytes:
        """The next row, its escapes kept, and of one that is too long only the beginning; empty at the end."""
        last = self._take_line()
        while last and not last.strip():
            last = self._take_line()
        self.line, self.fault = self._lines + (not last.endswith(b"\n")), ""
        pieces, length = [last], len(last)
        while more := self._take_line():
            if last.endswith(b"\n") and ROW_START.match(more):
                self._hold(more)
                break
            goes_on = _goes_on(last)
            if not goes_on and more.strip():
                self.fault = self.fault or f"line {self._lines:,} belongs to no row; a line feed may lack its backslash"
            if length + len(more) > RECORD_LIMIT:
                self.fault = self.fault or f"the row is longer than {RECORD_LIMIT:,} bytes, which no cable is"
            if goes_on and not self.fault:
                pieces.append(more)
                length += len(more)
            last = more
        if last.endswith(b"\n") and _goes_on(last):
            self.fault = self.fault or "the row does not end before the next one, or the end of the file"
        return b"".join(pieces)

    def _take_line(self) -> bytes:
        line = self._held or self._file.readline(RECORD_LIMIT + 1)
        self._held = b""
        if not self.position:
            line = without_bom(line)
        self.position += len(line)
        self._lines += line.endswith(b"\n")
        return line

    def _hold(self, line: bytes) -> None:
        """Give the line back: the next one taken is this one again."""
        self._held = line
        self.position -= len(line)
        self._lines -= line.endswith(b"\n")


def _goes_on(line: bytes) -> bool:
    """Whether the line's end is inside a field, or the line is a piece of a longer one."""
    if not line.endswith(b"\n"):
        return True
    said = line[:-1].removesuffix(b"\r")
    return (len(said) - len(said.rstrip(b"\\"))) % 2 == 1
