"""What the preview answers to a request."""

from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import parse_qs, quote

import msgspec

from generator.preview.client import NEWS, SCRIPT, STYLE, client_file, with_client
from generator.preview.files import BusyError, Files
from generator.preview.news import Bulletin
from generator.preview.request import Refusal, Request

POLL = 25.0
"""Seconds that a page waits for news before it has to ask again."""

TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""Content types by the end of the name, the same on every machine; all else is bytes to be saved."""

PLAIN = TYPES[".txt"]
HTML = TYPES[".html"]
NO_PAGE = b"<!doctype html><title>No such page</title><h1>There is no such page</h1>"


class Answer(msgspec.Struct, frozen=True):
    """A response: its status, the type of its body, the body, and where to go instead, if there is such a place."""

    status: int
    content_type: str
    body: bytes
    location: str = ""


def refused(refusal: Refusal) -> Answer:
    """What whoever sent a request that is refused gets to read."""
    return Answer(refusal.status, PLAIN, f"{refusal.text}\n".encode())


def answered(request: Request, files: Files, bulletin: Bulletin, waiting: Callable[[], bool]) -> Answer:
    """The answer to a request for a page, for the client's own files, or for news while the reader is `waiting`."""
    if request.path in (SCRIPT, STYLE):
        return Answer(200, _type(request.path), client_file(request.path))
    if request.path == NEWS:
        seen = parse_qs(request.query).get("seen", [""])[0]
        return Answer(200, TYPES[".json"], msgspec.json.encode(bulletin.wait(seen, POLL, waiting)))
    try:
        return _page(request.path, files, bulletin.edition)
    except BusyError:
        return Answer(503, PLAIN, b"The site is being put in place. Build again if it stays so.\n")


def _page(path: str, files: Files, edition: str) -> Answer:
    """A file of the site; the edition was read first, so that a page is never older than it says."""
    wanted = f"{path}index.html" if not path or path.endswith("/") else path
    raw = files.read(wanted)
    if raw is not None:
        return _with_type(200, wanted, raw, edition)
    if wanted == path and files.owns(f"{path}/index.html"):
        return Answer(302, PLAIN, b"", f"/{quote(path)}/")
    return _with_type(404, "404.html", files.read("404.html") or NO_PAGE, edition)


def _with_type(status: int, path: str, raw: bytes, edition: str) -> Answer:
    kind = _type(path)
    return Answer(status, kind, with_client(raw, edition) if kind == HTML else raw)


def _type(path: str) -> str:
    return TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
