"""How long the stages of a build take: by the clock, and in CPU time of this process and of the workers."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec


class Timing(msgspec.Struct, frozen=True):
    """What a stage took, in seconds: by the clock, of this process's CPU time, and of that of the workers."""

    stage: str
    wall: float
    cpu: float
    workers: float

    def __sub__(self, earlier: "Timing") -> "Timing":
        return Timing(self.stage, self.wall - earlier.wall, self.cpu - earlier.cpu, self.workers - earlier.workers)

    def __add__(self, other: "Timing") -> "Timing":
        return Timing(self.stage, self.wall + other.wall, self.cpu + other.cpu, self.workers + other.workers)


class Clock:
    """Measures the stages of one build; stages do not nest, and one may come again.

    `workers` is the CPU time that the workers have told so far, in seconds.
    """

    def __init__(self) -> None:
        self.workers = 0.0
        self._started = self._now("rest")
        self._spent: dict[str, Timing] = {}

    def _now(self, stage: str) -> Timing:
        return Timing(stage, time.monotonic(), time.process_time(), self.workers)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what is done under `with`."""
        before = self._now(name)
        try:
            yield
        finally:
            spent = self._now(name) - before
            self._spent[name] = self._spent[name] + spent if name in self._spent else spent

    def timings(self) -> tuple[Timing, ...]:
        """The stages in the order in which they first came, and the `rest`, so that the sum is the whole build."""
        rest = self._now("rest") - self._started
        for spent in self._spent.values():
            rest = rest - spent
        return (*self._spent.values(), rest)
