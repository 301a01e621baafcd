"""Where things stand in a TOML text: `tomllib` gives values without lines, so the text is scanned once more for keys.

The scan trusts the text: it is for what `tomllib` has accepted.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import TypeAlias

Place: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys, and indices of arrays."""


def places(text: str) -> Iterator[tuple[Place, int]]:
    """Every key and every element of an array, with its line, which counts from 1."""
    tokens = _Tokens(text)
    counts: dict[Place, int] = {}
    table: Place = ()
    while tokens.ahead:
        line = tokens.line
        if tokens.ahead == "\n":
            tokens.take()
        elif tokens.ahead == "[":
            table = _header(tokens, counts)
            yield table, line
        else:
            key = (*table, *tokens.key("="))
            yield key, line
            yield from _value(tokens, key)


_TOKEN = re.compile(
    r'''(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|'[^']*')'''
    r"|(?P<mark>[\[\]{},=.\n])|(?P<bare>[^\s\[\]{},=.#\"']+)|#[^\n]*|[ \t\r]+",
    re.DOTALL,
)


class _Tokens:
    """The words and marks of a TOML text, one ahead, with the line that each begins on."""

    def __init__(self, text: str) -> None:
        self._tokens = self._read(text)
        self.line = 1
        self.take()

    def _read(self, text: str) -> Iterator[tuple[str, int]]:
        line = 1
        for token in _TOKEN.finditer(text):
            if token.lastgroup:
                yield token[0], line
            line += token[0].count("\n")

    def take(self) -> str:
        """Go on by one token and give the one left behind; after the last one, they are empty."""
        left = getattr(self, "ahead", "")
        self.ahead, self.line = next(self._tokens, ("", self.line))
        return left

    def key(self, end: str) -> Place:
        """A key with its dots, up to and including the mark that ends it."""
        parts: list[str] = []
        while self.ahead and self.ahead != end:
            part = self.take()
            if part != ".":
                parts.append(_unquoted(part))
        self.take()
        return tuple(parts)


def _unquoted(part: str) -> str:
    """The name that a part of a key stands for."""
    return next(iter(tomllib.loads(f"{part} = 0"))) if part[0] in "\"'" else part


def _header(tokens: _Tokens, counts: dict[Place, int]) -> Place:
    """The place that `[key]` or `[[key]]` opens; `counts` has the length of each array of tables so far."""
    tokens.take()
    array = tokens.ahead == "["
    if array:
        tokens.take()
    *before, last = tokens.key("]")
    place: Place = ()
    for part in before:
        place = (*place, part)
        if place in counts:
            place = (*place, counts[place] - 1)
    place = (*place, last)
    if array:
        tokens.take()
        counts[place] = counts.get(place, 0) + 1
    return (*place, counts[place] - 1) if place in counts else place


def _value(tokens: _Tokens, place: Place) -> Iterator[tuple[Place, int]]:
    """The places inside a value, which is left behind."""
    if tokens.ahead == "[":
        yield from _array(tokens, place)
    elif tokens.ahead == "{":
        yield from _inline_table(tokens, place)
    else:
        while tokens.ahead not in ("", "\n", ",", "]", "}"):
            tokens.take()


def _array(tokens: _Tokens, place: Place) -> Iterator[tuple[Place, int]]:
    tokens.take()
    index = 0
    while tokens.ahead not in ("", "]"):
        if tokens.ahead in ("\n", ","):
            index += tokens.take() == ","
        else:
            yield (*place, index), tokens.line
            yield from _value(tokens, (*place, index))
    tokens.take()


def _inline_table(tokens: _Tokens, place: Place) -> Iterator[tuple[Place, int]]:
    tokens.take()
    while tokens.ahead not in ("", "}"):
        if tokens.ahead in ("\n", ","):
            tokens.take()
        else:
            line = tokens.line
            key = (*place, *tokens.key("="))
            yield key, line
            yield from _value(tokens, key)
    tokens.take()
