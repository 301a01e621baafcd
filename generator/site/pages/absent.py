"""What is not in this archive: cables that others refer to, by origin and year, with who refers to them."""

from collections.abc import Iterator
from itertools import groupby

import msgspec

from generator.archive import absent, queries
from generator.archive.catalog import Catalog
from generator.archive.settle import CableChange
from generator.site.pages.kind import SITE_SETTINGS, Context, Page, Templated, row
from generator.site.views import Link, Part
from generator.site.views.absent import Absent, AbsentIndexView, AbsentPost, AbsentView

INDEX = "index"
ABSENT_INDEX = "absent/index.html"
ABSENT_TITLE = "Not in this archive"


class AbsentPages:
    """One group a shelf (`archive/absent.py`), and the index of all."""

    name = "absent"
    names = ("page of missing cables", "pages of missing cables")
    templates = ("absent.html", "absent-index.html")
    settings = SITE_SETTINGS

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The index, and the shelves from which something is missing."""
        yield INDEX
        yield from (shelf.name for shelf in absent.shelves(catalog))

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The shelves of what the cable refers to, and the one on which it stands itself."""
        for cable_id in absent.affected(catalog, change):
            reason = f"a reference to {cable_id} changed, or the cable itself"
            yield INDEX, reason
            yield absent.shelf_of(cable_id), reason

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The one page; the index is always there."""
        if key == INDEX or absent.absent(catalog, key):
            yield Page(f"absent/{key}.html", self.name, key)

    def draft(self, context: Context, page: Page) -> AbsentView | AbsentIndexView:
        """What is missing, and who says so; or the ways to it."""
        if page.key == INDEX:
            return _index(context, page)
        catalog, site = context.catalog, context.site(page.path)
        code, years = _parted(page.key)
        return AbsentView(
            site=site,
            title=f"{ABSENT_TITLE}: {code} {years}",
            name=context.vocabulary.posts.name(code),
            canonical=context.canonical(page.path),
            index=Link(ABSENT_TITLE, site.root + ABSENT_INDEX),
            cables=tuple(_absent(catalog, site.root, cable_id) for cable_id in absent.absent(catalog, page.key)),
        )

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Templated:
        """The page."""
        return Templated("absent-index.html" if page.key == INDEX else "absent.html", draft)


def _absent(catalog: Catalog, root: str, cable_id: str) -> Absent:
    found = (queries.entry(catalog, path) for path in absent.missing_in(catalog, cable_id))
    cited_by = sorted((e for e in found if e is not None), key=lambda e: (e.created, e.id, e.path))
    return Absent(cable_id, tuple(row(root, entry) for entry in cited_by))


def _index(context: Context, page: Page) -> AbsentIndexView:
    site, shelves = context.site(page.path), absent.shelves(context.catalog)
    posts = groupby(shelves, key=lambda shelf: _parted(shelf.name)[0])
    return AbsentIndexView(
        site=site,
        title=ABSENT_TITLE,
        canonical=context.canonical(page.path),
        count=sum(shelf.count for shelf in shelves),
        posts=tuple(_post(site.root, code, context.vocabulary.posts.name(code), list(own)) for code, own in posts),
    )


def _post(root: str, code: str, name: str, shelves: list[absent.Shelf]) -> AbsentPost:
    years = sorted(shelves, key=lambda shelf: absent.place_of(shelf.name))
    return AbsentPost(
        code=code,
        name=name,
        count=sum(shelf.count for shelf in shelves),
        years=tuple(Part(_parted(s.name)[1], f"{root}absent/{s.name}.html", s.count) for s in years),
    )


def _parted(shelf: str) -> tuple[str, str]:
    """The post of a shelf, and its year in words: `2009, 120000 to 129999`."""
    post, year, first = absent.place_of(shelf)
    return post, f"{year}, {first} to {first + absent.NUMBERS - 1}" if first else f"{year}"
