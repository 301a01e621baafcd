"""Redactions, and damage in transmission: marked, never repaired (CABLE-FORMAT 4.7)."""

import re

from generator.cable.spans import Mark, MarkKind

_REDACTIONS = (("X", "XXXX", re.compile(r"X+")), ("xxxxx", "xxxxx", re.compile(r"x+")))
"""What to look for, what a redaction begins with, and all of it: one rare letter is found faster than four."""

_LOST_LETTERS = re.compile(r"Q(?:(?<=[a-z]Q)(?!u[aeio])[a-z]*|(?<![A-Za-z.]Q)(?!s\b)[b-df-hj-np-tv-z][a-z]*)")
_QUOTATION = re.compile(r"&(?=[A-Za-z])[^&8\n]{1,80}(?:\n[^&8\n]{1,80})?8(?![0-9])")
_BEGINNING_OF_WORD = re.compile(r"[A-Za-z-]{1,40}\Z")


def find_damage(text: str, start: int) -> list[Mark]:
    """Marks for runs of X, for a capital Q in the place of letters, and for `&` and `8` in that of quotation marks."""
    marks = [mark for rule in _REDACTIONS for mark in _redactions(text, start, *rule)]
    if text.find("Q", start) >= 0:
        marks += [_garbled_word(text, start, match) for match in _LOST_LETTERS.finditer(text, start)]
    if text.find("&", start) >= 0:
        for match in _QUOTATION.finditer(text, start):
            marks.append(Mark(MarkKind.GARBLE, match.start(), match.start() + 1))
            marks.append(Mark(MarkKind.GARBLE, match.end() - 1, match.end()))
    return marks


def _redactions(text: str, start: int, first: str, run: str, pattern: re.Pattern[str]) -> list[Mark]:
    marks = []
    at = text.find(first, start)
    while at >= 0:
        match = pattern.match(text, at)
        end = match.end() if match else at + len(first)
        if text.startswith(run, at):
            marks.append(Mark(MarkKind.REDACTION, at, end))
        at = text.find(first, end)
    return marks


def _garbled_word(text: str, start: int, match: re.Match[str]) -> Mark:
    word = _BEGINNING_OF_WORD.search(text[max(start, match.start() - 40) : match.start()])
    return Mark(MarkKind.GARBLE, match.start() - (len(word[0]) if word else 0), match.end())
