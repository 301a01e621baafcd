"""Records of the National Archives, 1973–79 (CABLE-FORMAT 8.6): one a file, or many in one; a folder or an archive.

A record has two parts, headed `Message Text` and `Message Attributes`; which of them comes first in a file comes first
in all its records, but for a first record without text, which is told by the number that the first text says.

The text becomes the cable's header and body. The attributes are metadata, as the header is: they stand at its end, as
the record gives them, so that Film Number, Concepts, Office, Drafter and handling restrictions are on the page, and the
reader finds the TAGS of a message without text. Such a message (unretrievable, on microfilm, withdrawn) is a cable
whose header is its attributes and whose body is empty.

Into front matter go the number, the date, From as the origin, the original classification, and where the text does not
say them, subject and references; the subject also where a hyphen at a line's end broke a word of it in the text. The
day of release is the one stamped on the text or, where there is none, among the Markings.

Sections and retransmissions of a message share its number. Which of them is the message is not for a program to say:
the first of a source is taken, an equal one changes nothing, and one that differs is a conflict that names both files.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import IO

from generator.cable.header.attributes import HEAD, read_attributes
from generator.cable.ids import ReferenceId, canonical_id, parse_id
from generator.cable.read import read_cable
from generator.cable.source.border import find_border
from generator.cable.source.facts import Facts
from generator.cable.vocabulary import BUILT_IN, Vocabulary
from generator.cable.vocabulary.posts import Posts
from generator.importers import sources
from generator.importers.encoding import decoded, without_bom
from generator.importers.record import (
    RECORD_LIMIT,
    Entry,
    Record,
    Rejected,
    UnfitError,
    checked_id,
    checked_text,
    checked_value,
)

LOOKED_FOR = "records in text files (.txt)"
ONE_FILE = False

_HEAD = re.compile(rb"[\f \t]*Message (Text|Attributes):?[ \t]*\r?\n?")
_RULE = re.compile(r"[\f\s]*(?:[-=*_]{5,}\s*)?")
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


def read(path: Path, vocabulary: Vocabulary = BUILT_IN) -> Iterator[Entry]:
    """The records of the files, in their order; `position` is in the unit of `size`. Holds one record.

    Raises CablepressError for an archive that cannot be opened, and OSError.
    """
    selection = sources.Selection(sources.is_text_name)
    for member in sources.members(path, selection):
        try:
            with member.open() as file:
                for line, parts in _records(file, vocabulary):
                    place = f"{member.place}:{line}"
                    try:
                        yield _record(parts, place, member.position, vocabulary)
                    except UnfitError as error:
                        yield Rejected(place, member.position, str(error))
        except UnfitError as error:
            yield Rejected(member.place, member.position, str(error))
    yield from selection.passed_over()


def _records(file: IO[bytes], vocabulary: Vocabulary) -> Iterator[tuple[int, dict[Part, bytearray]]]:
    """The parts of each record, with the line on which it begins."""
    first: Part | None = None
    lines, record = dict[Part, int](), dict[Part, bytearray]()
    swapped: bool | None = None
    for line, part, raw in _parts(file):
        first = first or part
        if part is Part.ATTRIBUTES and len(record) == 2 and swapped is None:
            text, before = record[Part.TEXT], record[part]
            swapped = first is part and _is_of(text, raw, vocabulary) and not _is_of(text, before, vocabulary)
            if swapped:
                yield lines[part], {part: record.pop(part)}
                first = Part.TEXT
        if part in record or (part is first and record):
            yield min(lines[each] for each in record), record
            record = {}
        lines[part], record[part] = line, raw
    if record:
        yield min(lines[each] for each in record), record


def _parts(file: IO[bytes]) -> Iterator[tuple[int, Part, bytearray]]:
    """Each part with the line of its head; one byte too many tells one that is too long."""
    part: Part | None = None
    raw = bytearray()
    begins = line = 1
    outside = False
    while piece := file.readline(RECORD_LIMIT + 1):
        if found := _HEAD.fullmatch(without_bom(piece) if line == 1 else piece):
            if part is not None:
                yield begins, part, raw
            begins, part, raw = line, Part(found[1].decode()), bytearray()
        elif part is not None:
            raw += piece[: RECORD_LIMIT + 1 - len(raw)]
        else:
            outside = outside or bool(piece.strip())
        line += piece.endswith(b"\n")
    if part is not None:
        yield begins, part, raw
    elif outside:
        raise UnfitError("it has neither a line `Message Text` nor a line `Message Attributes`")


def _is_of(untrusted_text: bytearray, untrusted_attributes: bytearray, vocabulary: Vocabulary) -> bool:
    """Whether the text says the number that the attributes say."""
    try:
        text, attributes = decoded(bytes(untrusted_text))[0], decoded(bytes(untrusted_attributes))[0]
    except UnfitError:
        return False
    number = _values(attributes).get("document number", "")
    said = read_cable(text.strip("\n"), vocabulary=vocabulary).canonical_id
    return said == canonical_id(number, vocabulary.posts)


def _record(parts: dict[Part, bytearray], place: str, position: int, vocabulary: Vocabulary) -> Record:
    if sum(map(len, parts.values())) > RECORD_LIMIT:
        raise UnfitError(f"the record is longer than {RECORD_LIMIT:,} bytes")
    text, text_note = decoded(bytes(parts.get(Part.TEXT, b"")))
    untrusted_attributes, note = decoded(bytes(parts.get(Part.ATTRIBUTES, b"")))
    values = _values(untrusted_attributes)
    number = checked_id(values.get("document number", ""))
    text = "" if _WITHOUT_TEXT.fullmatch(text) else text.strip("\n")
    header_end, body_start = find_border(text)
    cable = read_cable(text, Facts(id=number), vocabulary)
    stamps = _STAMP.findall(text) or _STAMP.findall(values.get("markings", ""))
    return Record(
        place=place,
        position=position,
        id=number,
        created=_day(values.get("draft date") or values.get("sent date", "")) or cable.created,
        released=_day(stamps[-1]) if stamps else None,
        classification=checked_value(values.get("original classification", ""), "classification"),
        origin=_origin(checked_value(values.get("from", ""), "origin"), vocabulary.posts),
        references=() if cable.references else _references(values.get("reference", ""), number, vocabulary.posts),
        header=checked_text(_header(text[:header_end], untrusted_attributes), "header"),
        body=checked_text(text[body_start:], "body"),
        subject=_subject(cable.subject, checked_value(values.get("subject", ""), "subject"), text),
        note=note or text_note,
    )


def _subject(of_the_text: str, listed: str, text: str) -> str:
    """The attribute, where the text has no subject, or the same one with a word that a line broke (`TRANS-`/`FER`)."""
    if not of_the_text:
        return listed
    broken = any("-" in word and word not in text for word in of_the_text.split())
    letters = {re.sub(r"[^0-9A-Z]", "", subject.upper()) for subject in (of_the_text, listed)}
    return listed if broken and listed != of_the_text and len(letters) == 1 else ""


def _header(of_the_text: str, untrusted_attributes: str) -> str:
    """The message's header and below it the attributes, as the record gives them."""
    lines = untrusted_attributes.split("\n")
    while lines and _RULE.fullmatch(lines[-1]):
        lines.pop()
    listed = "\n".join([HEAD, *lines]) if lines else ""
    return f"{of_the_text}\n\n{listed}" if of_the_text and listed else of_the_text or listed


