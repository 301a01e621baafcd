"""Acronyms in the text, each where it stands first: whole words, in sentences and in slug lines."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from generator.cable.spans import Kind, Mark, Span
from generator.site.glosses.gloss import Gloss
from generator.site.glosses.meanings import Meanings

KINDS = frozenset((Kind.PARAGRAPH, Kind.ITEM, Kind.SLUG, Kind.REFERENCES))
AROUND = 40
"""Characters on both sides of a word that tell whether it stands in a text all in capitals."""

UNITS = frozenset(("EUR", "PM"))
"""Acronyms that mean a unit beside a number: `EUR 5 million`, `3 PM`."""

_NUMBER_BEFORE = re.compile(r"(?:\d|\b(?:hundred|thousand|million|billion|trillion|mn|bn))\s*\Z", re.IGNORECASE)
_NUMBER_AFTER = re.compile(r"\s*(?:\d|(?:hundred|thousand|million|billion|trillion|mn|bn)\b)", re.IGNORECASE)

_CAPITALS = bytes(code if 65 <= code <= 90 else 32 for code in range(256))


_START = attrgetter("start")


def acronyms(
    text: str, start: int, spans: Sequence[Span], marks: Sequence[Mark], meanings: Meanings
) -> Iterator[Gloss]:
    """The first place of each acronym in `text[start:]` that is in no mark.

    Its words in capitals are looked up among the terms, and only those that are there are searched for.
    """
    words = text[start:].encode("latin-1", "replace").translate(_CAPITALS).split()
    searched = [(word.decode(), *meanings.acronyms[word]) for word in meanings.in_capitals.intersection(words)]
    searched += [(term, term, said) for term, said in meanings.mixed]
    for word, term, said in searched:
        first = text.find(word, start)
        while first >= 0:
            if (end := _end(text, first, len(word), term, meanings)) and _is_free(first, end, spans, marks):
                yield Gloss(first, end, said)
                break
            first = text.find(word, first + 1)


def _end(text: str, start: int, length: int, term: str, meanings: Meanings) -> int:
    """Where the word and its plural end; 0 where it is no whole word, a unit beside a number, or not certain."""
    end = start + length
    after = text[end : end + 2]
    if after[:1] == "s":
        end, after = end + 1, after[1:]
    if after[:1].isalnum() or (start and text[start - 1].isalnum()) or (term in UNITS and _is_unit(text, start, end)):
        return 0
    if term not in meanings.clear_in_capitals:
        around = text[max(0, start - AROUND) : end + AROUND]
        return 0 if around.upper() == around else end
    return end


def _is_unit(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return _NUMBER_BEFORE.search(around[0]) is not None or _NUMBER_AFTER.match(around[1]) is not None


def _is_free(start: int, end: int, spans: Sequence[Span], marks: Sequence[Mark]) -> bool:
    """Whether the place lies within one span of a kind that is explained, and in no mark."""
    number = bisect_right(spans, start, key=_START) - 1
    if number < 0 or spans[number].kind not in KINDS or end > spans[number].end:
        return False
    number = bisect_right(marks, start, key=_START)
    return not (number and marks[number - 1].end > start) and (number == len(marks) or marks[number].start >= end)
