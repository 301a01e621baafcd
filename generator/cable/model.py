"""What a cable is once it is read: a partition of its text, and the values read off it.

`Cable.spans` cuts the whole text into consecutive, non-empty pieces: joined, they are the text. `Cable.marks` are the
smaller things inside them (a tag on the TAGS line, a portion mark, a reference in prose); marks are sorted, do not
overlap, and each lies within one span. All offsets count code points of `Cable.text`.
"""

from datetime import date, datetime
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """The kind of a span. The numbers are sections of CABLE-FORMAT."""

    # the transmission header (1)
    IDENTIFIER = "identifier"
    ROUTING = "routing"
    SENDER = "sender"
    SECURITY = "security"
    DATE_TIME_GROUP = "date-time-group"
    FROM = "from"
    ACTION = "action"
    INFO = "info"
    EXEMPT = "exempt"
    DISTRIBUTION = "distribution"
    NOTICE = "notice"
    ATTRIBUTES = "attributes"
    BORDER = "border"
    # the opening of the body (2)
    CLASSIFICATION = "classification-line"
    CAPTION = "caption"
    SLUG = "slug"
    EXECUTIVE_ORDER = "executive-order"
    TAGS = "tags"
    SUBJECT = "subject"
    REFERENCES = "references"
    CLASSIFIED_BY = "classified-by"
    # the text (3 and 4)
    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADING = "heading"
    RULE = "rule"
    PAGE_MARKER = "page-marker"
    TABLE = "table"
    SIGNATURE = "signature"
    CLOSING = "closing"
    # everywhere
    RESIDUE = "residue"
    BLANK = "blank"
    TEXT = "text"


class MarkKind(StrEnum):
    """The kind of a mark; what `Mark.value` holds stands behind it."""

    NUMBER = "number"  # the paragraph's number
    PORTION = "portion"  # the portion mark without parentheses: `SBU`
    LABEL = "label"  # empty: `E.O. 12958:`, `TAGS:`, `SUBJECT:`, `REF:`
    TAG = "tag"  # the tag, upper case
    SUBJECT = "subject"  # empty: the subject itself, without label and portion mark
    REFERENCE = "reference"  # the canonical reference ID that the words most likely name
    REDACTION = "redaction"  # empty: a run of X
    GARBLE = "garble"  # empty: probable damage in transmission (4.7)


class Span(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A piece of the text of one kind: `text[start:end]`."""

    kind: Kind
    start: int
    end: int


class Mark(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Something inside a span that means something by itself."""

    kind: MarkKind
    start: int
    end: int
    value: str = ""


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
    """One addressee (1.2). `action` is TO, INFO or XMT; `precedence` as on the line, or empty; `ri` may be empty."""

    action: str
    precedence: str
    ri: str
    name: str


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
    """The E.O. line (2.3): the order's number, and the day of declassification or the words in its place."""

    order: str
    declassify_on: date | str


class ClassifiedBy(msgspec.Struct, frozen=True, gc=False):
    """The Classified By line (2.7); `reasons` as `1.4(b)`."""

    name: str
    title: str
    reasons: tuple[str, ...]


class Partition(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A cable's text and how it is cut: all that a page of it is drawn from.

    `text[:header_end]` is the header box, `text[body_start:]` the body box; what stands between them is at most one
    line feed, which belongs to neither.
    """

    text: str
    header_end: int
    body_start: int
    paragraphs: tuple[Paragraph, ...]
    spans: tuple[Span, ...]
    marks: tuple[Mark, ...]
    silent_anchors: tuple[SilentAnchor, ...]

    @property
    def header(self) -> str:
        """The text of the header box."""
        return self.text[: self.header_end]

    @property
    def body(self) -> str:
        """The text of the body box."""
        return self.text[self.body_start :]


class Cable(Partition, frozen=True, gc=False, kw_only=True):
    """A cable as it was read. An empty string, an empty tuple or None: the text does not say.

    `glued_tags` are words of the TAGS line that are several codes without blanks between them: `tags` has the codes,
    but the old site's links have the words (2.4).
    """

    id: str
    canonical_id: str
    created: datetime | None
    released: datetime | date | None
    classification: str
    origin: str
    subject: str
    captions: tuple[str, ...]
    tags: tuple[str, ...]
    eo: ExecutiveOrder | None
    references: tuple[Reference, ...]
    classified_by: ClassifiedBy | None
    signature: str
    recipients: tuple[Recipient, ...]
    summary: str
    aliases: tuple[str, ...]
    articles: tuple[str, ...]
    glued_tags: tuple[GluedTag, ...] = ()
