"""The content folder's own files, copied as they are."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.archive.catalog import Catalog, Input
from generator.archive.intake import VANISHED, read_digest
from generator.archive.settle import CableChange
from generator.site.pages.card import OWN, CardImage
from generator.site.pages.kind import Context, Copy, Page


def settle_static(catalog: Catalog, content: Path, path: str, *, gone: bool) -> None:
    """Bring the catalog up to date with a file, and mark it if it is not the same."""
    before = catalog.input(path)
    try:
        digest, stamp = (b"", None) if gone else read_digest(content / path)
    except VANISHED:
        stamp = None
    if stamp is None:
        catalog.drop_input(path)
    else:
        catalog.put_input(path, Input(stamp, digest))
    after = catalog.input(path)
    if (before and before.digest) != (after and after.digest):
        catalog.mark("static", path, "the file changed")
        if path == OWN:
            catalog.mark(CardImage.name, CardImage.name, "the site's own picture changed")


class StaticDraft(msgspec.Struct, frozen=True):
    """A file, by its digest."""

    digest: bytes


class StaticFiles:
    """`content/static/` as `static/`; a group is a content file."""

    name = "static"
    names = ("static file", "static files")
    templates = ()
    settings = ()

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The files below `static`."""
        return catalog.inputs_below("static")

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """Nothing: no cable shows in them."""
        return iter(())

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The file, if it is there."""
        if catalog.input(key) is not None:
            yield Page(key, self.name, key)

    def draft(self, context: Context, page: Page) -> StaticDraft:
        """The file's digest as the catalog knows it."""
        entry = context.catalog.input(page.key)
        assert entry is not None
        return StaticDraft(entry.digest)

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Copy:
        """The file as it is."""
        assert isinstance(draft, StaticDraft)
        return Copy(page.key, draft.digest)
