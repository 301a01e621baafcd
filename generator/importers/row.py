"""A row of the full dump, whichever way its fields are parted: with commas (CABLE-FORMAT 8.3) or tabs (8.4)."""

import re
from collections.abc import Sequence
from pathlib import Path

from generator.importers.compression import beginning_of_dump
from generator.importers.record import Record, checked_id, checked_number, checked_text, checked_time, checked_value


def begins_with(row_start: re.Pattern[bytes], path: Path) -> bool:
    """Whether the path is a file that begins like a row, compressed or not."""
    return bool(row_start.match(beginning_of_dump(path, 1000)))


def has_heading(row_start: re.Pattern[bytes], path: Path) -> bool:
    """Whether the path is a file whose second line begins like a row, and the first does not."""
    first, _, rest = beginning_of_dump(path, 2000).partition(b"\n")
    return not row_start.match(first) and row_start.match(rest) is not None


def record_of(untrusted_fields: Sequence[str], place: str, position: int) -> Record:
    """The record of the eight fields. Raises UnfitError."""
    number, created, untrusted_id, origin, classification, references, header, body = untrusted_fields
    return Record(
        place=place,
        position=position,
        id=checked_id(untrusted_id),
        created=checked_time(created),
        classification=checked_value(classification, "classification"),
        origin=checked_value(origin, "origin"),
        references=tuple(filter(None, (checked_value(entry, "reference") for entry in references.split("|")))),
        header=checked_text(header, "header"),
        body=checked_text(body, "body"),
        number=checked_number(number),
    )
