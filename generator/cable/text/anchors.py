"""The ids by which paragraphs are linked to, old and new (CABLE-FORMAT 8.1).

Anchors depend on the text alone and stay where they are when the reader learns to see more paragraphs.
"""

import hashlib
import re
from collections.abc import Iterator

from generator.cable.model import SilentAnchor

# The old site's rule is the multi-line pattern `^ *(\d+|[A-Z])\. `; written so that a search stops at line feeds only.
_OLD_RULE_AT_START = re.compile(r" *+(\d++|[A-Z])\. ", re.ASCII)
_OLD_RULE = re.compile("\n" + _OLD_RULE_AT_START.pattern, re.ASCII)


class Anchors:
    """Gives every paragraph of one body its anchor, each anchor once; ask in the order of the text."""

    def __init__(self, text: str, body_start: int) -> None:
        self._count: dict[str, int] = {}
        self._old: dict[int, str] = {}
        for match in _old_rule(text, body_start):
            self._old[match.start(1)] = self._next(f"par{match[1]}")

    def numbered(self, number: str, start: int) -> str:
        """The anchor of a paragraph whose mark begins at `start` (blanks before the number not counted)."""
        return self._old.pop(start, "") or self._next(f"par{number}")

    def unnumbered(self, text: str) -> str:
        """The anchor of a block without number: made of what it says."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return self._next(f"p-{digest[:8]}")

    def silent(self) -> tuple[SilentAnchor, ...]:
        """The old anchors that no paragraph has taken."""
        return tuple(SilentAnchor(anchor, start) for start, anchor in self._old.items())

    def _next(self, anchor: str) -> str:
        count = self._count[anchor] = self._count.get(anchor, 0) + 1
        return anchor if count == 1 else f"{anchor}-{count}"


def _old_rule(text: str, body_start: int) -> Iterator[re.Match[str]]:
    """What the old rule finds in the body."""
    if first := _OLD_RULE_AT_START.match(text, body_start):
        yield first
    yield from _OLD_RULE.finditer(text, body_start)
