"""Builds of a large archive killed at random moments; the next run has to end in the old or the new site.

    python -m tests.benchmarks.archive FOLDER --cables 5000
    python -m tests.robustness.random_kills FOLDER --kills 500 --seed 1 --out RESULT.json

A quarter are first builds; the others change some cables, or the title and with it all pages. After each kill what was
left is completed or cleared away, and has to be the old or the new site; after the next build it has to be what a clean
build of the same content gives, with nothing left over.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from generator.archive.notes import notes_folder, open_catalog, spools_folder
from generator.output.folder import claimed
from generator.output.journal import JOURNAL
from generator.output.stage import STAGE
from generator.site.commit import recover
from tests.conftest import CHECKOUT

NONE = "none"
"""The digest of a folder without a file of a site."""


class Archive:
    """A copy of an archive, which changes back and forth between a few states."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.folder = folder
        self.content = folder / "content"
        self.output = folder / "output"
        shutil.copytree(source / "content", self.content)
        self.cables = sorted((self.content / "cables").rglob("*.txt"))
        self.texts = {path: path.read_bytes() for path in self.cables[:: max(1, len(self.cables) // 20)]}
        self.config = (self.content / "site.toml").read_bytes()

    def put(self, state: str) -> None:
        """Bring the content into a state: as it was; "some": cables edited, one gone, one more; "title": another."""
        paths = list(self.texts)
        for number, (path, text) in enumerate(self.texts.items()):
            path.write_bytes(text + b"\nSomething happened.\n" * (state == "some" and number > 1))
        if state == "some":
            paths[0].unlink()
        more = self.content / "cables/09NOWHERE1.txt"
        more.unlink(missing_ok=True)
        if state == "some":
            more.write_bytes(self.texts[paths[1]])
        title = b'title = "Another title"\n'
        kept = b"".join(line for line in self.config.splitlines(True) if not line.startswith(b"title"))
        (self.content / "site.toml").write_bytes(title + kept if state == "title" else self.config)

    def start(self, output: Path) -> subprocess.Popen[bytes]:
        """Begin a build with two processes, in a group of its own."""
        command = [sys.executable, str(CHECKOUT / "build.py"), "--quiet", "--jobs", "2"]
        command += ["--content", str(self.content), "--output", str(output)]
        return subprocess.Popen(command, cwd=self.folder, start_new_session=True, stderr=subprocess.PIPE)

    def build(self, output: Path) -> float:
        """Build to the end; the seconds that it took."""
        started = time.monotonic()
        with self.start(output) as process:
            _, told = process.communicate()
        assert process.returncode == 0, told.decode()
        return time.monotonic() - started

    def anew(self) -> str:
        """The digest of what a clean build gives."""
        output = self.folder / "clean"
        self.build(output)
        found = digest(output)
        forget(self.content, output)
        return found

    def recovered(self) -> str:
        """The digest of the output after what a killed build left was completed or cleared away."""
        with closing(open_catalog(self.content, self.output)) as catalog, claimed(self.output):
            recover(self.output, catalog)
        return digest(self.output)


def forget(content: Path, output: Path) -> None:
    """Remove a site and its notes."""
    shutil.rmtree(output, ignore_errors=True)
    shutil.rmtree(notes_folder(content, output), ignore_errors=True)


def digest(output: Path) -> str:
    """One digest of all paths and bytes below a folder; NONE where there is but an empty manifest."""
    total = hashlib.sha256()
    found = 0
    for folder, folders, names in os.walk(output):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            raw = path.read_bytes()
            found += bool(raw)
            total.update(f"{path.relative_to(output)}\0{hashlib.sha256(raw).hexdigest()}\n".encode())
    return total.hexdigest() if found else NONE


def killed(archive: Archive, after: float, *, group: bool) -> str:
    """Start a build and kill it, alone or with its workers; how far it had come."""
    with archive.start(archive.output) as process:
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL) if group else os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    if process.returncode == 0:
        return "done before"
    if (archive.output / JOURNAL).exists():
        return "journal in place"
    return "at the stage" if (archive.output / STAGE).exists() else "before the stage"


def main() -> None:
    """Kill builds, and stop at the first that does not end well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("archive", type=Path, help="a folder with a folder of content")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=600, help="begin no round after that long")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="where the result goes, as JSON")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        result = run(Archive(Path(folder), given.archive), given.kills, given.minutes, given.seed, print)
    told = json.dumps({"command": [Path(sys.argv[0]).name, *sys.argv[1:]], **result}, indent=1)
    (given.out.write_text(f"{told}\n", "utf-8") if given.out else None)
    print(told)


def run(archive: Archive, kills: int, minutes: float, seed: int, tell: Callable[[str], None]) -> dict[str, object]:
    """Kill so many builds; how they ended, by what they were and how far they had come."""
    chance = random.Random(seed)
    wanted: dict[str, str] = {}
    seconds: dict[str, float] = {}
    for state in ("first", "some", "title"):
        archive.put(state)
        wanted[state] = archive.anew()
        seconds[state] = archive.build(archive.output)
    assert len(set(wanted.values())) == 3
    ends: Counter[str] = Counter()
    before = state
    done = 0
    deadline = time.monotonic() + 60 * minutes
    while done < kills and time.monotonic() < deadline:
        state = chance.choice(("first", "some", "some", "title"))
        change = {before: f"back from {before}", "first": "first"}.get(state, state)
        if state == "first":
            forget(archive.content, archive.output)
        old = NONE if state == "first" else wanted[before]
        longest = seconds[before if state == before else state]
        state = "first" if state == before else state
        archive.put(state)
        new = wanted[state]
        place = killed(archive, chance.uniform(0, 1.05 * longest), group=chance.random() < 0.5)
        found = archive.recovered()
        assert found in (old, new), (seed, done, change, place)
        archive.build(archive.output)
        assert digest(archive.output) == new, (seed, done, change, place)
        assert not list(spools_folder(archive.content, archive.output).iterdir()), (seed, done, change, place)
        before = state
        done += 1
        ends[f"{change}, killed {place}: {'new' if found == new else 'old'}"] += 1
        tell(f"{done} {change}: {place}")
    return {"cables": len(archive.cables), "seed": seed, "rounds": done, "ends": dict(sorted(ends.items()))}


if __name__ == "__main__":
    main()
