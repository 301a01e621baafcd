"""TAGS codes: what they mean and when, and the words in which several have run together (CABLE-FORMAT 9, 2.4)."""

import re
from functools import lru_cache

import msgspec

SHORTEST_GLUED = 6
LONGEST_GLUED = 80
REMEMBERED = 4096
ERA = re.compile(r"(\d{4})(s?)(?:-(\d{2,4})s?)?")
"""`1973-79`, `1980s-2010`, `2000s`."""

KINDS = ("subject", "program", "country", "region", "org", "person", "other", "unknown")


class Tag(msgspec.Struct, frozen=True, gc=False):
    """A TAGS code (CABLE-FORMAT 9); `kind` is one of `KINDS`."""

    code: str
    kind: str
    meaning: str
    era: str
    confidence: str


class TagCodes:
    """The TAGS codes of a vocabulary, each with its meanings; the words that were split are remembered."""

    def __init__(self, by_code: dict[str, tuple[Tag, ...]]) -> None:
        self.by_code = by_code
        self.split_glued = lru_cache(REMEMBERED)(self._split_glued)

    def __contains__(self, code: str) -> bool:
        return code in self.by_code

    def of(self, code: str, year: int | None = None) -> Tag:
        """The tag; the kind of a code that is not in the table follows from its form (CABLE-FORMAT 9).

        Of several meanings it is the one of the cable's year, where that is given; one that is known wins over none.
        """
        known = self.by_code.get(code)
        if known is None:
            return Tag(code, kind_by_form(code), "", "", "unknown")
        return known[0] if len(known) == 1 else max(known, key=lambda tag: (_is_of(tag, year), tag.meaning != ""))

    def meaning(self, code: str, year: int | None = None) -> str:
        """What the tag means in a cable of this year, or an empty string."""
        return self.of(code, year).meaning

    def _split_glued(self, word: str) -> tuple[str, ...]:
        """The known codes that the word consists of, at most one of two letters; empty where it does not."""
        if not SHORTEST_GLUED <= len(word) <= LONGEST_GLUED or not word.isalpha() or word in self:
            return ()
        return self._split(word, two_letters=True) or ()

    def _split(self, word: str, *, two_letters: bool) -> tuple[str, ...] | None:
        """Longer codes first; a way that does not come out is taken back."""
        failed: set[tuple[int, bool]] = set()

        def rest(at: int, two_letters: bool) -> tuple[str, ...] | None:
            if at == len(word):
                return ()
            if (at, two_letters) in failed:
                return None
            for length in (8, 7, 6, 5, 4, 3, 2):
                piece = word[at : at + length]
                if len(piece) == length < len(word) and self._is_piece(piece, two_letters):
                    following = rest(at + length, two_letters and length > 2)
                    if following is not None:
                        return (piece, *following)
            failed.add((at, two_letters))
            return None

        return rest(0, two_letters)

    def _is_piece(self, piece: str, two_letters: bool) -> bool:
        if piece not in self:
            return False
        kind = self.of(piece).kind
        if len(piece) == 2:
            return two_letters and kind in {"country", "region"}
        return kind == "org" or (len(piece) == 4 and kind in {"subject", "program"})


def _is_of(tag: Tag, year: int | None) -> bool:
    """Whether the year lies in the tag's era."""
    match = ERA.fullmatch(tag.era)
    if year is None or match is None:
        return False
    first, last = int(match[1]), match[3] or match[1]
    end = int(match[1][: 4 - len(last)] + last) + (9 if tag.era.endswith("s") else 0)
    return first <= year <= end


def kind_by_form(code: str) -> str:
    """The kind that a code has by its form, for want of better knowledge (CABLE-FORMAT 9)."""
    if "," in code:
        return "person"
    if len(code) == 2 and code.isalpha():
        return "country"
    return "program" if len(code) == 4 and code.isalpha() and code[0] == "K" else "unknown"
