"""The distribution block of the Department's own copies: which office got how many (CABLE-FORMAT 1.3, 8.6)."""

import re

from generator.cable.model import OfficeCopies

_WORD = re.compile(r"\b(?:(ACTION|ORIGIN|INFO)(?=[ \t])|([A-Z][A-Z/]{0,5})-(\d\d)\b)")


def read_distribution(lines: str) -> tuple[OfficeCopies, ...]:
    """The offices of a block's lines, in their order."""
    offices = []
    action = ""
    for match in _WORD.finditer(lines):
        if match[1]:
            action = match[1]
        else:
            offices.append(OfficeCopies(action, match[2], int(match[3])))
    return tuple(offices)
