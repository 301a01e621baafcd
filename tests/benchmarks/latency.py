"""How long it takes from saving a cable to its new bytes on the disk, and until a browser is told.

    python -m tests.benchmarks.latency --cables 1000
    python -m tests.benchmarks.latency --archive DIR --edits 20

DIR is what `tests.benchmarks.archive` made; the cables in it are changed, and the site is built beside it, in
`DIR/output`, unless it is there already. Cables are saved while `serve` is at rest, in quick succession, and while it
looks at everything after an earlier change. Beside it stand a bare sweep of content and output, and the CPU time that
`serve` takes when nothing happens.
"""

import argparse
import json
import os
import platform
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import msgspec

from generator.preview.follow import AFTERMATH
from tests.benchmarks.archive import make

CHECKOUT = Path(__file__).resolve().parents[2]


class Served:
    """A running `serve`, and a browser that waits for news about a page."""

    def __init__(self, archive: Path) -> None:
        command = [sys.executable, str(CHECKOUT / "build.py"), "serve", "--port", "0"]
        self.process = subprocess.Popen(
            command, cwd=archive, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
        )
        assert self.process.stdout is not None
        line = next(line for line in self.process.stdout if "http://127.0.0.1:" in line)
        self.port = int(re.findall(r":(\d+)/", line)[0])
        self.lines = self.process.stdout
        self.reading = threading.Thread(target=lambda: [None for _ in self.lines])
        self.reading.start()

    def news(self, seen: str, page: str) -> tuple[str, str]:
        """The version of the news after `seen`, and the state of the page."""
        request = f"GET /-/news?seen={seen}&of=/{quote(page)} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(request.encode())
            received = b""
            while part := connection.recv(65536):
                received += part
        news = json.loads(received.partition(b"\r\n\r\n")[2])
        return news["version"], news["files"][0]

    def cpu(self) -> float:
        """The CPU time of the process so far, in seconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(archive: Path) -> Iterator[Served]:
    """The archive served, its site built first."""
    running = Served(archive)
    try:
        yield running
    finally:
        running.process.send_signal(signal.SIGINT)
        running.process.wait(60)
        running.reading.join()
        running.lines.close()


class Latency(msgspec.Struct, frozen=True):
    """Seconds from the save on: until the new bytes were on the disk, and until the browser was told."""

    disk: float
    told: float


def save(file: Path, text: str) -> None:
    """Save as most editors do: a new file takes the place of the old one."""
    draft = file.with_name(f".{file.name}.swp")
    draft.write_text(text, "utf-8")
    draft.replace(file)


def measured(serve: Served, archive: Path, path: str) -> Latency:
    """Change the text of a cable and wait for both."""
    file = archive / "content" / path
    page = page_of(archive, file)
    before = (archive / "output" / page).stat().st_ino
    version, state = serve.news("", page)
    on_disk: list[float] = []

    def look() -> None:
        while (archive / "output" / page).stat().st_ino == before:
            time.sleep(0.001)
        on_disk.append(time.perf_counter())

    looking = threading.Thread(target=look)
    looking.start()
    text = file.read_text("utf-8")
    start = time.perf_counter()
    save(file, f"{text}One more line.\n")
    now = state
    while now == state:
        version, now = serve.news(version, page)
    told = time.perf_counter()
    looking.join()
    return Latency(on_disk[0] - start, told - start)


def page_of(archive: Path, file: Path) -> str:
    """The path of a cable's page in the output."""
    return next((archive / "output/cable").glob(f"*/*/{file.stem}.html")).relative_to(archive / "output").as_posix()


def sweep(*folders: Path) -> float:
    """Seconds for a bare look at the stamp of every file in some folders."""
    start = time.perf_counter()
    pending = list(map(str, folders))
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    entry.stat(follow_symlinks=False)
    return time.perf_counter() - start


SETTLED = 4 * AFTERMATH
"""Seconds after which everything has been looked at."""

CASES = {"at rest": SETTLED, "in quick succession": 0.3, "while it looks at everything": AFTERMATH + 0.1}
"""What is measured, and how many seconds lie between a save and the next."""


def measure(serve: Served, archive: Path, edits: int, seed: int) -> Iterator[tuple[str, list[Latency]]]:
    """The latencies of each case."""
    cables = sorted(path.relative_to(archive / "content").as_posix() for path in archive.glob("content/cables/*/*/*"))
    chosen = random.Random(seed)
    for case, pause in CASES.items():
        found = []
        for _ in range(edits):
            found.append(measured(serve, archive, chosen.choice(cables)))
            time.sleep(pause)
        yield case, found


def idle(serve: Served, seconds: float) -> float:
    """The share of one core that `serve` takes when nothing happens."""
    before = serve.cpu()
    time.sleep(seconds)
    return (serve.cpu() - before) / seconds


def lines(case: str, found: list[Latency]) -> Iterator[str]:
    """The rows of the table."""
    for what in ("disk", "told"):
        values = sorted(getattr(latency, what) for latency in found)
        yield f"| {case} | {what} | {statistics.median(values):.3f} | {values[-1]:.3f} |"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Say how long it takes from a save to the page in the browser.")
    parser.add_argument("--cables", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--archive", type=Path, help="an archive that is there, in place of a new one")
    parser.add_argument("--edits", type=int, default=10, help="of each case")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cablepress-benchmark-") as temporary:
        archive = given.archive or Path(temporary) / "archive"
        if not given.archive:
            make(archive, given.cables, given.seed)
        cables = sum(1 for _ in archive.glob("content/cables/*/*/*.txt"))
        print(f"{cables:,} cables, seed {given.seed}, {given.edits} edits a case, Python {platform.python_version()}")
        print("| save | until | median s | worst s |\n| --- | --- | --- | --- |")
        with served(archive) as serve:
            time.sleep(SETTLED)
            for case, found in measure(serve, archive, given.edits, given.seed):
                print("\n".join(lines(case, found)), flush=True)
            time.sleep(SETTLED)
            print(f"at rest: {idle(serve, 20):.1%} of a core")
        print(f"a bare sweep of content and output: {sweep(archive / 'content', archive / 'output'):.3f} s")


if __name__ == "__main__":
    main()
