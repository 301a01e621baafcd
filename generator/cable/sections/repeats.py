"""Openings that every section of a long message repeats in archive copies, mostly header and all (CABLE-FORMAT 3.3)."""

import re

from generator.cable.opening.captions import has_captions_only
from generator.cable.opening.classification import ClassificationLine, classification_line_at, next_classification_line
from generator.cable.opening.continuation import next_line
from generator.cable.opening.read import Opening, read_opening
from generator.cable.partition import BLANKS
from generator.cable.spans import Kind, Span
from generator.cable.vocabulary.posts import Posts

LONGEST_HEADER = 6_000
MOST_REPEATS = 40
_FROM = re.compile(r"FM (?<=\nFM ) *[A-Z]{2}")
_WORD = re.compile(r"\S+")
_LATER_SECTION = re.compile(r"SECTION 0?(?:[2-9]|1\d) OF ", re.IGNORECASE)
_HEAD_LINE = re.compile(
    r"""[ \t]*(?:\Z|V?ZCZC|(?:ZZ|OO|PP|RR)[ ]R[A-Z]{3,7}\b|DE[ ]R[A-Z]{3,7}\b|ZN[RY]\b
    |[ZOPRY](?:[ ][ZOPRY])?[ ]+\d{6}Z[ ]|PTQ\d
    |PAGE[ ]+\d\d|ACTION[ ]|ORIGIN[ ]|(?:INFO[ ]+)?[A-Z]{1,5}-\d\d\b|/\d{3}[ ]?[A-Z]*\b|-{6}
    |(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|LIMITED[ ]OFFICIAL[ ]USE)[ \t]*\Z)""",
    re.VERBOSE,
)


def find_repeats(text: str, own: Opening, posts: Posts) -> list[Span]:
    """Where the text proper repeats the cable's own opening; `text` has blanks for page markers."""
    repeats: list[Span] = []
    start, line = own.end, own.line
    mine = line
    while line is not None and mine is not None and (match := _FROM.search(text, start + 1)):
        start = match.end()
        if line.start < start:
            line = next_classification_line(text, start, posts)
        if line is None or line.start > start + LONGEST_HEADER or (line.post, line.serial) != (mine.post, mine.serial):
            continue
        floor = repeats[-1].end if repeats else 0
        start = _end(text, read_opening(text, line.start, posts), own)
        repeats.append(Span(Kind.RESIDUE, _begin(text, floor, match.start()), start))
    return repeats or (_without_header(text, own, mine, posts) if mine and mine.serial else [])


def _without_header(text: str, own: Opening, mine: ClassificationLine, posts: Posts) -> list[Span]:
    """The repeats that begin with the classification line itself, and have two labelled fields or more, or none at all
    but only captions below the head of a later section.
    """
    repeats: list[Span] = []
    post = text.rfind(" ", mine.start, text.rfind(" ", mine.start, mine.end))
    at = own.end if post >= 0 else len(text)
    for _ in range(MOST_REPEATS):
        at = text.find(text[post : mine.end], at)
        if at < 0:
            break
        line_start = text.rfind("\n", own.end, at) + 1
        line = classification_line_at(text, line_start, posts) if line_start else None
        if line and (line.post, line.serial, line.end) == (mine.post, mine.serial, at + mine.end - post):
            opening = read_opening(text, line.start, posts)
            if len(opening.fields) > 1:
                floor = repeats[-1].end if repeats else own.end
                repeats.append(Span(Kind.RESIDUE, _begin(text, floor, line_start), _end(text, opening, own)))
                at = repeats[-1].end - 1
            elif end := _end_of_section_head(text, line):
                repeats.append(Span(Kind.RESIDUE, line_start, end))
                at = end - 1
        at += 1
    return repeats


def _end(text: str, repeat: Opening, own: Opening) -> int:
    """Where the repeat ends; a subject at its end is no longer than the cable's own (3.3)."""
    mine, again = own.fields.get(Kind.SUBJECT), repeat.fields.get(Kind.SUBJECT)
    if mine is None or again is None or again.end != repeat.end:
        return repeat.end
    words = text[mine.value : mine.end].split()
    found = list(_WORD.finditer(text, again.value, again.end))
    if not 0 < len(words) < len(found) or [match[0] for match in found[: len(words)]] != words:
        return repeat.end
    end = found[len(words) - 1].end()
    return end if text[end : _line_end(text, end)].strip() else _line_end(text, end)


def _end_of_section_head(text: str, line: ClassificationLine) -> int:
    """Where the captions end below the line alone that heads a section behind the first, or 0."""
    if not _LATER_SECTION.search(text, line.start, line.end) or text[line.end : _line_end(text, line.end)].strip():
        return 0
    end = _line_end(text, line.end)
    while (following := next_line(text, end, len(text))) and has_captions_only(text, *following):
        end = following[1]
    return end


def _line_end(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)


def _begin(text: str, floor: int, at: int) -> int:
    """Where the header begins whose FM line stands at `at`: the lines of the relay above it belong to it."""
    begin = at
    while at > floor:
        line_start = text.rfind("\n", floor, at - 1) + 1 or floor
        line = text[line_start : at - 1]
        if not _HEAD_LINE.match(line.rstrip(BLANKS)):
            break
        at = line_start
        begin = at if line.strip(BLANKS) else begin
    return begin
