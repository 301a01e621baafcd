"""The SUBJECT line: the subject itself, on one line (CABLE-FORMAT 2.5)."""

import re

from generator.cable.text.paragraph_marks import PORTION

_SUBJECT_PORTION = re.compile(rf"(?i:{PORTION}|(?:SBU|[UCS])\))")
_STRAY = re.compile(r"[ \t\n:;.\\]*(?:--? [ \t]*)?(?:(?:SUBJECT|Subject|SUBJ)[ \t]*:[ \t\n]*)?")


def subject_place(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the subject itself stands in the field: without stray colons and the leading portion mark."""
    at = _skip(text, start, end)
    if portion := _SUBJECT_PORTION.match(text, at, end):
        at = _skip(text, portion.end(), end)
    return at, at + len(text[at:end].rstrip(" \t\n\\"))


def _skip(text: str, at: int, end: int) -> int:
    match = _STRAY.match(text, at, end)
    return match.end() if match else at


def on_one_line(text: str) -> str:
    """The subject on one line: a word broken at a hyphen is joined without a blank (2.5)."""
    joined = ""
    for line in text.split("\n"):
        words = " ".join(line.rstrip("\\ \t").split())
        broken = len(joined) > 1 and joined[-1] == "-" and joined[-2].isalnum()
        joined = joined + words if broken or not joined or not words else f"{joined} {words}"
    return joined
