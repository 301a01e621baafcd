"""The processes that read and render: this one for a small job, several for a large one.

The work is cut into chunks without shared state, handed to a standard `concurrent.futures.Executor`, and its results
come back in the order of the chunks.
"""

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing.connection import wait
from pathlib import Path
from typing import TypeVar

from generator.archive.catalog import Catalog
from generator.archive.intake import CableRead, Spool, read_files
from generator.errors import CablepressError
from generator.site.pages.kind import Page
from generator.site.render import Job, Outcome, Renderer
from generator.timing import Clock

CHUNK = 200
"""Cables or pages that a worker takes at a time."""

SMALL = 400
"""Up to so many cables or pages are done in this process: starting others would take longer."""

Item = TypeVar("Item")
Result = TypeVar("Result")


class Workers:
    """Reads and renders in as many processes as a job is worth."""

    def __init__(self, job: Job, catalog: Catalog, jobs: int, clock: Clock) -> None:
        self.job = job
        self.jobs = jobs
        self.clock = clock
        self._here = _Worker(job, catalog)
        self._pool: ProcessPoolExecutor | None = None

    def close(self) -> None:
        """End the processes, in the middle of their work if need be."""
        self._here.close()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def read(self, paths: Iterable[str]) -> Iterator[list[CableRead]]:
        """Read content files; the results come in the order of the paths."""
        return self._spread(_read, self._here.read, paths)

    def render(self, pages: Iterable[Page]) -> Iterator[list[Outcome]]:
        """Render pages."""
        return self._spread(_render, self._here.render, pages)

    def _spread(
        self,
        remote: Callable[[int, list[Item]], tuple[Result, float]],
        here: Callable[[int, list[Item]], Result],
        items: Iterable[Item],
    ) -> Iterator[Result]:
        """Do the work chunk by chunk; `items` is only drawn on as fast as the work gets done."""
        rest = iter(items)
        first = list(islice(rest, SMALL + 1))
        chunks = enumerate(_chunks(chain(first, rest)))
        if len(first) <= SMALL or self.jobs == 1:
            yield from (here(number, chunk) for number, chunk in chunks)
            return
        running: deque[Future[tuple[Result, float]]] = deque()
        try:
            for number, chunk in chunks:
                running.append(self._executor().submit(remote, number, chunk))
                if len(running) > 2 * self.jobs:
                    yield self._taken(running.popleft())
            while running:
                yield self._taken(running.popleft())
        except BrokenProcessPool as broken:
            raise CablepressError(
                "a worker process was killed, perhaps for want of memory; the old site stands",
                "build again, with fewer workers if it happens again: --jobs 1",
            ) from broken

    def _taken(self, future: Future[tuple[Result, float]]) -> Result:
        result, cpu = future.result()
        self.clock.workers += cpu
        return result

    def _executor(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.jobs, context, initializer=_start, initargs=(self.job,))
        return self._pool


class _Worker:
    """What one process needs to work; made when it is first needed."""

    def __init__(self, job: Job, catalog: Catalog | None = None) -> None:
        self.job = job
        self._catalog = catalog
        self._renderer: Renderer | None = None
        self._spool: Spool | None = None
        self._told = 0.0

    def read(self, number: int, paths: list[str]) -> list[CableRead]:
        if self._spool is None:
            self._spool = Spool(Path(self.job.spools) / str(os.getpid()))
        return read_files(Path(self.job.content), paths, self._spool, self.job.vocabulary)

    def render(self, number: int, pages: list[Page]) -> list[Outcome]:
        if self._renderer is None:
            self._renderer = Renderer(self.job, self._catalog)
        return self._renderer.work(number, pages)

    def spent(self) -> float:
        """The CPU time that this process has used since it was last asked, or began."""
        before, self._told = self._told, time.process_time()
        return self._told - before

    def close(self) -> None:
        if self._spool is not None:
            self._spool.close()
        if self._renderer is not None:
            self._renderer.close()


_worker: _Worker | None = None


def _start(job: Job) -> None:
    global _worker
    threading.Thread(target=_end_with_the_build, daemon=True).start()
    _worker = _Worker(job)


def _end_with_the_build() -> None:
    """End this process with the one that started it, however that ends: the next build may start at once."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _read(number: int, paths: list[str]) -> tuple[list[CableRead], float]:
    assert _worker is not None
    return _worker.read(number, paths), _worker.spent()


def _render(number: int, pages: list[Page]) -> tuple[list[Outcome], float]:
    assert _worker is not None
    return _worker.render(number, pages), _worker.spent()


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while chunk := list(islice(source, CHUNK)):
        yield chunk
