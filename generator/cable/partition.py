"""How a text is cut into spans, so that the spans joined are the text, whatever the reading rules say."""

from collections.abc import Iterable
from operator import attrgetter

from generator.cable.spans import Kind, Mark, Span

BLANKS = " \t\n\f\v\r\\\xa0"
"""What a blank line may hold; the backslash is what a database export puts before a line feed (8.4)."""

_BLANK, _TEXT = Kind.BLANK, Kind.TEXT


def cover(claims: Iterable[Span], text: str, start: int, end: int) -> list[Span]:
    """Consecutive spans for `text[start:end]`: the claims in their order, and what lies between them.

    A claim that begins inside an earlier one loses that part. A gap is BLANK if it has blanks only, else TEXT.
    """
    spans: list[Span] = []
    for claim in claims:
        first, last = claim.start, claim.end
        if first < start or last > end:
            first, last = max(first, start), min(last, end)
            claim = Span(claim.kind, first, last)
        if first < last:
            if start < first:
                spans.append(_gap(text, start, first))
            spans.append(claim)
            start = last
    if start < end:
        spans.append(_gap(text, start, end))
    return spans


def _gap(text: str, start: int, end: int) -> Span:
    return Span(_TEXT if text[start:end].strip(BLANKS) else _BLANK, start, end)


def overlay(spans: list[Span], regions: list[Span]) -> list[Span]:
    """The same cover with the regions as spans of their own; regions are in order and apart."""
    if not regions:
        return spans
    laid: list[Span] = []
    at = 0
    rest = iter([*regions, Span(Kind.BLANK, spans[-1].end, spans[-1].end)] if spans else [])
    region = next(rest, None)
    for span in spans:
        start = max(span.start, at)
        while region is not None and region.start < span.end:
            if start < region.start:
                laid.append(Span(span.kind, start, region.start))
            laid.append(region)
            start = at = region.end
            region = next(rest, None)
        if start < span.end:
            laid.append(span if start == span.start else Span(span.kind, start, span.end))
    return laid


def join(regions: list[Span], others: list[Span]) -> list[Span]:
    """Both in order; where two overlap, the one that begins first and is longer stays."""
    joined: list[Span] = []
    for region in sorted([*regions, *others], key=lambda region: (region.start, -region.end)):
        if not joined or region.start >= joined[-1].end:
            joined.append(region)
    return joined


def fit(marks: Iterable[Mark], spans: list[Span]) -> tuple[Mark, ...]:
    """The marks in the order of the text, without those that overlap an earlier one or cross the end of a span."""
    fitting: list[Mark] = []
    remaining = iter(spans)
    span = next(remaining, None)
    end = 0
    longest_first = sorted(marks, key=attrgetter("end"), reverse=True)
    for mark in sorted(longest_first, key=attrgetter("start")):
        start = mark.start
        while span is not None and span.end <= start:
            span = next(remaining, None)
        if span is None:
            break
        if end <= start < mark.end <= span.end:
            fitting.append(mark)
            end = mark.end
    return tuple(fitting)
