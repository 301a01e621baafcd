"""What one cable takes on one core, step by step, from its bytes to its markup.

    python -m tests.benchmarks.reading --cables 300

For real cables, where `shared` lies beside the checkout, and for invented ones. Of each cable the quickest of several
runs counts, in CPU time of the thread. The column `units` is the median divided by what a fixed piece of work takes:
compare it, not the milliseconds, between runs on a busy machine; between two machines or Pythons it says little.
"""

import argparse
import re
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from generator.archive.head import head_of
from generator.cable.model import Partition
from generator.cable.read import read_outline
from generator.cable.source.content_file import read_source
from generator.cable.source.facts import named
from generator.cable.spans import MarkKind
from generator.cable.vocabulary import BUILT_IN
from generator.site.glosses.body import MarkGlosses, body_glosses
from generator.site.glosses.meanings import Meanings
from generator.site.markup import body_markup, header_markup
from tests.benchmarks.cables import Composer
from tests.conftest import CHECKOUT
from tests.real.cables import real_cables

HEAD = "| cables | step | median ms | units | mean ms | a second and core |"
MEANINGS = Meanings(BUILT_IN)
FILES = list[tuple[str, bytes]]
"""Path and bytes of each content file."""


def samples(cables: int, seed: int) -> Iterator[tuple[str, FILES]]:
    """Content files by where they come from."""
    if (shared := CHECKOUT.parent / "shared").is_dir():
        yield "real", [(f"cables/{row.id}.txt", row.text.encode()) for row in real_cables(shared)]
    composer = Composer(cables, seed)
    yield "invented", [(slot.path, composer.cable(index)) for index, slot in enumerate(composer.slots)]


def measure(files: FILES, repeat: int) -> tuple[dict[str, list[float]], float]:
    """The seconds that each file took, by the step, and those of the unit; `source to markup` is the sum of all steps.

    Each round runs everything once, so that a busy moment of the machine spoils one round, not one file.
    """
    runs = [(step, run) for path, raw in files for step, run in _steps(path, raw)]
    quickest = [float("inf")] * len(runs)
    unit = float("inf")
    for _ in range(repeat):
        unit = min(unit, _seconds(work))
        quickest = [min(before, _seconds(run)) for before, (_, run) in zip(quickest, runs, strict=True)]
    taken: dict[str, list[float]] = {}
    for (step, _), seconds in zip(runs, quickest, strict=True):
        taken.setdefault(step, []).append(seconds)
    taken["source to markup"] = [sum(steps) for steps in zip(*taken.values(), strict=True)]
    return taken, unit


def _steps(path: str, raw: bytes) -> Iterator[tuple[str, Callable[[], Any]]]:
    source = read_source(raw, path)
    facts = named(source.facts, path)
    cable = read_outline(source.text, facts)
    links = {mark.value: "../a.html" for mark in cable.marks if mark.kind is MarkKind.REFERENCE}
    tags = dict.fromkeys(cable.tags, "../b.html")
    yield "read_source", lambda: read_source(raw, path)
    yield "read_outline", lambda: read_outline(source.text, facts)
    yield "head_of", lambda: head_of(cable)
    yield "packing", lambda: msgspec.msgpack.encode(cable)
    yield "markup", lambda: (header_markup(cable, MEANINGS), _body_markup(cable, links, tags))


def _body_markup(cable: Partition, links: Mapping[str, str], tags: Mapping[str, str]) -> str:
    return body_markup(cable, links, tags, MarkGlosses(cable, 2010, MEANINGS), body_glosses(cable, MEANINGS))


def _seconds(run: Callable[[], object]) -> float:
    started = time.thread_time_ns()
    run()
    return (time.thread_time_ns() - started) / 1e9


def work() -> None:
    """The unit: as much of Python, of patterns and of searches as a cable takes, and always the same."""
    text = "of the 1990s, AMBASSADOR Roe said. " * 200
    for number in range(1_500):
        text.find("\n", number)
    re.findall(r"\w+", text)


def table(samples: Iterator[tuple[str, FILES]], repeat: int) -> Iterator[str]:
    """The lines of the table."""
    yield HEAD
    yield "|" + " --- |" * (HEAD.count("|") - 1)
    for name, files in samples:
        taken, unit = measure(files, repeat)
        for step, seconds in taken.items():
            median, mean = statistics.median(seconds), statistics.mean(seconds)
            numbers = f"{median * 1e3:.4f} | {median / unit:.3f} | {mean * 1e3:.4f} | {1 / mean:,.0f}"
            yield f"| {name}, {len(files)} | {step} | {numbers} |"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Say what one cable takes on one core.")
    parser.add_argument("--cables", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=15)
    given = parser.parse_args()
    for line in table(samples(given.cables, given.seed), given.repeat):
        print(line, flush=True)


if __name__ == "__main__":
    main()
