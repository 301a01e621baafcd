"""What exports and web pages left at the ends of a cable's lines (CABLE-FORMAT 8.1, 8.4)."""

import re

from generator.cable.spans import Mark, MarkKind

_LINE_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_BACKSLASH = re.compile(r"\\(?=\n|\Z)")


def without_residue(text: str) -> str:
    """The text of the same length in which blanks stand for `<br>` and for a backslash before a line feed."""
    if "\\" in text:
        text = _BACKSLASH.sub(" ", text)
    if "<" in text:
        text = _LINE_BREAK.sub(lambda match: " " * len(match[0]), text)
    return text


def find_residue(text: str, start: int) -> list[Mark]:
    """Marks for all that `without_residue` takes out of `text[start:]`."""
    patterns = [_LINE_BREAK] if text.find("<", start) >= 0 else []
    patterns += [_BACKSLASH] if text.find("\\", start) >= 0 else []
    return [
        Mark(MarkKind.RESIDUE, match.start(), match.end())
        for pattern in patterns
        for match in pattern.finditer(text, start)
    ]
