"""The script that keeps a page up to date and shows what is to be mended: put into responses, never into the output."""

import re
from importlib import resources

SCRIPT = "-/reload.js"
STYLE = "-/reload.css"
NEWS = "-/news"

_POLICY = re.compile(
    rb"""(<meta\s+http-equiv=["']?Content-Security-Policy["']?\s+content=")([^"]*)""",
    re.IGNORECASE,
)
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)


def client_file(path: str) -> bytes:
    """The client's script or style sheet."""
    return resources.files(__package__).joinpath(path.removeprefix("-/")).read_bytes()


def with_client(page: bytes, state: str, version: str) -> bytes:
    """A page that knows its state and the version of the news at that time, and asks for more.

    The page's policy lets it, in this response.
    """
    page = _POLICY.sub(lambda policy: policy[1] + _connecting(policy[2]), page, count=1)
    tag = f'<script src="/{SCRIPT}" data-state="{state}" data-version="{version}" defer></script>\n'.encode()
    end = _HEAD_END.search(page)
    return page[: end.start()] + tag + page[end.start() :] if end else page + tag


def _connecting(policy: bytes) -> bytes:
    if b"connect-src" in policy:
        return policy.replace(b"connect-src", b"connect-src 'self'", 1)
    return policy.rstrip(b"; ") + b"; connect-src 'self'"
