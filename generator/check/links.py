"""Where the addresses in the pages lead, and whether there is something.

A page is looked for on the disk. A fragment must be an id of the page that it names; for another page that is put off
to the end, when each page that some fragment names is read once. What is put off waits in a temporary SQLite file, so
memory stays the same for any number of pages.
"""

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import msgspec

from generator.href import is_external

REMEMBERED = 65_536
"""Of so many paths we remember whether they are there."""

_BY_RULE = ("", "top")
"""Fragments that lead to the beginning of any page (HTML, 7.4.6.4)."""


class Target(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A place in the site: a path below its root, decoded, and the fragment or the empty string."""

    path: str
    fragment: str


class Deferred(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An address with a fragment of another page: what it leads to, and where it stands."""

    target: Target
    page: str
    line: int


class Targets:
    """The places of one site. `base_url` is its own absolute address, or empty."""

    def __init__(self, output: Path, base_url: str) -> None:
        self.output = output
        self.base_url = base_url
        self.base_path = urlsplit(base_url).path
        self.exists = lru_cache(REMEMBERED)(self._exists)
        self._deferred = sqlite3.connect("")
        self._deferred.execute("CREATE TABLE deferred (path, fragment, page, line, UNIQUE (path, fragment, page))")

    def close(self) -> None:
        """Let go of the temporary file."""
        self._deferred.close()

    def leads_out(self, href: str) -> bool:
        """Whether an address leads to another host, or is no address of the web at all (`mailto:`)."""
        return href.startswith("//") or (is_external(href) and not self._is_own(href))

    def find(self, page: str, href: str) -> Target | None:
        """The place that an address leads to, as seen from a page; None if it leads out of the site's folder."""
        rest, _, fragment = href.partition("#")
        path = unquote(rest.partition("?")[0])
        if self._is_own(rest):
            path = unquote(rest[len(self.base_url) :].partition("?")[0])
        elif path.startswith("/"):
            if not (self.base_path and path.startswith(self.base_path)):
                return None
            path = path[len(self.base_path) :]
        elif path:
            path = join(dirname(page), path)
        else:
            return Target(page, unquote(fragment))
        whole = normpath(join(path, "index.html") if path.endswith("/") or not path else path)
        return None if whole.startswith("../") else Target(whole, unquote(fragment))

    def defer(self, target: Target, page: str, line: int) -> None:
        """Put off the question whether another page has this id."""
        row = (target.path, target.fragment, page, line)
        self._deferred.execute("INSERT OR IGNORE INTO deferred VALUES (?, ?, ?, ?)", row)

    def deferred(self) -> Iterator[Deferred]:
        """What was put off, all of one page together."""
        for path, fragment, page, line in self._deferred.execute("SELECT * FROM deferred ORDER BY path, page, line"):
            yield Deferred(Target(path, fragment), page, line)

    def _is_own(self, href: str) -> bool:
        return bool(self.base_url) and (href + "/").startswith(self.base_url)

    def _exists(self, path: str) -> bool:
        return (self.output / path).is_file()


def is_page(path: str) -> bool:
    """Whether a fragment of this path names an id."""
    return path.endswith(".html")


def leads_to_the_top(fragment: str) -> bool:
    """Whether a fragment leads to the beginning of a page, whatever ids it has."""
    return fragment.lower() in _BY_RULE
