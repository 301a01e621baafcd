"""The page that a host shows where there is none."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from generator.archive.catalog import Catalog
from generator.archive.lists import origin_slug
from generator.archive.settle import CableChange
from generator.site.pages.kind import SITE_SETTINGS, Context, Page, Templated
from generator.site.views import NotFoundView


class NotFoundPage:
    """One page."""

    name = "404"
    names = ("404 page", "404 pages")
    templates = ("404.html",)
    settings = SITE_SETTINGS

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The one group."""
        yield "404"

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """Nothing: no cable shows on it."""
        return iter(())

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The one page."""
        yield Page("404.html", self.name, key)

    def draft(self, context: Context, page: Page) -> NotFoundView:
        """The way home: from the host's root where the base URL is known, since the page is shown at any depth."""
        posts = context.vocabulary.posts.by_code.values()
        return NotFoundView(
            site=context.site(page.path, urlsplit(context.config.base_url).path),
            posts=" ".join(f"{post.code}:{origin_slug(post.name)}" for post in posts if post.name),
        )

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Templated:
        """The page."""
        return Templated("404.html", draft)
