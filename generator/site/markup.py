"""A cable's text as HTML: every character where it was, every span and mark an element with a class by its kind.

The page's two `data-text` elements hold what these functions return and nothing else, so that their `textContent` is
the source text. What a reader sees besides (pilcrows, boxes, colours) is style, generated content or an attribute.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from typing import TypeAlias

from markupsafe import Markup

from generator.cable.controls import code_point, has_controls, named
from generator.cable.header.addressees import name_places
from generator.cable.model import Paragraph, Partition
from generator.cable.spans import Kind, Mark, MarkKind, Span
from generator.site.attributes import attribute, known_attribute
from generator.site.glosses import header as header_glosses
from generator.site.glosses.body import EXPLAINED, MarkGlosses
from generator.site.glosses.gloss import Gloss
from generator.site.glosses.meanings import Meanings

Tag: TypeAlias = tuple[int, int, str]
"""Markup between two characters: the offset of the second, the rank among all that stand there, the markup."""

_BLANK, _HEADING, _TABLE = Kind.BLANK, Kind.HEADING, Kind.TABLE
_NUMBER, _PORTION, _REFERENCE, _TAG = MarkKind.NUMBER, MarkKind.PORTION, MarkKind.REFERENCE, MarkKind.TAG
"""Kinds that are asked for on every page; a name costs a tenth of what an enumeration's member does."""

_KIND, _START, _END = attrgetter("kind"), attrgetter("start"), attrgetter("end")

CLOSE_MARK, CLOSE_SPAN, CLOSE_PARAGRAPH, OPEN_PARAGRAPH, OPEN_SPAN, ANCHOR, OPEN_MARK = range(7)

ATTRIBUTES = {kind: f"class={kind}" for kind in Kind} | {Kind.TABLE: f"class={Kind.TABLE} tabindex=0"}
"""What the start tag of a span has; a table can be reached by keyboard, since it scrolls where it is too wide."""

IN_PARAGRAPH = {
    kind: f"<span {ATTRIBUTES[kind]}>" for kind in Kind if kind not in (Kind.PARAGRAPH, Kind.BLANK, Kind.TEXT)
}
"""The start tags of spans in a paragraph, which is a `<p>`; kinds that are not here get no element."""

ELEMENTS = {
    **dict.fromkeys(Kind, "div"),
    **dict.fromkeys((Kind.PARAGRAPH, Kind.ITEM, Kind.SIGNATURE, Kind.CLOSING, Kind.TEXT), "p"),
    Kind.HEADING: "h3",
}
BLOCKS: dict[Kind, tuple[str, str]] = {
    kind: (f"<{name} {ATTRIBUTES[kind]}>", f"</{name}>") for kind, name in ELEMENTS.items() if kind != Kind.BLANK
}
"""The tags of spans that stand in no paragraph."""

LINES = {kind: f"<span class={kind}>" for kind in Kind}
"""The start tags of spans in the header."""

MARKS = {kind: (f"<span class={kind}>", "</span>") for kind in MarkKind} | {
    MarkKind.SUBJECT: ("<b class=title>", "</b>"),
    MarkKind.RESIDUE: ("<i hidden>", "</i>"),
}
"""The tags of marks that depend on their kind alone; the view as transmitted shows what is hidden."""

LEVELS = {"U": "u", "SBU": "sbu", "FOUO": "sbu", "LOU": "sbu", "C": "c", "S": "s", "TS": "ts"}
"""The first word of a portion mark (CABLE-FORMAT 4.1) and the class that colours it."""

LEVEL = re.compile(r"[A-Z]+")

HEADING_RULE = re.compile(
    r"^[ \t]*[-=*~+]{3}[-=*~+ \t]*(?=[\w\\\n(\"'.]|\Z)|(?<=[ \t])[-=*~+]{3}[-=*~+ \t]*(?=\\*$)", re.MULTILINE
)
"""The rule before, below or after the words of a heading, which was a line of its own before lines were lost."""


