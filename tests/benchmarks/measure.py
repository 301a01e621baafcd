"""What a command takes: seconds by the clock and of CPU, and the memory of its process tree."""

import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

INTERVAL = 0.1
"""Seconds between two looks at the memory; a peak between them is missed."""

_PAGE = os.sysconf("SC_PAGE_SIZE")


class Run(msgspec.Struct, frozen=True):
    """What a command took. CPU is user and system time of the whole tree, as the kernel tells it at the end.

    Memory is the highest resident set seen, in bytes: of the tree (pages that processes share count for each of
    them), of the first process, and of the largest other one.
    """

    wall: float
    cpu: float
    tree: int
    parent: int
    worker: int
    stdout: str = ""


def run(command: list[str], folder: Path) -> Run:
    """Run a command in a folder to its end; RuntimeError with what it said if it fails."""
    peaks = (0, 0, 0)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    log = folder / "benchmark.log"
    with log.open("wb") as said:
        started = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT, env=environment)
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            seen = _memory(process.pid)
            peaks = max(peaks[0], seen[0]), max(peaks[1], seen[1]), max(peaks[2], seen[2])
            time.sleep(INTERVAL if time.monotonic() - started > 2 else 0.01)
        wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    text = log.read_text("utf-8", "replace")
    log.unlink()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{text[-3000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, *peaks, text)


def _memory(root: int) -> tuple[int, int, int]:
    """Resident bytes of the tree, of its root, and of its largest other process."""
    sizes = []
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        try:
            sizes.append(int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _PAGE)
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text("ascii").split())
        except (OSError, IndexError):
            continue
    return sum(sizes), sizes[0] if sizes else 0, max(sizes[1:], default=0)


def stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Inode, time and size of each file below a folder; hidden folders, which are not for the web, are left out."""
    found = {}
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting += [] if entry.name.startswith(".") else [entry.path]
                else:
                    status = entry.stat(follow_symlinks=False)
                    found[entry.path] = status.st_ino, status.st_mtime_ns, status.st_size
    return found


def bare_loop(sizes: Mapping[str, int], source: Path, target: Path) -> Run:
    """Write files of these names and sizes by temporary name and rename, and do nothing else."""
    text = bytes(range(32, 127)) * (max(sizes.values(), default=0) // 95 + 1)
    started, cpu = time.monotonic(), time.process_time()
    made: set[str] = set()
    for path, size in sizes.items():
        final = f"{target}/{os.path.relpath(path, source)}"
        parent = final.rpartition("/")[0]
        if parent not in made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103
            made.add(parent)
        descriptor = os.open(f"{final}.tmp", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        os.write(descriptor, memoryview(text)[:size])
        os.close(descriptor)
        os.rename(f"{final}.tmp", final)  # noqa: PTH104
    return Run(time.monotonic() - started, time.process_time() - cpu, 0, 0, 0)
