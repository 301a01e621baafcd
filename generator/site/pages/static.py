"""The content folder's own files, copied as they are."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.archive.catalog import Catalog, Input
from generator.archive.intake import VANISHED, read_bytes
from generator.archive.settle import CableChange
from generator.site.pages.kind import Context, InputChangedError, Page, still_there


def settle_static(catalog: Catalog, content: Path, path: str, *, gone: bool) -> None:
    """Bring the catalog up to date with a file, and mark it if it is not the same."""
    before = catalog.input(path)
    try:
        entry = None if gone else _entry(content / path)
    except VANISHED:
        entry = None
    if entry is None:
        catalog.drop_input(path)
    else:
        catalog.put_input(path, entry)
    after = catalog.input(path)
    if (before and before.digest) != (after and after.digest):
        catalog.mark("static", path, "the file changed")


def _entry(file: Path) -> Input:
    raw, stamp = read_bytes(file)
    return Input(stamp, hashlib.sha256(raw).digest())


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

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> bytes:
        """The file's bytes."""
        assert isinstance(draft, StaticDraft)
        with still_there(page.key):
            raw, _ = read_bytes(context.content / page.key)
        if hashlib.sha256(raw).digest() != draft.digest:
            raise InputChangedError(page.key)
        return raw
