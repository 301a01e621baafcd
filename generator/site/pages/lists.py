"""The lists of cables: by day of release, month of creation, origin, tag and classification."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import msgspec

from generator.archive import queries
from generator.archive.catalog import Catalog
from generator.archive.lists import Slice, bounds, has_feed
from generator.archive.related import related_tags
from generator.archive.settle import CableChange
from generator.site.chart import chart, share, years
from generator.site.families import FAMILIES
from generator.site.pages.feed import feed_link
from generator.site.pages.kind import SITE_SETTINGS, Context, Page, Templated, row
from generator.site.sentences import list_meanings
from generator.site.views import Link, ListView, Part, Row, YearRows
from generator.site.views.chart import Chart

ABOUT = ("tag", "origin")
"""The families of lists that say more of themselves than their cables."""

RELATED = 8


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
                yield membership.list, reason
                if part:
                    yield f"{membership.list}/{part}", reason
            yield from ((key, reason) for key in change.counted)

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The one page, if the list or the part is there."""
        name, part = _parted(key)
        if queries.part(catalog, name, part) if part else queries.list_count(catalog, name):
            yield Page(f"{key}.html", self.name, key)

    def draft(self, context: Context, page: Page) -> ListView:
        """The rows of the list or of a part of it; where that is cut, the ways to its parts.

        A part that is cut gives no numbers: so a cable that comes or goes changes a list's first page and one part of
        it, however deep that lies.
        """
        catalog, site = context.catalog, context.site(page.path)
        name, part = _parted(page.key)
        entry = queries.list_count(catalog, name)
        assert entry is not None
        family = name.partition("/")[0]
        own = queries.part(catalog, name, part) if part else None
        parts = queries.parts_of(catalog, name, part)
        members = [] if parts else queries.members(catalog, name, *(bounds(part) if part else ()))
        count = entry.count if not own else None if parts else own.count
        whole = not own and family in ABOUT
        return ListView(
            site=site,
            family=family,
            title=f"{entry.title}, {own.title}" if own else entry.title,
            meanings=list_meanings(family, entry.title, context.vocabulary) if whole else (),
            canonical=context.canonical(page.path),
            feed=feed_link(context, site.root, page.key) if has_feed(page.key) and not own else None,
            count=count,
            index=_above(site.root, name, entry.title, own),
            chart=_chart(parts, members) if not own else None,
            related=tuple(_related(context, site.root, name)) if whole else (),
            first=_end(catalog, site.root, name, last=False) if whole and entry.count > 1 else None,
            last=_end(catalog, site.root, name, last=True) if whole and entry.count > 1 else None,
            parts=tuple(_parts(f"{site.root}{name}", parts, members, count)),
            years=tuple(_rows(site.root, members)),
        )

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Templated:
        """The page."""
        return Templated("list.html", draft)


def _year(member: queries.Entry) -> str:
    return member.created[:4]


def _anchor(year: str) -> str:
    return f"y{year}" if year else "undated"


def _rows(root: str, members: list[queries.Entry]) -> Iterator[YearRows]:
    for year, group in groupby(members, key=_year):
        yield YearRows(_anchor(year), tuple(row(root, member) for member in group))


def _chart(parts: list[Slice], members: list[queries.Entry]) -> Chart | None:
    counts = {part.name: part.count for part in parts} if parts else Counter(map(_year, members))
    return chart("Cables by year", years(counts))


def _parts(address: str, parts: list[Slice], members: list[queries.Entry], count: int | None) -> Iterator[Part]:
    """The ways to the parts of a list on pages of their own, or to the years on this page, if there are several."""
    for part in parts:
        numbers = (part.count, share(part.count, count)) if count is not None else (None, "")
        yield Part(part.title, f"{address}/{part.name}.html", *numbers)
    found = Counter(map(_year, members))
    if len(found) > 1:
        for year in sorted(found):
            yield Part(year or "No date", f"#{_anchor(year)}", found[year], share(found[year], len(members)))


def _related(context: Context, root: str, name: str) -> Iterator[Link]:
    for tag in related_tags(context.catalog, name, RELATED):
        yield Link(tag.title, f"{root}{tag.list}.html", context.vocabulary.tags.meaning(tag.title))


def _end(catalog: Catalog, root: str, name: str, *, last: bool) -> Row | None:
    """The first or the last cable of a list, of those whose date is known."""
    found = queries.members(catalog, name, first="0", limit=1, oldest_first=not last)
    return row(root, found[0]) if found else None


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
