"""Which post a name means, however it is written (CABLE-FORMAT 6.3)."""

import re
from functools import lru_cache

from generator.cable.vocabulary import post_names, posts, posts_of_the_seventies

SHORTEST_MISSPELLED = 6
_ZERO_FOR_O = re.compile(r"(?<=[A-Z])0|0(?=[A-Z])")
_NOT_A_LETTER = re.compile(r"[^A-Z]+")
_OFFICE = re.compile(r"^(?:AMEMBASSY|AMCONSUL|AMCONSULATE|AMEMB|EMBASSY|CONSULATE|USMISSION|USINT|USOFFICE|USDEL)(?=.)")
_CITY = re.compile(r"(?<=....)(?:WASHDC|WASHINGTONDC)$")


@lru_cache(maxsize=4096)
def find_post(untrusted_name: str, *, misspelled: bool = True) -> str:
    """The code of the post that the name means, or an empty string.

    Blanks, apostrophes and hyphens do not count, a zero between letters is an O, `AMEMBASSY` and the like may stand in
    front. After an exact name and a known abbreviation comes, if `misspelled` allows it, a name of six letters or more
    that is one slip away from exactly one post.
    """
    letters = _NOT_A_LETTER.sub("", _ZERO_FOR_O.sub("O", untrusted_name[:80].upper()))
    if len(letters) < 3:
        return ""
    for name in (letters, _CITY.sub("", _OFFICE.sub("", letters))):
        if name in posts():
            return name
        if name in post_names():
            return post_names()[name]
    name = _OFFICE.sub("", letters)
    return nearest_post(name) if misspelled and len(name) >= SHORTEST_MISSPELLED else ""


def find_post_of_the_seventies(untrusted_name: str) -> str:
    """The code of the post for a name of 1973-79, which may be cut to six letters."""
    return find_post(untrusted_name) or posts_of_the_seventies().get(_NOT_A_LETTER.sub("", untrusted_name.upper()), "")


@lru_cache(maxsize=4096)
def nearest_post(letters: str) -> str:
    """The one post that is a single slip away from these letters, or an empty string."""
    if not 4 <= len(letters) <= 18:
        return ""
    near = {code for code in posts() if abs(len(code) - len(letters)) <= 1 and one_slip_apart(code, letters)}
    return near.pop() if len(near) == 1 else ""


def one_slip_apart(one: str, other: str) -> bool:
    """Whether a single letter lost, added, changed or two neighbours swapped turns one word into the other."""
    if len(one) > len(other):
        one, other = other, one
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    swapped = one[start + 1 : start + 2] + one[start : start + 1]
    return one[start + 1 :] == other[start + 1 :] or (
        swapped == other[start : start + 2] and one[start + 2 :] == other[start + 2 :]
    )
