"""The values of attributes, in no more characters than they need."""

import html
import re
from functools import lru_cache

_UNQUOTED = re.compile(r"[\w#./-]+", re.ASCII)


def attribute(words: str) -> str:
    """The value of an attribute: between double quotes where it needs them (HTML, 13.1.2.3)."""
    if _UNQUOTED.fullmatch(words):
        return words
    return '"' + html.escape(words, quote=False).replace('"', "&quot;") + '"'


@lru_cache(4096)
def known_attribute(words: str) -> str:
    """The same of what comes again and again."""
    return attribute(words)
