"""The contents of a long cable: its headings, or the numbers of its paragraphs where it has too few.

Nothing in the text is marked for it: a heading is found by the paragraph behind it, whose anchor never moves.
"""

from bisect import bisect_left
from collections.abc import Iterator

from generator.cable.controls import named
from generator.cable.model import Paragraph, Partition
from generator.cable.spans import Kind
from generator.cable.vocabulary.readable import Readable
from generator.site.views import Contents, Link

LONG = 7_000
"""So many characters a long text has: some three screens, five on a phone."""

_HEADING = Kind.HEADING

FEWEST_HEADINGS = 3
FEWEST_NUMBERS = 8

EDGES = "-–—_=*~+/\\:;,. "
"""What stands around the words of a heading: rules, backslashes of an export, what leads on to the text."""


def contents(cable: Partition, readable: Readable) -> Contents:
    """The contents of a cable; both kinds are empty for one that needs none."""
    if len(cable.text) - cable.body_start < LONG:
        return Contents((), ())
    headings = _headings(cable, readable)
    if len(headings) >= FEWEST_HEADINGS:
        return Contents(headings, ())
    numbered = [paragraph for paragraph in cable.paragraphs if paragraph.number]
    return Contents((), tuple(_runs(numbered)) if len(numbered) >= FEWEST_NUMBERS else ())


def _runs(numbered: list[Paragraph]) -> Iterator[tuple[Link, ...]]:
    """The numbers of paragraphs; where one comes again a run ends, since they are counted anew there."""
    run: dict[str, Link] = {}
    for paragraph in numbered:
        if paragraph.number in run:
            yield tuple(run.values())
            run = {}
        run[paragraph.number] = Link(paragraph.number, f"#{paragraph.anchor}")
    yield tuple(run.values())


def _headings(cable: Partition, readable: Readable) -> tuple[Link, ...]:
    """The headings that have a paragraph behind them; the note of each is the first number below it."""
    spans = [span for span in cable.spans if span.kind is _HEADING and span.start >= cable.body_start]
    ends = [*(span.start for span in spans[1:]), len(cable.text)]
    starts = [paragraph.start for paragraph in cable.paragraphs]
    found = []
    for span, end in zip(spans, ends, strict=False):
        below = cable.paragraphs[bisect_left(starts, span.end) : bisect_left(starts, end)]
        words = " ".join(cable.text[span.start : span.end].split()).strip(EDGES)
        if below and words:
            number = next((paragraph.number for paragraph in below if paragraph.number), "")
            found.append(Link(named(readable.subject(words) or words), f"#{below[0].anchor}", number))
    return tuple(found)
