"""How a numbered paragraph begins: its number, and the portion mark that may follow (CABLE-FORMAT 4.1)."""

import re

import msgspec

from generator.cable.text.titles import is_title

HIGHEST_NUMBER = 150
LONGEST_LINE = 120

PORTION = (
    r"\([ ]?(?P<portion>(?:TS|SBU|LOU|FOUO|[UCS])(?:[/ -](?!\))[A-Z0-9/, .-]{0,40})?"
    r"|CNF|SNF|CN|SN|SE|SB|N/SF|/REL [A-Z, ]{2,30})[ ]?\)"
)
MARK = (
    r"(?P<pilcrow>\xc2?\xb6|\ufffd)?[ ]?(?P<number>0|[1-9]\d{0,2}|0\d(?=[.)][ ]?\([A-Z]))"
    r"(?P<stop>[ ]?\.|\)|[,:]?(?=[ ]{1,2}\((?:SBU|[CSU](?://?NF)?)\)))(?=[ \t\xa0(\n\"]|[A-Z]|\Z)"
    rf"(?:[ \t\xa0]*+(?i:{PORTION}))?"
)
_ON_NEW_LINE = re.compile(rf"\n[ \t]*+(?=[0-9\xb6\xc2\ufffd]){MARK}")
_IN_LINE = re.compile(
    rf"[ ](?P<number>\d{{1,3}})(?P<pilcrow>)(?P<stop>[.)])[ ]*(?:(?i:{PORTION})|(?=[\"\u201c]?[A-Z]))",
)
_STOP = re.compile(r"\.(?:(?<=[ ]\d\.)|(?<=[ ]\d\d\.)|(?<=[ ]\d\d\d\.))")
_PARENTHESIS = re.compile(r"\)(?:(?<=[ ]\d\))|(?<=[ ]\d\d\))|(?<=[ ]\d\d\d\)))")
_NO_FIRST = r" (?<!(?i:para|part| ref|sect| no\.) )(?P<number>1)"
_FIRST_IN_LINE = re.compile(_NO_FIRST + r"(?:\. {0,4}(?:[A-Z][a-z]|SUMMARY|BEGIN|INTRO)|\) {0,4}(?i:summary|begin))")
_FIRST_OF_MORE = re.compile(_NO_FIRST + r"\. {0,4}[\"\u201c]?[A-Z]")
_SECOND = re.compile(r"\s2\. {0,4}[\"\u201c(]?[A-Z]")
_FARTHEST_SECOND = 8_000
_RULES = ("---", "===")
_BEFORE_MARK = ' .?!:;)]"\u201d'
_END_OF_SENTENCE = re.compile(r"[.!?:;)\]\"\u201d-][ ]+(?=[A-Z0-9\"\u201c])")
_LONGEST_STRETCH = 100
_NO_LAST_WORDS = (
    r"of|the|an?|in|on|for|to|by|and|or|at|from|than|until|about|only|all|is|was|are|were|be"
    r"|sections?|articles?|para(?:graph)?s?|chapters?|annex|appendix|attachment|part|page|pp?|nos?|numbers?|points?|items?"
    r"|resolution|phase|group|table|option|tier|level|step|tab|refs?|reftel|pillar|track|category|class|round|article"
    r"|track|volume|vol|law|decree|unscr|protocol|schedule|list|type|zone|block|unit|building|terminal|gate|area"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|\d[\d.,/-]*"
)
_NO_TITLE_END = re.compile(rf"\b(?:{_NO_LAST_WORDS}|[a-z]{{1,3}})\Z", re.IGNORECASE)
_NO_END_OF_CAPITALS = re.compile(rf"\b(?:{_NO_LAST_WORDS})\Z", re.IGNORECASE)
_PORTION_ALONE = re.compile(rf"[ \t]*(?i:{PORTION})")
_ENTIRE_TEXT = re.compile(r"[ -]+ENTIRE .*", re.IGNORECASE)


class ParagraphMark(msgspec.Struct, frozen=True, gc=False):
    """A mark: where it begins (at the number), where it ends, number, portion mark and the place of the latter."""

    start: int
    end: int
    number: str
    portion: str
    portion_start: int
    portion_length: int
    parenthesis: bool


def mark_of(match: re.Match[str]) -> ParagraphMark:
    """The mark that a pattern made of `MARK` has found."""
    number, stop, portion = match.group("number", "stop", "portion")
    return ParagraphMark(
        match.start("number"),
        match.end("stop"),
        number,
        _level(portion) if portion else "",
        match.start("portion"),
        len(portion) if portion else 0,
        stop == ")",
    )


def _level(portion: str) -> str:
    """The portion mark in capitals; `C ENTIRE TEXT` is `C`."""
    return (_ENTIRE_TEXT.sub("", portion) if " " in portion else portion).upper()


def first_paragraph(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Start and end of the first mark at the start of a line in this part of the text."""
    match = _ON_NEW_LINE.search(text, start, end)
    return (match.start("number"), match.end("stop")) if match else None


def marks_in_line(text: str, start: int, end: int) -> list[ParagraphMark]:
    """Marks in the middle of a long line: a portion mark must follow, or a sentence or a title end before."""
    if end - start <= LONGEST_LINE or end - start <= LONGEST_LINE * (1 + text.count("\n", start, end - 1)):
        return []
    if not (_STOP.search(text, start, end) or _PARENTHESIS.search(text, start, end)):
        return []
    return [
        mark_of(match)
        for match in _IN_LINE.finditer(text, start, end)
        if match["portion"]
        or text[match.start() - 1] in _BEFORE_MARK
        or text.endswith(_RULES, 0, match.start())
        or _ends_title(text, start, match.start())
    ]


def _ends_title(text: str, start: int, end: int) -> bool:
    """Whether the words before a mark are a heading that lost its line: capitals behind the end of a sentence."""
    words = text[max(start, end - _LONGEST_STRETCH) : end]
    ends = [match.end() for match in _END_OF_SENTENCE.finditer(words)]
    words = words[ends[-1] if ends else 0 :]
    no_end = _NO_END_OF_CAPITALS if words.isupper() and words.count(" ") > 1 else _NO_TITLE_END
    return (
        bool(ends)
        and not no_end.search(words, words.rfind(" ") + 1)
        and is_title(words)
        and (words.isupper() or all(map(_is_of_title, words.split())))
    )


def _is_of_title(word: str) -> bool:
    return len(word) <= 3 or not word[0].islower() or word in {"from", "with", "into", "over"}


def first_mark_in_line(text: str, start: int, end: int) -> int:
    """Where the first paragraph begins in a long line that begins with fields of the opening, or -1."""
    inner = marks_in_line(text, start, end)
    first = inner[0].start if inner else -1
    if match := _FIRST_IN_LINE.search(text, start, first if inner else end):
        return match.start("number")
    more = _FIRST_OF_MORE.search(text, start, first if inner else end)
    if more and _SECOND.search(text, more.end(), more.end() + _FARTHEST_SECOND):
        return more.start("number")
    return first


def portion_at(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The portion mark with which a block without number begins, its place and its length; -1 without one."""
    match = _PORTION_ALONE.match(text, start, end) if text[start] in "( \t" else None
    if match is None:
        return "", -1, 0
    return _level(match["portion"]), match.start("portion"), len(match["portion"])
