"""Files that a host wants besides the site: what they are called and what is in them."""

from collections.abc import Iterable
from pathlib import Path

from generator.publish.headers import headers_file
from generator.publish.redirects import redirects_file
from generator.settings.hosts import HOSTS
from generator.settings.targets import GitTarget, Target


def extra_files(target: Target, output: Path, stubs: Iterable[str] = (), base: str = "/") -> dict[str, bytes]:
    """The files, by their paths in the site.

    `stubs` are the paths of the pages that only lead to another one, `base` the path of the site in its address.
    """
    found: dict[str, bytes] = {}
    if isinstance(target, GitTarget):
        found[".nojekyll"] = b""
        if target.cname:
            found["CNAME"] = f"{target.cname}\n".encode()
    host = HOSTS.get(target.host)
    if host and host.headers:
        found["_headers"] = headers_file()
    if host and host.redirects and (raw := redirects_file(output, stubs, base, host)):
        found["_redirects"] = raw
    return found
