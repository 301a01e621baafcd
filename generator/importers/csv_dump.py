"""The full dump, `cables.csv`, one row at a time (CABLE-FORMAT 8.3).

Eight columns, no header row, UTF-8, every field in double quotes, backslash as escape, raw line feeds inside fields; a
doubled quote is read as one, for dumps that went through a spreadsheet. A row that breaks these rules is rejected, not
guessed at, and reading goes on at the next line that begins like a row, `"number","…","…","`. No such line can stand
inside a well-formed field, so an unclosed quote costs one row and not the rest of the file.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from generator.cable.vocabulary import BUILT_IN, Vocabulary
from generator.importers.compression import opened_dump, size_of_dump, until_damage
from generator.importers.encoding import without_bom
from generator.importers.record import RECORD_LIMIT, TEXT_LIMIT, Record, Rejected, UnfitError
from generator.importers.row import begins_with, record_of

LOOKED_FOR = "rows of a dump"
"""What an import of this format looks for, for a person whose source has none of it."""

ONE_FILE = True
"""Whether a dump in this format is always one file."""

_COLUMNS = 8
ROW_START = re.compile(rb'"\d+","[^"\n]{0,60}","[^"\n]{0,100}","')


def recognises(path: Path) -> bool:
    """Whether the path is a file that begins like a row of the dump."""
    return begins_with(ROW_START, path)


def size(path: Path) -> int:
    """The size of the dump in bytes; 0, not known, where it is compressed."""
    return size_of_dump(path)


def read(path: Path, vocabulary: Vocabulary = BUILT_IN) -> Iterator[Record | Rejected]:
    """The dump's rows in their order; `position` counts bytes. Holds one row in memory. Raises OSError.

    The vocabulary is for formats whose values have to be read off the text.
    """
    csv.field_size_limit(TEXT_LIMIT)
    return until_damage(_rows(path), path)


def _rows(path: Path) -> Iterator[Record | Rejected]:
    with opened_dump(path) as file:
        lines = _Lines(file)
        rows = csv.reader(lines, doublequote=True, escapechar="\\", strict=True)
        while True:
            lines.begin_row()
            try:
                fields = next(rows)
                if fields:
                    yield _record(fields, f"{path.name}:{lines.start}", lines.position)
            except StopIteration:
                return
            except UnfitError as error:
                yield Rejected(f"{path.name}:{lines.start}", lines.position, str(error))
            except csv.Error as error:
                yield lines.reject(path, _reason(str(error), lines.number))


def _record(fields: list[str], place: str, position: int) -> Record:
    if len(fields) != _COLUMNS:
        raise UnfitError(f"the row has {len(fields)} field{'s' * (len(fields) != 1)} instead of {_COLUMNS}")
    return record_of(fields, place, position)


def _reason(parser_says: str, line: int) -> str:
    if "field limit" in parser_says:
        return f"a field is longer than {TEXT_LIMIT:,} characters, which no cable is; a quote may be unclosed"
    if "end of data" in parser_says:
        return "a quote is not closed before the end of the file"
    if "expected after" in parser_says:
        return f'line {line:,} has a quote that is neither escaped as \\" nor followed by a comma or the end of the row'
    return parser_says


class _Lines:
    """The dump's lines as `csv.reader` asks for them, stopped where a row cannot go on."""

    def __init__(self, file: BinaryIO) -> None:
        self.start = 0
        self.number = 0
        self.position = 0
        self._file = file
        self._row_bytes = 0
        self._held = b""
        self._at_line_start = True
        self._line_ended = True

    def begin_row(self) -> None:
        """The next line is the first one of a row."""
        self._row_bytes = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._take()
        if not line:
            raise StopIteration
        if not self._row_bytes:
            self.start = self.number
        elif line[0] == 0x22 and ROW_START.match(line):
            self._hold(line)
            raise csv.Error(f"a quote is not closed before the next row, at line {self.number + 1:,}")
        self._row_bytes += len(line)
        if self._row_bytes > RECORD_LIMIT:
            raise csv.Error(
                f"the row is longer than {RECORD_LIMIT:,} bytes, which no cable is; a quote may be unclosed"
            )
        return line.decode("utf-8", "surrogateescape")

    def reject(self, path: Path, reason: str) -> Rejected:
        """Reject the row that was begun, and go on to the line that begins the next one."""
        while line := self._take():
            if self._at_line_start and ROW_START.match(line):
                self._hold(line)
                break
        return Rejected(f"{path.name}:{self.start}", self.position, reason)

    def _take(self) -> bytes:
        """The next line, or as much of it as a row may have; empty at the end of the file."""
        line = self._held or self._file.readline(RECORD_LIMIT + 1)
        self._held = b""
        self._at_line_start = self._line_ended
        self.number += self._at_line_start and bool(line)
        self._line_ended = line.endswith(b"\n")
        if not self.position:
            line = without_bom(line)
        self.position += len(line)
        return line

    def _hold(self, line: bytes) -> None:
        """Give the line back: the next one taken is this one again."""
        self._held = line
        self.number -= 1
        self.position -= len(line)
        self._line_ended = True
