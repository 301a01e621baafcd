"""The processes that read and render."""

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from generator.archive.catalog import Catalog
from generator.archive.intake import CableRead, read_files
from generator.build import errands
from generator.build.timing import Clock
from generator.crew.chunks import Crew, Work, spread
from generator.crew.cluster import Cluster
from generator.crew.processes import Processes
from generator.site.pages.kind import Page
from generator.site.render import Job, Outcome, Renderer

Item = TypeVar("Item")
Result = TypeVar("Result")

Timed = tuple[Result, float]
"""A result, and the CPU time that another process took for it, in seconds."""

_CABLES_READ = msgspec.msgpack.Decoder(list[CableRead])
_OUTCOMES = msgspec.msgpack.Decoder(list[Outcome])
"""Results go from process to process as MessagePack, which is made and read in a fraction of the time of a pickle."""


class Workers:
    """Reads and renders: here what is little, in a crew's processes what is much."""

    def __init__(self, job: Job, catalog: Catalog, crew: Crew, clock: Clock) -> None:
        self.clock = clock
        self._job = job
        self._here = _Worker(job, catalog)
        self._crew = crew

    def close(self) -> None:
        """Let the processes go, in the middle of their work if need be."""
        self._here.close()
        self._crew.close()

    def read(self, paths: Iterable[str]) -> Iterator[list[CableRead]]:
        """Read content files; the results come in the order of the paths."""
        if not self._crew.apart:
            return self._spread(lambda: _read, self._here.read, paths, _CABLES_READ)
        errand = errands.issued(self._job)
        results = self._spread(lambda: partial(errands.read, errand), self._here.read, paths, _CABLES_READ)
        content, again = Path(self._job.content), partial(self._here.read, 0)
        return (errands.confirmed(content, chunk, errand.issued, again) for chunk in results)

    def render(self, pages: Iterable[Page]) -> Iterator[list[Outcome]]:
        """Render pages."""
        return self._spread(self._rendering, self._here.render, pages, _OUTCOMES)

    def _rendering(self) -> Work[Page, Timed[bytes]]:
        if not self._crew.apart:
            return _render
        return partial(errands.render, errands.issued(errands.with_copy(self._job)))

    def _spread(
        self,
        there: Callable[[], Work[Item, Timed[bytes]]],
        here: Work[Item, list[Result]],
        items: Iterable[Item],
        packed: msgspec.msgpack.Decoder[list[Result]],
    ) -> Iterator[list[Result]]:
        """The results, while the clock learns of the CPU time of other processes."""
        results: Iterator[Timed[bytes | list[Result]]]
        results = spread(self._crew, there, lambda *chunk: (here(*chunk), 0.0), items)
        for result, cpu in results:
            self.clock.workers += cpu
            yield packed.decode(result) if isinstance(result, bytes) else result


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


def crew(job: Job, processes: int, scheduler: str) -> Crew:
    """The workers of a scheduler where one is named, else processes of this machine.

    Raises UsageError for a scheduler that can't be used.
    """
    return Cluster(scheduler) if scheduler else Processes(processes, _start, (job,))


def _start(job: Job) -> None:
    global _worker
    _worker = _Worker(job)


def _read(number: int, paths: list[str]) -> Timed[bytes]:
    assert _worker is not None
    return msgspec.msgpack.encode(_worker.read(number, paths)), _worker.spent()


def _render(number: int, pages: list[Page]) -> Timed[bytes]:
    assert _worker is not None
    return msgspec.msgpack.encode(_worker.render(number, pages)), _worker.spent()
