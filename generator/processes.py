"""Work spread over processes: this one for a small job, several for a large one.

The work is cut into chunks without shared state, handed to a standard `concurrent.futures.Executor`, and its results
come back in the order of the chunks.
"""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import Any, TypeVar

from generator.errors import CablepressError

CHUNK = 200
"""Items that a process takes at a time."""

SMALL = 400
"""Up to so many items are done in this process: starting others would take longer."""

Item = TypeVar("Item")
Result = TypeVar("Result")


class Processes:
    """As many processes as a job is worth; each begins with `start(*arguments)` and ends with this one."""

    def __init__(self, jobs: int, start: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()) -> None:
        self.jobs = jobs
        self._beginning = (start, arguments)
        self._pool: ProcessPoolExecutor | None = None

    def close(self) -> None:
        """End the processes, in the middle of their work if need be."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def spread(
        self,
        remote: Callable[[int, list[Item]], Result],
        here: Callable[[int, list[Item]], Result],
        items: Iterable[Item],
    ) -> Iterator[Result]:
        """Do the work chunk by chunk; `items` is only drawn on as fast as the work gets done.

        `remote` and `here` do the same, in another process and in this one; they are given a chunk and its number.
        Raises CablepressError where a process is killed.
        """
        rest = iter(items)
        first = list(islice(rest, SMALL + 1))
        chunks = enumerate(_chunks(chain(first, rest)))
        if len(first) <= SMALL or self.jobs == 1:
            yield from (here(number, chunk) for number, chunk in chunks)
            return
        running: deque[Future[Result]] = deque()
        try:
            for number, chunk in chunks:
                running.append(self._executor().submit(remote, number, chunk))
                if len(running) > 2 * self.jobs:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        except BrokenProcessPool as broken:
            raise CablepressError(
                "a worker process was killed, perhaps for want of memory; what there was before stands",
                "try again, with fewer workers if it happens again: --jobs 1",
            ) from broken

    def _executor(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.jobs, context, initializer=_begin, initargs=self._beginning)
        return self._pool


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


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while chunk := list(islice(source, CHUNK)):
        yield chunk
