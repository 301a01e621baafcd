"""Reference IDs: how they are built, what damage they carry, and where their cables stand (CABLE-FORMAT 6)."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date

import msgspec

from generator.cable.vocabulary.posts import Posts

FIRST_YEAR = 1966


class ReferenceId(msgspec.Struct, frozen=True, order=True, gc=False):
    """Year in four digits, post in capitals without blanks, and the post's serial number in that year."""

    year: int
    post: str
    serial: int

    def __str__(self) -> str:
        return f"{self.year % 100:02}{self.post}{self.serial}"


_ID = re.compile(r"(\d\d)([A-Z]{2,40})0*(\d{1,6})(?:_[a-z])?", re.ASCII)
_ID_1973_79 = re.compile(r"(19[67]\d)([A-Z]{2,17})0*(\d{1,6})(?:_[a-z])?", re.ASCII)
_DOUBLED_YEAR = re.compile(r"(\d\d)\1(?=[A-Z])", re.ASCII)
_SECOND_SERIES = re.compile(r"(?<=\d)(?:TOSEC|SECTO)\d*$", re.ASCII)
_SUSPECTED_DUPLICATE = re.compile(r"(\d\d[A-Z]+)\d+SUSPECTEDDUPLICATE(?=\d+$)", re.ASCII)
_OPERATING_SIGNAL = re.compile(r"(?<=\d)Z[A-Z]{2}\d*$", re.ASCII)
_SECTION = re.compile(r"^(\d\d)[A-Z]{0,12}[0-9Q]{1,2}OF[0-9Q]{1,2}(?=[A-Z])", re.ASCII)
_PREFIX = re.compile(
    r"(?<=^\d\d)(?:EFTO|AMEMBASSY|AMCONSUL|USMISSION|NOFORN|SENSITIVE|SIPDIS|EXDIS|NODIS|LIMDIS|STADIS|CONFIDENTIAL"
    r"|SECRET|UNCLAS(?:SIFIED)?)(?=[A-Z])",
    re.ASCII,
)

_PORTABLE_NAME = re.compile(r"\d[0-9A-Z]{1,63}(?:_[a-z])?", re.ASCII)
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


def four_digit_year(two_digits: int) -> int:
    """The year of a reference ID: 66-99 are 19yy, 00-65 are 20yy."""
    return two_digits + (1900 if two_digits >= FIRST_YEAR % 100 else 2000)


def parse_id(text: str, posts: Posts | None = None) -> ReferenceId | None:
    """Take apart a reference ID of the usual form (`10MOSCOW226`) or of 1973-79 (`1976STATE091590_b`).

    None for a text of another form. The post is taken as it stands, known or not; where `posts` are given, one of
    1973-79 as it was called later.
    """
    if match := _ID.fullmatch(text):
        return ReferenceId(four_digit_year(int(match[1])), match[2], int(match[3]))
    if match := _ID_1973_79.fullmatch(text):
        later = posts.of_the_seventies.get(match[2], match[2]) if posts else match[2]
        return ReferenceId(int(match[1]), later, int(match[3]))
    return None


def canonical_id(untrusted_id: str, posts: Posts, hints: Iterable[ReferenceId] = ()) -> str:
    """The ID that the cable would have had without damage: year, known post, number without zeros.

    `hints` are IDs read off the cable itself, the surest first (classification line, sender's line): where the
    printed ID cannot be mended by itself, the first hint of the same year stands for it. An ID that nothing explains
    is returned as it is (CABLE-FORMAT 6.2).
    """
    if (match := _ID.fullmatch(untrusted_id)) and match[2] in posts.by_code:
        return f"{match[1]}{match[2]}{int(match[3])}"
    parsed = parse_id(_without_additions(untrusted_id.strip()), posts)
    if parsed is not None and (post := posts.find(parsed.post, misspelled=False)):
        return str(ReferenceId(parsed.year, post, parsed.serial))
    for hint in hints:
        if posts.find(hint.post) == hint.post and untrusted_id[:2] == f"{hint.year % 100:02}":
            return str(hint)
    if parsed is not None:
        return str(ReferenceId(parsed.year, posts.nearest(parsed.post) or parsed.post, parsed.serial))
    return untrusted_id


def _without_additions(untrusted_id: str) -> str:
    """Cut what is known to be added to an ID: section words, captions, operating signals, a second series."""
    cut = _SUSPECTED_DUPLICATE.sub(r"\1", _DOUBLED_YEAR.sub(r"\1", untrusted_id))
    cut = _OPERATING_SIGNAL.sub("", _SECOND_SERIES.sub("", cut))
    return _PREFIX.sub("", _SECTION.sub(r"\1", _PREFIX.sub("", cut)))


def address(untrusted_id: str, created: date | None) -> str:
    """Where the cable's page stands: `cable/2010/01/10MOSCOW226.html`.

    Two IDs never share an address, also where the file system ignores case. An unknown month is `00`, an unknown year
    `0000`; an ID that is no portable file name gives a name made of its letters and its hash.
    """
    if created is not None:
        folder = f"{created.year:04}/{created.month:02}"
    else:
        parsed = parse_id(untrusted_id)
        folder = f"{parsed.year if parsed else 0:04}/00"
    return f"cable/{folder}/{file_name(untrusted_id)}.html"


def file_name(untrusted_id: str) -> str:
    """The name of the cable's page, and of the file that an import writes, without ending."""
    if _PORTABLE_NAME.fullmatch(untrusted_id):
        return untrusted_id
    digest = hashlib.sha256(untrusted_id.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    slug = _NOT_IN_SLUG.sub("-", untrusted_id[:40].lower()).strip("-")
    return f"id-{slug}-{digest}" if slug else f"id-{digest}"
