"""Who may host a site, and what each of them takes: limits as they were known in November 2026; hosts change them."""

import msgspec

KB, MB, GB = 1_000, 1_000_000, 1_000_000_000
MIB = 1 << 20


class Host(msgspec.Struct, frozen=True, kw_only=True):
    """What a host takes at most; 0 where it sets no limit.

    `files` counts files, `entries` files and folders, `in_folder` the files directly in one folder; `total` and `file`
    are bytes of all files and of one. `redirects` and `redirect_bytes` are for the file `_redirects`: a host that takes
    none reads no such file. `headers` says that it reads the file `_headers`.
    """

    files: int = 0
    entries: int = 0
    in_folder: int = 0
    total: int = 0
    file: int = 0
    redirects: int = 0
    redirect_bytes: int = 0
    headers: bool = False


HOSTS = {
    "github-pages": Host(total=GB, file=100 * MIB),
    "gitlab-pages": Host(entries=200_000, total=GB, redirects=1_000, redirect_bytes=64 * KB),
    "cloudflare-pages": Host(files=20_000, file=25 * MIB, redirects=2_000, redirect_bytes=100 * KB, headers=True),
    "cloudflare-pages-paid": Host(files=100_000, file=25 * MIB, redirects=2_000, redirect_bytes=100 * KB, headers=True),
    "netlify": Host(in_folder=54_000, redirects=10_000, headers=True),
    "neocities": Host(total=GB),
    "nginx": Host(),
    "caddy": Host(),
}
"""By what `host` may be in a target. Web servers of one's own set no limits; they take a configuration."""

SERVERS = ("nginx", "caddy")
"""Those of the hosts that are web servers of one's own."""
