"""The summary of a cable: where it begins and where it ends (CABLE-FORMAT 4.5)."""

import re
from itertools import takewhile

from generator.cable.spans import Kind
from generator.cable.text.blocks import Block

MOST_BLOCKS = 12
_BEGINNING = re.compile(
    r"[ \t\n(*-]*(?:(?:[IVX]{1,4}|[A-H1-9])[.)] +)?(?:BEGIN[ \n]+)?(?:EXECUTIVE )?(?:SUMM?A?R?Y|INTRODUCTION)\b"
    r"(?:[ \n]*(?:AND|&|/)[ \n]*(?:COMMENT|ACTION REQUEST|INTRODUCTION|ACTION|RECOMMENDATIONS?|CONCLUSIONS?))?"
    r"[ \t\n)]*[:.,-]*[ \t\n]*",
    re.IGNORECASE,
)
_END = re.compile(r"[ \n(]*\bEND[ \n]+(?:OF[ \n]+)?(?:EXECUTIVE[ \n]+)?(?:SU|INTROD)\Z", re.IGNORECASE)
_END_WORDS = ("mmary", "MMARY", "mmay", "MMAY", "uction", "UCTION")
_PORTION = re.compile(r"[ \t\n]*\([A-Z/ ]{1,16}\)[ \t\n]*")


def read_summary(text: str, blocks: list[Block]) -> str:
    """The summary on one line, or an empty string; `text` has blanks where page markers stand."""
    for index, block in enumerate(blocks[:MOST_BLOCKS]):
        start = block.words_at(text)
        match = _BEGINNING.match(text, start, block.end)
        if match is None and len(block.pieces) > 1 and block.pieces[-1].kind is Kind.ITEM:
            match = _BEGINNING.fullmatch(text, block.pieces[-1].start, block.pieces[-1].end)
        if match is None:
            continue
        if block.kind is Kind.HEADING or not text[match.end() : block.end].strip():
            return _under_heading(text, blocks, index)
        begin = match.end()
        if portion := _PORTION.match(text, begin, block.end):
            begin = portion.end()
        return _until_end(text, blocks, index, begin)
    return _with_end_only(text, blocks)


def _under_heading(text: str, blocks: list[Block], index: int) -> str:
    """The summary below its heading, or below a line with nothing else: up to its end mark, else to the next heading.

    A line that is a numbered paragraph stands for what follows up to the next number.
    """
    rest = [block for block in blocks[index + 1 :] if block.kind is not Kind.RULE]
    if blocks[index].number_start >= 0:
        rest = list(takewhile(lambda block: block.number_start < 0, rest))
    if not rest or rest[0].kind is Kind.HEADING:
        return ""
    begin = rest[0].words_at(text)
    if match := _BEGINNING.match(text, begin, rest[0].end):
        begin = match.end()
    return _until_end(text, rest, 0, begin, heading=True)


def _until_end(text: str, blocks: list[Block], index: int, begin: int, *, heading: bool = False) -> str:
    last = blocks[min(index + MOST_BLOCKS, len(blocks)) - 1]
    end = _end_mark(text, begin, last.end)
    if end >= 0:
        return words_on_one_line(text[begin:end])
    until = blocks[index].end
    if heading:
        for block in blocks[index + 1 : index + MOST_BLOCKS]:
            if block.kind in {Kind.HEADING, Kind.RULE}:
                break
            until = block.end
    return words_on_one_line(text[begin:until])


def _with_end_only(text: str, blocks: list[Block]) -> str:
    """A summary that has an end mark only begins with the first paragraph."""
    numbered = [block for block in blocks if block.number_start >= 0][:4]
    if not numbered:
        return ""
    end = _end_mark(text, numbered[0].start, numbered[-1].end)
    return words_on_one_line(text[numbered[0].words_at(text) : end]) if end >= 0 else ""


def _end_mark(text: str, start: int, end: int) -> int:
    """Where `End Summary` begins, whatever its case, or -1."""
    for word in _END_WORDS:
        at = text.find(word, start, end)
        while at >= 0:
            if match := _END.search(text[max(start, at - 40) : at]):
                return max(start, at - 40) + match.start()
            at = text.find(word, at + 1, end)
    return -1


def words_on_one_line(text: str) -> str:
    """The words with single blanks between them."""
    return " ".join(text.split())
