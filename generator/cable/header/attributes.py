"""The attributes of an archive record of 1973–79, as the National Archives give them (CABLE-FORMAT 8.6).

They stand at the end of the header box, below the line `Message Attributes`: metadata as the header is, and nothing of
the message itself. A value may go on over lines.
"""

import re

HEAD = "Message Attributes"

_HEAD_LINE = re.compile(rf"^{HEAD}$", re.MULTILINE)
_ATTRIBUTE = re.compile(
    r"^[\f ]*((?:TAGS|current|[A-Z]{1,2}[a-z]+)(?: [A-Za-z][a-z]+){0,5}):|^[\f \t]*[-=*_]{5,}[\f \t]*$", re.MULTILINE
)


def find_attributes(text: str, header_end: int) -> int:
    """Where the line `Message Attributes` begins in the header; the header's end where there is none."""
    found = _HEAD_LINE.search(text, 0, header_end) if text.find(HEAD, 0, header_end) >= 0 else None
    return found.start() if found else header_end


def read_attributes(text: str, start: int, end: int) -> dict[str, tuple[int, int]]:
    """The place of each value by its attribute's name in lower case; of a repeated one the first."""
    places: dict[str, tuple[int, int]] = {}
    ends = [*(match.start() for match in _ATTRIBUTE.finditer(text, start, end)), end][1:]
    for match, following in zip(_ATTRIBUTE.finditer(text, start, end), ends, strict=True):
        if match[1]:
            places.setdefault(match[1].lower(), (match.end(), following))
    return places
