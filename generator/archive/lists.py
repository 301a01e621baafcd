"""The lists that cables stand in, and how a long list is cut into pages that stay where they are.

A list is named `family/slug` (`tag/PGOV`, `date/2010-01`), which is also its address without `.html`. One of more than
`PAGE_ROWS` cables is cut by year of creation, and what is still too long by shorter stretches of the calendar. So a
cable that is added lengthens one page and moves no other, and a page that is there stays where it is.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

import msgspec

from generator.cable.controls import named

PAGE_ROWS = 1000
LONGEST_NAME = 60
REMEMBERED = 4096

GLUED = "glued"
"""The family of lists that only the old site had: of words that are several tags (CABLE-FORMAT 2.4)."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Membership(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A list that a cable stands in: its name, and what the cable calls it."""

    list: str
    title: str


class Slice(msgspec.Struct, frozen=True, gc=False):
    """A part of a long list, and how many cables stand in it.

    `parent` is the name of the slice that this one is a part of, empty for a year; `is_cut` says that it has parts.
    """

    name: str
    title: str
    parent: str
    count: int
    is_cut: bool


def memberships(
    created: str, released: str, origin: str, classification: str, classification_slug: str, tags: Iterable[str]
) -> tuple[Membership, ...]:
    """The lists that a cable with these values stands in, in the order of the page."""
    found = []
    if len(created) >= 7:
        found.append(Membership(f"date/{created[:7]}", month_title(created[:7])))
    if released:
        found.append(Membership(f"reldate/{released[:10]}", day_title(released[:10])))
    if classification:
        slug = classification_slug or safe_name(classification.lower())
        found.append(Membership(f"classification/{slug}", named(classification)))
    if origin:
        found.append(Membership(f"origin/{origin_slug(origin)}", named(origin)))
    return (*found, *map(_of_tag, dict.fromkeys(tags)))


@lru_cache(REMEMBERED)
def _of_tag(tag: str) -> Membership:
    return Membership(f"tag/{safe_name(tag)}", named(tag))


def has_feed(name: str) -> bool:
    """Whether a list has a feed of the cables in it; a part of a list has none."""
    return name.startswith(("tag/", "origin/")) and name.count("/") == 1


def month_title(month: str) -> str:
    """`2010-01` as `January 2010`."""
    return f"{MONTHS[int(month[5:7]) - 1]} {month[:4]}"


def day_title(day: str) -> str:
    """`2010-01-29` as `29 January 2010`."""
    return f"{int(day[8:10])} {month_title(day[:7])}"


@lru_cache(REMEMBERED)
def origin_slug(origin: str) -> str:
    """The origin's name in an address: `Embassy San José` is `embassy-san-jose`."""
    plain = unicodedata.normalize("NFKD", origin).encode("ascii", "ignore").decode()
    slug = "-".join(_WORD.findall(plain.lower()))
    return slug if slug and safe_name(slug) == slug else safe_name(origin)


_SAFE = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_WORD = re.compile(r"[a-z0-9]+")
_RESERVED = re.compile(r"(?i)index|con|prn|aux|nul|com\d|lpt\d")


