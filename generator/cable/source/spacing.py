"""Bodies that some export set with a blank line below each of their lines (CABLE-FORMAT 0.1, rules 3 and 8)."""

import re

SHORTEST_BODY = 12
"""Lines that a body must have for its blank lines to tell anything."""

LONGEST_LINE = 100
LONGEST_LOOK = 1_500
LONGEST_MEAN = 40
"""Characters a line, blank ones counted: half of what a page is wide."""

FEWEST_BROKEN = 3
_LINE_BELOW_LINE = re.compile(r"\S[ \t\\]*\n[ \t]*\S")
_BROKEN_SENTENCE = re.compile(r"[a-z,][ \t]*\n[ \t]*\n[ \t]*[a-z]")
_LINE_FEEDS = re.compile(r"\n([ \t]*)\n")


def single_spaced(text: str, start: int) -> str:
    """The text of the same length in which blanks stand for every second line feed, if the body is double-spaced.

    It is where hardly a line stands right below another, the lines are no longer than a page is wide, and sentences go
    on below blank lines.
    """
    end = start + LONGEST_LOOK
    feeds = text.count("\n", start, end)
    if feeds * LONGEST_MEAN < min(len(text) - start, LONGEST_LOOK):
        return text
    feeds = text.count("\n", start)
    if feeds < 2 * SHORTEST_BODY:
        return text
    doubled = sum(text.count(blank, start) for blank in ("\n\n", "\n \n", "\n  \n"))
    if 2.5 * doubled < feeds or not _is_double_spaced(text[start:]):
        return text
    return text[:start] + _LINE_FEEDS.sub(r" \1\n", text[start:])


def _is_double_spaced(body: str) -> bool:
    lines = [line for line in body.split("\n") if line.strip()]
    if max(map(len, lines), default=0) > LONGEST_LINE:
        return False
    broken = sum(1 for _ in _BROKEN_SENTENCE.finditer(body))
    below = sum(1 for _ in _LINE_BELOW_LINE.finditer(body))
    return broken >= FEWEST_BROKEN and 10 * below <= len(lines)
