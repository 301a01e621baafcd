"""What stands in the opening of a body: sections, captions, the executive order, reasons (CABLE-FORMAT 2)."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from generator.cable.fields.classified_by import find_reasons
from generator.cable.fields.executive_order import read_order
from generator.cable.spans import Kind, Mark, Span
from generator.site.glosses.gloss import Gloss, day_in_words, in_a_sentence
from generator.site.glosses.meanings import Meanings
from generator.site.sentences import with_warning

KINDS = frozenset((Kind.CLASSIFICATION, Kind.CAPTION, Kind.CLASSIFIED_BY, Kind.PAGE_MARKER))

_SECTION = re.compile(r"\bSECTION +(\d{1,2}) +OF +(\d{1,2})\b")
_PAGE = re.compile(r"PAGE +\d\d\b|[A-Z][A-Z .'/-]{0,30} +\d{4,8} +\d{3}(?:\.\d{1,2})? +OF +\d{3}\b")


def section(text: str, span: Span) -> Iterator[Gloss]:
    """`SECTION 01 OF 04` in a classification line."""
    match = _SECTION.search(text, span.start, span.end)
    if match:
        yield Gloss(match.start(), match.end(), f"Part {int(match[1])} of {int(match[2])} that it was sent in")


def captions(text: str, span: Span, meanings: Meanings) -> Iterator[Gloss]:
    """Each caption of a span."""
    for match in meanings.captions.finditer(text, span.start, span.end):
        yield Gloss(match.start(), match.end(), meanings.caption(match[0]))


def order(text: str, label: Mark, end: int, meanings: Meanings) -> str:
    """What the label of an E.O. line means, with what the line says of declassification."""
    value = text[label.end : end]
    read = _order(text[label.start : label.end], value)
    said = meanings.of("order", f"E.O. {read.order}") or "An executive order (not certain which)"
    if read.declassify_on == "N/A":
        return f"{said}; not classified by it"
    if isinstance(read.declassify_on, date):
        verb = "downgraded" if "DNG" in value and "DECL" not in value else "declassified"
        return f"{said}; to be {verb} on {day_in_words(read.declassify_on)}"
    known = meanings.of("word", read.declassify_on)
    return f"{said}; {in_a_sentence(known)}" if known else said


_order = lru_cache(4096)(read_order)


def reasons(text: str, span: Span, meanings: Meanings) -> Iterator[Gloss]:
    """The reasons in a Classified By line, `1.4 (b) and (d)`; those of 1.5, (a) to (g), are the same."""
    for start, end, section, letters in find_reasons(text, span.start, span.end):
        words = "; ".join(meanings.of("reason", f"1.4({letter})") for letter in letters)
        yield Gloss(start, end, with_warning(words, certain=section == "4" or "h" not in letters))


def page(text: str, span: Span) -> Iterator[Gloss]:
    """A page marker."""
    if match := _PAGE.search(text, span.start, span.end):
        yield Gloss(match.start(), match.end(), "A page of the transmission begins here")


def glosses(text: str, span: Span, meanings: Meanings) -> Iterator[Gloss]:
    """The codes in a span of one of `KINDS`."""
    if span.kind is Kind.CAPTION:
        return captions(text, span, meanings)
    if span.kind is Kind.CLASSIFIED_BY:
        return reasons(text, span, meanings)
    return section(text, span) if span.kind is Kind.CLASSIFICATION else page(text, span)
