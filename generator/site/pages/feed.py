"""The feeds: the cables that were released last, of the whole archive, of each tag and of each origin.

A feed says nothing but what the cables say, so it has no clock: what it calls updated is the day of release. It exists
where the site knows its own address and a cable its day of release.
"""

import re
from collections.abc import Iterator
from uuid import UUID, uuid5

import msgspec

from generator.archive import queries
from generator.archive.catalog import Catalog
from generator.archive.lists import has_feed
from generator.archive.settle import CableChange
from generator.site.families import FAMILIES
from generator.site.pages.kind import Context, Page, Templated
from generator.site.views import Link
from generator.site.views.feed import FeedEntry, FeedView

WHOLE = "feed"
"""The group of the one feed of all cables; the others are groups by the names of their lists."""

ENTRIES = 25

NAMESPACE = UUID("3f6c1b0e-6a53-5c0a-9d0b-6f1f2f0c7a11")
"""What the ids of feeds and entries are made from, with their path: they stay when a site moves to another host."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML has no place for (XML 1.0, 2.2); surrogates never come this far."""


class Feeds:
    """One feed a group."""

    name = "feed"
    names = ("feed", "feeds")
    templates = ("feed.xml",)
    settings = ("title", "tagline", "language", "collection", "base_url")

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The whole archive, and all lists that can have a feed."""
        yield WHOLE
        for family in FAMILIES:
            yield from (entry.name for entry in queries.lists(catalog, family) if has_feed(entry.name))

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The feeds that the cable may stand in, also where only its text changed, which may have a summary.

        And those of the lists that it came into or left: they may have another title since.
        """
        heads = [head for head in (change.before, change.after) if head is not None and head.released]
        for head in heads:
            yield WHOLE, f"{head.id} changed"
            yield from ((m.list, f"{head.id} in it changed") for m in head.memberships if has_feed(m.list))
        yield from ((key, f"{key} counts other cables") for key in change.counted if has_feed(key))

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The feed, if there is anything to tell and an address to tell it from."""
        if catalog.meta("base_url") and _entries(catalog, key, 1):
            yield Page(feed_path(key), self.name, key)

    def draft(self, context: Context, page: Page) -> FeedView:
        """The newest cables, each with what a reader decides by whether to read it."""
        catalog, config = context.catalog, context.config
        entries = tuple(_entry(context, entry) for entry in _entries(catalog, page.key, ENTRIES))
        entry = queries.list_count(catalog, page.key)
        html = f"{page.key}.html" if entry else "index.html"
        return FeedView(
            id=_urn(f"{config.collection}/{page.path}"),
            title=xml_text(f"{config.title}: {entry.title}" if entry else config.title),
            subtitle=xml_text(config.tagline),
            language=config.language,
            author=xml_text(config.title),
            updated=max(entry.updated for entry in entries),
            own=context.canonical(page.path),
            html=context.canonical(html),
            entries=entries,
        )

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Templated:
        """The feed."""
        return Templated("feed.xml", draft)


def feed_path(key: str) -> str:
    """Where the feed of a group is: beside the list's first page."""
    return f"{key}.xml"


def feed_link(context: Context, root: str, key: str) -> Link | None:
    """The way to the feed of a list or of the whole archive, as seen from a page below `root`, if there is one."""
    if not context.config.base_url or not _entries(context.catalog, key, 1):
        return None
    return Link("Atom feed", root + feed_path(key))


def xml_text(text: str) -> str:
    """A text as XML can hold it: what it can't stands as U+FFFD."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _entries(catalog: Catalog, key: str, limit: int) -> list[queries.Entry]:
    """The cables that were released last, those of one day by their creation, the newest first."""
    if key != WHOLE:
        return queries.newest(catalog, key, limit)
    found: list[queries.Entry] = []
    for day in sorted(queries.lists(catalog, "reldate"), key=lambda entry: entry.name, reverse=True):
        if len(found) < limit:
            found += queries.members(catalog, day.name, limit=limit - len(found))
    return found


def _entry(context: Context, entry: queries.Entry) -> FeedEntry:
    head = queries.head(context.catalog, entry.path)
    facts = ", ".join(fact for fact in (entry.classification, entry.origin, entry.created[:10]) if fact)
    summary = queries.summary(context.catalog, entry.path)
    return FeedEntry(
        id=_urn(entry.address),
        title=xml_text(f"{entry.id}: {entry.subject}" if entry.subject else entry.id),
        href=context.canonical(entry.address),
        updated=_moment(entry.released),
        author=xml_text(entry.origin),
        classification=xml_text(entry.classification),
        tags=tuple(xml_text(m.title) for m in head.memberships if m.list.startswith("tag/")),
        summary=xml_text(". ".join(text for text in (facts, summary) if text)),
    )


def _urn(path: str) -> str:
    return uuid5(NAMESPACE, path).urn


def _moment(released: str) -> str:
    """`2011-08-24 01:00` or `2011-08-24` as RFC 3339 has it, in UTC."""
    day, _, time = released.partition(" ")
    return f"{day}T{time or '00:00'}:00Z"
