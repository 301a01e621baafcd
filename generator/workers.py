"""The processes that read and render."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from generator.archive.catalog import Catalog
from generator.archive.intake import CableRead, read_files
from generator.chunks import spread
from generator.processes import Processes
from generator.site.pages.kind import Page
from generator.site.render import Job, Outcome, Renderer
from generator.timing import Clock

Result = TypeVar("Result")


class Workers:
    """Reads and renders in as many processes as a job is worth."""

    def __init__(self, job: Job, catalog: Catalog, jobs: int, clock: Clock) -> None:
        self.clock = clock
        self._here = _Worker(job, catalog)
        self._processes = Processes(jobs, _start, (job,))

    def close(self) -> None:
        """End the processes, in the middle of their work if need be."""
        self._here.close()
        self._processes.close()

    def read(self, paths: Iterable[str]) -> Iterator[list[CableRead]]:
        """Read content files; the results come in the order of the paths."""
        return self._timed(spread(self._processes, lambda: _read, lambda *chunk: (self._here.read(*chunk), 0.0), paths))

    def render(self, pages: Iterable[Page]) -> Iterator[list[Outcome]]:
        """Render pages."""
        return self._timed(
            spread(self._processes, lambda: _render, lambda *chunk: (self._here.render(*chunk), 0.0), pages)
        )

    def _timed(self, results: Iterator[tuple[Result, float]]) -> Iterator[Result]:
        """The results, while the clock learns of the CPU time of other processes."""
        for result, cpu in results:
            self.clock.workers += cpu
            yield result


class _Worker:
    """What one process needs to work; made when it is first needed."""

    def __init__(self, job: Job, catalog: Catalog | None = None) -> None:
        self.job = job
        self._catalog = catalog
        self._renderer: Renderer | None = None
        self._told = 0.0

    def read(self, number: int, paths: list[str]) -> list[CableRead]:
        return read_files(Path(self.job.content), paths, Path(self.job.spools), self.job.vocabulary)

    def render(self, number: int, pages: list[Page]) -> list[Outcome]:
        if self._renderer is None:
            self._renderer = Renderer(self.job, self._catalog)
        return self._renderer.work(number, pages)

    def spent(self) -> float:
        """The CPU time that this process has used since it was last asked, or began."""
        before, self._told = self._told, time.process_time()
        return self._told - before

    def close(self) -> None:
        if self._renderer is not None:
            self._renderer.close()


_worker: _Worker | None = None


def _start(job: Job) -> None:
    global _worker
    _worker = _Worker(job)


def _read(number: int, paths: list[str]) -> tuple[list[CableRead], float]:
    assert _worker is not None
    return _worker.read(number, paths), _worker.spent()


def _render(number: int, pages: list[Page]) -> tuple[list[Outcome], float]:
    assert _worker is not None
    return _worker.render(number, pages), _worker.spent()
