"""A row of the full dump, whichever way its fields are parted: with commas (CABLE-FORMAT 8.3) or tabs (8.4)."""

import re
from collections.abc import Sequence
from pathlib import Path

from generator.importers.encoding import without_bom
from generator.importers.member import is_plain_file
from generator.importers.record import Record, checked_id, checked_number, checked_text, checked_time, checked_value


def begins_with(row_start: re.Pattern[bytes], path: Path) -> bool:
    """Whether the path is a file that begins like a row."""
    if not is_plain_file(path):
        return False
    with path.open("rb") as file:
        return bool(row_start.match(without_bom(file.read(1000))))


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
