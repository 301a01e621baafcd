"""The text of a cable as blocks: runs of lines that belong together (CABLE-FORMAT 3.2, 4)."""

import re

import msgspec

from generator.cable.partition import BLANKS
from generator.cable.spans import Kind, Span
from generator.cable.text.numbering import LONG_LINE, Numbering, hangs, is_open, wants_more
from generator.cable.text.paragraph_marks import LONGEST_LINE, MARK, ParagraphMark, mark_of, marks_in_line, portion_at
from generator.cable.text.titles import is_title

LONGEST_LINE_BEFORE = 400
UNWRAPPED_LINE = 160
_SENTENCE_ENDS = '.!?:"\u201d'

_PLAIN = r"(?:[A-Za-z][A-Za-z,'][^\n]*+\n?+)"
_LINE = re.compile(
    rf"""(?:(?P<text>{_PLAIN}++)
    |(?P<blank>(?:[ \t\f\v\\]*+(?:\n|(?<=[ \t\f\v\\])\Z))+)
    |(?P<rule>[ \t]*[-=*_~+]{{3}}[-=*_~+ \t.]*+\\?(?:\n|\Z))
    |(?P<mark>[ \t]*{MARK}[^\n]*+\n?+(?P<below>{_PLAIN}*+))
    |(?P<item>[ \t]*(?:--?[ \t]?(?=[\w"(])|\*[ \t]*(?=\w)|o[ \t]+|[a-zA-Z][.)](?:[ \t]+|(?=[A-Z]{{2}}))
        |\([a-zA-Z]\)[ \t]*|\([ivx]{{1,4}}\)[ \t]*|[ivx]{{1,4}}[.)][ \t]+|\(\d{{1,2}}\)[ \t]*)[^\n]*+\n?)
    |(?P<other>[^\n]++\n?)
    )(?:[ \t\f\v\\]*+\n)*""",
    re.VERBOSE,
)


_PARAGRAPH = Kind.PARAGRAPH
_WIDE_GAP = re.compile(r"  |\t")
_POINT = re.compile(rf"[ \t]*(?:{MARK}|--?[ \t]?\w)")
_RULE = re.compile(r"[-=*_]{4}")
_PORTION_OR_LETTER = re.compile(r"[ \t]*\(([CSU])\)")
_BLANKS_BEFORE = re.compile(r"[ \t]*")


class Block(msgspec.Struct, gc=False):
    """A run of lines: `kind` is PARAGRAPH, HEADING, RULE or TABLE; `pieces` are its spans, blank lines left out.

    `number` and `portion` are a paragraph's mark; `number_start` is where the number begins, -1 without one.
    """

    kind: Kind
    pieces: list[Span]
    number: str = ""
    number_start: int = -1
    portion: str = ""
    portion_start: int = -1
    portion_length: int = 0

    @property
    def start(self) -> int:
        """Where the block begins."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where the block ends."""
        return self.pieces[-1].end

    def words_at(self, text: str) -> int:
        """Where the words of the block begin, behind number and portion mark."""
        if self.portion_start >= 0:
            return text.find(")", self.portion_start) + 1
        if self.number_start >= 0:
            return self.number_start + len(self.number) + 1
        return self.start


def clear_of_passages(blocks: list[Block], passages: list[Span]) -> list[Block]:
    """The blocks, none of which begins or ends inside a passage; what is nothing but a passage goes."""
    at = 0
    for block in blocks:
        start, end = block.start, block.end
        while at < len(passages) and passages[at].end <= start:
            at += 1
        if at == len(passages):
            break
        if passages[at].start >= end:
            continue
        if passages[at].start < start:
            _begin_behind(block.pieces, passages[at])
        while block.pieces and at + 1 < len(passages) and passages[at + 1].start < block.end:
            at += 1
        if block.pieces and passages[at].start < block.end < passages[at].end:
            _end_before(block.pieces, passages[at])
    return [block for block in blocks if block.pieces]


def _begin_behind(pieces: list[Span], passage: Span) -> None:
    while pieces and pieces[0].end <= passage.end:
        del pieces[0]
    if pieces and pieces[0].start < passage.end:
        pieces[0] = Span(pieces[0].kind, passage.end, pieces[0].end)


