"""The comments of a cable: where each begins and where it ends (CABLE-FORMAT 4.3, 4.5)."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from generator.cable.spans import Kind
from generator.cable.text.blocks import Block
from generator.cable.text.summary import words_on_one_line

MOST_BLOCKS = 12
_LONGEST_LEAD = 60
_AUTHOR = (
    r"(?:BEGIN|(?:AM)?EMBASSY|POST|MISSION|CONSULATE|CONGEN|AMBASSADOR|CHARGE|DCM|(?:ECON|POL|EMB)OFFS?)"
    r"(?:['\u2019]?S)?"
)
_PORTION = r"(?:\([A-Z/ ]{1,16}\)[ \t\n]*)?"
_WORD = re.compile(
    r"comments?(?:[ \n]*(?:and|&|/)[ \n]*[a-z]+(?: [a-z]+)?)?"
    rf"(?:[ \t\n]*{_PORTION}[:.]|[ \t\n]+--?(?=[ \t\n]))[ \t\n]*{_PORTION}",
    re.IGNORECASE,
)
_LEAD = re.compile(rf"(?P<before>\A|[.!?:;)\]\"\u201d*([-])[ \t\n]*(?:{_AUTHOR}[ \t\n]+){{0,2}}\Z", re.IGNORECASE)
_BRACKET_LEAD = re.compile(r"(?P<before>[(\[])[ \t\n]*(?:[A-Za-z][\w'\u2019/]{0,20}[ \t\n]+){0,2}\Z")
_END_LEAD = re.compile(
    r"[ \t\n(\[]*\bEND[ \t\n]+(?:OF[ \t\n]+)?(?:(?!SUMMARY|NOTE|TEXT|QUOTE)[A-Z'\u2019]{1,15}[ \t\n]+)?\Z",
    re.IGNORECASE,
)
_HEADING = re.compile(rf"[ \t\n(*-]*(?:{_AUTHOR}[ \t\n]+){{0,2}}COMMENTS?\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[()\[\]]")


class _Sign(NamedTuple):
    """A word `comment` that begins or ends one: `start` is before its mark, `words` behind it; `bracket` opens it."""

    start: int
    words: int
    block: int
    ends: bool = False
    bracket: bool = False


def read_comments(text: str, blocks: list[Block]) -> tuple[str, ...]:
    """The comments, each on one line without its marks; `text` has blanks where page markers stand."""
    signs = list(_signs(text, blocks))
    comments = []
    at = 0
    for index, sign in enumerate(signs):
        if sign.ends or sign.start < at:
            continue
        begin, at = _passage(text, blocks, signs, index)
        if words := words_on_one_line(text[begin:at]):
            comments.append(words)
    return tuple(comments)


def _signs(text: str, blocks: list[Block]) -> Iterator[_Sign]:
    """What begins or ends a comment, in the order of the text."""
    if not blocks:
        return
    starts: list[int] = []
    for at in _words(text, blocks[0].start, blocks[-1].end):
        starts = starts or [block.start for block in blocks]
        index = bisect_right(starts, at) - 1
        if sign := _sign(text, blocks[index], index, at):
            yield sign


def _words(text: str, start: int, end: int) -> list[int]:
    """Where the word `comment` stands."""
    found = []
    for word in ("omment", "OMMENT"):
        at = text.find(word, start + 1, end)
        while at >= 0:
            if text[at - 1] in "cC":
                found.append(at - 1)
            at = text.find(word, at + 1, end)
    return sorted(found)


def _sign(text: str, block: Block, index: int, at: int) -> _Sign | None:
    if at >= block.end:
        return None
    begin = block.words_at(text)
    lead = text[max(block.start, at - _LONGEST_LEAD) : at]
    if match := _END_LEAD.search(lead):
        return _Sign(at - len(lead) + match.start(), at, index, ends=True)
    if block.kind is Kind.HEADING:
        heading = _HEADING.match(text, block.start, block.end)
        return _Sign(block.start, block.end, index) if heading and heading.end() > at else None
    match = _WORD.match(text, at, block.end)
    if match is None:
        return None
    lead = text[max(begin, at - _LONGEST_LEAD) : at]
    before = _BRACKET_LEAD.search(lead) or _LEAD.search(lead)
    if before is None or (before["before"] == "" and len(lead) == _LONGEST_LEAD):
        return None
    bracket = before["before"] in {"(", "["}
    if text[at] == "c" and not bracket and before["before"]:
        return None
    return _Sign(at - len(lead) + before.start(), match.end(), index, bracket=bracket)


def _passage(text: str, blocks: list[Block], signs: list[_Sign], index: int) -> tuple[int, int]:
    """From where to where the comment reaches that begins with a sign (4.5)."""
    sign = signs[index]
    below = blocks[sign.block].kind is Kind.HEADING
    begin, until, last = sign.words, blocks[sign.block].end, sign.block
    rest = range(sign.block + 1, min(sign.block + 1 + MOST_BLOCKS, len(blocks)))
    paragraphs = [each for each in rest if blocks[each].kind is not Kind.RULE]
    for each in paragraphs:
        if blocks[each].kind is Kind.HEADING:
            break
        last = each
    if below:
        if last == sign.block:
            return begin, begin
        begin, until = blocks[paragraphs[0]].words_at(text), blocks[last].end
    for following in signs[index + 1 : index + 2]:
        if following.ends and following.block <= last:
            until = following.start
        elif not following.ends:
            until = min(until, following.start)
    return begin, _bracket_end(text, begin, min(until, blocks[sign.block].end)) or until if sign.bracket else until


def _bracket_end(text: str, start: int, end: int) -> int:
    """Where the bracket closes that is open at `start`, or 0."""
    depth = 1
    for match in _BRACKETS.finditer(text, start, end):
        depth += 1 if match[0] in "([" else -1
        if depth == 0:
            return match.start()
    return 0
