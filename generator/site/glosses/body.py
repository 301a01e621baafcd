"""The glosses of a body: of codes in it, of its marks and of acronyms, each where it stands first."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from generator.cable.model import Partition
from generator.cable.spans import Mark, MarkKind, Span
from generator.site.glosses import opening
from generator.site.glosses.acronyms import acronyms
from generator.site.glosses.gloss import Gloss
from generator.site.glosses.meanings import Meanings

CHARACTERS_AN_ACRONYM = 250
"""A body has one gloss of an acronym for so many characters, so that the page's weight stays in proportion."""

_TAG, _PORTION, _LABEL = MarkKind.TAG, MarkKind.PORTION, MarkKind.LABEL
_REDACTION, _GARBLE = MarkKind.REDACTION, MarkKind.GARBLE

EXPLAINED = frozenset((_TAG, _PORTION, _LABEL, _REDACTION, _GARBLE))
"""The kinds of marks that may have a gloss."""

REDACTION = "Removed before publication"
LOST_LETTERS = "Perhaps letters that were lost in transmission"
QUOTATION = "Perhaps a quotation mark, damaged in transmission"


_START = attrgetter("start")


def body_glosses(cable: Partition, meanings: Meanings) -> list[Gloss]:
    """The codes in the body that are in none of its marks, in their order; no two overlap."""
    spans = cable.spans[bisect_left(cable.spans, cable.body_start, key=_START) :]
    marks = cable.marks[bisect_left(cable.marks, cable.body_start, key=_START) :]
    found = sorted((*_once(cable.text, spans, meanings), *_in_prose(cable, spans, marks, meanings)), key=_longer_first)
    marked = iter(marks)
    mark = next(marked, None)
    kept: list[Gloss] = []
    for gloss in found:
        while mark is not None and mark.end <= gloss.start:
            mark = next(marked, None)
        free = mark is None or gloss.end <= mark.start
        if free and (not kept or kept[-1].end <= gloss.start):
            kept.append(gloss)
    return kept


def _longer_first(gloss: Gloss) -> tuple[int, int]:
    return gloss.start, -gloss.end


def _once(text: str, spans: Sequence[Span], meanings: Meanings) -> Iterator[Gloss]:
    seen: set[str] = set()
    for span in spans:
        if span.kind in opening.KINDS:
            for gloss in opening.glosses(text, span, meanings):
                if gloss.words not in seen:
                    seen.add(gloss.words)
                    yield gloss


def _in_prose(cable: Partition, spans: Sequence[Span], marks: Sequence[Mark], meanings: Meanings) -> list[Gloss]:
    found = sorted(acronyms(cable.text, cable.body_start, spans, marks, meanings), key=_longer_first)
    return found[: (len(cable.text) - cable.body_start) // CHARACTERS_AN_ACRONYM]


class MarkGlosses:
    """What the marks of one cable mean; what was said once is not said again, but for tags."""

    def __init__(self, cable: Partition, year: int | None, meanings: Meanings) -> None:
        self._text = cable.text
        self._spans = cable.spans
        self._year = year
        self._meanings = meanings
        self._said: set[str] = set()

    def of(self, mark: Mark) -> str:
        """The gloss of a mark of one of these kinds; empty where it has none, or was explained before."""
        if mark.kind is _TAG:
            return self._meanings.tag(mark.value, self._year)
        words = self._meanings.portion(mark.value) if mark.kind is _PORTION else self._words(mark)
        if words in self._said:
            return ""
        self._said.add(words)
        return words

    def _words(self, mark: Mark) -> str:
        kind = mark.kind
        if kind is _REDACTION:
            return REDACTION
        if kind is _GARBLE:
            return LOST_LETTERS if mark.end - mark.start > 1 else QUOTATION
        if kind is _LABEL and self._text[mark.start : mark.start + 1] in {"E", "e"}:
            span = self._spans[bisect_right(self._spans, mark.start, key=_START) - 1]
            return opening.order(self._text, mark, span.end, self._meanings)
        return ""
