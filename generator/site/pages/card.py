"""The picture by which networks show the site."""

from collections.abc import Iterator

import msgspec

from generator.archive.catalog import Catalog
from generator.archive.settle import CableChange
from generator.site import addresses
from generator.site.pages.kind import Context, Copy, Page

OWN = "static/card.png"
"""The content file that stands for the picture that would be drawn."""


class CardDraft(msgspec.Struct, frozen=True):
    """The words of the picture, and the digest of the site's own one, empty where it has none."""

    title: str
    tagline: str
    own: bytes


class CardImage:
    """One picture, where the base URL is known: networks take no relative address."""

    name = "card"
    names = ("card image", "card images")
    templates = ()
    settings = ("title", "tagline", "base_url")

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The one group."""
        yield self.name

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """Nothing: no cable shows on it."""
        return iter(())

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The one picture."""
        if catalog.meta("base_url"):
            yield Page(addresses.CARD, self.name, key)

    def draft(self, context: Context, page: Page) -> CardDraft:
        """The words of the site, and which picture it has."""
        own = context.catalog.input(OWN)
        return CardDraft(context.config.title, context.config.tagline, own.digest if own else b"")

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> bytes | Copy:
        """The site's own picture as it is, else one that is drawn."""
        from generator.site.card import card

        assert isinstance(draft, CardDraft)
        return Copy(OWN, draft.own) if draft.own else card(draft.title, draft.tagline)
