"""What a build is asked to do, and how it tells how far it has come."""

import os
import shlex
from collections.abc import Callable
from pathlib import Path

import msgspec

from generator.settings.selection import Selection


class Options(msgspec.Struct, frozen=True):
    """What a build is asked to do. `confirm_delete` is the number of files that may be deleted without asking.

    Where the address of a `scheduler` is given, its workers do what `jobs` processes would do here.
    `only` is the part of the archive that the site is of.
    A `full` build reads every file and makes every page again; of its notes it believes only which files are ours.
    With `keep_faulty` the pages of a cable or article stay as they were before its file became faulty.
    """

    content: Path
    output: Path
    config: Path
    base_url: str = ""
    jobs: int = 0
    scheduler: str = ""
    only: Selection = Selection()
    full: bool = False
    explain: bool = False
    confirm_delete: int = 0
    keep_faulty: bool = False

    @property
    def processes(self) -> int:
        """How many processes may work: `jobs`, or one a core where that is 0."""
        return self.jobs or os.cpu_count() or 1

    def command(self, verb: str, *more: str) -> str:
        """The command line that does something else with the same folders and the same address."""
        given = {
            "--content": ("content", self.content),
            "--output": ("output", self.output),
            "--config": (str(self.content / "site.toml"), self.config),
            "--base-url": ("", self.base_url),
        }
        words = [word for name, (usual, used) in given.items() if str(used) != usual for word in (name, str(used))]
        return shlex.join(["cablepress", verb, *words, *more])


class Progress(msgspec.Struct, frozen=True):
    """How far a stage has come; `total` is 0 where it can't be known beforehand."""

    stage: str
    done: int
    total: int


Report = Callable[[Progress], None]
