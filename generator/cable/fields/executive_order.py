"""The E.O. line: the order's number, and the day of declassification (CABLE-FORMAT 2.3)."""

import re

from generator.cable.dates import read_day
from generator.cable.model import ExecutiveOrder

_ORDER = re.compile(r"1\d{4}(?!\d)|\d{4,6}")
_DECLASSIFY = re.compile(r"[ \t:.,;/-]*(?:(?:DECL(?:ASSIFY|AS)?(?: ON)?|DNG)\b[ :.,;]*(?:CO )?)?", re.IGNORECASE)
_DOWNGRADED_FIRST = re.compile(r"[ :.,;/-]*DNG\b.*?(?=\bDECL)", re.IGNORECASE)


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
