"""Make an invented archive of any size: always the same for one size and seed.

    python -m tests.benchmarks.archive DIR --cables 10000 --seed 1

Writes `DIR/content/cables/YYYY/MM/ID.txt`, raw cables with nothing but the time of release as front matter, and a
`site.toml`. All of it is invented but the names of posts, TAGS and routing indicators, which are the package's own.
"""

import argparse
import os
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.benchmarks.cables import Composer

CHUNK = 500
SITE = """title = "An invented archive"
tagline = "{cables} cables that nobody sent"
description = "Made by tests/benchmarks/archive.py with seed {seed}."
base_url = "https://cables.example/"
"""

_composers: list[Composer] = []
"""The composer of this process, in a worker."""


def make(folder: Path, cables: int, seed: int, jobs: int = 0) -> None:
    """Write the archive into the folder, which must not hold one yet."""
    content = folder / "content"
    content.mkdir(parents=True)
    composer = Composer(cables, seed)
    for parent in {content / slot.path for slot in composer.slots}:
        parent.parent.mkdir(parents=True, exist_ok=True)
    (content / "site.toml").write_text(SITE.format(cables=cables, seed=seed), encoding="utf-8")
    starts = range(0, cables, CHUNK)
    if cables <= CHUNK:
        _composers[:] = [composer]
        _write(content, 0)
        return
    with ProcessPoolExecutor(jobs or os.cpu_count(), initializer=_start, initargs=(cables, seed)) as pool:
        for _ in pool.map(_write, [content] * len(starts), starts):
            pass


def _start(cables: int, seed: int) -> None:
    _composers[:] = [Composer(cables, seed)]


def _write(content: Path, start: int) -> None:
    (composer,) = _composers
    root = f"{content}/"
    for index in range(start, min(start + CHUNK, len(composer.slots))):
        descriptor = os.open(root + composer.slots[index].path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with os.fdopen(descriptor, "wb") as file:
            file.write(composer.cable(index))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Make an invented archive.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cables", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    started = time.monotonic()
    make(given.folder, given.cables, given.seed)
    print(f"{given.folder / 'content'}: {given.cables:,} cables in {time.monotonic() - started:.1f} s")


if __name__ == "__main__":
    main()
