"""Which bytes of a file a request asks for: conditional requests, ranges, encodings (RFC 9110: 12.5.3, 13 and 14)."""

import re
from collections.abc import Iterator, Mapping

ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""The encodings of precompressed files, the best first, and what their names end in."""

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class UnsatisfiableError(Exception):
    """A range that begins behind the end of the file."""


def has_current(fields: Mapping[str, str], tag: str) -> bool:
    """Whether the browser has what the entity tag names, and so need not get it."""
    listed = [entry.strip().removeprefix("W/") for entry in fields.get("if-none-match", "").split(",")]
    return "*" in listed or tag.removeprefix("W/") in listed


def wanted_range(fields: Mapping[str, str], tag: str, size: int) -> range | None:
    """The bytes that are wanted, if not all of them. Raises UnsatisfiableError.

    Several ranges, and what is no range, mean all, as the standard lets a server say; so does a range of a file that
    the browser knows by another tag.
    """
    match = _RANGE.fullmatch(fields.get("range", "").replace(" ", ""))
    if match is None or not (match[1] or match[2]) or fields.get("if-range", tag) != tag:
        return None
    if not match[1]:
        start, end = max(size - int(match[2]), 0), size
    else:
        start, end = int(match[1]), min(int(match[2]) + 1, size) if match[2] else size
        if match[2] and int(match[2]) < start:
            return None
    if start >= size or start >= end:
        raise UnsatisfiableError
    return range(start, end)


def accepted_encodings(fields: Mapping[str, str]) -> Iterator[str]:
    """The encodings that the browser takes, of those that we may have."""
    offered = {}
    for entry in fields.get("accept-encoding", "").lower().split(","):
        name, _, weight = entry.replace(" ", "").partition(";q=")
        offered[name] = not re.fullmatch(r"0(\.0*)?", weight)
    return (name for name in ENCODINGS if offered.get(name, offered.get("*", False)))
