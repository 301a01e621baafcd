"""The header box: its lines, and what they say (CABLE-FORMAT 1), down to the attributes of an archive record (8.6)."""

import re
from datetime import datetime

import msgspec

from generator.cable.dates import read_date_time_group
from generator.cable.header.addressees import read_recipient
from generator.cable.header.attributes import find_attributes, read_attributes
from generator.cable.header.distribution import read_distribution
from generator.cable.header.transmission import read_group, read_relays, read_security, read_sender
from generator.cable.ids import ReferenceId
from generator.cable.model import OfficeCopies, Recipient, SecurityLine, SenderLine
from generator.cable.spans import Kind, Span
from generator.cable.vocabulary.posts import Posts


class Header(msgspec.Struct, frozen=True, gc=False):
    """The header as it was cut; its values are read when they are asked for, and empty where it does not say them.

    The fields of `Cable` with the names of these values tell the rest. `first` has the first line of each kind,
    `addressees` the lines of addressees, each after its action and without that; `tags_place` is where the attributes
    of an archive record say the TAGS.
    """

    text: str
    spans: list[Span]
    first: dict[Kind, str]
    addressees: list[tuple[str, str]]
    date_time_group: datetime | None
    originator: str
    tags_place: tuple[int, int]

    @property
    def identifier(self) -> str:
        """The transmission identifier."""
        return self.first.get(Kind.IDENTIFIER, "").strip()

    @property
    def relays(self) -> tuple[str, ...]:
        """The routing indicators of line 2."""
        return read_relays(self._all_of(Kind.ROUTING))

    @property
    def sender(self) -> SenderLine | None:
        """The DE line."""
        return read_sender(self.first.get(Kind.SENDER, ""), self.date_time_group)

    @property
    def security(self) -> SecurityLine | None:
        """The security line."""
        return read_security(self.first.get(Kind.SECURITY, ""))

    @property
    def around_group(self) -> tuple[str, str, str]:
        """The precedence for action and the one for information addressees, and the remarks."""
        return read_group(self.first.get(Kind.DATE_TIME_GROUP, ""), self.first.get(Kind.ROUTING, ""))

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """The addressees."""
        return tuple(filter(None, (read_recipient(action, line) for action, line in self.addressees)))

    @property
    def distribution(self) -> tuple[OfficeCopies, ...]:
        """The offices of a distribution block."""
        return read_distribution(self._all_of(Kind.DISTRIBUTION))

    @property
    def is_extract(self) -> bool:
        """Whether the header is the notice that the full text is not available."""
        return Kind.NOTICE in self.first

    def likely_id(self, posts: Posts) -> ReferenceId | None:
        """The reference ID that FM, DE and the date-time group amount to, for want of a better one (6)."""
        post, sender = posts.find(self.originator), self.sender
        if not post or sender is None or not sender.serial or self.date_time_group is None:
            return None
        return ReferenceId(self.date_time_group.year, post, sender.serial)

    def _all_of(self, kind: Kind) -> str:
        """All lines of a kind."""
        if kind not in self.first:
            return ""
        return "\n".join([self.text[span.start : span.end] for span in self.spans if span.kind is kind])


