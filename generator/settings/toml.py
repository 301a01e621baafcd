"""TOML as people write it (configuration, front matter): read key by key, every slip a `Problem` with its line."""

import difflib
import re
import tomllib
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, TypeVar

from generator.errors import Problem
from generator.settings.toml_lines import Place, places

T = TypeVar("T")

_WORDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    list: "a list",
    dict: "a table",
    date: "a date",
    datetime: "a date with a time",
}
_HINTS = {
    str: 'write text between quotation marks: {key} = "…"',
    int: "write digits without quotation marks: {key} = 30",
    bool: "write true or false without quotation marks",
}


class Table:
    """A TOML table, read key by key: what is wrong is noted in `problems` and the default stands in for it.

    `problems` is one list for a table and all tables inside it, in the order of the reads.
    """

    def __init__(self, values: dict[str, Any], lines: dict[Place, int], path: str) -> None:
        self._values = values
        self._lines = lines
        self._path = path
        self._place: Place = ()
        self.problems: list[Problem] = []

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def _inside(self, values: dict[str, Any], *steps: str | int) -> "Table":
        table = Table(values, self._lines, self._path)
        table._place = (*self._place, *steps)
        table.problems = self.problems
        return table

    def line(self, *steps: str | int) -> int:
        """The line of a key, or of the nearest thing around it; 0 where that is the file."""
        place = (*self._place, *steps)
        return next((self._lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in self._lines), 0)

    def problem(self, key: str, text: str, hint: str = "") -> None:
        """Note that the value of a key can't be used; an empty key means the table itself."""
        self._note(self.line(key) if key else self.line(), text, hint)

    def _note(self, line: int, text: str, hint: str) -> None:
        self.problems.append(Problem(self._path, line, text, hint))

    def known(self, keys: Collection[str]) -> None:
        """Note every key that is not one of these, with the one that was probably meant."""
        for key in self._values:
            if key not in keys:
                self.problem(key, f'unknown key "{key}"', did_you_mean(key, keys) or f"known keys: {', '.join(keys)}")

    def value(self, key: str, kind: type[T], default: T) -> T:
        """The value of a key, which must be of exactly this type."""
        found = self._values.get(key, default)
        if type(found) is kind:
            return found
        hint = _HINTS.get(kind, "").format(key=key)
        self.problem(key, f"{key} must be {_WORDS[kind]}, not {_WORDS.get(type(found), 'this')}", hint)
        return default

    def text(self, key: str) -> str:
        """A line of text: white space inside is one blank, and there are no control characters."""
        text = " ".join(self.value(key, str, "").split())
        if re.search(r"[\x00-\x1f\x7f-\x9f]", text):
            self.problem(key, f"{key} has a control character", "write it anew without the character")
            return ""
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, each as it stands; empty if there is none."""
        found = self.value(key, list, [])
        if all(type(each) is str and each.isprintable() for each in found):
            return tuple(found)
        self.problem(key, f"{key} must be a list of texts", f'write {key} = ["…", "…"]')
        return ()

    def required(self, key: str) -> str:
        """A line of text that must be there."""
        if key not in self:
            self.problem("", f'"{key}" is missing', f'add {key} = "…"')
        elif self._values[key] == "":
            self.problem(key, f"{key} is empty", f'write {key} = "…"')
        return self.text(key)

    def day(self, key: str) -> date | None:
        """A day, written 2010-11-28 with or without quotation marks; the time of day, if there is one, is dropped."""
        found = self._values.get(key)
        try:
            day = date.fromisoformat(found) if isinstance(found, str) else found
        except ValueError:
            day = found
        if isinstance(day, date):
            return day.date() if isinstance(day, datetime) else day
        if day is not None:
            self.problem(key, f"{key} must be a day of the calendar", f"write {key} = 2010-11-28")
        return None

    def tables(self, key: str) -> list["Table"]:
        """The tables of an array; an element that is no table is noted and left out."""
        tables = []
        for index, item in enumerate(self.value(key, list, [])):
            if isinstance(item, dict):
                tables.append(self._inside(item, key, index))
            else:
                hint = f"begin each one with a line [[{key}]]"
                self._note(self.line(key, index), f"{key} must be a list of tables", hint)
        return tables

    def named(self, key: str) -> dict[str, "Table | None"]:
        """The tables of a table by their names; a value that is no table is noted, and None."""
        tables: dict[str, Table | None] = {}
        for name, item in self.value(key, dict, {}).items():
            if isinstance(item, dict):
                tables[name] = self._inside(item, key, name)
            else:
                hint = f"begin it with a line [{key}.{name}]"
                self._note(self.line(key, name), f'{key}: "{name}" must be a table', hint)
                tables[name] = None
        return tables


def did_you_mean(word: str, words: Collection[str]) -> str:
    """A question with the most similar of the words, or empty where none is similar."""
    by_case = {known.lower(): known for known in words}
    nearest = difflib.get_close_matches(word.lower(), by_case, n=1)
    return f'did you mean "{by_case[nearest[0]]}"?' if nearest else ""


def read_table(text: str, path: str, lines_before: int = 0) -> Table | Problem:
    """The table that a TOML text is, or why it is none; `lines_before` stand before the text in its file."""
    try:
        values = tomllib.loads(text)
        lines = {place: lines_before + line for place, line in places(text)}
    except RecursionError:
        return Problem(path, 0, "not valid TOML: nested too deeply", _MALFORMED_HINT)
    except ValueError as error:
        return _malformed(str(error), text, path, lines_before)
    return Table(values, lines, path)


_MALFORMED_HINT = 'a line is key = value; text stands between quotation marks: title = "…"'


def _malformed(message: str, text: str, path: str, lines_before: int) -> Problem:
    """The parser's message, `Words (at line 3, column 7)` or `Words (at end of document)`, with the line taken out."""
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    words = message[: place.start()] if place else message
    line = int(place[1]) if place and place[1] else max(len(text.splitlines()), 1)
    where = f" at character {place[2]}" if place and place[2] else ""
    return Problem(path, lines_before + line, f"not valid TOML: {words[:1].lower()}{words[1:]}{where}", _MALFORMED_HINT)
