"""How a cable is described where only its name and a few words are shown: by search engines and in networks' cards."""

from bisect import bisect_left
from operator import attrgetter

from generator.cable.controls import named
from generator.cable.model import Partition
from generator.cable.spans import MarkKind

LONGEST = 160
"""Characters; those who show it cut it there."""

SHARE = 60
"""The text has at least so many characters for each of its description, but for the shortest."""

SHORTEST = 60

DETAILED = 3_600
"""Characters of a text beside which there is room for all that programs can be told: a page weighs little more than its
text.
"""

_START = attrgetter("start")
_BETWEEN = " .()¶\n"
_BEFORE_WORDS = frozenset((MarkKind.NUMBER, MarkKind.PORTION))


def description(cable: Partition) -> str:
    """The first words of the first numbered paragraph, or else of the first, on one line; empty without paragraphs.

    They are as transmitted, but for number and portion mark (CABLE-FORMAT 4.1). A paragraph of a few words is passed
    over where a longer one follows: it is a heading.
    """
    room = min(LONGEST, max(SHORTEST, len(cable.text) // SHARE))
    numbered_first = sorted(cable.paragraphs, key=lambda paragraph: not paragraph.number)
    if not numbered_first:
        return ""
    first = next((each for each in numbered_first if each.end - each.start > SHORTEST), numbered_first[0])
    start = first.start
    for mark in cable.marks[bisect_left(cable.marks, start, key=_START) :]:
        if mark.kind not in _BEFORE_WORDS or cable.text[start : mark.start].strip(_BETWEEN):
            break
        start = mark.end
    words = " ".join(cable.text[start : min(first.end, start + 2 * room)].split()).lstrip(_BETWEEN)
    return named(words if len(words) <= room else f"{words[:room].rpartition(' ')[0] or words[:room]} …")
