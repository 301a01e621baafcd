"""The home page."""

from collections.abc import Iterator

import msgspec

from generator.archive import absent, articles, queries
from generator.archive.catalog import Catalog
from generator.archive.settle import CableChange
from generator.site import addresses
from generator.site.families import FAMILIES
from generator.site.pages.absent import ABSENT_INDEX, ABSENT_TITLE
from generator.site.pages.feed import WHOLE, feed_link
from generator.site.pages.kind import SITE_SETTINGS, Context, Page, Templated, row
from generator.site.pages.statistics import STATISTICS
from generator.site.views import Entry, HomeView, Link, Release

RELEASES = 3
ROWS = 10


class HomePage:
    """One page."""

    name = "home"
    names = ("home page", "home pages")
    templates = ("home.html",)
    settings = (*SITE_SETTINGS, "description", "total")

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The one group."""
        yield "home"

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The home page, unless only a text changed."""
        if change.before != change.after:
            yield "home", "the archive changed"

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The one page."""
        yield Page("index.html", self.name, key)

    def draft(self, context: Context, page: Page) -> HomeView:
        """The counter, what is newest, the articles and the ways in."""
        catalog, site = context.catalog, context.site(page.path)
        families = ((family, len(queries.lists(catalog, family.name))) for family in FAMILIES.values())
        cables = queries.count_cables(catalog)
        by_release = _by_release(catalog, cables)
        missing = sum(shelf.count for shelf in absent.shelves(catalog))
        return HomeView(
            site=site,
            description=context.config.description,
            canonical=context.canonical(page.path),
            feed=feed_link(context, site.root, WHOLE),
            released=cables,
            total=context.config.total,
            by_release=by_release,
            releases=tuple(_newest(catalog, "reldate" if by_release else "date", site.root)),
            articles=tuple(
                Link(a.title, addresses.article(a.kind, a.slug), a.summary)
                for a in articles.articles(catalog, "article")
            ),
            families=(
                *(Entry(f.title, f"{f.name}/index.html", count, "") for f, count in families),
                Entry(ABSENT_TITLE, ABSENT_INDEX, missing, "Cables that others refer to"),
                Entry("Glossary", addresses.GLOSSARY, 0, "What codes, captions and acronyms mean; stations"),
                Entry("Statistics", STATISTICS, 0, "By month, origin, classification and tag; gaps"),
            ),
        )

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Templated:
        """The page."""
        return Templated("home.html", draft)


def _by_release(catalog: Catalog, cables: int) -> bool:
    """Whether most cables have a day of release, as those of a dump have not."""
    return 2 * sum(entry.count for entry in queries.lists(catalog, "reldate")) > cables


def _newest(catalog: Catalog, family: str, root: str) -> Iterator[Release]:
    """The newest days of release, or months of creation, each with its newest cables."""
    dated = [entry for entry in queries.lists(catalog, family) if entry.name[len(family) + 1 :][:1].isdigit()]
    for entry in sorted(dated, key=lambda entry: entry.name, reverse=True)[:RELEASES]:
        rows = tuple(row(root, member) for member in queries.members(catalog, entry.name, limit=ROWS))
        yield Release(entry.title, f"{root}{entry.name}.html", entry.count, rows)
