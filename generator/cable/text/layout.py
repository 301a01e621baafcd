"""Blocks that are no prose: headings that stand alone, and tables (CABLE-FORMAT 4.4, 4.6)."""

import re
from itertools import pairwise

from generator.cable.partition import BLANKS
from generator.cable.spans import Kind, Span
from generator.cable.text.blocks import Block
from generator.cable.text.titles import is_title

LONGEST_HEADING = 80
LONG_TEXT = 200
LONGEST_ROW = 140
_GAP = "   "
_RULE_CHARACTERS = "-=*_"
_WITH_RULE = re.compile(r"[-=*_]{3,}[-=*_ ]*\S.{0,160}[-=*_]{3}\Z|\S.{0,160}?[-=*_]{5}[-=*_ ]*\Z", re.DOTALL)
_RUN = re.compile(r" ++|\.++|\t++")
_FRAME = re.compile(r"\b(?:BEGIN|END|UNQUOTE|QUOTE|BT)\b", re.IGNORECASE)
_BEFORE_TEXT = re.compile(r"[ \t]*(?:[^\w\s]{1,4}|\w|\(?\w{1,3}[.)]|\d{1,3}[.)][ \t]*\([^)\n]{1,20}\))[ \t]*\Z")


def find_headings(text: str, blocks: list[Block]) -> None:
    """Make headings of the blocks that are a short line or two in capitals, or a short line before a numbered one."""
    for block, following in pairwise(blocks):
        if block.number_start >= 0 or block.kind is not Kind.PARAGRAPH or len(block.pieces) != 1:
            continue
        if block.pieces[0].kind is Kind.PARAGRAPH and _is_heading(text[block.start : block.end], following):
            block.kind = Kind.HEADING
            block.pieces = [Span(Kind.HEADING, block.start, block.end)]


def _is_heading(untrusted_text: str, following: Block) -> bool:
    if len(untrusted_text) > 3 * LONGEST_HEADING:
        return False
    words = untrusted_text.strip()
    if not words or len(words) > 2 * LONGEST_HEADING:
        return False
    lines = words.split("\n")
    if words[-1] in _RULE_CHARACTERS and len(lines) <= 2 and _WITH_RULE.match(words):
        is_heading = True
    elif max(map(len, lines)) > LONGEST_HEADING:
        return False
    elif words.isupper():
        is_heading = len(lines) <= 2 and words[-1] not in ".,;-"
    else:
        is_heading = is_title(words) and (following.number != "" or following.end - following.start > LONG_TEXT)
    return is_heading and not _FRAME.search(words)


def find_tables(text: str, blocks: list[Block]) -> None:
    """Cut out of the blocks the lines whose columns stand on wide gaps or dot leaders (4.6)."""
    rows = _rows(text, blocks)
    first = 0
    for block in blocks if rows else ():
        while first < len(rows) and rows[first][1] <= block.start:
            first += 1
        if block.kind is not Kind.PARAGRAPH or first == len(rows) or rows[first][0] >= block.end:
            continue
        block.pieces = [part for piece in block.pieces for part in _cut(piece, rows, first)]
        if block.number_start < 0 and all(piece.kind is Kind.TABLE for piece in block.pieces):
            block.kind = Kind.TABLE


def _rows(text: str, blocks: list[Block]) -> list[tuple[int, int]]:
    """Start and end of every run of two or more neighbouring lines with columns."""
    if not blocks:
        return []
    runs: list[list[int]] = []
    for start, end in _lines_with_columns(text, blocks[0].start, blocks[-1].end):
        if runs and not text[runs[-1][1] : start].strip(BLANKS):
            runs[-1][1:] = [end, runs[-1][2] + 1]
        else:
            runs.append([start, end, 1])
    return [(start, end) for start, end, lines in runs if lines > 1]


def _lines_with_columns(text: str, start: int, end: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    for gap in (_GAP, "....", "\t"):
        at = text.find(gap, start, end)
        while at >= 0:
            if gap == _GAP and text[at - 1] in ".;:?!\n":
                at = text.find(gap, _end_of_run(text, at), end)
                continue
            line_start = max(start, text.rfind("\n", max(start, at - LONGEST_ROW), at) + 1)
            line_end = text.find("\n", at, end) + 1 or end
            if line_end - line_start > LONGEST_ROW:
                at = line_end - 1
            elif _has_columns(text[line_start:at], text[at:line_end]):
                lines.append((line_start, line_end))
                at = line_end - 1
            at = text.find(gap, _end_of_run(text, at), end)
    return sorted(set(lines))


def _end_of_run(text: str, at: int) -> int:
    match = _RUN.match(text, at)
    return match.end() if match else at + 1


def _has_columns(before: str, after: str) -> bool:
    if after.startswith("....") or not after.strip():
        return after.startswith("....")
    words = before.strip()
    return words != "" and words[-1] not in ".;:?!" and not _BEFORE_TEXT.match(before)


def _cut(piece: Span, rows: list[tuple[int, int]], first: int) -> list[Span]:
    """The piece with the rows in it as tables of their own; rows before `first` end before the piece."""
    parts: list[Span] = []
    at = piece.start
    while first < len(rows) and rows[first][0] < piece.end:
        start, end = max(rows[first][0], at), min(rows[first][1], piece.end)
        if start < end:
            parts += [Span(piece.kind, at, start)] if at < start else []
            parts.append(Span(Kind.TABLE, start, end))
            at = end
        first += 1
    return parts + ([Span(piece.kind, at, piece.end)] if at < piece.end else [])
