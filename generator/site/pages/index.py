"""The indexes: all lists of one family, A to Z or by year."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from generator.archive import queries
from generator.archive.catalog import Catalog
from generator.archive.settle import CableChange
from generator.cable.vocabulary.tag_codes import TagCodes
from generator.site.families import FAMILIES, Family
from generator.site.pages.kind import SITE_SETTINGS, Context, Page, Templated
from generator.site.views import Entry, Group, IndexView


class IndexPages:
    """One group a family of lists."""

    name = "index"
    names = ("index", "indexes")
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
        site, family = context.site(page.path), FAMILIES[page.key]
        return IndexView(
            site=site,
            family=family.name,
            title=family.title,
            canonical=context.canonical(page.path),
            groups=tuple(
                _groups(family, queries.lists(context.catalog, family.name), site.root, context.vocabulary.tags)
            ),
        )

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Templated:
        """The page."""
        return Templated("index.html", draft)


def _groups(family: Family, lists: list[queries.ListCount], root: str, tags: TagCodes) -> Iterator[Group]:
    for label, entries in groupby(sorted(lists, key=family.order), key=family.label):
        yield Group(label, tuple(_entries(family.name, entries, root, tags)))


def _entries(family: str, lists: Iterable[queries.ListCount], root: str, tags: TagCodes) -> Iterator[Entry]:
    for entry in lists:
        meaning = tags.meaning(entry.title) if family == "tag" else ""
        yield Entry(entry.title, f"{root}{entry.name}.html", entry.count, meaning)
