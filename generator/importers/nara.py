"""Records of the National Archives, 1973–79 (CABLE-FORMAT 8.6): one a file, or many in one; a folder or an archive.

A record has two parts, headed `Message Text` and `Message Attributes`; which of them comes first in a file comes first
in all its records. A record without a text (unretrievable, on microfilm, withdrawn) becomes a cable of front matter
alone.

Of the attributes a content file takes the number, the date, From as the origin, the original classification, and
where the text does not say them, subject and references; the day of release is the one stamped on the text. The
others (Concepts, Film Number, Drafter, Office, handling restrictions, TAGS of a record without text) have no place in
a content file. Records that share a number are conflicts, to be told apart by a person.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import IO

from generator.cable.border import find_border
from generator.cable.facts import Facts
from generator.cable.ids import ReferenceId, parse_id
from generator.cable.read import read_cable
from generator.cable.vocabulary import BUILT_IN
from generator.importers import sources
from generator.importers.encoding import decoded
from generator.importers.record import (
    Record,
    Rejected,
    UnfitError,
    checked_id,
    checked_text,
    checked_value,
    without_bom,
)

RECORD_LIMIT = 4 << 20
"""The most bytes that a record may have, and the most that are held in memory."""

_HEAD = re.compile(rb"[\f \t]*Message (Text|Attributes):?[ \t]*\r?\n?")
_ATTRIBUTE = re.compile(r"[\f ]*((?:TAGS|current|[A-Z]{1,2}[a-z]+)(?: [A-Za-z][a-z]+){0,5}): *(.*)")
_RULE = re.compile(r"[\f\s]*[-=*_]{5,}\s*")
_NOTHING = {"", "n/a"}
_WITHOUT_TEXT = re.compile(r"\s*(?:(?:ERROR READING TEXT|EXPAND ERROR ENCOUNTERED)(?: INDEX)?[\s.]*)+")
_DAY = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STAMP = re.compile(r"Declassified/Released\s[^\n]{1,100}?\sReview\s{1,9}(\d{1,2} [A-Za-z]{3}[a-z]* \d{4})")
_REFERENCE = re.compile(r"(?:(?:19)?(7\d)[ -]+)?([A-Z][A-Z .']{2,30}?)[ -]*0*(\d{1,6})(?:_[a-z])?")


class Part(StrEnum):
    """A part of a record, by its head."""

    TEXT = "Text"
    ATTRIBUTES = "Attributes"


def recognises(path: Path) -> bool:
    """Whether the path is a file, or a folder or an archive that begins with one, in which a head of a part stands."""
    if not path.is_file() and not path.is_dir():
        return False
    return any(_HEAD.fullmatch(line) for line in sources.beginning_of_texts(path).split(b"\n"))


def size(path: Path) -> int:
    """How far `read` will come: the number of files in a folder, the bytes of an archive."""
    return sources.size(path, sources.is_text_name)


def read(path: Path) -> Iterator[Record | Rejected]:
    """The records of the files, in their order; `position` is in the unit of `size`. Holds one record.

    Raises CablepressError for an archive that cannot be opened, and OSError.
    """
    for member in sources.members(path, sources.is_text_name):
        try:
            with member.open() as file:
                for line, parts in _records(file):
                    place = f"{member.place}:{line}"
                    try:
                        yield _record(parts, place, member.position)
                    except UnfitError as error:
                        yield Rejected(place, member.position, str(error))
        except UnfitError as error:
            yield Rejected(member.place, member.position, str(error))


def _records(file: IO[bytes]) -> Iterator[tuple[int, dict[Part, bytearray]]]:
    """The parts of each record, with the line on which it begins; one byte too many tells one that is too long."""
    parts: dict[Part, bytearray] = {}
    first = part = None
    begins = line = 1
    outside = 0
    while piece := file.readline(RECORD_LIMIT + 1):
        if found := _HEAD.fullmatch(without_bom(piece) if line == 1 else piece):
            part = Part(found[1].decode())
            first = first or part
            if part in parts or (part is first and parts):
                yield begins, parts
                parts = {}
            begins = begins if parts else line
            parts[part] = bytearray()
        elif part is not None:
            parts[part] += piece[: max(0, RECORD_LIMIT + 1 - sum(map(len, parts.values())))]
        else:
            outside += bool(piece.strip())
        line += piece.endswith(b"\n")
    if parts or outside:
        yield begins, parts


def _record(parts: dict[Part, bytearray], place: str, position: int) -> Record:
    if not parts:
        raise UnfitError("it has neither a line `Message Text` nor a line `Message Attributes`")
    if sum(map(len, parts.values())) > RECORD_LIMIT:
        raise UnfitError(f"the record is longer than {RECORD_LIMIT:,} bytes")
    text, text_note = decoded(bytes(parts.get(Part.TEXT, b"")))
    untrusted_attributes, note = decoded(bytes(parts.get(Part.ATTRIBUTES, b"")))
    values = _attributes(untrusted_attributes)
    number = checked_id(values.get("document number", ""))
    text = "" if _WITHOUT_TEXT.fullmatch(text) else text.strip("\n")
    header_end, body_start = find_border(text)
    cable = read_cable(text, Facts(id=number))
    stamps = _STAMP.findall(text)
    return Record(
        place=place,
        position=position,
        id=number,
        created=_day(values.get("draft date") or values.get("sent date", "")) or cable.created,
        released=_day(stamps[-1]) if stamps else None,
        classification=checked_value(values.get("original classification", ""), "classification"),
        origin=_origin(checked_value(values.get("from", ""), "origin")),
        references=() if cable.references else _references(values.get("reference", ""), number),
        articles=(),
        header=checked_text(text[:header_end], "header"),
        body=checked_text(text[body_start:], "body"),
        subject="" if cable.subject else checked_value(values.get("subject", ""), "subject"),
        note=note or text_note,
    )


def _attributes(untrusted_text: str) -> dict[str, str]:
    """The attributes that have a value, by their names in lower case; a value may go on over lines."""
    values: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in untrusted_text.split("\n"):
        if found := _ATTRIBUTE.fullmatch(line):
            lines = values.setdefault(found[1].lower(), [])
            if not lines:
                lines.append(found[2].strip())
            else:
                lines = []
        elif not _RULE.fullmatch(line):
            lines.append(line.strip())
    joined = {name: " ".join(filter(None, lines)) for name, lines in values.items()}
    return {name: value for name, value in joined.items() if value.lower() not in _NOTHING}


def _day(untrusted_day: str) -> date | None:
    """The day of `04 MAY 1976`, `06 dec 1978` or `01-Jan-1994 12:00:00 am`; None for anything else."""
    found = _DAY.match(untrusted_day.strip())
    try:
        return date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1])) if found else None
    except ValueError:
        return None


def _origin(name: str) -> str:
    """The name of the post as everywhere else, or as it stands where it is none that is known."""
    return BUILT_IN.posts.name(BUILT_IN.posts.find_of_the_seventies(name)) or name


def _references(untrusted_list: str, number: str) -> tuple[str, ...]:
    """The references that name a cable; without a year they are of the record's own (0.1, rule 9)."""
    own = parse_id(number)
    found = []
    for untrusted_entry in re.split(r"[,;|]", untrusted_list):
        match = _REFERENCE.fullmatch(untrusted_entry.strip().upper())
        year = 1900 + int(match[1]) if match and match[1] else own.year if own else 0
        post = BUILT_IN.posts.find_of_the_seventies(match[2]) if match else ""
        if match and post and year:
            found.append(str(ReferenceId(year, post, int(match[3]))))
    return tuple(dict.fromkeys(found))
