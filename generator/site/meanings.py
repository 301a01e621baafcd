"""What the name of a list means, by the vocabulary: in sentences, which say where they are not certain."""

from generator.cable.vocabulary import Vocabulary
from generator.cable.vocabulary.tag_codes import Tag

UNCERTAIN = {"low", "medium"}


def meanings(family: str, title: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What a tag means, one sentence for each meaning that it had, or which post an origin is."""
    if family == "tag":
        known = vocabulary.tags.by_code.get(title, ())
        return tuple(dict.fromkeys(meaning for tag in known if (meaning := tag_meaning(tag, dated=len(known) > 1))))
    if family == "origin":
        posts = [post for post in vocabulary.posts.by_code.values() if post.name == title]
        return tuple(f"{post.code} in reference IDs{f'; {post.country}' if post.country else ''}" for post in posts)
    return ()


def tag_meaning(tag: Tag, *, dated: bool = True) -> str:
    """What a tag means, with its years if it is to be `dated`, and with a warning where that is not certain."""
    if not tag.meaning:
        return ""
    notes = [tag.era] if dated and tag.era else []
    notes += ["not certain"] if tag.confidence in UNCERTAIN else []
    return f"{tag.meaning} ({', '.join(notes)})" if notes else tag.meaning
