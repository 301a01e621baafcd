"""A crew on this machine: as many processes as there are jobs allowed."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any, TypeVar

from generator.chunks import Work
from generator.errors import CablepressError

Item = TypeVar("Item")
Result = TypeVar("Result")


class Processes:
    """Processes of this machine; each begins with `start(*arguments)` and ends with this one."""

    apart = False

    def __init__(self, jobs: int, start: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()) -> None:
        self.jobs = jobs
        self._beginning = (start, arguments)
        self._pool: ProcessPoolExecutor | None = None

    def hands(self) -> int:
        """How many chunks are worked on at a time; 0 where this process is to do it all."""
        return self.jobs if self.jobs > 1 else 0

    def submit(self, work: Work[Item, Result], number: int, chunk: list[Item]) -> Future[Result]:
        """Hand a chunk to one of them. Raises CablepressError where one was killed."""
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.jobs, context, initializer=_begin, initargs=self._beginning)
        with _killed_told():
            return self._pool.submit(work, number, chunk)

    def result(self, future: Future[Result]) -> Result:
        """What came of a chunk. Raises CablepressError where a process was killed."""
        with _killed_told():
            return future.result()

    def close(self) -> None:
        """End the processes, in the middle of their work if need be."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


@contextmanager
def _killed_told() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as broken:
        raise CablepressError(
            "a worker process was killed, perhaps for want of memory; what there was before stands",
            "try again, with fewer workers if it happens again: --jobs 1",
        ) from broken


def _begin(start: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    if start is not None:
        start(*arguments)


def _end_with_the_parent() -> None:
    """End this process with the one that started it, however that ends: the next build may start at once."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
