"""A crew on this machine: as many processes as there are jobs allowed."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any, TypeVar

from generator.chunks import Work
from generator.errors import WorkerKilledError

Item = TypeVar("Item")
Result = TypeVar("Result")

ROOM = 64 * 2**20
"""Bytes that must be left before others are started: a thread that the executor can't start would be waited for."""

Slots = Sequence[int]
"""Shared by all processes: the number of the chunk that each is at, counted from 1; 0 is none."""


class Processes:
    """Processes of this machine; each begins with `start(*arguments)` and ends with this one."""

    apart = False

    def __init__(self, jobs: int, start: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()) -> None:
        self.jobs = jobs
        self._beginning = (start, arguments)
        self._pool: ProcessPoolExecutor | None = None
        self._slots: Slots = ()
        self._handed: dict[Future[Any], tuple[int, list[Any]]] = {}

    def hands(self) -> int:
        """How many chunks are worked on at a time; 0 where this process is to do it all."""
        return self.jobs if self.jobs > 1 else 0

    def submit(self, work: Work[Item, Result], number: int, chunk: list[Item]) -> Future[Result]:
        """Hand a chunk to one of them.

        Raises WorkerKilledError where one was killed, MemoryError where there is no room to start them.
        """
        pool = self._pool or self._begun()
        with self._killed_told():
            future = pool.submit(_noted, work, number, chunk)
        self._pool = pool
        self._handed[future] = (number, chunk)
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
        self._slots = context.RawArray("q", self.jobs)
        return ProcessPoolExecutor(self.jobs, context, initializer=_begin, initargs=(self._slots, *self._beginning))

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
        """Which process was killed, how, and what it was at."""
        workers = list(((self._pool and self._pool._processes) or {}).values())
        self.close()  # After it each has an exit code.
        for worker in workers:
            if worker.exitcode and worker.exitcode != -signal.SIGTERM:
                how = f"ended with exit code {worker.exitcode}"
                if worker.exitcode < 0:
                    how = f"was killed by signal {-worker.exitcode}, perhaps for want of memory"
                at_work = self._slots[_slot(worker.name, self.jobs)] - 1
                held = [chunk for number, chunk in self._handed.values() if number == at_work]
                return f"worker process {worker.pid} {how}{_named(held[0]) if held else ''}"
        return "a worker process was killed, perhaps for want of memory"


def _named(chunk: list[Any]) -> str:
    """Which items a chunk has: content files, or pages."""
    first, last = (getattr(item, "path", item) for item in (chunk[0], chunk[-1]))
    return f", while it had {len(chunk)} files in hand, from {first} to {last}"


def _slot(process: str, jobs: int) -> int:
    """The place of a process among as many as there are jobs: the executor starts them one after the other."""
    return int(process.rpartition("-")[2]) % jobs


_slots: Any = None


def _noted(work: Work[Item, Result], number: int, chunk: list[Item]) -> Result:
    """Do the work, and let it be seen meanwhile at which chunk this process is."""
    slot = _slot(multiprocessing.current_process().name, len(_slots))
    _slots[slot] = number + 1
    result = work(number, chunk)
    _slots[slot] = 0
    return result


def _begin(slots: Any, start: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    global _slots
    _slots = slots
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    if start is not None:
        start(*arguments)


def _end_with_the_parent() -> None:
    """End this process with the one that started it, however that ends: the next build may start at once."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
