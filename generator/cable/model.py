"""What a cable is once it is read: a partition of its text, and the values read off it.

All offsets count code points of `Cable.text`.
"""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from generator.cable.spans import Mark, Span


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """A block that can be linked to.

    `number` is empty for a block without number; `anchor` is the id in the page (`par4`, `par6-2`, `p-1a2b3c4d`);
    `mark` the portion mark without parentheses. `start` and `end` enclose all spans of the block, page markers
    in it included; `text` is the block's text without page markers.
    """

    number: str
    mark: str
    anchor: str
    text: str
    start: int
    end: int


class SilentAnchor(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An id that the old site gave to a place that is no paragraph (8.1); kept so that old links work."""

    anchor: str
    start: int


class Recipient(msgspec.Struct, frozen=True, gc=False):
    """One addressee (1.2). `action` is TO, INFO or XMT; `precedence` as on the line, or empty; `ri` may be empty.

    `number` is the message continuity number, a running one for each addressee: `6110`, or a range.
    """

    action: str
    precedence: str
    ri: str
    name: str
    number: str = ""


class SenderLine(msgspec.Struct, frozen=True, gc=False):
    """The DE line (1.1): the sender's routing indicator and the station serial number, of which it has four digits.

    `section` is that of a sectioned message, `serial` and `section` are 0 where the line does not say them; `sent` is
    the moment of the transmission in UTC, which may be later than the date-time group.
    """

    ri: str
    serial: int
    section: int
    sent: datetime | None


class SecurityLine(msgspec.Struct, frozen=True, gc=False):
    """The ZNR or ZNY line (1.1): in clear or not, the level that the five letters mean, and what follows them.

    `handling` are the letters of special handling behind a slash; `remarks` operating signals and notes (`ZZH`).
    """

    signal: str
    level: str
    handling: str
    remarks: str


class OfficeCopies(msgspec.Struct, frozen=True, gc=False):
    """An office of the distribution block (1.3): `action` is ACTION, ORIGIN, INFO or empty."""

    action: str
    office: str
    copies: int


class ReferenceKind(StrEnum):
    """What a reference points to (2.6)."""

    CABLE = "cable"
    EMAIL = "email"
    TELCON = "telcon"
    DOCUMENT = "document"


class Reference(msgspec.Struct, frozen=True, gc=False):
    """One entry of the reference list (2.6).

    `text` is the entry as it stands, on one line; `id` the canonical reference ID it names, or empty; `letter` its
    bullet, upper case, or empty. `year_given` tells whether the entry itself says the year (rule 9 of 0.1).
    """

    text: str
    id: str
    kind: ReferenceKind
    letter: str
    year_given: bool


class GluedTag(msgspec.Struct, frozen=True, gc=False):
    """A word of the TAGS line that is several codes without blanks between them (2.4), and those codes."""

    word: str
    codes: tuple[str, ...]


class ExecutiveOrder(msgspec.Struct, frozen=True, gc=False):
    """The E.O. line (2.3): the order's number, and the day of declassification or the words in its place.

    Where the line has a downgrade alone (`DNG: CO 12/25/2018`), `declassify_on` is the day of the downgrade, one of the
    forms of 2.3; a day of declassification on the same line wins over it.
    """

    order: str
    declassify_on: date | str


class ClassifiedBy(msgspec.Struct, frozen=True, gc=False):
    """The Classified By line (2.7); `reasons` as `1.4(b)`."""

    name: str
    title: str
    reasons: tuple[str, ...]


class Partition(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A cable's text and how it is cut: all that a page of it is drawn from."""

    text: str
    """All of it, header, border and body, as it was published: nothing is repaired (4.7)."""

    header_end: int
    """`text[:header_end]` is the header box (1, 8.5)."""

    body_start: int
    """`text[body_start:]` is the body box; between the boxes stands at most one line feed, in neither (8.5)."""

    paragraphs: tuple[Paragraph, ...]
    """The blocks that can be linked to, in their order (4.1, 4.2)."""

    spans: tuple[Span, ...]
    """The whole text in pieces of one kind each (1 to 4)."""

    marks: tuple[Mark, ...]
    """What means something inside the spans: labels, tags, references, redactions, damage (2, 4.1, 4.7)."""

    silent_anchors: tuple[SilentAnchor, ...]
    """Ids of the old site at places that are no paragraphs (8.1)."""

    @property
    def header(self) -> str:
        """The text of the header box."""
        return self.text[: self.header_end]

    @property
    def body(self) -> str:
        """The text of the body box."""
        return self.text[self.body_start :]


class Outline(Partition, frozen=True, gc=False, kw_only=True):
    """A cable as far as a site shows it. An empty string, an empty tuple or None: the text does not say.

    The numbers are sections of CABLE-FORMAT. What the front matter says wins over the text.
    """

    id: str
    """The reference ID as published; without one, what classification line, FM and DE say it is (6, 6.1)."""

    canonical_id: str
    """The ID without damage: year, known post, number without zeros; the same as `id` for most (6.2, 6.4)."""

    created: datetime | date | None
    """When it was sent, in UTC, with the minutes of the date-time group where that agrees; a day where no more is known
    (1.1, 8.2)."""

    released: datetime | date | None
    """When it was published; the text never says it (8.1)."""

    classification: str
    """The classification of the record, else of classification line and captions (2.1, 2.2, 7)."""

    origin: str
    """The name of the sending office (5)."""

    subject: str
    """The subject on one line, without label and portion mark (2.5)."""

    tags: tuple[str, ...]
    """The tags in their order, upper case, each once; glued ones apart, a person as `SURNAME, FIRST NAME` (2.4, 9)."""

    references: tuple[Reference, ...]
    """The reference list, in its order (2.6)."""

    summary: str
    """The summary on one line, without its marks (4.5)."""

    aliases: tuple[str, ...]
    """More IDs under which the cable is to be found, as the front matter gives them (6.1)."""

    articles: tuple[str, ...]
    """Addresses of press articles that cite the cable (8.1)."""

    glued_tags: tuple[GluedTag, ...] = ()
    """Words of the TAGS line that are several codes: `tags` has these, the old site's links have the words (2.4)."""


class Cable(Outline, frozen=True, gc=False, kw_only=True):
    """A cable as it was read, with all that it says."""

    captions: tuple[str, ...]
    """`SIPDIS`, `NOFORN` and the like, each once (2.2)."""

    eo: ExecutiveOrder | None
    """The E.O. line (2.3)."""

    classified_by: ClassifiedBy | None
    """The Classified By line (2.7)."""

    signature: str
    """Who signed, as it stands; two on two lines with a blank between them (4.5)."""

    recipients: tuple[Recipient, ...]
    """The addressees of the header (1.2)."""

    identifier: str
    """The transmission identifier: it tells two transmissions of one cable apart (1.1, 6.4)."""

    relays: tuple[str, ...]
    """The routing indicators of line 2 (1.1)."""

    sender: SenderLine | None
    """The DE line: routing indicator, station serial number, section, moment of the transmission (1.1)."""

    security: SecurityLine | None
    """The security line: ZNR or ZNY (1.1)."""

    date_time_group: datetime | None
    """The date-time group, in UTC; None also where it is garbled (1.1)."""

    precedence: str
    """FLASH, IMMEDIATE, PRIORITY or ROUTINE, for action addressees: of the date-time group, else of line 2 (1.1)."""

    info_precedence: str
    """The same for information addressees, where the date-time group has a second letter (1.1)."""

    remarks: str
    """What stands behind the date-time group: operating signals (`ZDK`) and free text (1.1)."""

    originator: str
    """The sending office as the FM line calls it (1.1)."""

    distribution: tuple[OfficeCopies, ...]
    """The offices of a distribution block (1.3, 8.6)."""

    is_extract: bool
    """Whether the header is the notice that the full text is not available (1.3)."""

    slugs: tuple[str, ...]
    """The lines between captions and E.O. line that say whom the cable is for; one that is wrapped is two (2.2)."""

    comments: tuple[str, ...]
    """The comments, in their order, each on one line and without its marks: inline, in brackets, under a heading
    (4.3, 4.5)."""
