"""Which numbers at the start of a line are paragraph numbers (CABLE-FORMAT 4.2).

Numbers repeat, restart, skip and run backwards; years, decimals and amounts stand at line starts too.
"""

from generator.cable.text.paragraph_marks import HIGHEST_NUMBER, ParagraphMark

WIDEST_STEP = 3
HIGHEST_FIRST = 9
LONG_LINE = 45
SHORTEST_HANGING = 10
SHORTEST_HANGING_CAPITALS = 30
"""A shorter line in capitals is a heading: `WHAT IT IS FOR`."""

_WORDS_THAT_WANT_MORE = """
of the a an in on for to by with and or from at his her its their about over under than section sections article
articles paragraph paragraphs para paras chapter chapters annex part page p. pp. no. nos. art. sec. number january
february march april may june july august september october november december jan. feb. mar. apr. jun. jul. aug. sep.
sept. oct. nov. dec. mr. mrs. ms. dr. gen. col. lt. st. vs. approx. res. sen. rep. gov.
"""
_WANTS_MORE = frozenset(_WORDS_THAT_WANT_MORE.split())
_SENTENCE_ENDS = ".!?:;\"')]>-=_*\u201d\u2019"


class Numbering:
    """Follows the numbers of one cable; a restart at 1 begins a new series beside those before."""

    def __init__(self) -> None:
        self._largest: list[int] = []
        self._parenthesis = False

    def accepts(self, mark: ParagraphMark, line_before: str) -> bool:
        """Whether the mark begins a paragraph; `line_before` is empty where a blank line stands before it."""
        number = int(mark.number)
        if number > HIGHEST_NUMBER or (mark.parenthesis and self._other_style(mark)):
            return False
        if not mark.portion and ((line_before and hangs(line_before)) or not self._expected(number)):
            return False
        self._count(number)
        self._parenthesis = mark.parenthesis
        return True

    def is_next(self, mark: ParagraphMark) -> bool:
        """Whether the number is the one after the largest so far."""
        return bool(self._largest) and int(mark.number) == self._largest[-1] + 1

    def _other_style(self, mark: ParagraphMark) -> bool:
        """Whether the mark is `1)` where paragraphs are `1.`, so that it numbers points within one."""
        return bool(self._largest) and not self._parenthesis and not mark.portion

    def follows(self, mark: ParagraphMark) -> bool:
        """Whether the mark, in the middle of a line, carries on the count; then it is counted."""
        number = int(mark.number)
        if not self._largest and number != 1:
            return False
        if self._largest and (mark.parenthesis != self._parenthesis or not 0 < number - self._largest[-1] <= 2):
            return False
        self._count(number)
        self._parenthesis = mark.parenthesis
        return True

    def _expected(self, number: int) -> bool:
        if number == 1:
            return True
        if not self._largest:
            return number <= HIGHEST_FIRST
        if number <= self._largest[-1] + WIDEST_STEP:
            return True
        return len(self._largest) > 1 and abs(number - self._largest[-2]) <= WIDEST_STEP

    def _count(self, number: int) -> None:
        largest = self._largest
        if not largest or number == 1:
            largest.append(number)
            return
        if number - largest[-1] > WIDEST_STEP and len(largest) > 1 and number > largest[-2]:
            largest.pop()
        if number > largest[-1]:
            largest[-1] = number


def is_open(line: str) -> bool:
    """Whether the line ends without punctuation."""
    return line != "" and line[-1] not in _SENTENCE_ENDS


def hangs(line: str) -> bool:
    """Whether a sentence goes on after this line: it is long and ends without punctuation."""
    line = line.rstrip(" \t\n\\")
    return (len(line) >= LONG_LINE and line[-1] not in _SENTENCE_ENDS) or wants_more(line)


def wants_more(line: str) -> bool:
    """Whether the last word of the line wants more: `of`, `Article`, `No.`"""
    if len(line) < SHORTEST_HANGING or (len(line) < SHORTEST_HANGING_CAPITALS and line.isupper()):
        return False
    words = line[-16:].rsplit(None, 1)
    return bool(words) and words[-1].lstrip('("').lower() in _WANTS_MORE