def header_markup(cable: Partition, meanings: Meanings) -> Markup:
    """The content of the header box, for a `<pre>`; the names of originator and addressees are `<b>`.

    Every span is an element, but for blank ones; that with which a header begins is one, since HTML parsers drop a line
    feed that directly follows `<pre>`.
    """
    text, end = cable.text, cable.header_end
    marks = cable.marks[: bisect_right(cable.marks, end, key=_END)]
    tags: list[Tag] = []
    for span in cable.spans[: bisect_left(cable.spans, end, key=_START)]:
        if span.end > end:
            span = Span(span.kind, span.start, end)
        if span.kind is _BLANK and span.start:
            continue
        said = header_glosses.line_meaning(text, span, meanings)
        opening = f"{LINES[span.kind][:-1]} title={known_attribute(said)}>" if said else LINES[span.kind]
        tags += ((span.start, OPEN_SPAN, opening), (span.end, CLOSE_SPAN, "</span>"))
        if span.kind in header_glosses.ADDRESSEES and not _is_marked(span, marks):
            tags += _addressee_tags(text, span, meanings)
    tags += _mark_tags(marks, {}, {}, None)
    return _joined(text, 0, end, tags)


def _is_marked(span: Span, marks: Sequence[Mark]) -> bool:
    return bisect_left(marks, span.start, key=_START) != bisect_left(marks, span.end, key=_START)


def _addressee_tags(text: str, span: Span, meanings: Meanings) -> Iterator[Tag]:
    names = list(name_places(text, span.start, span.end))
    for start, end in names:
        yield start, OPEN_MARK, "<b>"
        yield end, CLOSE_MARK, "</b>"
    yield from _gloss_tags(header_glosses.rare_signals(text, span, names, meanings))


def body_markup(
    cable: Partition,
    links: Mapping[str, str],
    tag_links: Mapping[str, str],
    mark_glosses: MarkGlosses,
    glosses: Iterable[Gloss],
) -> Markup:
    """The content of the body box, for a `<div>`.

    `links` maps canonical reference IDs to relative addresses, `tag_links` tags; what is in neither is no link.
    Marks are explained by the first of the glosses, codes outside of marks by the others.
    """
    start = cable.body_start
    spans = cable.spans[bisect_left(cable.spans, start, key=_START) :]
    marks = cable.marks[bisect_left(cable.marks, start, key=_START) :]
    tags = list(_span_tags(_whole_tables(spans, cable.paragraphs), cable.paragraphs))
    for paragraph, label in zip(cable.paragraphs, labels(cable.paragraphs), strict=True):
        tags.append((paragraph.start, OPEN_PARAGRAPH, _opening(paragraph.anchor, label)))
        tags.append((paragraph.end, CLOSE_PARAGRAPH, "</p>"))
    tags += ((anchor.start, ANCHOR, f"<span id={attribute(anchor.anchor)}></span>") for anchor in cable.silent_anchors)
    tags += _heading_rule_tags(cable.text, spans, marks)
    tags += _mark_tags(marks, links, tag_links, mark_glosses)
    tags += _gloss_tags(glosses)
    return _joined(cable.text, start, len(cable.text), tags)


def _joined(text: str, start: int, end: int, tags: list[Tag]) -> Markup:
    """The text from `start` to `end`, escaped, with the tags between its characters.

    A carriage return becomes a reference, since HTML parsers turn a raw one into a line feed.
    """
    tags.sort()
    escaped = _escaping(text, start, end)
    pieces: list[str] = []
    position = start
    for offset, _, tag in tags:
        if offset > position:
            words = text[position:offset]
            pieces.append(words if escaped is None else escaped(words))
            position = offset
        pieces.append(tag)
    words = text[position:end]
    pieces.append(words if escaped is None else escaped(words))
    return Markup("".join(pieces).replace("\r", "&#13;"))  # noqa: S704 - each piece is escaped text or a tag made here


def _escaping(text: str, start: int, end: int) -> Callable[[str], str] | None:
    """What makes HTML of a piece of the text between two offsets; None if it is HTML as it is, as nearly all are."""
    if has_controls(text[start:end]):
        return lambda words: named(html.escape(words, quote=False), _shown)
    if any(text.find(character, start, end) >= 0 for character in "&<>"):
        return partial(html.escape, quote=False)
    return None


def _shown(control: str) -> str:
    """A control character where it stands, obeyed by nothing around it; the style sheet shows its name."""
    return f'<bdi title="{code_point(control)}">{control}</bdi>'


def _whole_tables(spans: Sequence[Span], paragraphs: Iterable[Paragraph]) -> Sequence[Span]:
    """The spans with the parts of a table that has blank lines as one, since they scroll together.

    No paragraph begins or ends within one.
    """
    if _TABLE not in map(_KIND, spans):
        return spans
    edges = [edge for paragraph in paragraphs for edge in (paragraph.start, paragraph.end)]
    whole: list[Span] = []
    blanks: list[Span] = []
    for span in spans:
        if span.kind is _BLANK and whole and whole[-1].kind is _TABLE:
            blanks.append(span)
            continue
        if span.kind is _TABLE and blanks:
            start = whole[-1].start
            if bisect_left(edges, blanks[0].start) == bisect_right(edges, span.start):
                whole[-1] = Span(_TABLE, start, span.end)
                blanks = []
                continue
        whole += (*blanks, span)
        blanks = []
    return [*whole, *blanks]


