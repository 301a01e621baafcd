"""A crew on this machine: as many processes as there are jobs allowed."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from generator.crew.chunks import Work
from generator.errors import WorkerKilledError

Item = TypeVar("Item")
Result = TypeVar("Result")

ROOM = 64 * 2**20
"""Bytes that must be left before others are started: a thread that the executor can't start would be waited for."""


class Processes:
    """Processes of this machine; each begins with `start(*arguments)` and ends with this one."""

    apart = False

    def __init__(self, jobs: int, start: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()) -> None:
        self.jobs = jobs
        self._beginning = (start, arguments)
        self._pool: ProcessPoolExecutor | None = None
        self._workers: set[BaseProcess] = set()
        self._handed: dict[Future[Any], list[Any]] = {}

    def hands(self) -> int:
        """How many chunks are worked on at a time; 0 where this process is to do it all."""
        return self.jobs if self.jobs > 1 else 0

    def submit(self, work: Work[Item, Result], number: int, chunk: list[Item]) -> Future[Result]:
        """Hand a chunk to one of them.

        Raises WorkerKilledError where one was killed, MemoryError where there is no room to start them.
        """
        pool = self._pool or self._begun()
        with self._killed_told():
            future = pool.submit(work, number, chunk)
        self._pool = pool
        self._workers.update(multiprocessing.active_children())  # It starts them one by one.
        self._handed[future] = chunk
        return future

    def result(self, future: Future[Result]) -> Result:
        """What came of a chunk. Raises WorkerKilledError where a process was killed."""
        with self._killed_told():
            result = future.result()
        del self._handed[future]
        return result

    def close(self) -> None:
        """End the processes, in the middle of their work if need be."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _begun(self) -> ProcessPoolExecutor:
        bytearray(ROOM)
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.jobs, context, initializer=_begin, initargs=self._beginning)

    @contextmanager
    def _killed_told(self) -> Iterator[None]:
        try:
            yield
        except BrokenProcessPool as broken:
            raise WorkerKilledError(
                f"{self._killed()}; what there was before stands",
                "try again, with fewer workers if it happens again: --jobs 1",
            ) from broken

    def _killed(self) -> str:
        """Which process was killed, how, and what they all were at."""
        self.close()  # After it each has an exit code.
        for worker in self._workers:
            if worker.exitcode and worker.exitcode != -signal.SIGTERM:
                how = f"ended with exit code {worker.exitcode}"
                if worker.exitcode < 0:
                    how = f"was killed by signal {-worker.exitcode}, perhaps for want of memory"
                return f"worker process {worker.pid} {how}{self._in_hand()}"
        return "a worker process was killed, perhaps for want of memory"

    def _in_hand(self) -> str:
        """The files, of the content or of the site, that were worked on: the first chunks that nothing came of."""
        undone = [chunk for future, chunk in self._handed.items() if future.cancelled() or future.exception()]
        files = [getattr(item, "path", item) for chunk in undone[: self.jobs] for item in chunk]
        return f", while {len(files)} files were in hand, from {files[0]} to {files[-1]}" if files else ""


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
