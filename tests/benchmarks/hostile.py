"""Whether the time of an import grows with the length of its source, whatever is repeated in it.

    python -m tests.benchmarks.hostile --length 500000

Each source is full of one piece that a careless pattern would try from each place to the end. It is read in two
lengths, one four times the other, each in the quickest of several runs, in CPU time of the thread: `growth` is about 4
where time is linear, 16 where it is quadratic.
"""

import argparse
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.cable.vocabulary import BUILT_IN
from generator.importers.run import FORMATS
from tests.unit.importers import test_mirror, test_nara, test_text_dump, test_tsv

HEAD = "| format | repeated | ms | ms, 4 times as long | growth |"
SOURCES: dict[str, tuple[list[str], Callable[[str, int], str | list[str]]]] = {
    "mirror": (test_mirror.PIECES, test_mirror.repeated),
    "nara": (test_nara.PIECES, test_nara.repeated),
    "text": (test_text_dump.PIECES, test_text_dump.repeated),
    "tsv": (test_tsv.PIECES, test_tsv.repeated),
}


def table(length: int, repeat: int, pieces: int | None = None) -> Iterator[str]:
    """The lines of the table, with the first so many pieces of each format."""
    yield HEAD
    yield "|" + " --- |" * (HEAD.count("|") - 1)
    for name, (known, repeated) in SOURCES.items():
        for piece in known[:pieces]:
            short, long = (_seconds(name, repeated(piece, size), repeat) for size in (length, 4 * length))
            yield f"| {name} | {piece!r} | {short * 1e3:.1f} | {long * 1e3:.1f} | {long / short:.1f} |"


def _seconds(name: str, sources: str | list[str], repeat: int) -> float:
    """What the quickest of several readings takes."""
    quickest = float("inf")
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.txt") for number in range(3)]
        written = [sources] if isinstance(sources, str) else sources
        for path, text in zip(paths, written, strict=False):
            path.write_text(text, encoding="utf-8", newline="")
        for _ in range(repeat):
            started = time.thread_time_ns()
            for path in paths[: len(written)]:
                deque(FORMATS[name].read(path, BUILT_IN), maxlen=0)
            quickest = min(quickest, (time.thread_time_ns() - started) / 1e9)
    return quickest


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Say whether an import's time grows with its source.")
    parser.add_argument("--length", type=int, default=500_000)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    for line in table(given.length, given.repeat):
        print(line, flush=True)


if __name__ == "__main__":
    main()
