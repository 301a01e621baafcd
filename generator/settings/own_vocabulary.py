"""The site's own vocabulary: `content/vocabulary/*.csv`, every row checked.

A file has the name and the columns of one of the package's tables; columns that are not needed may be left out. A
faulty file is left out as a whole until it is mended.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.cable.vocabulary import BUILT_IN, TERM_KINDS, Row, Vocabulary, columns
from generator.cable.vocabulary.tag_codes import ERA, KINDS
from generator.errors import Problem
from generator.settings.toml import did_you_mean

FOLDER = "vocabulary"


class Table(msgspec.Struct, frozen=True):
    """What the rows of a file must be: `forms` has, by column, what its values look like and the words for that.

    No row leaves a `needed` column empty, the first of which is the code that the row is about; no two rows have the
    same values in the `unique` columns.
    """

    needed: tuple[str, ...]
    unique: tuple[str, ...]
    forms: dict[str, tuple[re.Pattern[str], str]]


_LETTERS = (re.compile(r"[A-Z]{3,40}"), "write three capitals or more without blanks, as in a reference ID: PORTANSELM")
_CODE = (re.compile(r"[^a-z]{1,80}"), "write capitals, as it stands in cables: PGOV, RUEHMO")

TABLES: dict[str, Table] = {
    "posts": Table(("code", "name"), ("code",), {"code": _LETTERS, "code_1973_79": _LETTERS, "same_as": _LETTERS}),
    "aliases": Table(("alias", "code"), ("alias",), {"alias": _LETTERS, "code": _LETTERS}),
    "tags": Table(
        ("tag",),
        ("tag", "era"),
        {
            "tag": _CODE,
            "kind": (re.compile("|".join(KINDS)), f"write one of {', '.join(KINDS)}, or nothing"),
            "era": (ERA, "write years as 1973-79, 1980s-2010s or 2000s, or nothing"),
        },
    ),
    "routing": Table(
        ("indicator", "name"),
        ("indicator",),
        {
            "indicator": _CODE,
            "names_seen": (re.compile(r"[0-9]{1,9}"), "write a whole number, or nothing"),
            "top_share": (re.compile(r"[01](?:\.[0-9]{1,9})?"), "write a number from 0 to 1, or nothing"),
        },
    ),
    "acronyms": Table(("acronym",), ("acronym",), {}),
    "glossary": Table(
        ("term", "kind", "meaning"),
        ("kind", "term"),
        {
            "kind": (re.compile("|".join(TERM_KINDS)), f"write one of {', '.join(TERM_KINDS)}"),
            "confidence": (re.compile("high|medium|low"), "write high, medium or low, or nothing"),
        },
    ),
}
"""The tables to which a site may add rows, by the names of their files."""


def load_vocabulary(content: Path) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """The package's vocabulary with the rows of the content folder, and what is wrong in them.

    Raises OSError where the system does not let us read. Links are not followed.
    """
    own: dict[str, tuple[Row, ...]] = {}
    problems: list[Problem] = []
    for path in _files(content / FOLDER):
        if path.stem not in TABLES:
            hint = did_you_mean(path.stem, TABLES) or f"known are {', '.join(f'{name}.csv' for name in TABLES)}"
            problems.append(Problem(str(path), 0, f"there is no vocabulary {path.stem!r}", hint))
            continue
        lines = _File(path, TABLES[path.stem])
        rows = lines.rows()
        problems += lines.problems
        if rows and not lines.problems:
            own[path.stem] = tuple(rows)
    return (Vocabulary(own) if own else BUILT_IN), tuple(problems)


def _files(folder: Path) -> list[Path]:
    if folder.is_symlink() or not folder.is_dir():
        return []
    found = (path for path in folder.glob("*.csv") if not path.name.startswith((".", "#")))
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


class _File:
    """One file being read; what is wrong with it is noted in `problems`."""

    def __init__(self, path: Path, table: Table) -> None:
        self.path = path
        self.table = table
        self.problems: list[Problem] = []
        self._seen: dict[tuple[str, ...], int] = {}

    def rows(self) -> list[Row]:
        """The rows by the names of their columns, without what is empty."""
        lines = self._lines()
        line, names = next(lines, (1, []))
        if not self._are_columns(line, names):
            return []
        return [row for line, values in lines if (row := self._row(line, names, values))]

    def _note(self, line: int, text: str, hint: str) -> None:
        self.problems.append(Problem(str(self.path), line, text, hint))

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """The values of each row that is not empty, with the line on which it begins."""
        raw = self.path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._note(raw.count(b"\n", 0, error.start) + 1, "not UTF-8", "save the file as UTF-8")
            return
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        line = 1
        try:
            for values in reader:
                if any(values):
                    yield line, [value.strip() for value in values]
                line = reader.line_num + 1
        except csv.Error as error:
            hint = 'put a value with commas or quotation marks between two ", and write each " in it twice'
            self._note(line, f"not valid CSV: {error}", hint)

    def _are_columns(self, line: int, names: list[str]) -> bool:
        """Whether the first row names columns of the table, all that are needed, and none twice."""
        if self.problems:
            return False
        known = columns(self.path.stem)
        for name in dict.fromkeys(names):
            if name not in known:
                hint = did_you_mean(name, known) or f"known columns: {', '.join(known)}"
                self._note(line, f'unknown column "{name}"', hint)
            elif names.count(name) > 1:
                self._note(line, f'the column "{name}" stands there twice', "remove one of them")
        missing = [name for name in self.table.needed if name not in names]
        if missing:
            hint = f"begin the file with a line like {','.join(self.table.needed)}"
            noun = "columns" if len(missing) > 1 else "column"
            self._note(line, f"the first line does not name the {noun} {' and '.join(missing)}", hint)
        return not self.problems

    def _row(self, line: int, names: list[str], values: list[str]) -> Row:
        if len(values) != len(names):
            hint = 'put a value with commas between two "'
            if len(values) < len(names):
                hint = f"leave no value out; one that is empty needs its comma too: {','.join(names)}"
            found = f"{len(values)} {'value' if len(values) == 1 else 'values'}"
            self._note(line, f"this row has {found}, and there are {len(names)} columns", hint)
            return {}
        row = {name: value for name, value in zip(names, values, strict=True) if value}
        for name in self.table.needed:
            if name not in row:
                self._note(line, f"this row has no {name}", "fill it in, or remove the row")
        for name, value in row.items():
            form, hint = self.table.forms.get(name, (None, ""))
            if not value.isprintable():
                self._note(line, f"{name} has a line break or a control character", "write it on one line")
            elif form is not None and not form.fullmatch(value):
                self._note(line, f'{name} "{value}" can\'t be used', hint)
        first = self._seen.setdefault(tuple(row.get(name, "") for name in self.table.unique), line)
        if first != line and not self.problems:
            self._note(line, f"{row[self.table.needed[0]]} stands on line {first} already", "remove one of the rows")
        return row