def _values(untrusted_attributes: str) -> dict[str, str]:
    """The attributes that have a value, by their names in lower case, each on one line."""
    places = read_attributes(untrusted_attributes, 0, len(untrusted_attributes))
    joined = {name: " ".join(untrusted_attributes[start:end].split()) for name, (start, end) in places.items()}
    return {name: value for name, value in joined.items() if value.lower() not in _NOTHING}


def _day(untrusted_day: str) -> date | None:
    """The day of `04 MAY 1976`, `06 dec 1978` or `01-Jan-1994 12:00:00 am`; None for anything else."""
    found = _DAY.match(untrusted_day.strip())
    try:
        return date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1])) if found else None
    except ValueError:
        return None


def _origin(name: str, posts: Posts) -> str:
    """The name of the post as everywhere else, or as it stands where it is none that is known."""
    return posts.name(posts.find_of_the_seventies(name)) or name


def _references(untrusted_list: str, number: str, posts: Posts) -> tuple[str, ...]:
    """The references that name a cable; without a year they are of the record's own (0.1, rule 9)."""
    own = parse_id(number)
    found = []
    for untrusted_entry in re.split(r"[,;|]", untrusted_list):
        match = _REFERENCE.fullmatch(untrusted_entry.strip().upper())
        year = 1900 + int(match[1]) if match and match[1] else own.year if own else 0
        post = posts.find_of_the_seventies(match[2]) if match else ""
        if match and post and year:
            found.append(str(ReferenceId(year, post, int(match[3]))))
    return tuple(dict.fromkeys(found))