def safe_name(untrusted_name: str) -> str:
    """A name that is safe as a file name everywhere; two different names never share one.

    Names of letters, digits and single hyphens stay; others are cut down to these and get a digest. Names that
    Windows reserves, and `index`, count as unsafe.
    """
    if len(untrusted_name) <= LONGEST_NAME and _is_safe(untrusted_name):
        return untrusted_name
    digest = hashlib.sha256(untrusted_name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return "-".join([*re.findall(r"[A-Za-z0-9]+", untrusted_name[:40]), f"x{digest}"])


@lru_cache(REMEMBERED)
def _is_safe(untrusted_name: str) -> bool:
    """Whether a short name can stand as it is; remembered, since most tags stand on many cables."""
    return _SAFE.fullmatch(untrusted_name) is not None and not _RESERVED.fullmatch(untrusted_name)


_KIND_OF_POST = re.compile(
    r"(?:(?:American|US|U\.S\.)\s+)?(?:Embass?y|Consulate(?: General)?|Mission|REO|RPO|Office)\s+(?=\S)"
)


def place(origin: str) -> str:
    """The part of an origin's name that it is sorted by: the place, not the word Embassy (CABLE-FORMAT 5)."""
    if origin.startswith("US "):
        return origin
    return _KIND_OF_POST.sub("", origin, count=1) if _KIND_OF_POST.match(origin) else origin


def slices(days: Sequence[tuple[str, int]]) -> tuple[Slice, ...]:
    """Cut a list into parts, given how many of its cables were created on which day, in order.

    A day is `2010-01-29`; where less is known, `2010` or the empty string. A year is a slice; one that is too long for
    a page is cut into quarters, such a quarter into months, a month into quarters of it, and these into days. A slice
    that is cut stays, as the way to its parts: it comes before them. Empty slices are left out.
    """
    found: list[Slice] = []
    for year, of_year in groupby(days, key=lambda entry: entry[0][:4]):
        found.extend(_cut(year or "undated", year or "No date", "", list(of_year), 0))
    return tuple(found)


def slices_from(name: str, days: Sequence[tuple[str, int]]) -> tuple[Slice, ...]:
    """The slice of this name and those that it is cut into, given the days in its stretch of the calendar."""
    day = days[0][0]
    parent, own, title, level = "", day[:4] or "undated", day[:4] or "No date", 0
    while own != name:
        key, title = _STRETCHES[level](day)
        parent, own, level = own, f"{day[:4]}-{key}", level + 1
    return tuple(_cut(name, title, parent, list(days), level))


def stretches(created: str) -> Iterator[str]:
    """The names of all slices that a cable created then can stand in, the longest stretch of the calendar first."""
    day = created[:10]
    yield day[:4] or "undated"
    if day:
        yield from (f"{day[:4]}-{stretch(day)[0]}" for stretch in _STRETCHES[: len(_STRETCHES) if day[4:] else 1])


def bounds(name: str) -> tuple[str, str]:
    """The stretch of the calendar that a slice of this name is: from the first day to before the second, as text."""
    year, _, rest = name.partition("-")
    if year == "undated":
        return "", "0"
    if not rest:
        return year, f"{year}~"
    if rest == "0":
        return year, f"{year}-"
    if len(rest) == 1:
        return f"{year}-{3 * int(rest) - 2:02}", f"{year}-{3 * int(rest):02}~"
    month = f"{year}-{rest[:2]}"
    if len(rest) == 3:
        part = int(rest[2])
        return f"{month}-{8 * part - 7:02}", f"{month}-{8 * part:02}~"
    return (f"{month}-{rest[2:]}", f"{month}-{rest[2:]}~") if rest[2:] else (month, f"{month}~")


def _cut(name: str, title: str, parent: str, days: list[tuple[str, int]], level: int) -> Iterator[Slice]:
    count = sum(number for _, number in days)
    is_cut = count > PAGE_ROWS and len(days) > 1
    yield Slice(name, title, parent, count, is_cut)
    if is_cut:
        stretch = _STRETCHES[level]
        for (key, words), part in groupby(days, key=lambda entry: stretch(entry[0])):
            yield from _cut(f"{days[0][0][:4]}-{key}", words, name, list(part), level + 1)


def _quarter(day: str) -> tuple[str, str]:
    quarter = (int(day[5:7] or 0) + 2) // 3
    if not quarter:
        return "0", f"{day[:4]}, month not known"
    return str(quarter), f"{MONTHS[3 * quarter - 3]} to {MONTHS[3 * quarter - 1]} {day[:4]}"


def _month(day: str) -> tuple[str, str]:
    return day[5:7], month_title(day[:7])


def _part_of_month(day: str) -> tuple[str, str]:
    part = min((int(day[8:10]) - 1) // 8, 3)
    first, last = 8 * part + 1, 8 * part + 8
    title = month_title(day[:7])
    return f"{day[5:7]}{part + 1}", f"{first} to {last} {title}" if part < 3 else f"From {first} {title}"


def _day(day: str) -> tuple[str, str]:
    return day[5:7] + day[8:10], day_title(day)


_STRETCHES = (_quarter, _month, _part_of_month, _day)
"""From a day to the name and the title of the stretch of the year that it lies in, the longest stretches first.

Names tell the stretch, so that each has one for ever: `2009`, `2009-1`, `2009-03`, `2009-032`, `2009-0315`.
"""
