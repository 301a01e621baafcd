"""What has to be mended, as pages and the terminal show it: the place, the lines around it, and what to do."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.errors import CablepressError, FaultError, Problem, printable

AROUND = 2
"""Lines that are shown before and after the one that is at fault."""

WIDTH = 160
"""Characters that are shown of a line."""

LARGEST = 2**20
"""Bytes of a file beyond which nothing is shown of it."""


class Trouble(msgspec.Struct, frozen=True):
    """Something to be mended; all of it may be printed as it is.

    `place` is the file and the line, as `path:line`, where they are known. The first line of the `excerpt` is number
    `first` of the file, and `line` is the one at fault.
    """

    place: str
    text: str
    hint: str
    line: int = 0
    first: int = 0
    excerpt: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """The trouble as a terminal shows it."""
        yield f"error: {self.place}: {self.text}" if self.place else f"error: {self.text}"
        for number, text in enumerate(self.excerpt, self.first):
            yield f"  {'>' if number == self.line else ' '}{number:>5} | {text}".rstrip()
        if self.hint:
            yield f"  hint: {self.hint}"


def cause(error: CablepressError) -> Problem:
    """What is wrong where an error stopped a build: the first line of what it says."""
    told = error.text.partition("\n")[0]
    return error.problem if isinstance(error, FaultError) else Problem("", 0, told, error.hint)


def trouble(problem: Problem) -> Trouble:
    """What is shown of a problem, with the lines at its place as they are now."""
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    told = Trouble(printable(place), printable(problem.text), printable(problem.hint))
    if not problem.line:
        return told
    first = max(problem.line - AROUND, 1)
    excerpt = _lines(problem.path, first, problem.line + AROUND)
    return msgspec.structs.replace(told, line=problem.line, first=first, excerpt=excerpt)


def _lines(path: str, first: int, last: int) -> tuple[str, ...]:
    """Some lines of a file; nothing of one that can't be read or is no text for people."""
    try:
        with Path(path).open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, ValueError):
        return ()
    lines = raw.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = lines[first - 1 : last] if len(raw) <= LARGEST else []
    return tuple(printable(line.expandtabs()[:WIDTH]) for line in shown)
