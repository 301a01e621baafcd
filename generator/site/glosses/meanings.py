"""The meanings of codes as a page gives them: short, prepared once, with a warning where they are not certain."""

import re
from functools import cached_property, lru_cache

from generator.cable.vocabulary import UNCERTAIN, Term, Vocabulary
from generator.site.glosses.gloss import in_a_sentence, short
from generator.site.sentences import UNKNOWN, lacks_meaning, with_warning

REMEMBERED = 4096

WORDS_IN_CAPITALS = frozenset(("NOTAL", "OADR", "SEPTEL"))
"""Words of the trade that are no others when they stand in capitals."""

PLAIN_IN_CAPITALS = frozenset(("AMB", "CT", "MOD", "POL", "TIP"))
"""Acronyms that a text all in capitals may mean otherwise."""

_LEVEL = re.compile(r"[A-Z]+")
_RELEASE = re.compile(r"\bREL(?:EASABLE)?\b")
_UNKNOWN_MARK = "A portion mark that is not certain"


class Meanings:
    """What the codes mean by one vocabulary; what was looked up is remembered."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.tag = lru_cache(REMEMBERED)(self._tag)
        self.portion = lru_cache(REMEMBERED)(self._portion)

    def of(self, kind: str, term: str) -> str:
        """The meaning of a term of the glossary, or an empty string."""
        return self._by_kind.get((kind, term), "")

    @cached_property
    def _by_kind(self) -> dict[tuple[str, str], str]:
        return {
            (term.kind, term.term): with_warning(short(term.meaning), certain=term.certain)
            for term in self.vocabulary.glossary
        }

    @cached_property
    def acronyms(self) -> dict[bytes, tuple[str, str]]:
        """The terms in capitals that texts are searched for, as ASCII: each with the term and its meaning."""
        return {
            term.term.upper().encode(): (term.term, self.of(term.kind, term.term))
            for term in self._searched
            if term.term.isascii() and term.term.isalpha() and len(term.term) > 1
        }

    @cached_property
    def in_capitals(self) -> frozenset[bytes]:
        """The keys of `acronyms`."""
        return frozenset(self.acronyms)

    @cached_property
    def mixed(self) -> tuple[tuple[str, str], ...]:
        """The terms that are not of capitals alone (`A/S`, `Poloff`), and their meanings."""
        return tuple(
            (term.term, self.of(term.kind, term.term))
            for term in self._searched
            if not (term.term.isascii() and term.term.isalpha() and term.term.isupper())
        )

    @cached_property
    def clear_in_capitals(self) -> frozenset[str]:
        """The terms that mean the same in a text that is all in capitals."""
        return frozenset(
            term.term
            for term in self._searched
            if term.certain and len(term.term) > 2 and term.term not in PLAIN_IN_CAPITALS
        )

    @cached_property
    def _searched(self) -> tuple[Term, ...]:
        return tuple(
            term
            for term in self.vocabulary.glossary
            if term.kind == "acronym" or (term.kind == "word" and term.term in WORDS_IN_CAPITALS)
        )

    @cached_property
    def captions(self) -> re.Pattern[str]:
        """Any caption, also with its letters spaced out."""
        terms = sorted((term.term for term in self.vocabulary.glossary if term.kind == "caption"), key=len)
        return re.compile(rf"(?<![A-Z])(?:{'|'.join(map(_spaced, reversed(terms)))})(?![A-Z])")

    def caption(self, words: str) -> str:
        """The meaning of a caption as it stands."""
        return self._captions.get("".join(words.split()), "")

    @cached_property
    def _captions(self) -> dict[str, str]:
        return {
            "".join(term.term.split()): self.of("caption", term.term)
            for term in self.vocabulary.glossary
            if term.kind == "caption"
        }

    def station(self, indicator: str) -> str:
        """The name of a station by its routing indicator; empty for one that is not known or stands for many."""
        return self._stations.get(indicator, "")

    @cached_property
    def _stations(self) -> dict[str, str]:
        return {indicator: known.name for indicator, known in self.vocabulary.routing.items() if not known.relay}

    def _tag(self, code: str, year: int | None) -> str:
        """What a tag means in a cable of this year, or that nobody here knows; empty for a person's name."""
        tag = self.vocabulary.tags.of(code, year)
        if not tag.meaning:
            return UNKNOWN if lacks_meaning(code, self.vocabulary) else ""
        return with_warning(short(tag.meaning), certain=tag.confidence not in UNCERTAIN)

    def _portion(self, mark: str) -> str:
        """What a portion mark says: its level, and what is behind it."""
        level = _LEVEL.match(mark)
        said = self.of("portion", f"({level[0]})") if level else ""
        if not said:
            return _UNKNOWN_MARK
        behind = mark[len(level[0]) if level else 0 :]
        release = _RELEASE.search(behind)
        for word in _LEVEL.findall(behind[: release.start()] if release else behind):
            more = self.of("portion", f"/{word}") or self.of("caption", word)
            if not more and word not in {"ENTIRE", "TEXT"}:
                return with_warning(said, certain=False)
            said += f", {in_a_sentence(more)}" if more else ""
        if release and (released := self.of("portion", "/REL")):
            said += f", {in_a_sentence(released)}"
        return short(said)


def _spaced(term: str) -> str:
    """A pattern for a caption: `CORRECTED COPY`, `C O R R E C T E D  C O P Y`."""
    return " +".join(" ?".join(map(re.escape, word)) for word in term.split())
