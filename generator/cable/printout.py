"""How a cable was read, for people and for programs: the partition line by line, and the fields as JSON."""

from bisect import bisect_right
from datetime import UTC, date, datetime
from itertools import accumulate

import msgspec

from generator.cable.json_text import json_text
from generator.cable.model import Cable, Kind, Span
from generator.errors import printable

LONGEST_EXCERPT = 80


def as_json(cable: Cable) -> bytes:
    """The fields as a JSON object in UTF-8, with indentation and a line feed at the end.

    Days and moments are ISO 8601, moments in UTC (`2010-01-29T15:33:00Z`); what the cable does not say is null for
    `created`, `released`, `eo` and `classified_by`, else an empty string or list. Offsets count code points.
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
    """The partition, a line a span: kind, line numbers, and what the span says, safe for a terminal."""
    starts = [0, *accumulate(len(line) + 1 for line in cable.text.split("\n"))]
    anchors = {paragraph.start: f"#{paragraph.anchor}  " for paragraph in cable.paragraphs}
    lines = [_head(cable)]
    for span in cable.spans:
        first = bisect_right(starts, span.start)
        last = bisect_right(starts, span.end - 1)
        place = f"{first}" if first == last else f"{first}-{last}"
        lines.append(f"{span.kind:<20}{place:>9}  {anchors.get(span.start, '')}{_excerpt(cable, span)}".rstrip())
    return "\n".join(lines) + "\n"


def _head(cable: Cable) -> str:
    created = cable.created.isoformat(" ")[:16] if isinstance(cable.created, datetime) else str(cable.created or "")
    values = (cable.id, created, cable.classification, cable.origin, cable.subject)
    return printable("  ".join(value for value in values if value))


def _excerpt(cable: Cable, span: Span) -> str:
    if span.kind in {Kind.BLANK, Kind.BORDER}:
        return ""
    return printable(excerpt(cable.text, span.start, span.end))


def excerpt(text: str, start: int, end: int) -> str:
    """The first words of a part of the text, on one line; they may hold what no terminal should be given."""
    words = " ".join(text[start : min(end, start + 4 * LONGEST_EXCERPT)].split())
    return words if len(words) <= LONGEST_EXCERPT else words[: LONGEST_EXCERPT - 1] + "\u2026"
