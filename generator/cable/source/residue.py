"""What exports and web pages left at the ends of a cable's lines, and for its blanks (CABLE-FORMAT 4.8, 8.1, 8.4)."""

import re

from generator.cable.spans import Mark, MarkKind

_LINE_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_BACKSLASH = re.compile(r"\\(?=\n|\Z)")


_PLAIN = {"\xa0": " ", "\u2028": "\n"}
"""What stands for no-break spaces and line separators, which were no characters of the wire."""

_NOT_PLAIN = re.compile("[\xa0\u2028]")


def without_residue(text: str) -> str:
    """The text of the same length in which blanks stand for `<br>` and for a backslash before a line feed.

    Blanks and line feeds are plain ones.
    """
    for character, plain in _PLAIN.items():
        if character in text:
            text = text.replace(character, plain)
    if "\\" in text:
        text = _BACKSLASH.sub(" ", text)
    if "<" in text:
        text = _LINE_BREAK.sub(lambda match: " " * len(match[0]), text)
    return text


def with_blanks_of(text: str, masked: str) -> str:
    """The masked text with no-break spaces and line separators where the text has them."""
    if not any(character in text for character in _PLAIN):
        return masked
    pieces, at = [], 0
    for match in _NOT_PLAIN.finditer(text):
        pieces += [masked[at : match.start()], match[0]]
        at = match.end()
    return "".join([*pieces, masked[at:]])


def find_residue(text: str, start: int) -> list[Mark]:
    """Marks for all that `without_residue` takes out of `text[start:]`."""
    patterns = [_LINE_BREAK] if text.find("<", start) >= 0 else []
    patterns += [_BACKSLASH] if text.find("\\", start) >= 0 else []
    return [
        Mark(MarkKind.RESIDUE, match.start(), match.end())
        for pattern in patterns
        for match in pattern.finditer(text, start)
    ]
