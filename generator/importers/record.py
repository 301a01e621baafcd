"""One cable as a dump holds it, checked: what every format module makes, and the rules that all formats share."""

import re
from datetime import UTC, date, datetime
from urllib.parse import quote

import msgspec

from generator.cable.source.facts import Facts
from generator.href import web_page

TEXT_LIMIT = 16 << 20
"""The most characters that a header or a body may have; bodies up to 66,000 have been seen (CABLE-FORMAT 8.3).

No cable comes near it. There is a limit only so that a bomb, or a quote that is never closed, can't fill the memory.
"""
RECORD_LIMIT = 2 * TEXT_LIMIT
"""The most bytes that a record may have in its dump, a page or a file of one cable, and the most that are held."""

_ID = re.compile(r"[0-9A-Za-z_]{1,60}")
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: (\d{1,2}):(\d\d)(?::(\d\d))?)?")
_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?(?:Z|\+00:00)?)?")
_UNDECODABLE = re.compile("[\ud800-\udfff]")
_REPAIRED = re.compile("[`{}|^\udc80-\udcff]")
"""What old sites leave in an address as it is, and no address may have (RFC 3986); bytes that are not UTF-8 too."""


class Record(Facts, frozen=True, gc=False, kw_only=True):
    """A cable out of a dump, fit to become a content file: the facts that the dump gives, header and body.

    `place` is where it stands (`cables.csv:17`, `cable/2010/01/10MOSCOW226.html`); `position` how much of the source
    was read with it, in the unit of the format's `size`. `id` is as published, ASCII letters and digits: no path.
    Times are UTC, a day where the dump gives no time. Line ends of `header` and `body` are LF; every other character is
    as the dump has it. `subject` is given only where the text does not say it. `number` is the running one of the full
    dump (8.3), and `note` what a person should know about how the record was read; neither becomes part of the file.
    """

    place: str
    position: int
    header: str
    body: str
    number: int | None = None
    note: str = ""


class Rejected(msgspec.Struct, frozen=True, gc=False):
    """A part of a dump that is no cable: where it begins, and why. `reason` may quote the dump: print it with care."""

    place: str
    position: int
    reason: str


class PassedOver(msgspec.Struct, frozen=True, gc=False):
    """Files of a source that the format does not read, and that may hold cables: the first one and their number."""

    place: str
    number: int


Entry = Record | Rejected | PassedOver
"""What a format finds in a source."""


class UnfitError(Exception):
    """This record cannot become a content file; the text is the reason, for the rejects file."""


def checked_id(untrusted_id: str) -> str:
    """The reference ID. Raises UnfitError where it is not 1 to 60 ASCII letters and digits, such as a path."""
    text = untrusted_id.strip(" \n")
    if not _ID.fullmatch(text):
        raise UnfitError(f"the reference ID {text[:80]!r} is not made of 1 to 60 letters and digits")
    return text


def checked_number(untrusted_number: str) -> int | None:
    """The running number of a row; None where it is missing or none."""
    text = untrusted_number.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def checked_time(untrusted_time: str) -> datetime | date | None:
    """The time, UTC, of `3/8/2006 16:00` or `2006-03-08 16:00[:00][Z]` (8.1, 8.3); None where the field is empty.

    Without hours it is a day.
    """
    text = untrusted_time.strip()
    if not text:
        return None
    if found := _US_DATE.fullmatch(text):
        month, day, year, *time = (int(group) for group in found.groups() if group)
    elif found := _ISO_DATE.fullmatch(text):
        year, month, day, *time = (int(group) for group in found.groups() if group)
    else:
        raise UnfitError(f"the time {text[:80]!r} is neither like 3/8/2006 16:00 nor like 2006-03-08 16:00")
    try:
        if not time:
            return date(year, month, day)
        hour, minute, second = (*time, 0)[:3]
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        raise UnfitError(f"the time {text[:80]!r} is not in the calendar") from None


def checked_text(untrusted_text: str, name: str) -> str:
    """The text with LF for CR LF and CR. Raises UnfitError above TEXT_LIMIT, and for what no content file can hold.

    That is NUL, and bytes that are not UTF-8; they come as the surrogates of Python's `surrogateescape`.
    """
    if "\0" in untrusted_text:
        raise UnfitError(f"the {name} holds a NUL character")
    if not untrusted_text.isascii() and (found := _UNDECODABLE.search(untrusted_text)):
        raise UnfitError(
            f"the {name} is not UTF-8 (byte 0x{ord(found[0]) & 0xFF:02x}); convert the dump to UTF-8 first"
        )
    if len(untrusted_text) > TEXT_LIMIT:
        raise UnfitError(f"the {name} is longer than {TEXT_LIMIT:,} characters, which no cable is")
    if "\r" not in untrusted_text:
        return untrusted_text
    return untrusted_text.replace("\r\n", "\n").replace("\r", "\n")


def checked_value(untrusted_value: str, name: str) -> str:
    """A value of the metadata row on one line, blanks around it removed."""
    text = " ".join(checked_text(untrusted_value, name).split())
    if len(text) > 1000:
        raise UnfitError(f"the {name} is longer than 1,000 characters")
    return text


def web_address(untrusted_address: str) -> str:
    """The address of a press article, `http://` added where the scheme is missing; nothing where it is none."""
    text = untrusted_address.strip()
    if "://" not in text:
        text = f"http://{text}"
    sound = _REPAIRED.sub(lambda found: quote(found[0], errors="surrogateescape"), text)
    return sound if len(sound) <= 2000 and web_page(sound) else ""
