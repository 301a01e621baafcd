"""Openings that every section of a long message repeats in archive copies, mostly header and all (CABLE-FORMAT 3.3)."""

import re

from generator.cable.opening.classification import ClassificationLine, classification_line_at, next_classification_line
from generator.cable.opening.read import read_opening
from generator.cable.partition import BLANKS
from generator.cable.spans import Kind, Span
from generator.cable.vocabulary.posts import Posts

LONGEST_HEADER = 6_000
MOST_REPEATS = 40
_FROM = re.compile(r"\nFM +[A-Z]{2}")
_HEAD_LINE = re.compile(
    r"""[ \t]*(?:\Z|V?ZCZC|(?:ZZ|OO|PP|RR)[ ]R[A-Z]{3,7}\b|DE[ ]R[A-Z]{3,7}\b|ZN[RY]\b
    |[ZOPRY](?:[ ][ZOPRY])?[ ]+\d{6}Z[ ]|PTQ\d
    |PAGE[ ]+\d\d|ACTION[ ]|ORIGIN[ ]|(?:INFO[ ]+)?[A-Z]{1,5}-\d\d\b|/\d{3}[ ]?[A-Z]*\b|-{6}
    |(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|LIMITED[ ]OFFICIAL[ ]USE)[ \t]*\Z)""",
    re.VERBOSE,
)


def find_repeats(text: str, start: int, own: ClassificationLine | None, posts: Posts) -> list[Span]:
    """Where the text proper, from `start` on, repeats the cable's own opening; `text` has blanks for page markers."""
    repeats: list[Span] = []
    line: ClassificationLine | None = own if text.find("\nFM ", start) >= 0 else None
    while line is not None and own is not None and (match := _FROM.search(text, start)):
        start = match.end()
        if line.start < start:
            line = next_classification_line(text, start, posts)
        if line is None or line.start > start + LONGEST_HEADER or (line.post, line.serial) != (own.post, own.serial):
            continue
        floor = repeats[-1].end if repeats else 0
        start = read_opening(text, line.start, posts).end
        repeats.append(Span(Kind.RESIDUE, _begin(text, floor, match.start() + 1), start))
    return repeats or (_without_header(text, start, own, posts) if own and own.serial else [])


def _without_header(text: str, start: int, own: ClassificationLine, posts: Posts) -> list[Span]:
    """The repeats that begin with the classification line itself, and have two labelled fields or more."""
    repeats: list[Span] = []
    post = text.rfind(" ", own.start, text.rfind(" ", own.start, own.end))
    at = start if post >= 0 else len(text)
    for _ in range(MOST_REPEATS):
        at = text.find(text[post : own.end], at)
        if at < 0:
            break
        line_start = text.rfind("\n", start, at) + 1
        line = classification_line_at(text, line_start, posts) if line_start else None
        if line and (line.post, line.serial, line.end) == (own.post, own.serial, at + own.end - post):
            opening = read_opening(text, line.start, posts)
            if len(opening.fields) > 1:
                floor = repeats[-1].end if repeats else start
                repeats.append(Span(Kind.RESIDUE, _begin(text, floor, line_start), opening.end))
                at = opening.end - 1
        at += 1
    return repeats


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
