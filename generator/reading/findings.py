"""What the reading of one cable found, what it did not find, and what in it does not agree."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePosixPath

import msgspec

from generator.cable.ids import ReferenceId, parse_id
from generator.cable.model import Cable
from generator.cable.opening.classification import classification_line_at
from generator.cable.printout import excerpt
from generator.cable.spans import Kind, MarkKind, Span
from generator.cable.vocabulary import BUILT_IN, Vocabulary
from generator.cable.vocabulary.posts import Posts

MOST_SPANS = 20
"""So many unclaimed spans of a cable are told one by one; more of them are counted."""

FIRST_YEAR_OF_CLASSIFIED_BY = 1995
"""Before, paragraph 1 says that the whole text is classified (CABLE-FORMAT 2.7)."""

BEFORE_GARBLE = 30
"""So many characters before a garble are quoted with it."""

REPLACEMENT = "\ufffd"


class Field(StrEnum):
    """What a cable may say, in the order of the report."""

    ID = "id"
    CREATED = "created"
    DATE_TIME_GROUP = "date_time_group"
    CLASSIFICATION = "classification"
    ORIGIN = "origin"
    RECIPIENTS = "recipients"
    EXECUTIVE_ORDER = "eo"
    TAGS = "tags"
    SUBJECT = "subject"
    REFERENCES = "references"
    CLASSIFIED_BY = "classified_by"
    SUMMARY = "summary"
    NUMBERED_PARAGRAPHS = "numbered_paragraphs"
    SIGNATURE = "signature"


class FindingKind(StrEnum):
    """What a finding is about, in the order of the report."""

    UNCLAIMED = "unclaimed"
    ID_AND_FILE_NAME = "id_and_file_name"
    ID_AND_HEADER = "id_and_header"
    ID_AND_TEXT = "id_and_text"
    DAMAGED_ID = "damaged_id"
    CREATED_AND_GROUP = "created_and_date_time_group"
    GARBLED_GROUP = "garbled_date_time_group"
    GARBLES = "garbles"
    LOST_CHARACTERS = "lost_characters"


class Finding(msgspec.Struct, frozen=True, gc=False):
    """Something that a person should look at; `line` counts from 1 in the cable's text, `text` may quote it."""

    kind: FindingKind
    line: int
    text: str


class Reading(msgspec.Struct, frozen=True, gc=False):
    """How far the reading of one cable came.

    `missing` are the fields that it does not have, `wanted` those of them that nearly every cable of its kind has.
    """

    missing: tuple[Field, ...]
    wanted: tuple[Field, ...]
    findings: tuple[Finding, ...]

    @property
    def needs_an_eye(self) -> bool:
        """Whether somebody should look at the cable."""
        return bool(self.wanted or self.findings)


def look_at(cable: Cable, path: str = "", vocabulary: Vocabulary = BUILT_IN) -> Reading:
    """What is to be said of one cable, read with the vocabulary.

    `path` is that of its content file, whose name may be an ID as well.
    """
    found = _found(cable)
    missing = tuple(field for field in Field if not found[field])
    needed = _needed(cable)
    looking = _Looking(cable, path, vocabulary.posts)
    return Reading(missing, tuple(field for field in missing if field in needed), tuple(looking.findings()))


def _found(cable: Cable) -> dict[Field, bool]:
    return {
        Field.ID: bool(cable.id),
        Field.CREATED: cable.created is not None,
        Field.DATE_TIME_GROUP: cable.date_time_group is not None,
        Field.CLASSIFICATION: bool(cable.classification),
        Field.ORIGIN: bool(cable.origin),
        Field.RECIPIENTS: bool(cable.recipients),
        Field.EXECUTIVE_ORDER: cable.eo is not None,
        Field.TAGS: bool(cable.tags),
        Field.SUBJECT: bool(cable.subject),
        Field.REFERENCES: bool(cable.references),
        Field.CLASSIFIED_BY: cable.classified_by is not None,
        Field.SUMMARY: bool(cable.summary),
        Field.NUMBERED_PARAGRAPHS: any(paragraph.number for paragraph in cable.paragraphs),
        Field.SIGNATURE: bool(cable.signature),
    }


def _needed(cable: Cable) -> set[Field]:
    """The fields that nearly every cable of this kind has (1.3, 2, 2.7, 4.2)."""
    needed = set(Field) - {Field.REFERENCES, Field.CLASSIFIED_BY, Field.SUMMARY, Field.SIGNATURE}
    if cable.is_extract:
        needed -= {Field.DATE_TIME_GROUP, Field.RECIPIENTS}
    is_classified = cable.classification.startswith(("CONFIDENTIAL", "SECRET"))
    if is_classified and cable.created and cable.created.year >= FIRST_YEAR_OF_CLASSIFIED_BY:
        needed.add(Field.CLASSIFIED_BY)
    return needed


