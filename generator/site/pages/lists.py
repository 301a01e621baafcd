"""The lists of cables: by day of release, month of creation, origin, tag and classification."""

from collections.abc import Iterator

import msgspec

from generator.archive import queries
from generator.archive.catalog import Catalog
from generator.archive.lists import Slice, bounds, has_feed
from generator.archive.settle import CableChange
from generator.site.families import FAMILIES
from generator.site.pages.feed import feed_link
from generator.site.pages.kind import SITE_SETTINGS, Context, Page, row
from generator.site.views import Link, ListView, Part


class ListPages:
    """One group a list, and, where it is long, one each of its parts; the groups are addresses without `.html`."""

    name = "list"
    names = ("list page", "list pages")
    templates = ("list.html",)
    settings = SITE_SETTINGS

    def every(self, catalog: Catalog) -> Iterator[str]:
        """All lists, each with its parts."""
        for family in FAMILIES:
            for entry in queries.lists(catalog, family):
                yield entry.name
                yield from (f"{entry.name}/{part.name}" for part in queries.parts(catalog, entry.name))

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The pages that show the cable or showed it, that it counts on or counted on, or that lead to its feed."""
        if change.before == change.after:
            return
        for head in filter(None, (change.before, change.after)):
            reason = f"{head.id} in it changed"
            for membership in head.memberships:
                part = queries.part_with(catalog, membership.list, head.created)
                yield f"{membership.list}/{part}" if part else membership.list, reason
                if part and has_feed(membership.list) and _is_other_release(change):
                    yield membership.list, reason
            yield from ((key, reason) for key in change.counted)

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The one page, if the list or the part is there."""
        name, part = _parted(key)
        if queries.part(catalog, name, part) if part else queries.list_count(catalog, name):
            yield Page(f"{key}.html", self.name, key)

    def draft(self, context: Context, page: Page) -> ListView:
        """The rows of the list or of a part of it; where that is cut, the ways to its parts."""
        catalog, site = context.catalog, context.site(page.path)
        name, part = _parted(page.key)
        entry = queries.list_count(catalog, name)
        assert entry is not None
        family = name.partition("/")[0]
        own = queries.part(catalog, name, part) if part else None
        parts = queries.parts_of(catalog, name, part)
        members = [] if parts else queries.members(catalog, name, *(bounds(part) if part else ()))
        return ListView(
            site=site,
            family=family,
            title=f"{entry.title}, {own.title}" if own else entry.title,
            description=context.vocabulary.tags.meaning(entry.title) if family == "tag" and not own else "",
            canonical=context.canonical(page.path),
            feed=feed_link(context, site.root, page.key) if has_feed(page.key) and not own else None,
            count=own.count if own else entry.count,
            index=_above(site.root, name, entry.title, own),
            parts=tuple(Part(inner.title, f"{site.root}{name}/{inner.name}.html", inner.count) for inner in parts),
            rows=tuple(row(site.root, member) for member in members),
        )

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> bytes:
        """The page."""
        return context.render("list.html", draft)


def _is_other_release(change: CableChange) -> bool:
    """Whether the cable is released now and was not before, or the reverse: its lists may have a feed, or no longer."""
    before, after = change.before, change.after
    return bool(before and before.released) != bool(after and after.released)


def _parted(key: str) -> tuple[str, str]:
    """The name of a list, and of its part that a group is, or nothing."""
    family, slug, *part = key.split("/")
    return f"{family}/{slug}", part[0] if part else ""


def _above(root: str, key: str, title: str, part: Slice | None) -> Link:
    """The page that leads to this one: the index of the family, the list's first page, or a longer part."""
    if part is None:
        family = key.partition("/")[0]
        return Link(FAMILIES[family].title, f"{root}{family}/index.html")
    if part.parent:
        return Link(f"{title}, {part.parent}", f"{root}{key}/{part.parent}.html")
    return Link(title, f"{root}{key}.html")
