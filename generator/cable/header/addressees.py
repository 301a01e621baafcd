"""The addressees of a cable: `[RI/]NAME[ PRECEDENCE][ NUMBER]` (CABLE-FORMAT 1.2)."""

import re
from collections.abc import Iterator

from generator.cable.model import Recipient
from generator.cable.vocabulary.posts import one_slip_apart

_BLANK = r"[ \t\f\v\r\xa0\\]"
_WORD = r"[^ \t\f\v\r\xa0\\\n]++"
_NUMBER = r"\d{1,5}(?:-\d{1,5})?"
_PRECEDENCE = r"(?:FLASH|(?:NIACT )?(?:IMMEDIATE|PRIORITY)|ROUTINE)"
_URGENT_END = rf"{_PRECEDENCE}(?:{_BLANK}++{_NUMBER})?{_BLANK}*+$"
_END = rf"(?=[\dFINPR])(?:{_URGENT_END}|{_NUMBER}{_BLANK}*+$)"
_ADDRESSEE = (
    rf"{_BLANK}*+(?:(?:ZEN|ZFF\d?)/{_BLANK}*+)?(?:(?P<ri>R[A-Z]{{4,7}})/{_BLANK}*+)?"
    rf"(?P<name>(?!{_URGENT_END}){_WORD}(?:{_BLANK}++(?!{_END}){_WORD})*)?"
    rf"{_BLANK}*+(?P<precedence>{_PRECEDENCE})?{_BLANK}*+(?P<number>{_NUMBER})?{_BLANK}*+$"
)
_ONE = re.compile(_ADDRESSEE)
_LINES = re.compile(rf"^(?:(?:FM|TO|INFO|XMT)\b)?{_ADDRESSEE}", re.MULTILINE)
_PAGE_MARK = re.compile(r"PAGE +\d\d ")
_MISSPELLED = ("PRIORITY", "IMMEDIATE", "ROUTINE")
_FIRST_LETTERS = ("P", "I", "R")
_NO_ADDRESSEE = frozenset({"", "ZEN", "BT", "ZFF", "NULL", "UNCLAS"})


def read_recipient(action: str, untrusted_line: str) -> Recipient | None:
    """The addressee on the line, if there is one; words such as ZEN and BT in its place are none."""
    match = _ONE.match(untrusted_line)
    if match is None:
        return None
    ri, words, precedence, number = match.groups("")
    if not _names_someone(ri, words):
        return None
    name = words if precedence else _without_slip(words)
    return Recipient(action, precedence or words[len(name) :].lstrip(), ri, name, number)


def name_places(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the names stand in lines of originator or addressees, the first of which begins at `start`."""
    for match in _LINES.finditer(text[start:end]):
        ri, words, precedence, _ = match.groups("")
        if words and _names_someone(ri, words):
            first = start + match.start("name")
            name = words if precedence else _without_slip(words)
            yield first, first + len(name)


def _names_someone(ri: str, name: str) -> bool:
    if name.startswith("PAGE ") and _PAGE_MARK.match(name):
        return False
    return bool(ri) or name.upper() not in _NO_ADDRESSEE


def _without_slip(words: str) -> str:
    """The name without a last word that is one slip away from a precedence: `PRIOITY`."""
    last = words.rfind(" ") + 1
    if not words.startswith(_FIRST_LETTERS, last) or not any(one_slip_apart(p, words[last:]) for p in _MISSPELLED):
        return words
    return words[:last].removesuffix("NIACT ").rstrip()