_LINE = re.compile(
    r"""(?P<blank>[ \t]*\Z)
    |(?P<identifier>V?ZCZC)
    |(?P<routing>(?:ZZ|OO|PP|RR)[ ]R[A-Z]{3,7}\b|R[UAHEC][A-Z]{3,6}(?:[ ]+R[UAHEC][A-Z]{3,6})*[ ]*\Z)
    |(?P<sender>DE[ ]R[A-Z]{3,7}\b)
    |(?P<security>ZN[RY]\b)
    |(?P<group>[ZOPRY](?:[ ][ZOPRY])?[ ]+\d{4,6}Z?[ ]|\d{6}Z[ ]+[A-Za-z]{3}[ ])
    |(?P<fm>FM\b[ ]*)
    |(?P<to>TO\b[ ]*)
    |(?P<info>INFO\b[ \t]*+(?![A-Z]{1,5}-\d\d\b))
    |(?P<xmt>XMT\b[ ]*)
    |(?P<page>[ ]*PAGE[ ]+\d\d\b)
    |(?P<distribution>PTQ\d|(?:ACTION|ORIGIN)[ ]|[ ]*(?:INFO[ \t]+)?[A-Z]{1,5}-\d\d\b|[ ]*/\d{3}[ ]?[A-Z]*\b|[ ]*-{6}
        |[ ]{6,}[A-Z ]+\Z|(?:DRAFTED|APPROVED)[ ]BY\b|DESIRED[ ]DISTRIBUTION|(?:UNCLASSIFIED|CONFIDENTIAL|SECRET)[ ]*\Z)
    """,
    re.VERBOSE,
)
_KINDS = {
    "identifier": Kind.IDENTIFIER,
    "routing": Kind.ROUTING,
    "sender": Kind.SENDER,
    "security": Kind.SECURITY,
    "group": Kind.DATE_TIME_GROUP,
    "fm": Kind.FROM,
    "to": Kind.ACTION,
    "info": Kind.INFO,
    "xmt": Kind.EXEMPT,
    "page": Kind.PAGE_MARKER,
    "distribution": Kind.DISTRIBUTION,
    "blank": Kind.BLANK,
}
_ADDRESSEES = {Kind.ACTION: "TO", Kind.INFO: "INFO", Kind.EXEMPT: "XMT"}
_PASSING = frozenset({Kind.PAGE_MARKER, Kind.BLANK, Kind.DISTRIBUTION})
_NOTICE = "This record is a partial extract"
_ADDRESSEE = re.compile(r"R[A-Z]{4,7}/")


def read_header(text: str, header_end: int) -> Header:
    """Read `text[:header_end]`; every line has a kind, and neighbours of one kind are one span."""
    end = find_attributes(text, header_end)
    scan = _Scan()
    scan.run(text, end)
    tags_place = (header_end, header_end)
    if end < header_end:
        tags_place = read_attributes(text, end, header_end).get("tags", tags_place)
        scan.spans += _attribute_spans(end, tags_place, header_end)
    return Header(text, scan.spans, scan.first, scan.addressees, scan.group, scan.originator, tags_place)


class _Scan:
    """Goes through the lines; a line that does not say its kind may go on with the one before it."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.addressees: list[tuple[str, str]] = []
        self.first: dict[Kind, str] = {}
        self.group: datetime | None = None
        self.originator = ""

    def run(self, text: str, end: int) -> None:
        """Read the lines of `text[:end]`."""
        begin, start, current, last = 0, 0, Kind.TEXT, None
        for line in text[:end].split("\n") if end else ():
            if current in _ADDRESSEES and _ADDRESSEE.match(line):
                value, kind = line, current
            else:
                match = _LINE.match(line)
                kind = _KINDS[match.lastgroup] if match and match.lastgroup else _continued(current, line)
                value = line[match.end() :] if match else line
            self._line(kind, line, value)
            if kind is not last:
                if last is not None:
                    self.spans.append(Span(last, begin, start))
                begin, last = start, kind
            start += len(line) + 1
            if kind not in _PASSING:
                current = kind
        if last is not None and begin < end:
            self.spans.append(Span(last, begin, end))

    def _line(self, kind: Kind, line: str, value: str) -> None:
        if kind in _ADDRESSEES:
            self.addressees.append((_ADDRESSEES[kind], value))
            return
        self.first.setdefault(kind, line)
        if kind is Kind.DATE_TIME_GROUP and self.group is None:
            self.group = read_date_time_group(line)
        elif kind is Kind.FROM and not self.originator:
            self.originator = value.strip()


def _attribute_spans(start: int, tags_place: tuple[int, int], end: int) -> list[Span]:
    """The spans of an archive record's attributes."""
    first, last = tags_place
    pieces = (Span(Kind.ATTRIBUTES, start, first), Span(Kind.TAGS, first, last), Span(Kind.ATTRIBUTES, last, end))
    return [piece for piece in pieces if piece.start < piece.end]


def _continued(current: Kind, line: str) -> Kind:
    """The kind of a line that does not say it: addressees, routing and the notice go on over lines."""
    if line.startswith(_NOTICE):
        return Kind.NOTICE
    return current if current in _ADDRESSEES or current is Kind.NOTICE else Kind.TEXT
