"""What search engines ask for: `robots.txt`, the sitemap index, and the sitemaps that it names (sitemaps.org, 0.9).

The cables are cut by the month in their address, so that one that is added changes one sitemap. None of these files
exists where the site does not know its own address, since all addresses in them are absolute.
"""

from collections.abc import Iterator

import msgspec

from generator.archive import articles, queries
from generator.archive.catalog import Catalog
from generator.archive.head import Head
from generator.archive.settle import CableChange
from generator.site import addresses
from generator.site.families import FAMILIES
from generator.site.pages.absent import ABSENT_INDEX
from generator.site.pages.kind import Context, Page, Templated
from generator.site.pages.statistics import STATISTICS
from generator.site.views.feed import SitemapView

MOST = 50_000
"""Addresses in one sitemap, by the protocol."""

AT_ONCE = 3
"""More cables than what happens to one file can bring into a month or a list, or take out."""

ROBOTS = "robots.txt"
INDEX = "sitemap.xml"
PAGES = "pages"
"""The group of what is no cable and no list. The other groups are the families of lists, and months of cables."""


class Sitemaps:
    """One group a sitemap, which is more than one file where it has more addresses than the protocol allows."""

    name = "sitemap"
    names = ("file for search engines", "files for search engines")
    templates = ("sitemap.xml", "sitemap-index.xml", "robots.txt")
    settings = ("base_url",)

    def every(self, catalog: Catalog) -> Iterator[str]:
        """What is for all, and the sitemaps."""
        yield from (ROBOTS, INDEX, *_sitemaps(catalog))

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The month of a cable that comes or goes, and the families of which a list may come or go with it."""
        for key, path in _places(change.before) ^ _places(change.after):
            if key not in FAMILIES:
                yield key, f"{path} came or went"
                if (_count(catalog, key) + AT_ONCE) % MOST <= 2 * AT_ONCE:
                    yield INDEX, f"{path} came or went"
                continue
            entry = queries.list_count(catalog, path)
            if entry is None or entry.count <= AT_ONCE:
                yield key, f"{path} may have come or gone"
                yield INDEX, f"{path} may have come or gone"

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The file, or several where there are too many addresses for one."""
        if not catalog.meta("base_url"):
            return
        if key in (ROBOTS, INDEX):
            yield Page(key, self.name, key)
        else:
            yield from (Page(path, self.name, key, part) for path, part in _parts(key, _count(catalog, key)))

    def draft(self, context: Context, page: Page) -> SitemapView:
        """The absolute addresses in the file."""
        catalog = context.catalog
        if page.key == ROBOTS:
            paths = [INDEX]
        elif page.key == INDEX:
            paths = [path for key in _sitemaps(catalog) for path, _ in _parts(key, _count(catalog, key))]
        else:
            paths = _paths(catalog, page.key, MOST, MOST * (int(page.part) - 1))
        return SitemapView(tuple(context.canonical(path) for path in paths))

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Templated:
        """The file."""
        template = {ROBOTS: "robots.txt", INDEX: "sitemap-index.xml"}.get(page.key, "sitemap.xml")
        return Templated(template, draft)


def _sitemaps(catalog: Catalog) -> Iterator[str]:
    yield from (PAGES, *FAMILIES)
    yield from (_month(folder) for folder in queries.months(catalog))


def _parts(key: str, count: int) -> Iterator[tuple[str, str]]:
    """The files of a sitemap of so many addresses, each with its number; the first has none in its name."""
    for number in range(1, -(-count // MOST) + 1):
        yield f"sitemap/{key}.xml" if number == 1 else f"sitemap/{key}-{number}.xml", str(number)


def _count(catalog: Catalog, key: str) -> int:
    if key == PAGES:
        return len(_single_pages(catalog))
    if key in FAMILIES:
        return len(queries.lists(catalog, key))
    month = queries.list_count(catalog, f"date/{key}")
    return month.count if month else queries.count_in(catalog, _folder(key))


def _paths(catalog: Catalog, key: str, limit: int, offset: int) -> list[str]:
    """The addresses of a sitemap, from one on."""
    if key == PAGES:
        return _single_pages(catalog)[offset : offset + limit]
    if key in FAMILIES:
        return [f"{entry.name}.html" for entry in queries.lists(catalog, key)[offset : offset + limit]]
    return queries.addresses_in(catalog, _folder(key), limit, offset)


def _single_pages(catalog: Catalog) -> list[str]:
    written = (a for kind in ("article", "page") for a in articles.articles(catalog, kind))
    indexes = (f"{family}/index.html" for family in FAMILIES)
    return [
        "index.html",
        *indexes,
        ABSENT_INDEX,
        STATISTICS,
        addresses.GLOSSARY,
        addresses.STATIONS,
        *(addresses.article(a.kind, a.slug) for a in written),
    ]


def _places(head: Head | None) -> set[tuple[str, str]]:
    """Where a cable stands in sitemaps: the group and, in it, the cable's address or the name of a list."""
    if head is None:
        return set()
    lists = ((membership.list.partition("/")[0], membership.list) for membership in head.memberships)
    return {(_month(head.address), head.address), *lists}


def _month(address: str) -> str:
    """`2010-01` of `cable/2010/01` and of what lies in it; 00 is a month that is not known."""
    return "-".join(address.split("/")[1:3])


def _folder(month: str) -> str:
    return f"cable/{month.replace('-', '/')}"
