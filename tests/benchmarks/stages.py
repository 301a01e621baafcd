"""Where the time of a build goes, stage by stage: a first build, one with nothing changed, one after an edit.

In the end a bare sweep of content and output, `scandir` and `stat`: what a build with nothing changed is measured by.

    python -m tests.benchmarks.stages --cables 5000
    python -m tests.benchmarks.stages --archive DIR --jobs 1

DIR is what `tests.benchmarks.archive` made; a copy of it is built.
The same for one build of one's own archive: `cablepress build --profile`.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.build.build import BuildResult, build
from generator.build.options import Options
from tests.benchmarks.archive import make
from tests.benchmarks.sites.generator import EDITED

HEAD = "| build | stage | wall s | CPU s, this process | CPU s, workers | CPU ms a cable |"


def measure(archive: Path, output: Path, jobs: int) -> Iterator[tuple[str, BuildResult]]:
    """Build three times an archive that was not built yet; a cable in it is changed."""
    content = archive / "content"
    options = Options(content=content, output=output, config=content / "site.toml", jobs=jobs)
    yield "first", build(options)
    yield "no change", build(options)
    path = min(path for path in content.rglob("*.txt") if EDITED in path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace(EDITED, f"{EDITED}Once more: ", 1), "utf-8")
    yield "one edit", build(options)


def table(builds: Iterator[tuple[str, BuildResult]], cables: int) -> Iterator[str]:
    """The lines of the table, and for each build one with the sum."""
    yield HEAD
    yield "|" + " --- |" * (HEAD.count("|") - 1)
    for name, result in builds:
        row = _row(name, cables)
        for timing in result.timings:
            yield row(timing.stage, timing.wall, timing.cpu, timing.workers)
        sums = (sum(getattr(timing, part) for timing in result.timings) for part in ("wall", "cpu", "workers"))
        yield row(f"all, {result.written:,} written", *sums)


def _row(name: str, cables: int) -> Callable[..., str]:
    def row(stage: str, wall: float, cpu: float, workers: float) -> str:
        each = (cpu + workers) / cables * 1000
        return f"| {name} | {stage} | {wall:.2f} | {cpu:.2f} | {workers:.2f} | {each:.3f} |"

    return row


def swept(*folders: Path) -> float:
    """The seconds that it takes to look at every file."""
    started = time.monotonic()
    pending = list(map(str, folders))
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                entry.stat(follow_symlinks=False)
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
    return time.monotonic() - started


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Say where the time of a build goes.")
    parser.add_argument("--cables", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--archive", type=Path, help="an archive that is there, in place of a new one")
    parser.add_argument("--jobs", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cablepress-benchmark-") as temporary:
        scratch = Path(temporary)
        archive = scratch / "archive"
        if given.archive:
            shutil.copytree(given.archive / "content", archive / "content")
        else:
            make(archive, given.cables, given.seed)
        cables = sum(1 for _ in (archive / "content/cables").glob("*/*/*.txt"))
        for line in table(measure(archive, scratch / "output", given.jobs), cables):
            print(line, flush=True)
        seconds = min(swept(archive / "content", scratch / "output") for _ in range(3))
        print(f"A bare sweep of content and output: {seconds:.2f} s")


if __name__ == "__main__":
    main()
