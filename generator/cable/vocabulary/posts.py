"""Which post a name means, however it is written (CABLE-FORMAT 6.3)."""

import re
from functools import lru_cache

import msgspec

SHORTEST_MISSPELLED = 6
SHORTEST_CUT = 5
REMEMBERED = 4096
_ZERO_FOR_O = re.compile(r"(?<=[A-Z])0|0(?=[A-Z])")
_NOT_A_LETTER = re.compile(r"[^A-Z]+")
_OFFICE = re.compile(
    r"^(?:AMEMBASSY|AMCONSUL|AMCONSULATE|AMEMB|EMBASSY|CONSULATE|USMISSION|MISSION|REO|USINT|USOFFICE|USDEL)(?=.)"
)
_KINDS_OF_OFFICE = (("AMEMBASSY ", "Embassy"), ("AMCONSUL ", "Consulate"))
_CITY = re.compile(r"(?<=....)(?:WASHDC|WASHINGTONDC)$")


class Post(msgspec.Struct, frozen=True, gc=False):
    """A sending office: the code in reference IDs, its name, and the code that means the same office today."""

    code: str
    name: str
    kind: str
    country: str
    same_as: str


class Posts:
    """The posts of a vocabulary, found by every way to write them; what was found is remembered.

    `by_code` has the codes that stand in reference IDs (CABLE-FORMAT 5); `aliases` other ways to write a post, letters
    only (`USUN`, `SECSTATE`), to its code (6.3); `seventies` codes of 1973-79 that differ from the later ones (6.4).
    """

    def __init__(self, by_code: dict[str, Post], aliases: dict[str, str], seventies: dict[str, str]) -> None:
        self.by_code = by_code
        self.aliases = aliases
        self.of_the_seventies = _cut_to_six_letters(by_code) | seventies
        self.find = lru_cache(REMEMBERED)(self._find)
        self.nearest = lru_cache(REMEMBERED)(self._nearest)

    def name(self, code: str) -> str:
        """The name of the post with this code, as the old site printed it, or an empty string."""
        post = self.by_code.get(code)
        return post.name if post else ""

    def office(self, untrusted_sender: str) -> str:
        """The name of the office on an FM line: of a known post, else `Embassy X` for `AMEMBASSY X`, else as it is."""
        if known := self.name(self.find(untrusted_sender)):
            return known
        for word, kind in _KINDS_OF_OFFICE:
            if untrusted_sender.startswith(word):
                place = untrusted_sender.removeprefix(word).split()
                return " ".join([kind, *(part.title() if part.isupper() else part for part in place)])
        return untrusted_sender

    def find_of_the_seventies(self, untrusted_name: str) -> str:
        """The code of the post for a name of 1973-79, which may be cut to six letters."""
        return self.find(untrusted_name) or self.of_the_seventies.get(_NOT_A_LETTER.sub("", untrusted_name.upper()), "")

    def _find(self, untrusted_name: str, *, misspelled: bool = True) -> str:
        """The code of the post that the name means, or an empty string.

        Blanks, apostrophes and hyphens do not count, a zero between letters is an O, `AMEMBASSY` and the like may
        stand in front. After an exact name and a known abbreviation come, if `misspelled` allows it, a name of six
        letters or more that is one slip away from exactly one post, and five or more with which exactly one begins.
        """
        letters = _NOT_A_LETTER.sub("", _ZERO_FOR_O.sub("O", untrusted_name[:80].upper()))
        if len(letters) < 3:
            return ""
        for name in (letters, _CITY.sub("", _OFFICE.sub("", letters))):
            if name in self.by_code:
                return name
            if name in self.aliases:
                return self.aliases[name]
        name = _OFFICE.sub("", letters)
        if not misspelled or len(name) < SHORTEST_CUT:
            return ""
        return (self.nearest(name) if len(name) >= SHORTEST_MISSPELLED else "") or self._begun(name)

    def _begun(self, letters: str) -> str:
        """The one post whose code begins with these letters, or an empty string."""
        begun = [code for code in self.by_code if code.startswith(letters)]
        return begun[0] if len(begun) == 1 else ""

    def initials(self, code: str) -> str:
        """The first letters of a post's name of several words (`KL`, `HCMC`), as its own cables cite it, or nothing."""
        words = self.name(code).upper().split()[1:]
        return "".join(word[0] for word in words) if len(words) > 1 else ""

    def _nearest(self, letters: str) -> str:
        """The one post that is a single slip away from these letters, or an empty string."""
        if not 4 <= len(letters) <= 18:
            return ""
        near = {code for code in self.by_code if abs(len(code) - len(letters)) <= 1 and one_slip_apart(code, letters)}
        return near.pop() if len(near) == 1 else ""


def _cut_to_six_letters(by_code: dict[str, Post]) -> dict[str, str]:
    """The codes that 1973-79 made of the first six letters of a place, blanks included; the first post has it."""
    return {
        post.name.removeprefix("Embassy ").removeprefix("Consulate ").upper()[:6].replace(" ", ""): post.code
        for post in reversed(by_code.values())
        if post.name.startswith(("Embassy ", "Consulate "))
    }


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
