"""Stubs: old addresses that lead to the new ones (CABLE-FORMAT 8.1)."""

from collections.abc import Iterator

import msgspec

from generator.archive import queries
from generator.archive.catalog import Catalog
from generator.archive.lists import GLUED, safe_name
from generator.archive.settle import CableChange
from generator.cable import ids
from generator.site.pages.kind import SITE_SETTINGS, Context, Page, Templated
from generator.site.views import StubView

OLD_CLASSIFICATIONS = {
    "confidential": 1,
    "confidential-noforn": 2,
    "secret": 3,
    "secret-noforn": 4,
    "unclassified": 5,
    "unclassified-fouo": 6,
}
"""The old site's numbers, stable over all its releases; by our slug."""


class ListStubs:
    """The old first page of each list of days, months, tags and classifications.

    A word that is several tags had a list on the old site; it leads to that of the first of them (2.4).
    """

    name = "list-stub"
    names = ("old address", "old addresses")
    templates = ("stub.html",)
    settings = SITE_SETTINGS

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The lists that the old site had under an address that can be known."""
        for family in ("reldate", "date", "tag", "classification", GLUED):
            yield from (entry.name for entry in queries.lists(catalog, family) if _old_path(entry.name))

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The stubs of the lists that the cable came into or left."""
        before, after = ({*head.memberships, *head.glued} if head else set() for head in (change.before, change.after))
        for membership in before ^ after:
            if _old_path(membership.list):
                yield membership.list, f"{membership.title} gained or lost a cable"

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The stub, if the list is there."""
        if queries.list_count(catalog, key) is not None:
            yield Page(_old_path(key), self.name, key)

    def draft(self, context: Context, page: Page) -> StubView:
        """Where the list is now."""
        entry = queries.list_count(context.catalog, page.key)
        site = context.site(page.path)
        title = entry.title if entry else page.key
        target = f"tag/{safe_name(title)}" if page.key.startswith(f"{GLUED}/") else page.key
        return StubView(site, title, f"{site.root}{target}.html")

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Templated:
        """The page."""
        return Templated("stub.html", draft)


class AliasStubs:
    """A page for each other name of a cable, where no cable stands under that name itself."""

    name = "alias-stub"
    names = ("other name of a cable", "other names of cables")
    templates = ("stub.html",)
    settings = SITE_SETTINGS

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The content files of the cables that go by more than one name."""
        return queries.renamed_paths(catalog)

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The aliases of the cable, and those of others that use or used its name or its address."""
        if change.before == change.after:
            return
        heads = [head for head in (change.before, change.after) if head is not None]
        if any(len(head.names) > 1 for head in heads):
            yield change.path, "its names changed"
        for head in heads:
            for path in queries.holders(catalog, head.names):
                yield path, f"{head.id} changed"

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The stubs of the cable's other names."""
        entry = queries.entry(catalog, key)
        if entry is None:
            return
        for name in queries.head(catalog, key).names[1:]:
            address = ids.address(name, queries.created(entry))
            holder = queries.find(catalog, name)
            if holder is not None and holder.path == key and not queries.occupied(catalog, address):
                yield Page(address, self.name, key, name)

    def draft(self, context: Context, page: Page) -> StubView:
        """Where the cable is."""
        entry = queries.entry(context.catalog, page.key)
        assert entry is not None
        site = context.site(page.path)
        return StubView(site, entry.id, site.root + entry.address)

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Templated:
        """The page."""
        return Templated("stub.html", draft)


def _old_path(name: str) -> str:
    """The address of the list's first page on the old site, or empty."""
    family, _, slug = name.partition("/")
    if family == "classification":
        number = OLD_CLASSIFICATIONS.get(slug)
        return f"classification/{number}_0.html" if number else ""
    if family == GLUED:
        return f"tag/{slug}_0.html"
    return f"{name}_0.html" if family in ("reldate", "date", "tag") else ""
