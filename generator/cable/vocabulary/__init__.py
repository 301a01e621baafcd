"""What codes mean: posts, TAGS, routing indicators, classifications, acronyms, as tables in the package.

The tables are CSV files beside this module (see `NOTICE` for their sources and licences), to which a site may add rows
of its own; each is read once, when it is first asked for. A code that is not in its table has no meaning here and is
shown as it stands (CABLE-FORMAT 0.1, rule 10): the lookups then answer with an empty string or None, never with a
guess.
"""

import csv
import hashlib
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files

import msgspec

from generator.cable.vocabulary.posts import Post, Posts
from generator.cable.vocabulary.readable import Readable
from generator.cable.vocabulary.tag_codes import Tag, TagCodes, kind_by_form

Row = dict[str, str]
"""A row of a table, by the names of its columns; a site's own may lack columns that its table can do without."""


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


TERM_KINDS = ("precedence", "classification", "portion", "caption", "header", "order", "reason", "word", "acronym")
"""What a term of the glossary may be, in the order in which they come."""

UNCERTAIN = frozenset(("low", "medium"))
"""How sure the table of a code or a term is where it is not certain."""


class Term(msgspec.Struct, frozen=True, gc=False):
    """A term of the glossary, of one of `TERM_KINDS`; one that is not `certain` says so where it is shown."""

    kind: str
    term: str
    meaning: str
    certain: bool


class Vocabulary(msgspec.Struct, frozen=True, dict=True):
    """What a site's codes mean: the package's tables, and `own` rows of the site by the name of their table.

    An own row wins over the package's with the same code; of TAGS, the own rows of a code stand for all of the
    package's. The value is its own rows, so it is small to hand on; tables are made where they are asked for.
    """

    own: dict[str, tuple[Row, ...]] = {}

    @cached_property
    def digest(self) -> str:
        """Equal for two vocabularies of the same program that say the same."""
        return hashlib.sha256(msgspec.json.encode(self.own, order="deterministic")).hexdigest()

    @cached_property
    def posts(self) -> Posts:
        """All posts, and every way to write them (CABLE-FORMAT 5, 6.3, 6.4)."""
        rows = self._rows("posts", "code")
        aliases = self._rows("aliases", "alias")
        return Posts(
            {code: Post(code, *(row.get(c, "") for c in ("name", "kind", "country", "same_as"))) for code, row in rows},
            {alias: row["code"] for alias, row in aliases},
            {old: code for code, row in rows if (old := row.get("code_1973_79", ""))},
        )

    @cached_property
    def tags(self) -> TagCodes:
        """All TAGS codes (CABLE-FORMAT 9)."""
        by_code: dict[str, tuple[Tag, ...]] = {}
        own = {row["tag"] for row in self.own.get("tags", ())}
        for row in (*self.own.get("tags", ()), *(row for row in _package("tags") if row["tag"] not in own)):
            code = row["tag"]
            kind = row.get("kind") or kind_by_form(code)
            tag = Tag(code, kind, row.get("description", ""), row.get("era", ""), row.get("confidence", ""))
            by_code[tag.code] = (*by_code.get(tag.code, ()), tag)
        return TagCodes(by_code)

    @cached_property
    def routing(self) -> dict[str, RoutingIndicator]:
        """All routing indicators by their code (CABLE-FORMAT 1.2)."""
        return {
            code: RoutingIndicator(
                code, row["name"], int(row.get("names_seen") or 0) > 3 and float(row.get("top_share") or 1) < 0.8
            )
            for code, row in self._rows("routing", "indicator")
        }

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Words that stay in capitals where a subject is put in readable case.

        Without those that were only seen in capitals, and that nobody has looked at: most are plain words.
        """
        return frozenset(code for code, row in self._rows("acronyms", "acronym") if row.get("source") != "seen")

    @cached_property
    def glossary(self) -> tuple[Term, ...]:
        """The terms of the glossary, by kind and in their order; an own one stands in the place of the package's."""
        rows = {(row["kind"], row["term"]): row for row in (*_package("glossary"), *self.own.get("glossary", ()))}
        terms = (
            Term(row["kind"], row["term"], row["meaning"], row.get("confidence", "") not in UNCERTAIN)
            for row in rows.values()
        )
        return tuple(sorted(terms, key=lambda term: TERM_KINDS.index(term.kind)))

    @cached_property
    def readable(self) -> Readable:
        """Subjects in readable case."""
        return Readable(self.acronyms, self.posts)

    def _rows(self, table: str, key: str) -> list[tuple[str, Row]]:
        """The rows of a table by their keys, each key once."""
        return list({row[key]: row for row in (*_package(table), *self.own.get(table, ()))}.items())


def _package(table: str) -> Iterator[Row]:
    with (files(__name__) / f"{table}.csv").open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def columns(table: str) -> tuple[str, ...]:
    """The columns of one of the package's tables."""
    with (files(__name__) / f"{table}.csv").open(encoding="utf-8") as lines:
        return tuple(next(csv.reader(lines)))


BUILT_IN = Vocabulary()
"""The package's vocabulary, as it stands for a site without rows of its own."""


@cache
def classifications() -> tuple[Classification, ...]:
    """All classifications in ascending order of rank."""
    rows = _package("classifications")
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
