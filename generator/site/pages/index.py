"""The indexes: all lists of one family, A to Z or by year."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from generator.archive import queries
from generator.archive.catalog import Catalog
from generator.archive.lists import FAMILIES, place
from generator.archive.settle import CableChange
from generator.cable.tag_codes import TagCodes
from generator.cable.vocabulary import classification
from generator.site.pages.kind import SITE_SETTINGS, Context, Page
from generator.site.pages.lists import FAMILY_TITLES
from generator.site.views import Entry, Group, IndexView


class IndexPages:
    """One group a family of lists."""

    name = "index"
    templates = ("index.html",)
    settings = SITE_SETTINGS

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The families; each has an index, be it empty."""
        return iter(FAMILIES)

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The families whose lists gained or lost a cable."""
        before = set(change.before.memberships) if change.before else set()
        after = set(change.after.memberships) if change.after else set()
        for membership in before ^ after:
            yield membership.list.partition("/")[0], f"{membership.title} gained or lost a cable"

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The one page."""
        yield Page(f"{key}/index.html", self.name, key)

    def draft(self, context: Context, page: Page) -> IndexView:
        """The lists of the family, in groups."""
        site = context.site(page.path)
        return IndexView(
            site=site,
            family=page.key,
            title=FAMILY_TITLES[page.key],
            canonical=context.canonical(page.path),
            groups=tuple(
                _groups(page.key, queries.lists(context.catalog, page.key), site.root, context.vocabulary.tags)
            ),
        )

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> bytes:
        """The page."""
        return context.render("index.html", draft)


def _groups(family: str, lists: list[queries.ListCount], root: str, tags: TagCodes) -> Iterator[Group]:
    ordered = sorted(lists, key=lambda entry: _order(family, entry))
    for label, entries in groupby(ordered, key=lambda entry: _label(family, entry)):
        yield Group(label, tuple(_entries(family, entries, root, tags)))


def _entries(family: str, lists: Iterable[queries.ListCount], root: str, tags: TagCodes) -> Iterator[Entry]:
    for entry in lists:
        meaning = tags.meaning(entry.title) if family == "tag" else ""
        yield Entry(entry.title, f"{root}{entry.name}.html", entry.count, meaning)


def _order(family: str, entry: queries.ListCount) -> tuple[str | int, ...]:
    """Days and months newest first, origins by place, classifications by rank, tags by name."""
    if family in ("date", "reldate"):
        return tuple(-int(number) for number in entry.name.partition("/")[2].split("-"))
    if family == "classification":
        known = classification(entry.title)
        return (known.rank if known else 99, entry.title)
    name = place(entry.title) if family == "origin" else entry.title
    return (_label(family, entry), name.casefold(), entry.name)


def _label(family: str, entry: queries.ListCount) -> str:
    if family in ("date", "reldate"):
        return entry.name.partition("/")[2][:4]
    if family == "classification":
        return ""
    initial = (place(entry.title) if family == "origin" else entry.title)[:1].upper()
    return initial if initial.isalpha() else "0-9"
