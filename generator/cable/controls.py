"""Characters that are obeyed and not seen: controls, marks of writing direction, line separators, tags.

They turn lines around, hide words and end strings. On a page they are shown by their names and obeyed nowhere.
"""

import re
from collections.abc import Callable

CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
"""One of them (Unicode's Cc without tab and line ends, Bidi_Control, Zl, Zp, and the block Tags)."""

_IN_ASCII = bytes(code < 128 and CONTROL.match(chr(code)) is not None for code in range(256))
"""1 for those of ASCII, 0 for all else."""


def has_controls(text: str) -> bool:
    """Whether there is one in a text; nearly always there is none, and it is nearly always ASCII."""
    if text.isprintable():
        return False
    if text.isascii():
        return b"\1" in text.encode("ascii").translate(_IN_ASCII)
    return CONTROL.search(text) is not None


def code_point(control: str) -> str:
    """What a control character is called: `U+202E`."""
    return f"U+{ord(control):04X}"


def named(text: str, write: Callable[[str], str] = lambda control: f"⟨{code_point(control)}⟩") -> str:
    """A text with each control character as `write` has it: by its name, as `⟨U+202E⟩`, unless told otherwise."""
    return CONTROL.sub(lambda found: write(found[0]), text) if has_controls(text) else text
