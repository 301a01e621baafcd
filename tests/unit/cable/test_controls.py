"""Characters that are obeyed and not seen."""

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from generator.cable.controls import CONTROL, has_controls, named

BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = {"\u061c", "\u200e", "\u200f"}


def test_they_are_all_that_unicode_has_but_tab_and_line_ends() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        obeyed = unicodedata.category(character) in {"Cc", "Zl", "Zp"} or unicodedata.bidirectional(character) in BIDI
        if character not in "\t\n\r" and (obeyed or character in MARKS):
            assert CONTROL.match(character), hex(code)
        elif not 0xE0000 <= code < 0xE0080:
            assert not CONTROL.match(character), hex(code)


@given(st.text(st.characters() | st.sampled_from("\x00\x1b\x7f\x9f\u202e\u2066é")))
def test_a_text_is_named_where_it_has_one_and_else_itself(text: str) -> None:
    assert has_controls(text) == bool(CONTROL.search(text))
    assert not CONTROL.search(named(text))
    if not has_controls(text):
        assert named(text) is text


def test_names_are_those_of_unicode() -> None:
    assert named("a\u202eb\x1b[0m") == "a⟨U+202E⟩b⟨U+001B⟩[0m"