def _span_tags(spans: Iterable[Span], paragraphs: Iterable[Paragraph]) -> Iterator[Tag]:
    """The tags of the body's spans, which the paragraphs enclose whole."""
    rest = iter(paragraphs)
    paragraph = next(rest, None)
    for span in spans:
        kind, start = span.kind, span.start
        if kind is _BLANK:
            continue
        while paragraph is not None and paragraph.end <= start:
            paragraph = next(rest, None)
        if paragraph is None or start < paragraph.start:
            opening, closing = BLOCKS[kind]
            yield start, OPEN_SPAN, opening
            yield span.end, CLOSE_SPAN, closing
        elif kind in IN_PARAGRAPH:
            yield start, OPEN_SPAN, IN_PARAGRAPH[kind]
            yield span.end, CLOSE_SPAN, "</span>"


def _heading_rule_tags(text: str, spans: Iterable[Span], marks: Sequence[Mark]) -> Iterator[Tag]:
    """The tags of the rules in headings, which step back as rules between lines do."""
    for span in spans:
        if span.kind is not _HEADING:
            continue
        for rule in HEADING_RULE.finditer(text[span.start : span.end]):
            start, end = span.start + rule.start(), span.start + rule.end()
            if not any(mark.start < end and start < mark.end for mark in marks):
                yield start, OPEN_MARK, IN_PARAGRAPH[Kind.RULE]
                yield end, CLOSE_MARK, "</span>"


def labels(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """The name of each paragraph, no two alike: `Paragraph 4`, `Paragraph 4 (2nd)`, without number `Block 1`."""
    seen: dict[str, int] = {}
    for number in (paragraph.number for paragraph in paragraphs):
        count = seen[number] = seen.get(number, 0) + 1
        if not number:
            yield f"Block {count}"
        else:
            yield f"Paragraph {number}" if count == 1 else f"Paragraph {number} ({_ordinal(count)})"


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


@lru_cache(4096)
def _opening(anchor: str, label: str) -> str:
    return f"<p id={attribute(anchor)}><a class=permalink href={attribute(f'#{anchor}')} title={attribute(label)}></a>"


def _gloss_tags(glosses: Iterable[Gloss]) -> Iterator[Tag]:
    for start, end, words in glosses:
        yield start, OPEN_MARK, f"<abbr tabindex=0 title={known_attribute(words)}>"
        yield end, CLOSE_MARK, "</abbr>"


def _mark_tags(
    marks: Iterable[Mark], links: Mapping[str, str], tag_links: Mapping[str, str], glosses: MarkGlosses | None
) -> Iterator[Tag]:
    for mark in marks:
        if mark.kind is _NUMBER:  # The permalink before it says the same.
            continue
        opening, closing = _mark(mark, links, tag_links)
        if glosses is not None and mark.kind in EXPLAINED and (words := glosses.of(mark)):
            reached = "" if opening.startswith("<a ") else " tabindex=0"
            opening = f"{opening[:-1]}{reached} title={known_attribute(words)}>"
        yield mark.start, OPEN_MARK, opening
        yield mark.end, CLOSE_MARK, closing


def _mark(mark: Mark, links: Mapping[str, str], tag_links: Mapping[str, str]) -> tuple[str, str]:
    """The tags around a mark."""
    kind, value = mark.kind, mark.value
    if kind is _PORTION:
        return _portion_opening(value), "</b>"
    if kind is _TAG and value in tag_links:
        return f"<a class=tag href={known_attribute(tag_links[value])}>", "</a>"
    if kind is _REFERENCE and value in links:
        return f"<a class=reference href={attribute(links[value])}>", "</a>"
    return MARKS[kind]


@lru_cache(4096)
def _portion_opening(untrusted_mark: str) -> str:
    return f"<b class={attribute(f'portion {_level(untrusted_mark)}'.rstrip())}>"


def _level(untrusted_mark: str) -> str:
    """The class of a portion mark: `c` of `C//NF`; empty for what says no level."""
    if untrusted_mark in LEVELS:
        return LEVELS[untrusted_mark]
    found = LEVEL.match(untrusted_mark)
    return LEVELS.get(found.group(), "") if found else ""
