"""How a numbered paragraph begins: its number, and the portion mark that may follow (CABLE-FORMAT 4.1)."""

import re

import msgspec

HIGHEST_NUMBER = 150
LONGEST_LINE = 120

PORTION = (
    r"\([ ]?(?P<portion>(?:TS|SBU|LOU|FOUO|[UCS])(?:[/ -](?!\))[A-Z0-9/, .-]{0,40})?"
    r"|CNF|SNF|CN|SN|SE|SB|N/SF|/REL [A-Z, ]{2,30})[ ]?\)"
)
MARK = (
    r"(?P<pilcrow>\xc2?\xb6|\ufffd)?[ ]?(?P<number>\d{1,3})(?P<stop>[ ]?\.|\))(?=[ \t\xa0(\n\"]|[A-Z]|\Z)"
    rf"(?:[ \t\xa0]*+(?i:{PORTION}))?"
)
_ON_NEW_LINE = re.compile(rf"\n[ \t]*{MARK}")
_IN_LINE = re.compile(
    rf"[ ](?P<number>\d{{1,3}})(?P<pilcrow>)(?P<stop>\.)[ ]*(?:(?i:{PORTION})|(?=[A-Z]))",
)
_FIRST_IN_LINE = re.compile(
    r"(?<!(?i:para|part| ref|sect| no\.)) (?P<number>1)\. {0,4}(?:[A-Z][a-z]|SUMMARY|BEGIN|INTRO)"
)
_RULES = ("---", "===")
_BEFORE_MARK = ' .?!:)"'
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
    portion = match["portion"] or ""
    return ParagraphMark(
        match.start("number"),
        match.end("stop"),
        match["number"],
        _ENTIRE_TEXT.sub("", portion).upper(),
        match.start("portion"),
        len(portion),
        match["stop"] == ")",
    )


def first_paragraph(text: str, start: int, end: int) -> ParagraphMark | None:
    """The first mark at the start of a line in this part of the text."""
    match = _ON_NEW_LINE.search(text, start, end)
    return mark_of(match) if match else None


def marks_in_line(text: str, start: int, end: int) -> list[ParagraphMark]:
    """Marks in the middle of a long line: a portion mark must follow, or a sentence end before."""
    if end - start <= LONGEST_LINE or end - start <= LONGEST_LINE * (1 + text.count("\n", start, end)):
        return []
    return [
        mark_of(match)
        for match in _IN_LINE.finditer(text, start, end)
        if match["portion"] or text[match.start() - 1] in _BEFORE_MARK or text.endswith(_RULES, 0, match.start())
    ]


def first_mark_in_line(text: str, start: int, end: int) -> int:
    """Where the first paragraph begins in a long line that begins with fields of the opening, or -1."""
    inner = marks_in_line(text, start, end)
    first = inner[0].start if inner else -1
    if match := _FIRST_IN_LINE.search(text, start, first if inner else end):
        return match.start("number")
    return first


def portion_at(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The portion mark with which a block without number begins, its place and its length; -1 without one."""
    match = _PORTION_ALONE.match(text, start, end) if text[start] in "( \t" else None
    if match is None:
        return "", -1, 0
    return _ENTIRE_TEXT.sub("", match["portion"]).upper(), match.start("portion"), len(match["portion"])
