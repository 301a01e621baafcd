"""What the labelled fields of an opening say: E.O., TAGS and SUBJECT (CABLE-FORMAT 2.3 to 2.5)."""

import re

from generator.cable.dates import read_day
from generator.cable.model import ExecutiveOrder
from generator.cable.paragraph_marks import PORTION

_ORDER = re.compile(r"1\d{4}(?!\d)|\d{4,6}")
_DECLASSIFY = re.compile(r"[ \t:.,;/-]*(?:(?:DECL(?:ASSIFY|AS)?(?: ON)?|DNG)\b[ :.,;]*(?:CO )?)?", re.IGNORECASE)
_DOWNGRADED_FIRST = re.compile(r"[ :.,;/-]*DNG\b.*?(?=\bDECL)", re.IGNORECASE)
_SUBJECT_PORTION = re.compile(rf"(?i:{PORTION}|(?:SBU|[UCS])\))")
_STRAY = re.compile(r"[ \t\n:;.\\]*(?:--? [ \t]*)?(?:(?:SUBJECT|Subject|SUBJ)[ \t]*:[ \t\n]*)?")


def read_order(label: str, value: str) -> ExecutiveOrder:
    """The E.O. field: the order's number and the day of declassification, or the words in its place."""
    order = _ORDER.search(label.replace(".", "")) or _ORDER.match(value)
    words = " ".join(value.split())
    if downgraded := _DOWNGRADED_FIRST.match(words):
        words = words[downgraded.end() :]
    matched = _DECLASSIFY.match(words)
    words = words[matched.end() if matched else 0 :].rstrip(" .;,\\")
    if words.upper().replace(" ", "").strip("()") in {"N/A", "NA"}:
        return ExecutiveOrder(order[0] if order else "", "N/A")
    return ExecutiveOrder(order[0] if order else "", read_day(words) or words)


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
