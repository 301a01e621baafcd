"""What a web server has to say with each file of a site, in the words of those that serve it.

The policy stands beside the stricter one that each page carries in itself, for what only a header can say (that nobody
may put a page into a frame) and for files that are no pages.
"""

from collections import defaultdict
from pathlib import PurePosixPath

from generator.content_types import BYTES, TYPES
from generator.errors import UsageError

POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
ASK_FIRST = "public, max-age=0, must-revalidate"
"""Browsers and caches keep a file, but ask before they show it, so that a new release is seen at once."""

HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)


def headers_file() -> bytes:
    """The file `_headers` of Cloudflare Pages and Netlify."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in (*HEADERS, ("Cache-Control", ASK_FIRST)))]
    return "\n".join([*lines, ""]).encode()


def server_config(server: str, root: PurePosixPath, base: str, *, compressed: tuple[str, ...] = ()) -> str:
    """The part of a web server's configuration that a site needs.

    `root` is the folder of the files on the server; `base` the path of the site in its address, with a slash at both
    ends; `compressed` the encodings of which copies lie beside the files. Raises UsageError for a folder whose name
    would have to be quoted.
    """
    if any(sign in str(root) for sign in "\"'\\;{}$ \t"):
        raise UsageError(f"{root}: a folder with such a name can't be written into a configuration", "rename it")
    return {"nginx": _nginx, "caddy": _caddy}[server](root, base, compressed)


def _nginx(root: PurePosixPath, base: str, compressed: tuple[str, ...]) -> str:
    static = {"gzip": "gzip_static on;", "br": "brotli_static on;"}
    lines = [
        f"alias {root}/;",
        "index index.html;",
        f"error_page 404 {base}404.html;",
        *(static[each] for each in compressed),
        "types {",
        *(f'    "{kind}" {" ".join(ends)};' for kind, ends in _ends_by_type().items()),
        "}",
        f"default_type {BYTES};",
        f'add_header Cache-Control "{ASK_FIRST}" always;',
        *(f'add_header {name} "{value}" always;' for name, value in HEADERS),
        *(["add_header Vary Accept-Encoding always;"] if compressed else []),
    ]
    inside = "\n".join(f"    {line}" for line in lines)
    return f"# For a server {{ … }} of nginx.\nlocation {base} {{\n{inside}\n}}\n"


def _caddy(root: PurePosixPath, base: str, compressed: tuple[str, ...]) -> str:
    copies = f" {{\n\t\tprecompressed {' '.join(reversed(compressed))}\n\t}}" if compressed else ""
    types = [
        f"@{kind.partition(';')[0].replace('/', '-')} path {' '.join(f'*.{end}' for end in ends)}\n"
        f'\theader @{kind.partition(";")[0].replace("/", "-")} Content-Type "{kind}"'
        for kind, ends in _ends_by_type().items()
    ]
    lines = [
        f"root * {root}",
        f'header Cache-Control "{ASK_FIRST}"',
        *(f'header {name} "{value}"' for name, value in HEADERS),
        *types,
        f"file_server{copies}",
    ]
    inside = "\n".join(f"\t{line}" for line in lines)
    lost = f"handle_errors {{\n\troot * {root}\n\trewrite * /404.html\n\tfile_server\n}}\n"
    return f"# For a site block of Caddy.\nhandle_path {base}* {{\n{inside}\n}}\n{lost}"


def _ends_by_type() -> dict[str, list[str]]:
    """The ends of names, without the dot, by the type that they stand for."""
    ends: dict[str, list[str]] = defaultdict(list)
    for end, kind in TYPES.items():
        ends[kind].append(end.removeprefix("."))
    return ends
