"""Raw results as a table in Markdown.

python -m tests.benchmarks.table tests/benchmarks/results/*.json
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

import msgspec

SCENARIOS = ("first", "no change", "one edit", "one added")
BARE = "bare loop"
MEGABYTE = 1_000_000


class Measured(msgspec.Struct, frozen=True):
    """One run: seconds, bytes of memory (tree, parent, largest worker), and the site's files and bytes after it.

    `written` counts the files that are new or other than before, `load` is the machine's load when it began.
    """

    generator: str
    round: int
    scenario: str
    wall: float
    cpu: float
    tree: int
    parent: int
    worker: int
    files: int
    bytes: int
    written: int
    load: float


class Machine(msgspec.Struct, frozen=True):
    """What it ran on; `memory` and `free` (on disk) in bytes."""

    cpus: int
    model: str
    memory: int
    system: str
    python: str
    free: int


class Result(msgspec.Struct, frozen=True):
    """All runs of one command."""

    command: str
    cables: int
    seed: int
    started: str
    note: str
    machine: Machine
    versions: dict[str, str]
    measured: list[Measured]


HEAD = (
    "| cables | build | generator | CPU s | of Hugo's | wall s | of Hugo's | of bare loop's | memory MB, all "
    "| parent | a worker | files written | files | MB |"
)


def table(results: Iterable[Result]) -> Iterator[str]:
    """The table's lines: a row for each size, kind of build and generator, medians over the rounds."""
    yield HEAD
    yield "|" + " --- |" * (HEAD.count("|") - 1)
    for result in sorted(results, key=lambda result: result.cables):
        for scenario in SCENARIOS:
            for name in dict.fromkeys(run.generator for run in result.measured):
                runs = _runs(result, name, scenario)
                if runs:
                    yield _row(result, scenario, name, runs)


def _runs(result: Result, name: str, scenario: str) -> list[Measured]:
    return [run for run in result.measured if (run.generator, run.scenario) == (name, scenario)]


def _row(result: Result, scenario: str, name: str, runs: list[Measured]) -> str:
    hugo, bare = _runs(result, "hugo", scenario), _runs(result, BARE, scenario)
    cpu, wall = median(run.cpu for run in runs), median(run.wall for run in runs)
    cells = [
        f"{result.cables:,}",
        scenario,
        " ".join(filter(None, (name, result.versions.get(name)))),
        _seconds(cpu),
        _ratio(cpu, [run.cpu for run in hugo]),
        _seconds(wall),
        _ratio(wall, [run.wall for run in hugo]),
        _ratio(wall, [run.wall for run in bare]),
        *(_megabytes(max(getattr(run, part) for run in runs)) for part in ("tree", "parent", "worker")),
        f"{median(run.written for run in runs):,.0f}",
        f"{runs[-1].files:,}",
        f"{runs[-1].bytes / MEGABYTE:,.1f}",
    ]
    return f"| {' | '.join(cells)} |"


def _seconds(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:,.1f}"


def _ratio(value: float, others: list[float]) -> str:
    return f"{value / median(others):.2f}" if others else ""


def _megabytes(value: int) -> str:
    return f"{value / MEGABYTE:,.0f}" if value else ""


def read(path: Path) -> Result:
    """A result as `peers` wrote it."""
    return msgspec.json.decode(path.read_bytes(), type=Result)


def main() -> None:
    """The command."""
    print("\n".join(table(map(read, map(Path, sys.argv[1:])))))


if __name__ == "__main__":
    main()
