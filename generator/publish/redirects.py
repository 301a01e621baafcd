"""Old addresses as redirects of the host. The pages that only lead to another one stay, for hosts that take fewer."""

import html
import re
from collections.abc import Iterable
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote

from generator.settings.hosts import Host

_REFRESH = re.compile(rb'<meta http-equiv="refresh" content="0; url=([^"]*)">')


def redirects_file(output: Path, stubs: Iterable[str], base: str, host: Host) -> bytes:
    """The file `_redirects` for the pages at these paths that lead to another one; empty where the host takes fewer.

    `base` is the path of the site in its address, with a slash at both ends.
    """
    lines = []
    for path in sorted(stubs):
        found = _REFRESH.search((output / path).read_bytes())
        if found:
            target = normpath(join(dirname(path), unquote(html.unescape(found[1].decode()))))
            lines.append(f"{base}{quote(path)} {base}{quote(target)} 301\n")
    raw = "".join(lines).encode()
    fits = len(lines) <= host.redirects and (not host.redirect_bytes or len(raw) <= host.redirect_bytes)
    return raw if fits else b""
