"""Page markers: where they stand, alone on a line or in the middle of one (CABLE-FORMAT 3.1)."""

import re

from generator.cable.spans import Kind, Span

_PAGE_OF_PAGES = re.compile(r"(?:[A-Z][A-Z.'/-]* )*[A-Z][A-Z.'/-]* +0*\d{5,8} +\d{3}(?:\.\d{1,2})? +OF +\d{3}\Z")
_END_OF_MARKER = re.compile(r" OF +\d{3}(?!\d)")
_PAGE_NUMBER = re.compile(r"PAGE {1,12}\d\d ")
_PAGE = re.compile(
    r"PAGE[ ]{1,12}\d\d[ ]{1,16}[A-Z][A-Z ]{2,20}?[ ]{1,8}\d{4,6}(?:[ ]{1,8}\d\d OF \d\d)?(?:[ ]{1,8}\d{6}Z)?"
    r"(?:[ \t]*\n(?:[ \t]*\n)?[ \t]*(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE)[ \t]*(?=\n))?"
)
_MARK_AT_END = re.compile(r"(?:\A|(?<=[ ]{2}))(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE|UNCLAS)[ \t]*\Z")
_LONGEST_MARKS = 300
_REPEATED_CAPTION = re.compile(r"\n([ \t]*(?:SIPDIS|C O R R E C T E D {1,2}C O P Y[^\n]{0,80})[ \t]*\n)")
_BLANKS_AFTER = re.compile(r"[ \t]*(?:\n|\Z)")
_LONGEST_MARKER = 64


def find_markers(text: str, start: int, post: str) -> list[tuple[int, int]]:
    """Start and end of every page marker in `text[start:]`; `post` is the cable's own, where it is known.

    A marker alone on its line takes the whole line; in the middle of a line it takes its words only.
    """
    found = []
    at = text.find(" OF 0", start)
    while at >= 0:
        marker = _marker_around(text, start, at, post)
        if marker:
            found.append(marker)
        at = text.find(" OF 0", at + 5)
    if _PAGE_NUMBER.search(text, start):
        pages = _PAGE.finditer(text, start)
        found += [_whole_line(text, start, _begin_of_marks(text, start, page.start()), page.end()) for page in pages]
    return _apart(sorted(found))


def _marker_around(text: str, start: int, at: int, post: str) -> tuple[int, int] | None:
    """The marker whose ` OF ` stands at `at`."""
    end = _END_OF_MARKER.match(text, at)
    if end is None:
        return None
    first = max(start, at - _LONGEST_MARKER)
    first = max(first, text.rfind("\n", first, at) + 1)
    words = text[first : end.end()]
    match = _PAGE_OF_PAGES.match(words) or _PAGE_OF_PAGES.search(words)
    if match is None:
        return None
    begin = first + match.start()
    if text[max(start, begin - 1)] != "\n" or text[end.end() : end.end() + 1] not in ("\n", ""):
        begin = _begin_of_post(text, begin, first + match.end(), post)
    return _whole_line(text, start, begin, end.end())


def _begin_of_post(text: str, begin: int, end: int, post: str) -> int:
    """Where the post's name begins in a line that goes on before the marker: as many words as the name has."""
    words = re.split(r" +\d", text[begin:end], maxsplit=1)[0]
    letters = ""
    for at in range(len(words) - 1, -1, -1):
        letters = words[at] + letters if words[at].isalpha() else letters
        if letters == post:
            return begin + at
    return begin + words.rfind(" ") + 1


def _begin_of_marks(text: str, start: int, begin: int) -> int:
    """Where the classification begins that stands above a page's number, once or twice: the last page's and its own.

    Each ends a line, blank lines may stand between them (archive records have them so), and only the first may have
    text before it, parted by two blanks. Looks back a bounded way.
    """
    first = max(start, begin - _LONGEST_MARKS)
    line_start, marks = _line_start(text, first, begin), 0
    if text[line_start:begin].strip(" \t"):
        return begin
    while marks < 2 and line_start > first:
        end, line_start = line_start - 1, _line_start(text, first, line_start - 1)
        line = text[line_start:end].strip(" \t")
        if not line:
            continue
        mark = _MARK_AT_END.search(line)
        if mark is None:
            break
        begin = text.index(mark[0], line_start + mark.start(), end)
        marks += 1 + bool(mark.start())
    return begin


def _line_start(text: str, first: int, at: int) -> int:
    return max(first, text.rfind("\n", first, at) + 1)


def _whole_line(text: str, start: int, begin: int, end: int) -> tuple[int, int]:
    """The marker with its line feed and the blanks around it, where nothing else stands on the line."""
    after = _BLANKS_AFTER.match(text, end)
    line_start = text.rfind("\n", max(start, begin - 80), begin) + 1
    alone = line_start > 0 and not text[line_start:begin].strip(" \t")
    if after is None or not (alone or begin == start):
        return begin, end
    return line_start if alone else begin, after.end()


def find_repeated_captions(text: str, start: int) -> list[Span]:
    """Lines in the text proper that repeat a caption at a page's head, as retransmission left them."""
    if text.find("\nSIPDIS", start) < 0 and text.find("\nC O R R E C", start) < 0:
        return []
    return [Span(Kind.PAGE_MARKER, *match.span(1)) for match in _REPEATED_CAPTION.finditer(text, start)]


def _apart(markers: list[tuple[int, int]]) -> list[tuple[int, int]]:
    apart: list[tuple[int, int]] = []
    for begin, end in markers:
        if not apart or begin >= apart[-1][1]:
            apart.append((begin, end))
    return apart


def without(text: str, places: list[tuple[int, int]]) -> str:
    """The text of the same length in which blanks stand for these places; line feeds stay between whole lines."""
    if not places:
        return text
    pieces, at = [], 0
    for begin, end in places:
        whole = text[begin - 1 : begin] in {"\n", ""} and (text[end - 1] == "\n" or text[end : end + 1] in {"\n", ""})
        lines = text[begin:end].split("\n")
        pieces += [text[at:begin], ("\n" if whole else " ").join(" " * len(line) for line in lines)]
        at = end
    pieces.append(text[at:])
    return "".join(pieces)
