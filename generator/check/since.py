"""What has to be looked at again of a site that passed its check, after some of its files changed.

A page that is the same byte for byte can only be wrong now because of what it links to: a file that is gone, or a place
in a page that changed. So of those, the pages are taken apart in which such a name stands.
"""

import re
from collections.abc import Iterable
from posixpath import basename
from urllib.parse import quote

import msgspec

HOME = "index.html"

MOST = 1000
"""Files that changed; for more, it takes no longer to check the whole site."""


class Since(msgspec.Struct, frozen=True):
    """The files that are new or changed, and what finds the pages that may be wrong because of them or what is gone."""

    changed: frozenset[str]
    names: re.Pattern[bytes] | None

    def concerns(self, path: str, raw: bytes) -> bool:
        """Whether a page has to be taken apart."""
        return path in self.changed or (self.names is not None and self.names.search(raw) is not None)


def since(changed: Iterable[str], gone: Iterable[str]) -> Since | None:
    """What has to be looked at, given the paths of the files; None for everything."""
    new, lost = frozenset(changed), frozenset(gone)
    if len(new) + len(lost) > MOST or any(basename(path) == HOME for path in lost):
        return None
    wanted = {form for path in lost for form in _forms(path)}
    wanted |= {f"{form}#" for path in new for form in _forms(path)}
    wanted |= {"/#" for path in new if basename(path) == HOME}
    return Since(new, re.compile(b"|".join(re.escape(each.encode()) for each in sorted(wanted))) if wanted else None)


def _forms(path: str) -> set[str]:
    """How a link may write the name of a file."""
    name = basename(path)
    return {name, quote(name), quote(name).lower()}
