"""A crew on other machines: the workers of a Dask scheduler.

The one place that knows `distributed`, which is loaded when a scheduler is named and not before. Where a worker is
lost, the scheduler gives its chunks to another one. We wait for a scheduler, and for the first or the last of its
workers to come back, as long as Dask itself does: `distributed.comm.timeouts.connect`, 30 seconds if not set.
"""

import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from generator.crew.chunks import Work
from generator.errors import UsageError, WorkerKilledError

if TYPE_CHECKING:
    from distributed import Client

Item = TypeVar("Item")
Result = TypeVar("Result")

BEAT = 1.0
"""Seconds after which we look whether there are still workers."""

ALIKE = ("python", "dask", "distributed")
"""What has to be of one version on all machines, the last digit of Python's aside."""


class Cluster:
    """The workers of the scheduler at an address. They have to see our folders under the same paths."""

    apart = True

    def __init__(self, address: str) -> None:
        self.address = address
        self._client = _connected(address)
        self._patience = _patience()
        self._hands = 0
        self._looked = 0.0
        self._alone_since: float | None = None
        try:
            self._wait_for_a_worker()
            self._refuse_other_versions()
        except BaseException:
            self.close()
            raise
        self._executor = self._client.get_executor(pure=False)

    def hands(self) -> int:
        """How many chunks are worked on at a time, which changes as workers come and go; at least 1."""
        if time.monotonic() - self._looked > BEAT:
            self._look()
        return max(self._hands, 1)

    def submit(self, work: Work[Item, Result], number: int, chunk: list[Item]) -> Future[Result]:
        """Hand a chunk to the scheduler. Raises WorkerKilledError where it is gone."""
        with self._losses_told():
            future: Future[Result] = self._executor.submit(work, number, chunk)
            return future

    def result(self, future: Future[Result]) -> Result:
        """What came of a chunk.

        Raises WorkerKilledError where the scheduler or all workers are gone, and where a chunk ended several workers.
        """
        with self._losses_told():
            while True:
                try:
                    return future.result(timeout=BEAT)
                except TimeoutError:
                    if future.done():
                        raise
                self._look()

    def close(self) -> None:
        """Take back what is not done, and leave the scheduler."""
        with suppress(OSError, TimeoutError):
            self._client.close(timeout=BEAT)

    def _wait_for_a_worker(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=self._patience)
        except TimeoutError:
            raise UsageError(
                f"the scheduler at {self.address} has no workers", f"start some: dask worker {self.address}"
            ) from None
        self._look()

    def _refuse_other_versions(self) -> None:
        for who, theirs, ours in _differences(self._client.get_versions()):
            raise UsageError(f"{who} has {theirs}, and we have {ours}", "install the same versions on all machines")

    def _look(self) -> None:
        """Count the hands. Raises WorkerKilledError where there have been none for too long."""
        try:
            self._hands = sum(self._client.nthreads().values())
        except OSError as lost:
            raise self._gone() from lost
        self._looked = time.monotonic()
        if self._hands:
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = self._looked
        elif self._looked - self._alone_since > self._patience:
            raise WorkerKilledError(
                f"all workers of the scheduler at {self.address} are gone; what there was before stands",
                "start workers and build again, or build without --scheduler",
            )

    @contextmanager
    def _losses_told(self) -> Iterator[None]:
        from distributed import KilledWorker
        from distributed.comm import CommClosedError

        try:
            yield
        except KilledWorker as killed:
            raise WorkerKilledError(
                f"workers died over the same chunk of work, {killed.allowed_failures + 1} in all, perhaps for want of"
                " memory; what there was before stands",
                "give the workers more memory, or build without --scheduler",
            ) from killed
        except (CancelledError, CommClosedError) as lost:
            raise self._gone() from lost

    def _gone(self) -> WorkerKilledError:
        return WorkerKilledError(
            f"the scheduler at {self.address} is gone; what there was before stands",
            "start it and its workers and build again, or build without --scheduler",
        )


def _connected(address: str) -> "Client":
    if not re.fullmatch(r"(tcp|tls)://([\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}", address):
        raise UsageError(f"{address}: this is no address of a scheduler", "give it as tcp://192.0.2.7:8786")
    try:
        import dask

        dask.config.set({"logging": {"distributed": "critical", "distributed.client": "critical"}})
        import distributed
    except ImportError as missing:
        raise UsageError(
            f"--scheduler needs what is not installed: {missing.name}", "pip install 'cablepress[cluster]'"
        ) from missing
    try:
        _knock(address)
        return distributed.Client(address, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise UsageError(
            f"no scheduler answers at {address}: {error}", "start one with dask scheduler, or build without --scheduler"
        ) from error


def _knock(address: str) -> None:
    """Raise OSError at once where nobody listens: a client would try for long, and could not be interrupted."""
    place = urlsplit(address)
    socket.create_connection((place.hostname, place.port), timeout=_patience()).close()


def _patience() -> float:
    import dask

    seconds: float = dask.utils.parse_timedelta(dask.config.get("distributed.comm.timeouts.connect"))
    return seconds


def _differences(versions: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Who has which version of what that differs from ours, and which is ours."""
    ours = versions["client"]["packages"]
    others = {"the scheduler": versions["scheduler"]}
    others |= {f"the worker at {address}": told for address, told in versions["workers"].items()}
    for who, told in others.items():
        for package in ALIKE:
            theirs, own = (_short(package, packages[package]) for packages in (told["packages"], ours))
            if theirs != own:
                yield who, f"{package} {theirs}", own


def _short(package: str, version: str | None) -> str:
    parts = str(version).split(".")
    return ".".join(parts[:2] if package == "python" else parts)
