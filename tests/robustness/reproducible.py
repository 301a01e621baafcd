"""One archive, one site: the same bytes wherever, whenever and by whomever it is built.

    python -m tests.robustness.reproducible PYTHON …

Each PYTHON is a command such as `python3.13`; it gets an environment of its own with the project in it. All of them
build the same archive in every combination of place, locale, time zone, hash seed and number of processes, and the
digests of the sites, manifests included, are compared. Without a PYTHON it is the one at hand.
"""

import argparse
import itertools
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tests.benchmarks.archive import make
from tests.conftest import CHECKOUT
from tests.robustness.random_kills import digest, forget

CABLES = 450
"""More than are read in one process."""

SHARED_MEMORY = Path("/dev/shm")


class Cell(msgspec.Struct, frozen=True):
    """The circumstances of one build."""

    place: str
    locale: str
    zone: str
    seed: str
    jobs: str


PLACES = ("here", "a long/way to/the Überseekiste")
"""Folders; the second lies in memory, on another file system, with the files written in another order."""

LOCALES = {"C": "", "tr_TR": "ISO-8859-9", "de_DE": "ISO-8859-1"}
"""With the encodings that they were made for: none of them is UTF-8."""

ZONES = ("UTC", "Asia/Kathmandu", "America/St_Johns")
SEEDS = ("0", "1", "random")
JOBS = ("1", "2", "16")


def every_cell() -> Iterator[Cell]:
    """All combinations."""
    return (Cell(*values) for values in itertools.product(PLACES, LOCALES, ZONES, SEEDS, JOBS))


def few_cells() -> list[Cell]:
    """As few as have every two values of two circumstances together; but for many processes, which take long."""
    wanted = [cell for cell in every_cell() if cell.jobs != JOBS[-1]]
    missing = set().union(*map(_pairs, wanted))
    chosen: list[Cell] = []
    while missing:
        best = max(wanted, key=lambda cell: len(missing & _pairs(cell)))
        chosen.append(best)
        missing -= _pairs(best)
    return chosen


def _pairs(cell: Cell) -> set[tuple[tuple[int, str], ...]]:
    values = tuple(enumerate(msgspec.structs.astuple(cell)))
    return {*itertools.combinations(values, 2)}


class Archive:
    """The sample archive and some hundreds of cables more, at all places."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.locales = folder / "locales"
        self.memory = Path(tempfile.mkdtemp(prefix="cablepress-", dir=SHARED_MEMORY))
        self.locales.mkdir(parents=True)
        for name, encoding in LOCALES.items():
            if encoding:
                made = ["localedef", "-i", name, "-f", encoding, str(self.locales / name)]
                subprocess.run(made, check=True, capture_output=True)
        make(folder / "invented", CABLES, seed=1)
        content = self.place(PLACES[0]) / "content"
        shutil.copytree(CHECKOUT / "content", content)
        shutil.copytree(folder / "invented/content/cables", content / "cables", dirs_exist_ok=True)
        files = sorted(path.relative_to(content) for path in content.rglob("*") if path.is_file())
        random.Random(1).shuffle(files)
        for path in files:
            copy = self.place(PLACES[1]) / "content" / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(content / path, copy)

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.memory)

    def place(self, name: str) -> Path:
        """The folder of a place."""
        return (self.folder if name == PLACES[0] else self.memory) / name

    def build(self, cell: Cell, python: str = sys.executable, program: Path = CHECKOUT / "build.py") -> str:
        """The digest of what a build gives."""
        folder = self.place(cell.place)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))},
            "LC_ALL": cell.locale,
            "LOCPATH": str(self.locales),
            "TZ": cell.zone,
            "PYTHONHASHSEED": cell.seed,
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        }
        command = [python, str(program), "--quiet", "--jobs", cell.jobs]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (cell, done.stderr)
        found = digest(folder / "output")
        forget(folder / "content", folder / "output")
        return found


def environment(folder: Path, python: str) -> tuple[str, str]:
    """A Python with the project in an environment of its own: its command, and its version."""
    subprocess.run([python, "-m", "venv", folder], check=True)
    own = str(folder / "bin/python")
    subprocess.run([own, "-m", "pip", "install", "--quiet", "--editable", CHECKOUT], check=True)
    version = subprocess.run([own, "--version"], check=True, capture_output=True, text=True).stdout
    return own, version.strip()


def main() -> None:
    """Build in every cell with each Python, and say how many digests there are."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pythons", nargs="*", metavar="PYTHON")
    parser.add_argument("--few", action="store_true", help="not all combinations, but all pairs")
    given = parser.parse_args()
    cells = few_cells() if given.few else list(every_cell())
    digests: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="reproducible-") as scratch, Archive(Path(scratch)) as archive:
        for number, python in enumerate(given.pythons or [sys.executable]):
            own, version = (
                environment(Path(scratch, f"python{number}"), python)
                if given.pythons
                else (python, platform.python_version())
            )
            started = time.monotonic()
            found = Counter(archive.build(cell, own) for cell in cells)
            digests += found
            told = ", ".join(f"{count} x {name[:16]}" for name, count in found.items())
            print(f"{version.split()[-1]}: {told} in {time.monotonic() - started:.0f} s", flush=True)
    print(f"{digests.total()} builds, {len(digests)} digest{'s' * (len(digests) != 1)}")
    sys.exit(len(digests) != 1)


if __name__ == "__main__":
    main()
