"""How a cable was read, for people and for programs: the partition line by line, and the fields as JSON."""

from bisect import bisect_right
from datetime import UTC, date, datetime
from itertools import accumulate
from textwrap import wrap

import msgspec

from generator.cable.json_text import json_text
from generator.cable.model import Cable
from generator.cable.opening.classification import bare_classification_at, classification_line_at
from generator.cable.spans import Kind, Mark, MarkKind, Span
from generator.cable.vocabulary import BUILT_IN
from generator.errors import printable

LONGEST_EXCERPT = 80
SHORTEST_EXCERPT = 16
WIDTH = 100
_BEFORE_VALUE = 31


def as_json(cable: Cable) -> bytes:
    """The fields as a JSON object in UTF-8, with indentation and a line feed at the end.

    Days and moments are ISO 8601, moments in UTC (`2010-01-29T15:33:00Z`); what the cable does not say is null for a
    moment or an object, else an empty string or list. Offsets count code points.
    """
    fields = {
        "id": cable.id,
        "canonical_id": cable.canonical_id,
        "created": _moment(cable.created),
        "released": _moment(cable.released),
        "classification": cable.classification,
        "origin": cable.origin,
        "subject": cable.subject,
        "tags": cable.tags,
        "eo": cable.eo and {"order": cable.eo.order, "declassify_on": cable.eo.declassify_on},
        "references": [_of(each, "text", "id", "kind", "letter") for each in cable.references],
        "classified_by": cable.classified_by and _of(cable.classified_by, "name", "title", "reasons"),
        "signature": cable.signature,
        "recipients": [_of(each, "action", "precedence", "ri", "name") for each in cable.recipients],
        "summary": cable.summary,
        "paragraphs": [_of(each, "number", "mark", "anchor", "text") for each in cable.paragraphs],
        "spans": [_of(each, "kind", "start", "end") for each in cable.spans],
        "comments": cable.comments,
        "captions": cable.captions,
        "slugs": cable.slugs,
        "identifier": cable.identifier,
        "relays": cable.relays,
        "sender": cable.sender and _of(cable.sender, "ri", "serial", "section") | {"sent": _moment(cable.sender.sent)},
        "security": cable.security and _of(cable.security, "signal", "level", "handling", "remarks"),
        "date_time_group": _moment(cable.date_time_group),
        "precedence": cable.precedence,
        "info_precedence": cable.info_precedence,
        "remarks": cable.remarks,
        "originator": cable.originator,
        "distribution": [_of(each, "action", "office", "copies") for each in cable.distribution],
        "is_extract": cable.is_extract,
    }
    return json_text(fields).encode() + b"\n"


def _of(value: msgspec.Struct, *names: str) -> dict[str, object]:
    return {name: getattr(value, name) for name in names}


def _moment(value: datetime | date | None) -> str | None:
    if value is None:
        return None
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def as_text(cable: Cable) -> str:
    """The partition in 100 columns: kind, line numbers, the value where the span has one, and its first words.

    A value stands before ` | `, and goes on in the lines below where it is long. Safe for a terminal.
    """
    starts = [0, *accumulate(len(line) + 1 for line in cable.text.split("\n"))]
    values = _values(cable)
    lines = wrap(_head(cable), WIDTH, subsequent_indent="  ")
    for span in cable.spans:
        first = bisect_right(starts, span.start)
        last = bisect_right(starts, span.end - 1)
        place = f"{first}" if first == last else f"{first}-{last}"
        said = _said(cable, span, values.get(span.start, ""))
        lines.append(f"{span.kind:<20}{place:>9}  {said[0]}".rstrip())
        lines += [" " * _BEFORE_VALUE + more for more in said[1:]]
    return "\n".join(lines) + "\n"


def _head(cable: Cable) -> str:
    created = cable.created.isoformat(" ")[:16] if isinstance(cable.created, datetime) else str(cable.created or "")
    values = (cable.id, created, cable.classification, cable.origin, cable.subject)
    return printable("  ".join(value for value in values if value))


def _said(cable: Cable, span: Span, value: str) -> list[str]:
    """The value in lines, and the first words of the span where room is left."""
    lines = wrap(printable(value), WIDTH - _BEFORE_VALUE) or [""]
    if span.kind in {Kind.BLANK, Kind.BORDER}:
        return lines
    before = f"{lines[-1]} | " if value else ""
    room = WIDTH - _BEFORE_VALUE - len(before)
    if room >= SHORTEST_EXCERPT:
        words = _cut(printable(excerpt(cable.text, span.start, span.end)), room)
        lines[-1] = f"{before}{words}"
    return lines


def _values(cable: Cable) -> dict[int, str]:
    """What a span says, by its start: anchor, number and portion mark, codes, IDs, days, times, classification."""
    values = {}
    marks = _marks_by_span(cable)
    for span in cable.spans:
        if value := _value(cable, span, marks.get(span.start, [])):
            values[span.start] = value
    for paragraph in cable.paragraphs:
        mark = f"({paragraph.mark})" if paragraph.mark else ""
        values[paragraph.start] = "  ".join(each for each in (f"#{paragraph.anchor}", paragraph.number, mark) if each)
    return values


def _marks_by_span(cable: Cable) -> dict[int, list[Mark]]:
    starts = [span.start for span in cable.spans]
    found: dict[int, list[Mark]] = {}
    for mark in cable.marks:
        found.setdefault(starts[bisect_right(starts, mark.start) - 1], []).append(mark)
    return found


def _value(cable: Cable, span: Span, marks: list[Mark]) -> str:
    if span.kind is Kind.EXECUTIVE_ORDER and cable.eo:
        return f"{cable.eo.order}  {cable.eo.declassify_on}".strip()
    if span.kind in _OF_HEADER:
        return _header_value(cable, span.kind)
    if span.kind is Kind.CLASSIFICATION:
        at = cable.text, span.start
        line = classification_line_at(*at, BUILT_IN.posts) or bare_classification_at(*at)
        return line.classification if line else ""
    if span.kind is Kind.REFERENCES:
        return ", ".join(mark.value for mark in marks if mark.kind is MarkKind.REFERENCE)
    return ", ".join(mark.value for mark in marks if mark.kind is MarkKind.TAG)


_OF_HEADER = frozenset({Kind.SENDER, Kind.SECURITY, Kind.DATE_TIME_GROUP, Kind.DISTRIBUTION})


def _header_value(cable: Cable, kind: Kind) -> str:
    """What a line of the header says in other words (1.1, 1.3)."""
    if kind is Kind.DATE_TIME_GROUP:
        group = cable.date_time_group
        precedences = "/".join(each for each in (cable.precedence, cable.info_precedence) if each)
        return f"{group:%Y-%m-%d %H:%M}  {precedences}".strip() if group else precedences
    if kind is Kind.SENDER and cable.sender:
        sent = f"{cable.sender.sent:%Y-%m-%d %H:%M}" if cable.sender.sent else ""
        section = f"section {cable.sender.section}" if cable.sender.section else ""
        return "  ".join(each for each in (str(cable.sender.serial or ""), section, sent) if each)
    if kind is Kind.SECURITY and cable.security:
        return cable.security.level
    return f"{len(cable.distribution)} offices" if kind is Kind.DISTRIBUTION and cable.distribution else ""


def excerpt(text: str, start: int, end: int) -> str:
    """The first words of a part of the text, on one line; they may hold what no terminal should be given."""
    return _cut(" ".join(text[start : min(end, start + 4 * LONGEST_EXCERPT)].split()), LONGEST_EXCERPT)


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1] + "\u2026"
