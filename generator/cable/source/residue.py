"""What exports and web pages left at the ends of a cable's lines (CABLE-FORMAT 8.1, 8.4)."""

import re

_LINE_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)


def without_residue(text: str) -> str:
    """The text of the same length in which blanks stand for `<br>` and for a backslash before a line feed."""
    if "\\" in text:
        text = text.replace("\\\n", " \n")
    if "<" in text:
        text = _LINE_BREAK.sub(lambda match: " " * len(match[0]), text)
    return text