class _Looking:
    """One cable being looked at."""

    def __init__(self, cable: Cable, path: str, posts: Posts) -> None:
        self.cable = cable
        self.path = path
        self.posts = posts
        self.own = parse_id(cable.canonical_id, posts)

    def findings(self) -> Iterator[Finding]:
        yield from self._unclaimed()
        yield from self._file_name()
        if self.own:
            yield from self._header(self.own)
            yield from self._text(self.own)
        yield from self._damaged_id()
        yield from self._time()
        yield from self._damage()

    def _first(self, kind: Kind) -> Span | None:
        return next((span for span in self.cable.spans if span.kind is kind), None)

    def _line(self, kind: Kind) -> int:
        span = self._first(kind)
        return line_at(self.cable.text, span.start) if span else 1

    def _post(self, name: str) -> str:
        """The code of a post as it is today, or the name where it is none that is known (5)."""
        code = self.posts.find_of_the_seventies(name) or name
        post = self.posts.by_code.get(code)
        return (post and post.same_as) or code

    def _unclaimed(self) -> Iterator[Finding]:
        """What the reader could not place (rule 12 of 0.1)."""
        spans = [span for span in self.cable.spans if span.kind is Kind.TEXT]
        for span in spans[:MOST_SPANS]:
            words = excerpt(self.cable.text, span.start, span.end)
            yield Finding(FindingKind.UNCLAIMED, line_at(self.cable.text, span.start), words)
        if rest := spans[MOST_SPANS:]:
            told = f"… and {len(rest)} more from here on"
            yield Finding(FindingKind.UNCLAIMED, line_at(self.cable.text, rest[0].start), told)

    def _file_name(self) -> Iterator[Finding]:
        stem = PurePosixPath(self.path).stem
        if stem != self.cable.id and parse_id(stem) is not None:
            said = f"the file is named {stem}, the ID in it is {self.cable.id}"
            yield Finding(FindingKind.ID_AND_FILE_NAME, 1, said)

    def _header(self, own: ReferenceId) -> Iterator[Finding]:
        """The ID against FM, DE, which has the last four digits only, and the year of the group (1.1)."""
        sender, group = self.cable.sender, self.cable.date_time_group
        post = self.posts.find_of_the_seventies(self.cable.originator)
        said = []
        if post and self._post(post) != self._post(own.post):
            said.append((f"is from {post}", Kind.FROM))
        if sender and sender.serial and sender.serial % 10_000 != own.serial % 10_000:
            said.append((f"has number {sender.serial}", Kind.SENDER))
        if group and group.year != own.year:
            said.append((f"is of {group.year}", Kind.DATE_TIME_GROUP))
        if said:
            words = " and ".join(each for each, _ in said)
            told = f"the header {words}, the ID is {self.cable.id}"
            yield Finding(FindingKind.ID_AND_HEADER, self._line(said[0][1]), told)

    def _text(self, own: ReferenceId) -> Iterator[Finding]:
        """The ID against the classification line (6)."""
        span = self._first(Kind.CLASSIFICATION)
        line = classification_line_at(self.cable.text, span.start, self.posts) if span else None
        if span and line and (self._post(line.post), line.serial) != (self._post(own.post), own.serial):
            told = f"the classification line has {line.post} {line.serial}, the ID is {self.cable.id}"
            yield Finding(FindingKind.ID_AND_TEXT, line_at(self.cable.text, span.start), told)

    def _damaged_id(self) -> Iterator[Finding]:
        """An ID as published that is not what it would be without damage (6.2)."""
        parsed = parse_id(self.cable.id, self.posts)
        if self.cable.id and (parsed is None or str(parsed) != self.cable.canonical_id):
            is_explained = self.cable.canonical_id != self.cable.id
            likely = f"most likely {self.cable.canonical_id}" if is_explained else "and nothing explains it"
            yield Finding(FindingKind.DAMAGED_ID, 1, f"the ID {self.cable.id} is damaged, {likely}")

    def _time(self) -> Iterator[Finding]:
        """The time given against the group: they agree in day and hour; the minutes are the group's then (8.2)."""
        created, group = self.cable.created, self.cable.date_time_group
        line = self._line(Kind.DATE_TIME_GROUP)
        if group is None and (span := self._first(Kind.DATE_TIME_GROUP)):
            yield Finding(FindingKind.GARBLED_GROUP, line, excerpt(self.cable.text, span.start, span.end))
        if created and group and not _agree(created, group):
            told = f"created {_minute(created)}, the date-time group says {_minute(group)}"
            yield Finding(FindingKind.CREATED_AND_GROUP, line, told)

    def _damage(self) -> Iterator[Finding]:
        """Words that lost letters, and characters that could not be kept (4.7, 4.8)."""
        text = self.cable.text
        garbled = [mark for mark in self.cable.marks if mark.kind is MarkKind.GARBLE]
        if garbled:
            first = garbled[0].start
            start = max(text.rfind("\n", 0, first) + 1, first - BEFORE_GARBLE)
            words = excerpt(text, start, max(text.find("\n", first), garbled[0].end))
            told = f"{words} (and {len(garbled) - 1} more)" if len(garbled) > 1 else words
            yield Finding(FindingKind.GARBLES, line_at(text, first), told)
        if lost := text.count(REPLACEMENT):
            told = f"{lost} characters stand as U+FFFD" if lost > 1 else "a character stands as U+FFFD"
            yield Finding(FindingKind.LOST_CHARACTERS, line_at(text, text.find(REPLACEMENT)), told)


def line_at(text: str, offset: int) -> int:
    """The line of the text, from 1, that an offset is in."""
    return text.count("\n", 0, offset) + 1


def _agree(created: datetime | date, group: datetime) -> bool:
    """Whether a time agrees with the group to the minute, or a day with its day."""
    if isinstance(created, datetime):
        return created.replace(second=0, microsecond=0) == group
    return created == group.date()


def _minute(moment: datetime | date) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment}"
