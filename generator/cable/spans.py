"""The pieces that a cable's text is cut into, and the smaller things inside them.

All offsets count code points of the text. A partition's spans are consecutive and not empty: joined, they are the text.
Its marks are sorted, do not overlap, and each lies within one span.
"""

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
    RESIDUE = "line-residue"  # empty: `<br>`, or a backslash that an export put at a line's end (8.1, 8.4)
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
