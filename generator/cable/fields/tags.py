"""The TAGS line: codes, organisations, persons, phrases, and codes that have run together (CABLE-FORMAT 2.4)."""

import re

import msgspec

from generator.cable.vocabulary.tag_codes import TagCodes

SHORTEST_WORD = 5
_WORD = re.compile(r"[\w][\w/&'.+-]*|[,;()]")
_PERSON_FOLLOWS = frozenset({"OVIP", "OTRA", "OREP", "OFDP", "ODIP"})
_NO_TAG = frozenset({"AND", "&", "N/A", "NONE"})
_PORTIONS = frozenset({"U", "C", "S", "SBU"})


class FoundTag(msgspec.Struct, frozen=True, gc=False):
    """A tag, upper case, and its place in the text; `glued` is the word of several codes that it was cut out of."""

    value: str
    start: int
    end: int
    glued: str = ""


def read_tags(text: str, start: int, end: int, codes: TagCodes) -> list[FoundTag]:
    """The tags of the field's value in their order, repeated ones included."""
    if start >= end:
        return []
    words = [FoundTag(match[0].upper(), match.start(), match.end()) for match in _WORD.finditer(text, start, end)]
    values = {word.value for word in words}
    if values <= codes.by_code.keys() and values.isdisjoint(_PERSON_FOLLOWS):
        return words
    found: list[FoundTag] = []
    at = 0
    while at < len(words):
        word = words[at]
        follows = bool(found) and found[-1].value in _PERSON_FOLLOWS
        if word.value == "(" and _holds_person(words, at + 1, codes, follows=follows):
            at = _person(words, at + 1, found, codes)
        elif word.value in {",", ";", "(", ")"} or word.value in _NO_TAG or _is_portion(words, at):
            at += 1
        elif follows and not _is_code(word.value, codes):
            at = _person(words, at, found, codes)
        elif _is_code(word.value, codes):
            found.append(_bare(word, codes))
            at += 1
        else:
            at = _unknown(words, at, found, codes)
    return found


def _is_portion(words: list[FoundTag], at: int) -> bool:
    """Whether the word is a portion mark, `(U)`, before the first tag."""
    around = [each.value for each in words[: at + 2]]
    return at == 1 and around[1] in _PORTIONS and around[::2] == ["(", ")"]


def _is_code(word: str, codes: TagCodes) -> bool:
    return word in codes or word.rstrip(".'") in codes


def _bare(word: FoundTag, codes: TagCodes) -> FoundTag:
    value = word.value if word.value in codes else word.value.rstrip(".'-+&/")
    return FoundTag(value, word.start, word.start + len(value))


def _holds_person(words: list[FoundTag], at: int, codes: TagCodes, *, follows: bool) -> bool:
    """Whether a surname, a comma and a first name stand between parentheses; a code is a surname behind OVIP only."""
    inside = [each.value for each in words[at : at + 3]]
    if len(inside) < 3 or inside[1] != "," or inside[0] in "(),;" or inside[2] in "(),;":
        return False
    return not _is_code(inside[2], codes) and (follows or not _is_code(inside[0], codes))


def _person(words: list[FoundTag], at: int, found: list[FoundTag], codes: TagCodes) -> int:
    """Take surname and first names, up to the next code."""
    first = last = at
    name = words[at].value
    at += 1
    comma = False
    while at < len(words) and words[at].value not in {"(", ")", ";"}:
        word = words[at]
        if word.value == ",":
            if comma or at + 1 == len(words) or _is_code(words[at + 1].value, codes) or words[at + 1].value in "(),;":
                break
            comma, name = True, f"{name},"
        elif _is_code(word.value, codes) or (comma and name.count(" ") > 3):
            break
        else:
            name, last = f"{name} {word.value}", at
        at += 1
    found.append(FoundTag(name.rstrip(","), words[first].start, words[last].end))
    return at


def _unknown(words: list[FoundTag], at: int, found: list[FoundTag], codes: TagCodes) -> int:
    """Take a word that is no known tag: codes run together, a phrase of words, or a code of its own."""
    word = words[at]
    if pieces := codes.split_glued(word.value) or _split_at_slashes(word.value, codes):
        start = word.start
        for piece in pieces:
            start += word.value[start - word.start] == "/"
            found.append(FoundTag(piece, start, start + len(piece), word.value))
            start += len(piece)
        return at + 1
    last = at
    while last + 1 < len(words) and _is_word(words[last].value, codes) and _is_word(words[last + 1].value, codes):
        last += 1
    phrase = " ".join(each.value for each in words[at : last + 1])
    found.append(FoundTag(phrase, word.start, words[last].end) if last > at else _bare(word, codes))
    return last + 1


def _split_at_slashes(word: str, codes: TagCodes) -> tuple[str, ...]:
    """The known codes between slashes; empty where one of them is not known."""
    pieces = word.rstrip("/.").split("/")
    return tuple(pieces) if len(pieces) > 1 and all(piece in codes for piece in pieces) else ()


def _is_word(word: str, codes: TagCodes) -> bool:
    return len(word) >= SHORTEST_WORD and word.isalpha() and not _is_code(word, codes) and not codes.split_glued(word)
