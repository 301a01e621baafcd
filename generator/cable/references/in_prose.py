"""Cables that are cited in the middle of prose: a known post and a number that can be its serial (CABLE-FORMAT 2.6)."""

import re

from generator.cable.ids import ReferenceId
from generator.cable.references.citations import Citing, FoundReference, letters_of, plausible_year

_SHAPE = bytes(
    ord("A") if 65 <= byte <= 90 else ord("0") if 48 <= byte <= 57 else ord(" ") if byte == 10 else byte
    for byte in range(256)
)
"""Capitals as A, digits as 0, line feeds as blanks: so digits are found fast, and what stands before them."""

_FIRST_DIGIT = re.compile(rb"0(?<=AAA[A ]0)")
_FARTHEST_NAME = 44
_SERIAL = re.compile(r"[0-9]{1,7}(?![\w/])(?!\.\d)", re.ASCII)
_DIGIT = re.compile(r"[0-9]")
_NAME_IN_PROSE = re.compile(
    r"(?:(?<![\w.])(\d{4}|\d\d)[ -]?)?(?<![A-Za-z])([A-Z][A-Z'-]*(?:[ \n][A-Z][A-Z'-]*){0,3})[ \n]?\Z"
)


def find_in_prose(text: str, start: int, citing: Citing) -> list[FoundReference]:
    """Plain references in `text[start:]` (`09 MOSCOW 3010`): a known post, and a number that can be its serial."""
    shape = text[start:].encode("latin-1", "replace").translate(_SHAPE)
    found = []
    for digit in _FIRST_DIGIT.finditer(shape):
        at = start + digit.start()
        number = _SERIAL.match(text, at)
        if number and (reference := _in_prose(text, max(start, at - _FARTHEST_NAME), number, citing)):
            found.append(reference)
    return found


def _in_prose(text: str, floor: int, number: re.Match[str], citing: Citing) -> FoundReference | None:
    serial = int(number[0])
    bare = len(number[0]) >= 3 and not 1900 <= serial <= 2030
    if not serial or not (bare or _DIGIT.search(text, floor, number.start())):
        return None
    before = _NAME_IN_PROSE.search(text[floor : number.start()])
    given = plausible_year(before[1], citing.year) if before and before[1] else None
    if before is None or not (bare or given):
        return None
    for name in re.finditer(r"[^ \n]+", before[2]):
        words = before[2][name.start() :]
        if post := citing.posts.find(words, misspelled=False) or (
            citing.post if letters_of(words) == citing.post else ""
        ):
            whole = given is not None and name.start() == 0
            at = floor + (before.start(1) if whole else before.start(2) + name.start())
            return FoundReference(
                ReferenceId(given if whole and given else citing.year, post, serial), whole, at, number.end()
            )
    return None
