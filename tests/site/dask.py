"""A Dask scheduler and workers as processes of this machine, and builds that use them."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.crew.chunks import CHUNK
from tests.conftest import CHECKOUT
from tests.site.support import SiteTest, until

DASK = (sys.executable, "-m", "dask")
LOCAL = ("--host", "127.0.0.1", "--no-dashboard")

SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "4s",
    "DASK_DISTRIBUTED__WORKER__LIFETIME__DURATION": "600s",
}
"""How long the scheduler waits for a worker that does not answer; and that no worker outlives the tests for long."""

IMPATIENT = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "3s"}
"""For a build that waits in vain."""


class Dask:
    """A scheduler and its workers, each with one thread."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        sign, command = r"Scheduler at: +(\S+)\n", ("scheduler", *LOCAL, "--port", "0")
        self.scheduler, self.address = self._started(sign, *command, **environment)

    def worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """Start one more worker."""
        options = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder))
        worker, _ = self._started(r"Registered to: +(\S+)\n", "worker", self.address, *LOCAL, *options, **environment)
        self.workers.append(worker)
        return worker

    def with_workers(self, number: int) -> "Dask":
        """The same with so many workers that live."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < number:
            self.worker()
        return self

    def kill_workers(self) -> None:
        """Kill them all."""
        for worker in self.workers:
            kill(worker)
        self.workers.clear()

    def close(self) -> None:
        """Kill the scheduler, too."""
        self.kill_workers()
        kill(self.scheduler)

    def _started(self, sign: str, *command: str, **environment: str) -> tuple[subprocess.Popen[bytes], str]:
        """Start a process and wait for a sign in its log; returns it, and what the sign tells."""
        log = self.folder / f"{command[0]}-{time.monotonic_ns()}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                (*DASK, *command), cwd=self.folder, env=os.environ | SETTINGS | environment, stdout=file, stderr=file
            )
        try:
            until(lambda: bool(re.search(sign, log.read_text("utf-8"))), 60)
        except AssertionError:
            kill(process)
            raise
        return process, re.findall(sign, log.read_text("utf-8"))[0]


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that the tests started."""
    process.kill()
    process.wait()


def build_command(site: SiteTest, address: str, *options: str) -> tuple[str, ...]:
    """The command that builds a site with a scheduler."""
    return (sys.executable, str(CHECKOUT / "build.py"), "--json", "--scheduler", address, *options)


def built(site: SiteTest, address: str, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build a site with a scheduler, to the end."""
    return subprocess.run(
        build_command(site, address, *options),
        cwd=site.folder,
        env=os.environ | SETTINGS | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def building(site: SiteTest, address: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A build with a scheduler that is at work."""
    process = subprocess.Popen(
        build_command(site, address),
        cwd=site.folder,
        env=os.environ | SETTINGS | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def attempts(site: SiteTest) -> dict[str, int]:
    """How many files each attempt at a chunk of pages has put on the stage so far."""
    try:
        folders = [folder for folder in (site.output / ".cablepress/stage").iterdir() if "-" in folder.name]
        return {folder.name: len(list(folder.iterdir())) for folder in folders}
    except FileNotFoundError:
        return {}


def stopped_amid_a_chunk(site: SiteTest, dask: Dask, pages: int) -> tuple[subprocess.Popen[bytes], str]:
    """Stop a worker that has rendered some pages of a chunk and not all; which one, and its attempt at the chunk."""
    whole = {str(number) for number in range(pages // CHUNK)}
    worker = dask.workers[0]
    until(lambda: bool(attempts(site)), 60)
    while True:
        worker.send_signal(signal.SIGSTOP)
        before = attempts(site)
        assert before
        time.sleep(1.0)
        after = attempts(site)
        for name, count in before.items():
            if name.partition("-")[0] in whole and 0 < count < CHUNK and after.get(name) == count:
                return worker, name
        worker.send_signal(signal.SIGCONT)
        time.sleep(0.02)
