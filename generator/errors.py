"""What can go wrong, told to the person who holds the file.

    CablepressError          exit code 1: content or a check failed
    ├── FaultError           the same, and it is known in which file and line
    ├── UsageError           exit code 2: the command cannot be carried out as it was given
    ├── LockedError          exit code 4: another build holds the lock
    ├── StorageError         exit code 5: disk full, no permission, input or output error
    ├── OutOfMemoryError     exit code 5: the system gives no more memory, or no more processes
    └── WorkerKilledError    exit code 5: a process that worked for this one was killed, or is out of reach

A `Problem` is one finding in one file. Problems are values: they are collected, sorted and shown, and do not stop
the rest of the site.
"""

from enum import StrEnum

import msgspec

INTERRUPTED = 130
EXIT_CODES = {
    0: "done",
    1: "content or check failed",
    2: "usage",
    4: "another build is at work",
    5: "disk, permissions, memory or lost workers",
    INTERRUPTED: "interrupted",
}
"""What a command ended with, as its help tells it."""


class CablepressError(Exception):
    """An error with a sentence for the user, and the next step."""

    exit_code = 1

    def __init__(self, text: str, hint: str) -> None:
        super().__init__(text, hint)
        self.text = text
        self.hint = hint

    def __str__(self) -> str:
        return self.text


class UsageError(CablepressError):
    """The command, an option or a folder given to it cannot be used."""

    exit_code = 2


class LockedError(CablepressError):
    """Another build is writing to the same output folder."""

    exit_code = 4


class StorageError(CablepressError):
    """The disk is full, a folder may not be written, or the system reports an input or output error."""

    exit_code = 5


class OutOfMemoryError(CablepressError):
    """The system gives this process, or one that it started, no more memory, or lets it start no other."""

    exit_code = 5

    def __init__(self, stands: str = "") -> None:
        told = "there is not enough memory"
        hint = "use fewer processes (--jobs 1), or let this one have more memory (ulimit -v)"
        super().__init__(f"{told}; {stands}" if stands else told, hint)


class WorkerKilledError(CablepressError):
    """A process that worked for this one was killed, by a person or by the system, or can't be reached any more."""

    exit_code = 5


class Severity(StrEnum):
    """An error makes the exit code 1; a warning never does."""

    ERROR = "error"
    WARNING = "warning"


class Problem(msgspec.Struct, frozen=True, order=True):
    """One finding: where it is, what it is, what to do next.

    `path` is as the user would type it; `line` counts from 1, and 0 means the whole file.
    """

    path: str
    line: int
    text: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        sentence = f"{self.severity}: {printable(place)}: {printable(self.text)}"
        return f"{sentence}\n  hint: {printable(self.hint)}" if self.hint else sentence


class FaultError(CablepressError):
    """One file is faulty, and nothing can be done until it is mended."""

    def __init__(self, problem: Problem) -> None:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        super().__init__(printable(f"{place}: {problem.text}"), problem.hint)
        self.args = (problem,)  # of which another process makes the same error
        self.problem = problem


def printable(untrusted_text: str) -> str:
    """The text with control, format and other unprintable characters made visible (`\\x1b`), safe for a terminal."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in untrusted_text)
