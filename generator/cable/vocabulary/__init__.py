"""What codes mean: posts, TAGS, routing indicators, classifications, acronyms, as tables in the package.

The tables are CSV files beside this module (see `NOTICE` for their sources and licences); each is read once, when it
is first asked for. A code that is not in its table has no meaning here and is shown as it stands (CABLE-FORMAT 0.1,
rule 10): the lookups then answer with an empty string or None, never with a guess.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec

_ERA = re.compile(r"(\d{4})(s?)(?:-(\d{2,4})s?)?")


class Post(msgspec.Struct, frozen=True, gc=False):
    """A sending office: the code in reference IDs, its name, and the code that means the same office today."""

    code: str
    name: str
    kind: str
    country: str
    same_as: str


class Tag(msgspec.Struct, frozen=True, gc=False):
    """A TAGS code (CABLE-FORMAT 9): `kind` is subject, program, country, region, org, person, other or unknown."""

    code: str
    kind: str
    meaning: str
    era: str
    confidence: str


class Classification(msgspec.Struct, frozen=True, gc=False):
    """A classification (CABLE-FORMAT 7); a higher `rank` is more secret."""

    value: str
    rank: int
    slug: str
    short: str


class RoutingIndicator(msgspec.Struct, frozen=True, gc=False):
    """A routing indicator; a `relay` stands for many names, so that its own says nothing of the addressee."""

    code: str
    name: str
    relay: bool


def _rows(table: str) -> Iterator[dict[str, str]]:
    with (files(__name__) / f"{table}.csv").open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


@cache
def posts() -> dict[str, Post]:
    """All posts by the code that stands in a reference ID (CABLE-FORMAT 5)."""
    columns = ("code", "name", "kind", "country", "same_as")
    return {row["code"]: Post(*(row[column] for column in columns)) for row in _rows("posts")}


@cache
def post_names() -> dict[str, str]:
    """Other ways to write a post, letters only (`USUN`, `SECSTATE`), to its code (CABLE-FORMAT 6.3)."""
    return {row["alias"]: row["code"] for row in _rows("aliases")}


@cache
def posts_of_the_seventies() -> dict[str, str]:
    """The six-letter codes of 1973-79 to the codes of later years (CABLE-FORMAT 6.4)."""
    given = {row["code_1973_79"]: row["code"] for row in _rows("posts") if row["code_1973_79"]}
    spaced = {
        post.name.removeprefix("Embassy ").removeprefix("Consulate ").upper()[:6].replace(" ", ""): post.code
        for post in reversed(posts().values())
        if post.name.startswith(("Embassy ", "Consulate "))
    }
    return spaced | given


def post_name(code: str) -> str:
    """The name of the post with this code, as the old site printed it, or an empty string."""
    post = posts().get(code)
    return post.name if post else ""


@cache
def _tags() -> dict[str, tuple[Tag, ...]]:
    by_code: dict[str, tuple[Tag, ...]] = {}
    for row in _rows("tags"):
        tag = Tag(row["tag"], row["kind"], row["description"], row["era"], row["confidence"])
        by_code[tag.code] = (*by_code.get(tag.code, ()), tag)
    return by_code


def known_tag(code: str) -> bool:
    """Whether the code stands in the table of TAGS."""
    return code in _tags()


def tag(code: str, year: int | None = None) -> Tag:
    """The tag; the kind of a code that is not in the table follows from its form (CABLE-FORMAT 9).

    Of several meanings it is the one of the cable's year, where that is given; one that is known wins over none.
    """
    known = _tags().get(code)
    if known is None:
        return Tag(code, _kind_of_tag(code), "", "", "unknown")
    return known[0] if len(known) == 1 else max(known, key=lambda tag: (_is_of(tag, year), tag.meaning != ""))


def tag_meaning(code: str, year: int | None = None) -> str:
    """What the tag means in a cable of this year, or an empty string."""
    return tag(code, year).meaning


def _is_of(tag: Tag, year: int | None) -> bool:
    """Whether the year lies in the tag's era: `1973-79`, `1980s-2010`, `2000s`."""
    match = _ERA.fullmatch(tag.era)
    if year is None or match is None:
        return False
    first, last = int(match[1]), match[3] or match[1]
    end = int(match[1][: 4 - len(last)] + last) + (9 if tag.era.endswith("s") else 0)
    return first <= year <= end


def _kind_of_tag(code: str) -> str:
    if "," in code:
        return "person"
    if len(code) == 2 and code.isalpha():
        return "country"
    return "program" if len(code) == 4 and code.isalpha() and code[0] == "K" else "unknown"


@cache
def classifications() -> tuple[Classification, ...]:
    """All classifications in ascending order of rank."""
    rows = _rows("classifications")
    return tuple(Classification(row["value"], int(row["rank"]), row["slug"], row["short"]) for row in rows)


@cache
def _classification_by_letters() -> dict[str, Classification]:
    names = {_letters(known.value): known for known in classifications()}
    more = {"UNCLASSIFIED//FOUO": 1, "UNCLAS//FOUO": 1, "UNCLAS": 0, "CONFIDENTIAL//NF": 3, "SECRET//NF": 5}
    ranks = {known.rank: known for known in reversed(classifications())}
    return names | {_letters(name): ranks[rank] for name, rank in more.items()}


def _letters(value: str) -> str:
    return "".join(value.upper().split())


def classification(value: str) -> Classification | None:
    """The classification of this name, whatever its case and blanks, or None for a name that is not known."""
    return _classification_by_letters().get(_letters(value))


@cache
def _routing() -> dict[str, RoutingIndicator]:
    return {
        row["indicator"]: RoutingIndicator(
            row["indicator"], row["name"], int(row["names_seen"]) > 3 and float(row["top_share"] or 1) < 0.8
        )
        for row in _rows("routing")
    }


def routing_indicator(code: str) -> RoutingIndicator | None:
    """The routing indicator (CABLE-FORMAT 1.2), or None for one that is not in the table."""
    return _routing().get(code)


@cache
def acronyms() -> frozenset[str]:
    """Words that stay in capitals when a subject is put in title case."""
    return frozenset(row["acronym"] for row in _rows("acronyms"))
