"""A subject in capitals, in a case that is easy on the eye: `U.S.-RUSSIA TALKS ON SNAR` as `U.S.-Russia Talks on SNAR`.

A guess, by the table of acronyms: it stands beside the subject, never in its place.
"""

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache

from generator.cable.vocabulary.posts import Posts

_SMALL_WORDS = "a an and as at but by for from if in into is it its nor of on or the to via vs with"
SMALL = frozenset(_SMALL_WORDS.split())
"""Words that stay small within a title."""

_SMALL = {word.upper(): word for word in SMALL}

_PLAIN = (
    "ALLEGED AMENDMENT APP AT BEE CAP CAR CAT COMMIT DARK DOC DOT EXACT FAN FAR FAST FIT GIFT GOES HAM HAT LEGAL LET"
    " LITE MAIL MAP MEET MEND MOST NEEDS OFF PACE PRO PROTECT SEA SEED SO STAR STOP TACT TAR UP UPDATE YOUTH"
)
PLAIN = frozenset(_PLAIN.split())
"""Acronyms of something that are, in most subjects, plain words."""

BEGINNING = tuple(":;?!.")
"""After these a title begins anew."""

_TOKEN = re.compile(r"([^\W_][\w.&'’/-]*[^\W_]|[^\W_])")
_SEAM = re.compile(r"([-/])")
_CODE = re.compile(r"[\d.&]")
_VOWEL = re.compile(r"[AEIOUYÀ-ÝŒ]")
_ROMAN = re.compile(r"[IVX]{1,5}")
REMEMBERED = 16_384


class Readable:
    """Subjects in readable case, by the acronyms of one vocabulary; words are remembered."""

    def __init__(self, acronyms: AbstractSet[str], posts: Posts) -> None:
        self.acronyms = acronyms - posts.by_code.keys() - PLAIN
        self.word = lru_cache(REMEMBERED)(self._word)

    def subject(self, subject: str) -> str:
        """The subject; empty for one that is not all in capitals, since it is readable as it is."""
        if subject != subject.upper() or subject == subject.lower():
            return ""
        pieces = _TOKEN.split(subject)
        for at in range(1, len(pieces), 2):
            word, before = pieces[at], pieces[at - 1]
            if word in _SMALL and (at > 1 or before) and before[-3:].rstrip()[-1:] not in BEGINNING:
                pieces[at] = _SMALL[word]
            else:
                pieces[at] = self.word(word)
        return "".join(pieces)

    def _word(self, word: str) -> str:
        """A word that is not small where it stands."""
        if word in self.acronyms and word.lower() not in SMALL:
            return word
        parts = _SEAM.split(word)
        if _CODE.search(word.rstrip(".")):
            return "".join(part if len(part) < 3 or not part.isalpha() else self._plain(part) for part in parts)
        return "".join(map(self._plain, parts))

    def _plain(self, part: str) -> str:
        """A part of letters: `CHINA'S` as `China's`, `O'BRIEN` as `O'Brien`, `GOC'S` as `GOC's`."""
        stem, mark, tail = part.partition("’" if "’" in part else "'")
        if len(stem) == 1 and mark:
            return stem + mark + tail.capitalize()
        stays = stem in self.acronyms or _ROMAN.fullmatch(stem) or not _VOWEL.search(stem)
        return (stem if stays else stem.capitalize()) + mark + tail.lower()
