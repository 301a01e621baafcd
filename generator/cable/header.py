"""The header: its lines, whom the cable went to (CABLE-FORMAT 1), and the attributes of an archive record (8.6)."""

import re
from datetime import datetime

import msgspec

from generator.cable.attributes import find_attributes, read_attributes
from generator.cable.dates import read_date_time_group
from generator.cable.ids import ReferenceId
from generator.cable.model import Kind, Recipient, Span
from generator.cable.posts import Posts


class Header(msgspec.Struct, frozen=True, gc=False):
    """The header as it was read; what it does not say is empty.

    `originator` is the name on the FM line; `serial` the one on the DE line, which has the last four digits only.
    `tags_place` is where the attributes of an archive record say the TAGS.
    """

    spans: list[Span]
    date_time_group: datetime | None
    originator: str
    serial: int
    recipients: tuple[Recipient, ...]
    tags_place: tuple[int, int]

    def likely_id(self, posts: Posts) -> ReferenceId | None:
        """The reference ID that FM, DE and the date-time group amount to, for want of a better one (6)."""
        post = posts.find(self.originator)
        if not post or not self.serial or self.date_time_group is None:
            return None
        return ReferenceId(self.date_time_group.year, post, self.serial)


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
_PAGE_MARK = re.compile(r"PAGE +\d\d .*")

_ADDRESSEE = re.compile(r"R[A-Z]{4,7}/")
_ROUTING_INDICATOR = re.compile(r"(?:(?:ZEN|ZFF\d?)/ *)?(?:(R[A-Z]{4,7})/)?")
_PRECEDENCE = re.compile(r"(?:^| )(FLASH|(?:NIACT )?IMMEDIATE|(?:NIACT )?PRIORITY|ROUTINE)$")
_LAST_OF_PRECEDENCES = ("PRIORITY", "IMMEDIATE", "ROUTINE", "FLASH")
_CONTINUITY_NUMBER = re.compile(r" \d{1,5}(?:-\d{1,5})?$")
_SENDER_SERIAL = re.compile(r"DE +R[A-Z]{3,7} +#(\d{1,6})")
_NO_ADDRESSEE = frozenset({"", "ZEN", "BT", "ZFF", "NULL", "UNCLAS"})


def read_header(text: str, header_end: int) -> Header:
    """Read `text[:header_end]`; every line has a kind, and neighbours of one kind are one span."""
    end = find_attributes(text, header_end)
    spans: list[Span] = []
    recipients: list[Recipient] = []
    group: datetime | None = None
    originator, serial = "", 0
    begin, start, current, last = 0, 0, Kind.TEXT, None
    for line in text[:end].split("\n") if end else ():
        if current in _ADDRESSEES and _ADDRESSEE.match(line):
            match, kind = None, current
        else:
            match = _LINE.match(line)
            kind = _KINDS[match.lastgroup] if match and match.lastgroup else _continued(current, line)
        if kind in _ADDRESSEES:
            if recipient := _recipient(_ADDRESSEES[kind], line[match.end() :] if match else line):
                recipients.append(recipient)
        elif kind is Kind.DATE_TIME_GROUP and group is None:
            group = read_date_time_group(line)
        elif kind is Kind.FROM and match and not originator:
            originator = line[match.end() :].strip()
        elif kind is Kind.SENDER and (found := _SENDER_SERIAL.match(line)):
            serial = int(found[1])
        if kind is not last:
            if last is not None:
                spans.append(Span(last, begin, start))
            begin, last = start, kind
        start += len(line) + 1
        if kind not in _PASSING:
            current = kind
    if last is not None and begin < end:
        spans.append(Span(last, begin, end))
    tags_place = (header_end, header_end)
    if end < header_end:
        tags_place = read_attributes(text, end, header_end).get("tags", tags_place)
        spans += _attribute_spans(end, tags_place, header_end)
    return Header(spans, group, originator, serial, tuple(recipients), tags_place)


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


def _recipient(action: str, untrusted_line: str) -> Recipient | None:
    """The addressee on the line, if there is one: `[RI/]NAME[ PRECEDENCE][ NUMBER]` (1.2)."""
    rest = untrusted_line.strip()
    indicator = _ROUTING_INDICATOR.match(rest)
    ri = (indicator and indicator[1]) or ""
    rest = rest[indicator.end() if indicator else 0 :]
    if rest[-1:].isdigit():
        rest = _CONTINUITY_NUMBER.sub("", rest).rstrip()
    precedence = _PRECEDENCE.search(rest) if rest.endswith(_LAST_OF_PRECEDENCES) else None
    name = rest[: precedence.start()].rstrip() if precedence else rest
    if (name.startswith("PAGE ") and _PAGE_MARK.match(name)) or (not ri and name.upper() in _NO_ADDRESSEE):
        return None
    return Recipient(action, precedence[1] if precedence else "", ri, name)
