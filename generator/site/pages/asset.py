"""The theme's own files: style sheet, script, pictures."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec
import rcssmin
import rjsmin

from generator.archive import queries
from generator.archive.catalog import Catalog
from generator.archive.settle import CableChange
from generator.site.pages.kind import Context, Page

STYLE = "assets/site.css"

COMPACT = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}
"""By the end of a file's name: what leaves out comments and blanks that a browser has no use for."""


class AssetDraft(msgspec.Struct, frozen=True):
    """A theme file as it lies there, and the line that is added to the style sheet."""

    raw: bytes
    counter: str


class AssetFiles:
    """The files in the theme's `assets` folder; the groups are their paths.

    The counter "released so far" stands in the style sheet, so that a new cable changes one file and not every page.
    """

    name = "asset"
    names = ("asset", "assets")
    templates = ()
    settings = ("total",)

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The paths of the files."""
        return iter(_names(catalog))

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The style sheet, when a cable comes or goes."""
        if (change.before is None) != (change.after is None):
            yield STYLE, "the number of cables changed"

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The one file, if the theme has it."""
        if key in _names(catalog):
            yield Page(key, self.name, key)

    def draft(self, context: Context, page: Page) -> AssetDraft:
        """The file's bytes."""
        counter = ""
        if page.path == STYLE:
            released, total = queries.count_cables(context.catalog), context.config.total
            text = f"{released:,} / {total:,}" if total else f"{released:,}"
            counter = f':root{{--counter:"{text}"}}\n'
        return AssetDraft(context.asset(page.path), counter)

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> bytes:
        """The file: style sheets and scripts without what is there for people, all others byte for byte."""
        assert isinstance(draft, AssetDraft)
        compact = COMPACT.get(PurePosixPath(page.path).suffix)
        return (compact(draft.raw) if compact else draft.raw) + draft.counter.encode()


def _names(catalog: Catalog) -> list[str]:
    return msgspec.json.decode(catalog.meta("assets") or "[]", type=list[str])
