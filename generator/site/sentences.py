"""What the name of a list means, by the vocabulary: in sentences, which say where they are not certain."""

import re

from generator.cable.vocabulary import UNCERTAIN, Term, Vocabulary
from generator.cable.vocabulary.tag_codes import Tag

UNKNOWN = "Meaning not known"
"""What is said of a code that no list explains."""


def lacks_meaning(code: str, vocabulary: Vocabulary) -> bool:
    """Whether a tag means something that nobody here knows; a person's name means that person."""
    known = vocabulary.tags.of(code)
    return not known.meaning and known.kind != "person"


def list_meanings(family: str, title: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What a tag means, one sentence for each meaning that it had, or which post an origin is."""
    if family == "tag":
        return tag_meanings(title, vocabulary) or ((UNKNOWN,) if lacks_meaning(title, vocabulary) else ())
    if family == "origin":
        posts = [post for post in vocabulary.posts.by_code.values() if post.name == title]
        return tuple(f"{post.code} in reference IDs{f'; {post.country}' if post.country else ''}" for post in posts)
    return ()


def tag_meanings(code: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What a tag means, or meant: of several meanings each with its years, and so one that is over."""
    known = vocabulary.tags.by_code.get(code, ())
    found = (
        _meaning(tag, dated=len(known) > 1 or _OVER.fullmatch(tag.era) is not None) for tag in known if tag.meaning
    )
    return tuple(dict.fromkeys(found))


_OVER = re.compile(r"(?:\d{4}s?-)?(?:19)?\d\ds?")
"""Years that end before 2000: `1973-79`."""


def term_meaning(term: Term) -> str:
    """What a term of the glossary means."""
    return with_warning(term.meaning, certain=term.certain)


def with_warning(meaning: str, *, certain: bool) -> str:
    """The meaning, which says of itself where it is not certain."""
    return meaning if certain else f"{meaning} (not certain)"


def _meaning(tag: Tag, *, dated: bool) -> str:
    """One meaning of a tag, with its years if it is to be `dated`, and with a warning where it is not certain."""
    notes = [tag.era] if dated and tag.era else []
    notes += ["not certain"] if tag.confidence in UNCERTAIN else []
    return f"{tag.meaning} ({', '.join(notes)})" if notes else tag.meaning
