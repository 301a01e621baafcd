"""What the preview answers to a request."""

from collections.abc import Callable
from typing import BinaryIO
from urllib.parse import parse_qs, quote

import msgspec

from generator.content_types import HTML, JSON, PLAIN, type_of
from generator.preview.client import NEWS, SCRIPT, STYLE, client_file, with_client
from generator.preview.files import BusyError, Files
from generator.preview.news import Bulletin
from generator.preview.representation import (
    ENCODINGS,
    UnsatisfiableError,
    accepted_encodings,
    has_current,
    wanted_range,
)
from generator.preview.request import Refusal, Request, decoded

POLL = 25.0
"""Seconds that a page waits for news before it has to ask again."""

ASKED = 64
"""So many files a page may ask about."""

NO_PAGE = b"<!doctype html><title>No such page</title><h1>There is no such page</h1>"

Fields = tuple[tuple[str, str], ...]


class Answer(msgspec.Struct, frozen=True):
    """A response: its status, what its head says besides, and its body: bytes, or a portion of an open file."""

    status: int
    fields: Fields
    body: bytes | tuple[BinaryIO, range] = b""

    @property
    def length(self) -> int:
        """Bytes of the body."""
        return len(self.body if isinstance(self.body, bytes) else self.body[1])


def refused(refusal: Refusal) -> Answer:
    """What whoever sent a request that is refused gets to read."""
    return Answer(refusal.status, (("Content-Type", PLAIN), *refusal.fields), f"{refusal.text}\n".encode())


def answered(request: Request, files: Files, bulletin: Bulletin, waiting: Callable[[], bool]) -> Answer:
    """The answer to a request for a file, for the client's own files, or for news while the reader is `waiting`."""
    if request.path in (SCRIPT, STYLE):
        return Answer(200, (("Content-Type", type_of(request.path)),), client_file(request.path))
    try:
        if request.path == NEWS:
            return _news(request, files, bulletin, waiting)
        return _file(request, files, bulletin.version)
    except BusyError:
        return Answer(503, (("Content-Type", PLAIN),), b"The site is being put in place. Build again if it stays so.\n")


def _news(request: Request, files: Files, bulletin: Bulletin, waiting: Callable[[], bool]) -> Answer:
    """What is new since the version that was `seen`, and in which state the files are that were asked about."""
    try:
        asked = parse_qs(request.query, max_num_fields=ASKED + 1)
    except ValueError:
        raise Refusal(400, f"A page may ask about {ASKED} files.") from None
    paths = [decoded(target) for target in asked.get("of", [])]
    news = bulletin.wait(asked.get("seen", [""])[0], POLL, waiting)
    news = msgspec.structs.replace(news, files=tuple(_state(files, _wanted(path)) for path in paths))
    return Answer(200, (("Content-Type", JSON),), msgspec.json.encode(news))


def _wanted(path: str) -> str:
    """The file that a path means."""
    return f"{path}index.html" if not path or path.endswith("/") else path


def _state(files: Files, wanted: str) -> str:
    """Changes when what is answered to a request for the file does."""
    return files.digest(wanted) or f"none-{files.digest('404.html')}"


def _file(request: Request, files: Files, version: str) -> Answer:
    """A file of the site; `version` was read first, so that a page is never older than it says."""
    wanted = _wanted(request.path)
    found = files.opened(wanted)
    if found is None and wanted == request.path and files.digest(f"{wanted}/index.html"):
        return Answer(302, (("Content-Type", PLAIN), ("Location", f"/{quote(wanted)}/")))
    if found is None or type_of(wanted) == HTML:
        return _page(request, found, files, version)
    for encoding in accepted_encodings(request.fields):
        encoded = files.opened(f"{wanted}{ENCODINGS[encoding]}")
        if encoded is not None:
            found[0].close()
            return _portion(request, wanted, *encoded, (("Content-Encoding", encoding), ("Vary", "Accept-Encoding")))
    return _portion(request, wanted, *found, ())


def _page(request: Request, found: tuple[BinaryIO, str] | None, files: Files, version: str) -> Answer:
    """A page with the client in it; the site's own page for what is missing, where it has one."""
    status, prefix = (200, "") if found else (404, "none-")
    file, digest = found or files.opened("404.html") or (None, "")
    raw = NO_PAGE
    if file is not None:
        with file:
            raw = file.read()
    tag = f'W/"{digest[:32]}-{version}"'
    fields = (("Content-Type", HTML), ("ETag", tag))
    if found and has_current(request.fields, tag):
        return Answer(304, fields)
    return Answer(status, fields, with_client(raw, prefix + digest, version))


def _portion(request: Request, path: str, file: BinaryIO, digest: str, more: Fields) -> Answer:
    """A file as it is, or the part of it that is wanted."""
    tag, size = f'"{digest[:32]}"', file.seek(0, 2)
    fields = (("Content-Type", type_of(path)), ("ETag", tag), ("Accept-Ranges", "bytes"), *more)
    if has_current(request.fields, tag):
        file.close()
        return Answer(304, fields)
    try:
        part = wanted_range(request.fields, tag, size) if request.method == "GET" else None
    except UnsatisfiableError:
        file.close()
        return Answer(416, (*fields, ("Content-Range", f"bytes */{size}")))
    if part is None:
        return Answer(200, fields, (file, range(size)))
    return Answer(206, (*fields, ("Content-Range", f"bytes {part[0]}-{part[-1]}/{size}")), (file, part))
