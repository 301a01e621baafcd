"""An invented language for archives of any size: a word list made of syllables, and sentences made of the words.

Only the sixty commonest words are English, so that a line has the short words that prose has.
"""

from itertools import accumulate
from random import Random

VOCABULARY = 60_000
SENTENCES = 50_000
MEAN_WORDS = 18
"""Words of a sentence, on average."""

_COMMON = """
the of and to in a that is for on with as by at from was not be has it he have are this an which had were or its but
will who been also said more their they would all other some there about than into no these his between after when if
"""
_SHARE_OF_COMMON = 0.42
_ONSETS = "b b br c c ch d d dr f f g g gr h h j k l l m m n n p p pl r r s s sh st t t th tr v v w z"
_NUCLEI = "a a e e i i o o u u ai ea oo ou"
_CODAS = ("", "", "", "n", "l", "r", "s", "t", "m", "n", "r", "nd", "st")


class Language:
    """The words and sentences of one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(f"language {seed}")
        words = self._invent(VOCABULARY)
        self.sentences = self._sentences(words, SENTENCES)
        self.names = [word.capitalize() for word in self._invent(4_000)]

    def _invent(self, count: int) -> list[str]:
        pick, onsets, nuclei = self.random.choice, _ONSETS.split(), _NUCLEI.split()
        found: dict[str, None] = {}
        while len(found) < count:
            syllables = 1 + (self.random.random() < 0.9) + (self.random.random() < 0.3)
            word = "".join(pick(onsets) + pick(nuclei) for _ in range(syllables)) + pick(_CODAS)
            if len(word) > 2:
                found[word] = None
        return list(found)

    def _sentences(self, words: list[str], count: int) -> list[str]:
        """Sentences with the words in Zipf's proportion; one of nine has a number in it."""
        shortest = _COMMON.split()
        common = [1 / (rank + 1.5) for rank in range(len(shortest))]
        rare = [1 / (rank + 25) for rank in range(len(words))]
        scale = (1 - _SHARE_OF_COMMON) / _SHARE_OF_COMMON * sum(common) / sum(rare)
        weights = list(accumulate([*common, *(weight * scale for weight in rare)]))
        running = self.random.choices([*shortest, *words], cum_weights=weights, k=count * MEAN_WORDS * 2)
        made, at = [], 0
        for _ in range(count):
            length = min(max(4, int(self.random.gammavariate(4, MEAN_WORDS / 4 + 0.1))), 60)
            part = running[at : at + length]
            at += length
            if self.random.random() < 0.11:
                part.insert(length // 2, self._number())
            if length > 12 and self.random.random() < 0.5:
                part[length // 3] += ","
            made.append(f"{' '.join(part).capitalize()}.")
        return made

    def _number(self) -> str:
        forms = (
            f"in {self.random.randint(1980, 2010)}",
            f"{self.random.randint(1, 99)}.{self.random.randint(0, 9)} percent",
            f"{self.random.randint(1, 900)},{self.random.randint(0, 999):03}",
            f"on May {self.random.randint(1, 31)}",
        )
        return self.random.choice(forms)
