"""What a build by the workers of a Dask scheduler takes a cable, and what that comes to for many more of them.

    python -m tests.benchmarks.cluster --cables 20000 --workers 2 --projected 3000000

Scheduler and workers are processes of this machine. The same archive is then built here, and the two sites compared.
docs/cluster.md has the second table.
"""

import argparse
import os
import pickle
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec

from generator.archive import database
from generator.archive.notes import catalog_file, spools_folder
from generator.build.build import build
from generator.build.options import Options
from generator.crew.cluster import Cluster
from generator.output.folder import state
from tests.benchmarks.archive import make
from tests.site.dask import Dask

_TICK = os.sysconf("SC_CLK_TCK")


class Traffic(msgspec.Struct):
    """Bytes that went through the scheduler, pickled as Dask does it; and of the parsed cables that waited."""

    reading_out: int = 0
    reading_back: int = 0
    rendering_out: int = 0
    rendering_back: int = 0
    waiting: int = 0


class Watched(Cluster):
    """A cluster that counts what is sent and what comes back."""

    traffic = Traffic()
    spools = Path()

    def submit(self, work: Any, number: int, chunk: list[Any]) -> Future[Any]:
        """Hand a chunk to the scheduler."""
        rendering = work.func.__name__ == "render"
        if rendering and not self.traffic.waiting:
            self.traffic.waiting = size(path for path in self.spools.iterdir() if not path.suffix)
        self._add("rendering_out" if rendering else "reading_out", (work, number, chunk))
        future = super().submit(work, number, chunk)
        future.rendering = rendering  # type: ignore[attr-defined]
        return future

    def result(self, future: Future[Any]) -> Any:
        """What came of a chunk."""
        result = super().result(future)
        self._add("rendering_back" if future.rendering else "reading_back", result)  # type: ignore[attr-defined]
        return result

    def _add(self, way: str, value: Any) -> None:
        setattr(self.traffic, way, getattr(self.traffic, way) + len(pickle.dumps(value, protocol=5)))


def size(paths: Iterator[Path]) -> int:
    """The bytes in files."""
    return sum(path.stat().st_size for path in paths if path.is_file())


def spent(process: int) -> float:
    """The CPU time that a process has used, in seconds."""
    user, system = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / _TICK


Figures = dict[str, tuple[float, str]]
"""What is spent or used, how much of it a cable, and in which unit: ms or B."""

CORES = (2, 4, 8, 16, 64)


def measured(scratch: Path, cables: int, seed: int, workers: int) -> Figures:
    """Build an archive there and here; AssertionError where the sites differ."""
    content = scratch / "archive/content"
    make(scratch / "archive", cables, seed)
    options = Options(content=content, output=scratch / "there", config=content / "site.toml")
    with closing(Dask(scratch).with_workers(workers)) as dask:
        pids = [dask.scheduler.pid, *(worker.pid for worker in dask.workers)]
        before = [spent(pid) for pid in pids]
        Watched.spools = spools_folder(content, options.output)
        with mock.patch("generator.build.workers.Cluster", Watched):
            there = build(msgspec.structs.replace(options, scheduler=dask.address))
        scheduler, *others = (spent(pid) - old for pid, old in zip(pids, before, strict=True))
    here = build(msgspec.structs.replace(options, output=scratch / "here"))
    assert state(scratch / "there") == state(scratch / "here"), "not the same bytes"
    copy = scratch / "copy.sqlite"
    began = time.monotonic()
    database.copy(catalog_file(content, scratch / "here"), copy)
    copied = time.monotonic() - began
    stages = {timing.stage: timing for timing in there.timings}
    seconds = {
        "wall time, cluster": there.seconds,
        "wall time, one machine": here.seconds,
        **{f"CPU of the building process, {name}": stages[name].cpu for name in ("read", "render", "commit")},
        **{f"CPU of the chunks, {name}": stages[name].workers for name in ("read", "render")},
        "CPU of the chunks, one machine": sum(timing.workers for timing in here.timings),
        "CPU of the workers, all": sum(others),
        "CPU of the scheduler": scheduler,
        "wall time of the copy of the catalog": copied,
    }
    sizes = {
        "sent to read": Watched.traffic.reading_out,
        "sent back from reading": Watched.traffic.reading_back,
        "sent to render": Watched.traffic.rendering_out,
        "sent back from rendering": Watched.traffic.rendering_back,
        "content": size(content.rglob("*")),
        "parsed cables that wait": Watched.traffic.waiting,
        "catalog": copy.stat().st_size,
        "site": size((scratch / "here").rglob("*")),
    }
    milliseconds = {name: (value / cables * 1e3, "ms") for name, value in seconds.items()}
    return milliseconds | {name: (value / cables, "B") for name, value in sizes.items()}


def projected(figures: Figures, cables: int) -> Iterator[tuple[str, str]]:
    """What the figures come to for more cables, if each takes as much as it did.

    A stage takes as long as the building process works, or as its chunks do on all cores: whichever is more.
    """
    total = {name: value * cables / (1e3 if unit == "ms" else 1e9) for name, (value, unit) in figures.items()}
    own = {name: total[f"CPU of the building process, {name}"] for name in ("read", "render", "commit")}
    chunks = {name: total[f"CPU of the chunks, {name}"] for name in ("read", "render")}
    yield "chunks, on one core", f"{sum(chunks.values()) / 60:.0f} min"
    yield "building process, on one core", f"{sum(own.values()) / 60:.0f} min"
    yield "scheduler, on one core", f"{total['CPU of the scheduler'] / 60:.0f} min"
    for cores in CORES:
        wall = sum(max(own[name], chunks.get(name, 0) / cores) for name in own)
        yield f"at least, with {cores} cores for workers", f"{wall / 60:.0f} min"
    yield "through the scheduler", f"{sum(value for name, value in total.items() if name.startswith('sent')):.1f} GB"
    for name in ("content", "parsed cables that wait", "catalog", "site"):
        yield name, f"{total[name]:.0f} GB"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Say what a build by a Dask cluster takes, a cable and in all.")
    parser.add_argument("--cables", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--projected", type=int, default=3_000_000, help="for so many cables")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cablepress-benchmark-") as temporary:
        figures = measured(Path(temporary), given.cables, given.seed, given.workers)
    print(f"| {given.cables:,} cables, {given.workers} workers | a cable |\n| --- | --- |")
    for name, (value, unit) in figures.items():
        print(f"| {name} | {value:,.3f} {unit} |")
    print(f"\n| {given.projected:,} cables | |\n| --- | --- |")
    for name, text in projected(figures, given.projected):
        print(f"| {name} | {text} |")


if __name__ == "__main__":
    main()
