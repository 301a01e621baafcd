"""The lists of cables: by day of release, month of creation, origin, tag and classification."""

from collections.abc import Iterator

import msgspec

from generator.archive import queries
from generator.archive.catalog import Catalog
from generator.archive.lists import PAGE_ROWS, Slice, bounds, slices, slices_from
from generator.archive.settle import CableChange
from generator.site.families import FAMILIES
from generator.site.pages.kind import SITE_SETTINGS, Context, Page, row
from generator.site.views import Link, ListView, Part


class ListPages:
    """One group a list: its first page and, where it is long, its parts."""

    name = "list"
    templates = ("list.html",)
    settings = SITE_SETTINGS

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The names of all lists."""
        for family in FAMILIES:
            yield from (entry.name for entry in queries.lists(catalog, family))

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The lists that the cable stands in, or stood in."""
        if change.before == change.after:
            return
        for head in (change.before, change.after):
            for membership in head.memberships if head else ():
                yield membership.list, f"{head.id} in it changed" if head else ""

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The list's first page, and one for each slice of a long list."""
        entry = queries.list_count(catalog, key)
        if entry is None:
            return
        yield Page(f"{key}.html", self.name, key)
        if entry.count > PAGE_ROWS:
            for part in slices(queries.days(catalog, key)):
                yield Page(f"{key}/{part.name}.html", self.name, key, part.name)

    def draft(self, context: Context, page: Page) -> ListView:
        """The rows of the list or of a part of it; where that is cut, the ways to its parts."""
        catalog, site = context.catalog, context.site(page.path)
        entry = queries.list_count(catalog, page.key)
        assert entry is not None
        family = page.key.partition("/")[0]
        own, parts = _slices(catalog, entry, page.part)
        has_parts = own.is_cut if own else bool(parts)
        members = [] if has_parts else queries.members(catalog, page.key, *_bounds(own))
        return ListView(
            site=site,
            family=family,
            title=f"{entry.title}, {own.title}" if own else entry.title,
            description=context.vocabulary.tags.meaning(entry.title) if family == "tag" and not own else "",
            canonical=context.canonical(page.path),
            count=own.count if own else entry.count,
            index=_above(site.root, page.key, entry.title, own),
            parts=tuple(_part(site.root, page.key, part) for part in parts if part.parent == page.part),
            rows=tuple(row(site.root, member) for member in members),
        )

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> bytes:
        """The page."""
        return context.render("list.html", draft)


def _slices(catalog: Catalog, entry: queries.ListCount, part: str) -> tuple[Slice | None, tuple[Slice, ...]]:
    """The slice that a page is, or None for the list's first page, and all that are parts of it."""
    if part:
        own, *parts = slices_from(part, queries.days(catalog, entry.name, *bounds(part)))
        return own, tuple(parts)
    return None, slices(queries.days(catalog, entry.name)) if entry.count > PAGE_ROWS else ()


def _bounds(part: Slice | None) -> tuple[str, str]:
    return (part.first, part.end) if part else ("", "~")


def _above(root: str, key: str, title: str, part: Slice | None) -> Link:
    """The page that leads to this one: the index of the family, the list's first page, or a longer part."""
    if part is None:
        family = key.partition("/")[0]
        return Link(FAMILIES[family].title, f"{root}{family}/index.html")
    if part.parent:
        return Link(f"{title}, {part.parent}", f"{root}{key}/{part.parent}.html")
    return Link(title, f"{root}{key}.html")


def _part(root: str, key: str, part: Slice) -> Part:
    return Part(part.title, f"{root}{key}/{part.name}.html", part.count)