def _end_before(pieces: list[Span], passage: Span) -> None:
    while pieces and pieces[-1].start >= passage.start:
        del pieces[-1]
    if pieces and pieces[-1].end > passage.start:
        pieces[-1] = Span(pieces[-1].kind, pieces[-1].start, passage.start)


def read_blocks(text: str, start: int, end: int, passages: list[Span]) -> list[Block]:
    """The blocks of `text[start:end]`, in which blanks stand for the passages."""
    reader = _Blocks(text, passages)
    reader.read(start, end)
    return reader.blocks


class _Blocks:
    """Takes the lines one after the other; the last block is open until a blank line or another kind of line."""

    def __init__(self, text: str, passages: list[Span]) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self._passages = passages
        self._next = 0
        self._numbering = Numbering()
        self._open = False
        self._at_passage = False

    def read(self, start: int, end: int) -> None:
        """Take the lines from `start` to `end`, each with the blank ones below it.

        Neighbours of plain text are taken as one, and those below a number with its line.
        """
        take = {"text": self._prose, "blank": self._blank, "item": self._item, "rule": self._rule, "other": self._prose}
        for match in _LINE.finditer(self.text, start, end):
            kind = match.lastgroup or "other"
            line_start, line_end = match.span(kind)
            if kind == "mark":
                self._numbered(mark_of(match), line_start, match.start("below"), line_end)
            else:
                take[kind](line_start, line_end)
            if line_end < match.end():
                self._blank(line_end, match.end())

    def _blank(self, start: int, end: int) -> None:
        self._open = False
        while self._next < len(self._passages) and self._passages[self._next].start < end:
            self._at_passage = self._at_passage or self._passages[self._next].start >= start
            self._next += 1

    def _rule(self, start: int, end: int) -> None:
        words = self.text[start:end].strip(BLANKS)
        columns = len(words.split())
        under_columns = columns > 2 or (columns == 2 and _WIDE_GAP.search(words) is not None)
        if self._open:
            self._underline(end - start, under_columns)
        kind = Kind.TABLE if under_columns else Kind.RULE
        self.blocks.append(Block(kind, [Span(kind, start, end)]))
        self._open = self._at_passage = False

    def _underline(self, width: int, under_columns: bool) -> None:
        """Make the lines right above a rule a heading: all of a short block, else a last line as long as the rule."""
        block = self.blocks[-1]
        lines = self.text[block.start : block.end].split("\n")[:-1]
        if under_columns and len(lines) <= 5 and block.kind is Kind.PARAGRAPH and block.number_start < 0:
            self.blocks[-1] = Block(Kind.TABLE, [Span(Kind.TABLE, block.start, block.end)])
            return
        if block.kind is not Kind.PARAGRAPH or not lines:
            return
        if block.number_start < 0 and len(lines) <= 3 and max(map(len, lines)) <= 80:
            self.blocks[-1] = Block(Kind.HEADING, [Span(Kind.HEADING, block.start, block.end)])
            return
        last = lines[-1].strip()
        closed = len(lines) > 1 and lines[-2].rstrip(" \t\\")[-1:] in _SENTENCE_ENDS
        if last and closed and abs(len(last) - width) <= 4:
            start = block.end - len(lines[-1]) - 1
            self._cut(block, start)
            self.blocks.append(Block(Kind.HEADING, [Span(Kind.HEADING, start, start + len(lines[-1]) + 1)]))

    def _cut(self, block: Block, at: int) -> None:
        block.pieces = [Span(piece.kind, piece.start, min(piece.end, at)) for piece in block.pieces if piece.start < at]

    def _numbered(self, mark: ParagraphMark, start: int, below: int, end: int) -> None:
        """Take a line that begins with a number, and from `below` to `end` the plain text under it."""
        line_before = self._line_before() if self._open or self._at_passage else ""
        if (
            line_before
            and self._numbering.is_next(mark)
            and not wants_more(line_before)
            and (not self._open or self._is_whole(line_before, mark))
        ):
            line_before = ""
        if (line_before and self._is_of_sentence(mark, line_before)) or not self._numbering.accepts(mark, line_before):
            self._item(start, below) if mark.parenthesis else self._prose(start, below)
            if below < end:
                self._prose(below, end)
            return
        self._begin(Span(_PARAGRAPH, start, end), mark)
        self._cut_at_marks(mark.end, below, end)
        self._cut_at_marks(below, end, end)

    def _is_of_sentence(self, mark: ParagraphMark, line_before: str) -> bool:
        """Whether the mark is half an amount in a sentence, `3. 5 percent`, or a point in one: `1) to wait`."""
        following = self.text[mark.end : mark.end + 3].strip() if not mark.portion else ""
        return (following[:1].isdigit() and is_open(line_before)) or (mark.parenthesis and following[:1].islower())

    def _is_whole(self, line_before: str, mark: ParagraphMark) -> bool:
        """Whether the line ends where its writer wanted: a point, a title, a row, a paragraph that is not wrapped."""
        if _POINT.match(line_before):
            return True
        if not self.text[mark.end : mark.end + 4].lstrip(' \t("\u201c')[:1].isupper():
            return False
        return len(line_before) > UNWRAPPED_LINE or "   " in line_before.strip() or is_title(line_before.strip())

    def _line_before(self) -> str:
        """The last line of the last block, without the blanks at its end."""
        if not self.blocks:
            return ""
        end = self.blocks[-1].end
        words = self.text[max(0, end - LONGEST_LINE_BEFORE) : end].rstrip(BLANKS)
        return words[words.rfind("\n") + 1 :]

    def _begin(self, piece: Span, mark: ParagraphMark | None = None) -> None:
        """Open a new block."""
        self._open, self._at_passage = True, False
        if mark is not None:
            number, at, portion = mark.number, mark.start, (mark.portion, mark.portion_start, mark.portion_length)
        else:
            number, at, portion = "", -1, portion_at(self.text, piece.start, piece.end)
        self.blocks.append(Block(_PARAGRAPH, [piece], number, at, *portion))

    def _item(self, start: int, end: int) -> None:
        if (self._open and hangs(self._line_before())) or (not self._open and self._is_portion(start, end)):
            self._prose(start, end)
            return
        if self.blocks and self.blocks[-1].kind is Kind.PARAGRAPH:
            self.blocks[-1].pieces.append(Span(Kind.ITEM, start, end))
            self._open, self._at_passage = True, False
        else:
            self._begin(Span(Kind.ITEM, start, end))

    def _is_portion(self, start: int, end: int) -> bool:
        """Whether the line begins with a portion mark, `(C)`, and not with the letter behind that of the last item."""
        mark = _PORTION_OR_LETTER.match(self.text, start, end)
        if mark is None:
            return False
        before = self.blocks[-1].pieces[-1] if self.blocks else None
        letter = f"({chr(ord(mark[1]) - 1)})"
        return before is None or not self.text.startswith(letter, self._words_at(before.start))

    def _words_at(self, start: int) -> int:
        blanks = _BLANKS_BEFORE.match(self.text, start)
        return blanks.end() if blanks else start

    def _prose(self, start: int, end: int) -> None:
        if not self._open and not self._goes_on(start):
            self._begin(Span(Kind.PARAGRAPH, start, end))
        else:
            self._extend(start, end)
        self._cut_at_marks(start, end, end)

    def _goes_on(self, start: int) -> bool:
        """Whether a sentence goes on over the blank lines, or the page marker, before this line (3.2)."""
        if not self.blocks or self.blocks[-1].kind is not Kind.PARAGRAPH:
            return False
        before = self._line_before()
        unfinished = before[-1:] not in _SENTENCE_ENDS
        if not unfinished and not self._at_passage:
            return False
        first = self.text[start : start + 40].lstrip()
        if unfinished and (first[:1].islower() or wants_more(before)):
            return True
        return self._at_passage and not _RULE.match(first) and (unfinished or len(before) >= LONG_LINE)

    def _extend(self, start: int, end: int) -> None:
        pieces = self.blocks[-1].pieces
        if pieces[-1].end == start:
            pieces[-1] = Span(pieces[-1].kind, pieces[-1].start, end)
        else:
            pieces.append(Span(Kind.PARAGRAPH, start, end))
        self._open, self._at_passage = True, False

    def _cut_at_marks(self, start: int, end: int, last: int) -> None:
        """Begin a block at every number in a long line of `text[start:end]` that carries on the count (2.8).

        The last of them reaches to `last`.
        """
        if end - start > LONGEST_LINE:
            for mark in marks_in_line(self.text, start, end):
                if self._numbering.follows(mark):
                    self._cut(self.blocks[-1], mark.start)
                    self._begin(Span(Kind.PARAGRAPH, mark.start, last), mark)
