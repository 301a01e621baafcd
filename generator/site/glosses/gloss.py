"""A place of the text and what it means."""

from datetime import date, datetime
from typing import NamedTuple

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
LONGEST = 120
"""Characters of one meaning, and of the stations of a line: what is longer stands in the glossary or is counted."""


class Gloss(NamedTuple):
    """A code in the text, `text[start:end]`, and its meaning; the place lies within one span."""

    start: int
    end: int
    words: str


def day_in_words(day: date) -> str:
    """`29 January 2010`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_in_words(moment: datetime) -> str:
    """`29 January 2010, 15:33 UTC`."""
    return f"{day_in_words(moment)}, {moment.hour:02}:{moment.minute:02} UTC"


def in_a_sentence(meaning: str) -> str:
    """The meaning as it goes on a sentence: `a repetition`; `UK only` and `U.S. citizens` stay as they are."""
    return f"{meaning[0].lower()}{meaning[1:]}" if meaning[1:2].islower() or meaning[:2] == "A " else meaning


def short(meaning: str) -> str:
    """The meaning, cut behind a word where it is long."""
    if len(meaning) <= LONGEST:
        return meaning
    return f"{meaning[:LONGEST].rpartition(' ')[0] or meaning[:LONGEST]} …"
