"""The classification line, which opens a body, and the classification that it and the captions give (2.1, 2.2, 7)."""

import re

import msgspec

from generator.cable.source.border import CLASSIFICATION, SECTION
from generator.cable.vocabulary.posts import Posts

_POST_AND_SERIAL = r"[ \t]+([A-Z][A-Z.'/-]*(?: [A-Z][A-Z.'/-]*){0,3})[ \t]+(\d{1,7})\b"
_LINE_AT_START = re.compile(rf"[ \t]*(?i:({CLASSIFICATION}){SECTION}{_POST_AND_SERIAL})")
_LINE = re.compile(rf"[\n\t\"] *(?i:({CLASSIFICATION}){SECTION}{_POST_AND_SERIAL})")
_IN_LINE = re.compile(rf"(?<=[ >])({CLASSIFICATION}){SECTION}{_POST_AND_SERIAL}")
_DAMAGED = re.compile(rf"[ \t]*([A-Z]{{1,3}}(?: [A-Z]{{1,2}}){{1,11}}){SECTION}{_POST_AND_SERIAL}")
_DAMAGED_ON_NEW_LINE = re.compile("\n" + _DAMAGED.pattern)
_BARE = re.compile(rf"[ \t]*({CLASSIFICATION}){SECTION}\b(?!/)")
_WORDS = {
    "UNCLAS": "UNCLASSIFIED",
    "LIMITED": "LIMITED OFFICIAL USE",
    "TOPSECRET": "TOP SECRET",
    "SECRET": "SECRET",
    "CONF": "CONFIDENTIAL",
}
_DAMAGED_ENDINGS = (("SECRET", "SECRET"), ("ECRET", "SECRET"), ("CRET", "SECRET"), ("TIAL", "CONFIDENTIAL"))


class ClassificationLine(msgspec.Struct, frozen=True, gc=False):
    """`<CLASSIFICATION> [SECTION nn OF nn] <POST> <serial>`; `post` is a code where the words name a known post."""

    start: int
    end: int
    classification: str
    post: str
    serial: int


def classification_line_at(text: str, start: int, posts: Posts) -> ClassificationLine | None:
    """The classification line that begins at `start`, damaged in its first letters or not (2.1)."""
    match = _LINE_AT_START.match(text, start) or _DAMAGED.match(text, start)
    return _read(match, posts) if match else None


def bare_classification_at(text: str, start: int) -> ClassificationLine | None:
    """A classification without post and serial that begins at `start`."""
    match = _BARE.match(text, start)
    return ClassificationLine(match.start(1), match.end(), _value(match[1]), "", 0) if match else None


def classification_lines(text: str, start: int, end: int, posts: Posts) -> list[ClassificationLine]:
    """All whole classification lines in this part of the text.

    They begin a line or a field of a database row; only where there are none of these, in the middle of a line (2.8),
    or they are damaged in their first letters. A post in small letters, or behind damage, must be a known one.
    """
    for pattern in (_LINE, _IN_LINE, _DAMAGED_ON_NEW_LINE):
        matches = pattern.finditer(text, start, end)
        found = [
            _read(match, posts)
            for match in matches
            if _names_post(match, posts, damaged=pattern is _DAMAGED_ON_NEW_LINE)
        ]
        if lines := [line for line in found if line is not None]:
            return lines
    return []


def next_classification_line(text: str, start: int, posts: Posts) -> ClassificationLine | None:
    """The first whole classification line from `start` on."""
    matches = (match for match in _LINE.finditer(text, start) if match[2].isupper())
    return next((line for match in matches if (line := _read(match, posts))), None)


def _names_post(match: re.Match[str], posts: Posts, *, damaged: bool) -> bool:
    """Whether the words behind the classification can be a post: capitals, or a known one."""
    if match[2].isupper() and not damaged:
        return True
    words = match[2].split()
    return any(posts.find(" ".join(words[first:]), misspelled=False) for first in range(len(words)))


def _read(match: re.Match[str], posts: Posts) -> ClassificationLine | None:
    value = _value(match[1])
    if not value:
        return None
    words = match[2].split()
    post = next((code for first in range(len(words)) if (code := posts.find(" ".join(words[first:])))), "")
    value = with_captions(value, (match.string[match.end(1) : match.end(2)].upper(),))
    return ClassificationLine(match.start(1), match.end(), value, post or "".join(words).upper(), int(match[3]))


def _value(untrusted_words: str) -> str:
    letters = "".join(untrusted_words.upper().split())
    for beginning, value in _WORDS.items():
        if letters.startswith(beginning):
            return value
    for ending, value in _DAMAGED_ENDINGS:
        if letters.endswith(ending) or (len(letters) > 2 and value.endswith(letters)):
            return value
    return ""


def with_captions(classification: str, captions: tuple[str, ...]) -> str:
    """The classification of the record: SENSITIVE makes UNCLASSIFIED official use only, NOFORN goes with the others."""
    words = " ".join(captions)
    if classification == "UNCLASSIFIED" and ("SENSITIVE" in words or "FOUO" in words):
        return "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
    if classification in {"CONFIDENTIAL", "SECRET"} and "NOFORN" in words:
        return f"{classification}//NOFORN"
    return classification
