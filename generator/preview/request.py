"""A request to the preview, read strictly: what a browser on this machine would not send is refused.

Any page in the operator's browser can send requests here, and the site may not be published yet (RELIABILITY 12).
"""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote_to_bytes

import msgspec

HEAD_LIMIT = 8192
"""Bytes of a request's line and fields together."""

WANTED = ("accept-encoding", "if-none-match", "if-range", "range")
"""The fields that say which bytes are wanted."""

BLANK_LINE = b"\r\n\r\n"


class Refusal(Exception):  # noqa: N818
    """A request that is not answered: the status of the response, and a sentence for whoever sent it."""

    def __init__(self, status: int, text: str, *fields: tuple[str, str]) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.fields = fields


class Request(msgspec.Struct, frozen=True):
    """A request for a path of the site: decoded, without the first slash; `query` is as it was sent.

    `fields` are those that say which bytes are wanted, by their names in small letters.
    """

    method: str
    path: str
    query: str
    fields: dict[str, str] = {}


def read_request(untrusted_head: bytes, port: int) -> Request:
    """The request that a head makes, blank line included, to the server at a port of this machine.

    Raises Refusal for everything else.
    """
    line, *rest = untrusted_head.removesuffix(BLANK_LINE).split(b"\r\n")
    match = _LINE.fullmatch(line)
    if match is None:
        raise Refusal(400, "This is not a request of HTTP/1.1.")
    fields = _fields(rest)
    _refuse_strangers(fields, port)
    method = match[1].decode()
    if method not in ("GET", "HEAD"):
        raise Refusal(405, "The preview can be read, and nothing else.", ("Allow", "GET, HEAD"))
    if "transfer-encoding" in fields or any(length != "0" for length in fields.get("content-length", ())):
        raise Refusal(400, "A request to the preview has no body.")
    target, _, query = match[2].decode().partition("?")
    return Request(method, decoded(target), query, {name: ", ".join(fields[name]) for name in WANTED if name in fields})


_LINE = re.compile(rb"([A-Z]{1,16}) ([\x21-\x7e]+) HTTP/1\.[01]")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*)")


def _fields(lines: Sequence[bytes]) -> dict[str, list[str]]:
    """The values of each field, by its name in small letters."""
    fields: dict[str, list[str]] = {}
    for line in lines:
        match = _FIELD.fullmatch(line)
        if match is None:
            raise Refusal(400, "The request has a damaged field.")
        fields.setdefault(match[1].decode().lower(), []).append(match[2].decode("latin-1").rstrip(" \t"))
    return fields


def _refuse_strangers(fields: Mapping[str, Sequence[str]], port: int) -> None:
    """Refuse other names for this machine, which a stranger's DNS may give it, and requests that other pages send."""
    names = [f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")]
    hosts = fields.get("host", ())
    if len(hosts) != 1 or hosts[0] not in names:
        raise Refusal(421, f"The preview is at http://127.0.0.1:{port}/ and answers to no other name.")
    origins = fields.get("origin", ())
    sites = fields.get("sec-fetch-site", ())
    if any(origin != f"http://{hosts[0]}" for origin in origins) or not {"same-origin", "none"}.issuperset(sites):
        raise Refusal(403, "Another site sent this request. To see the preview, type its address or copy it.")


def decoded(untrusted_target: str) -> str:
    """The path that a target means, decoded once and without its first slash. Raises Refusal for what is none."""
    if not untrusted_target.startswith("/") or "#" in untrusted_target or _ENCODED.search(untrusted_target):
        raise Refusal(400, _NO_PATH)
    try:
        path = unquote_to_bytes(untrusted_target).decode()[1:]
    except UnicodeDecodeError:
        raise Refusal(400, _NO_PATH) from None
    steps = path.removesuffix("/").split("/") if path else []
    if not path.isprintable() or "\\" in path or not {"", ".", ".."}.isdisjoint(steps):
        raise Refusal(400, _NO_PATH)
    return path


_ENCODED = re.compile(r"%2f|%(?![0-9a-f]{2})", re.IGNORECASE)
"""An encoded slash, or a per cent sign that encodes nothing."""

_NO_PATH = "This is not the address of a page."
