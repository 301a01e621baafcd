"""What a build by the workers of a Dask scheduler takes, a cable: the figures that docs/cluster.md counts with.

    python -m tests.benchmarks.cluster --cables 20000 --workers 2

Scheduler and workers are processes of this machine. The same archive is then built here, and the two sites compared.
"""

import argparse
import os
import pickle
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec

from generator.archive import database
from generator.archive.notes import catalog_file, spools_folder
from generator.build import BuildResult, build
from generator.cluster import Cluster
from generator.options import Options
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


def measured(scratch: Path, cables: int, seed: int, workers: int) -> Iterator[tuple[str, float, str]]:
    """The figures: what, how much of it a cable, and in which unit."""
    content = scratch / "archive/content"
    make(scratch / "archive", cables, seed)
    options = Options(content=content, output=scratch / "there", config=content / "site.toml")
    dask = Dask(scratch).with_workers(workers)
    try:
        pids = [dask.scheduler.pid, *(worker.pid for worker in dask.workers)]
        before = [spent(pid) for pid in pids]
        Watched.spools = spools_folder(content, options.output)
        with mock.patch("generator.workers.Cluster", Watched):
            result = build(msgspec.structs.replace(options, scheduler=dask.address))
        scheduler, *others = (spent(pid) - old for pid, old in zip(pids, before, strict=True))
    finally:
        dask.close()
    here = build(msgspec.structs.replace(options, output=scratch / "here"))
    assert state(scratch / "there") == state(scratch / "here"), "not the same bytes"
    yield "wall time, cluster", result.seconds / cables * 1e3, "ms"
    yield "wall time, one machine", here.seconds / cables * 1e3, "ms"
    for stage in ("read", "render", "commit"):
        yield f"CPU of the building process, {stage}", cpu(result, stage).cpu / cables * 1e3, "ms"
    for stage in ("read", "render"):
        yield f"CPU of the chunks, {stage}", cpu(result, stage).workers / cables * 1e3, "ms"
        yield f"CPU of the chunks, {stage}, one machine", cpu(here, stage).workers / cables * 1e3, "ms"
    yield "CPU of the workers, all", sum(others) / cables * 1e3, "ms"
    yield "CPU of the scheduler", scheduler / cables * 1e3, "ms"
    for way, count in msgspec.structs.asdict(Watched.traffic).items():
        yield f"bytes {way.replace('_', ' ')}", count / cables, "B"
    catalog, copy = catalog_file(content, scratch / "here"), scratch / "copy.sqlite"
    began = time.monotonic()
    database.copy(catalog, copy)
    yield "time of the copy of the catalog", (time.monotonic() - began) / cables * 1e3, "ms"
    yield "bytes of the catalog", copy.stat().st_size / cables, "B"
    yield "bytes of the content", size(content.rglob("*")) / cables, "B"
    yield "bytes of the site", size((scratch / "here").rglob("*")) / cables, "B"
    yield "files of the site", sum(result.pages.values()) / cables, ""


def cpu(result: BuildResult, stage: str) -> Any:
    """What a stage took."""
    return next(timing for timing in result.timings if timing.stage == stage)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Say what a build by a Dask cluster takes, a cable.")
    parser.add_argument("--cables", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cablepress-benchmark-") as temporary:
        print(f"| {given.cables:,} cables, {given.workers} workers | a cable |\n| --- | --- |")
        for what, much, unit in measured(Path(temporary), given.cables, given.seed, given.workers):
            print(f"| {what} | {much:,.3f} {unit} |", flush=True)


if __name__ == "__main__":
    main()
