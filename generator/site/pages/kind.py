"""What a kind of page has to say about itself, and what it may ask.

Pages come in groups that are planned together: a cable's page is a group, the aliases of a cable another. A kind
names its groups, says which of them a changed cable touches, and makes the pages of a group from the catalog. The draft
of a page holds all that its bytes depend on; equal drafts are never rendered twice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import msgspec

from generator.archive.catalog import Catalog
from generator.archive.intake import VANISHED, Spools
from generator.archive.queries import Entry
from generator.archive.settle import CableChange
from generator.cable.vocabulary import Vocabulary
from generator.settings.config import Config
from generator.site import addresses
from generator.site.glosses.meanings import Meanings
from generator.site.views import Link, Row, SiteView


class Page(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A wanted file: its path in the output, its kind and group, and which page of the group it is."""

    path: str
    kind: str
    key: str
    part: str = ""


class Copy(msgspec.Struct, frozen=True):
    """A page that is a content file as it is, however large: its path, and the SHA-256 that its bytes should have."""

    path: str
    digest: bytes


class Templated(msgspec.Struct, frozen=True, gc=False):
    """A page that a template makes of a view, which is all that it sees; `length` is that of a long text in it.

    The view is whole when these `steps` were taken, each of which makes a fuller one of it. So pages that are made
    together can take one step after the other.
    """

    template: str
    view: msgspec.Struct
    length: int = 0
    steps: tuple[Callable[[Any], msgspec.Struct], ...] = ()

    def one_step_on(self) -> "Templated":
        """The page with the first of its steps taken."""
        return Templated(self.template, self.steps[0](self.view), self.length, self.steps[1:])


class Context(msgspec.Struct, frozen=True):
    """All that a page may be made from; parsed cables wait in the `spools`."""

    catalog: Catalog
    config: Config
    vocabulary: Vocabulary
    meanings: Meanings
    content: Path
    spools: Spools
    asset: Callable[[str], bytes]

    def site(self, path: str, root: str | None = None) -> SiteView:
        """What every page shows of the configuration, as seen from the page at `path`, or from below `root`."""
        root = addresses.root(path) if root is None else root
        lists = tuple(Link(text, f"{root}{address}") for text, address in addresses.MAIN_LISTS)
        own = tuple(Link(n.label, addresses.from_root(root, n.address)) for n in self.config.navigation)
        return SiteView(
            root=root,
            title=self.config.title,
            tagline=self.config.tagline,
            banner=addresses.from_root(root, self.config.banner) if self.config.banner else "",
            card=self.canonical(addresses.CARD),
            language=self.config.language,
            collection=self.config.collection,
            navigation=lists + own,
            community=tuple(Link(n.label, addresses.from_root(root, n.address)) for n in self.config.community),
        )

    def canonical(self, path: str) -> str:
        """The absolute address of a page, or empty without a base URL."""
        return addresses.absolute(self.config.base_url, path)


class Kind(Protocol):
    """One kind of page."""

    @property
    def name(self) -> str:
        """The kind's name in the catalog."""

    @property
    def names(self) -> tuple[str, str]:
        """What one of its pages is called in a summary, and what several are."""

    @property
    def templates(self) -> tuple[str, ...]:
        """The templates that its pages are made with; none for the theme's assets and copied files."""

    @property
    def settings(self) -> tuple[str, ...]:
        """The keys of the configuration that its pages show."""

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The keys of all groups that there are."""

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The keys of the groups that may look different after a change, each with the reason."""

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The pages of a group; none if the group is gone."""

    def draft(self, context: Context, page: Page) -> msgspec.Struct:
        """All that the page's bytes depend on, save templates and program."""

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> bytes | Copy | Templated:
        """The bytes of the page, or where they are, or what they are made of."""


SITE_SETTINGS = ("title", "tagline", "banner", "language", "collection", "navigation", "community", "base_url")
"""The keys of the configuration that every page made from a template shows."""


def row(root: str, entry: Entry) -> Row:
    """A cable as a line of a list, as seen from a page below `root`."""
    return Row(
        id=entry.id,
        href=addresses.to_cable(root, entry.address),
        subject=entry.subject,
        readable=entry.readable,
        created=entry.created,
        released=entry.released,
        classification=entry.classification,
        classification_slug=entry.classification_slug,
        origin=entry.origin,
    )


class InputChangedError(Exception):
    """A content file is no longer what the catalog knows; the build looks at the folder again."""


@contextmanager
def still_there(path: str) -> Iterator[None]:
    """Take a content file that was deleted since the catalog learned of it as one that changed."""
    try:
        yield
    except VANISHED:
        raise InputChangedError(path) from None
