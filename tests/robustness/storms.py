"""Storms over the content folder while `serve` is at work: once it is quiet, the site is as a clean build makes it.

    python -m tests.robustness.storms --rounds 500 --files 10000 --seed 1

Each round is one storm of those below, over one archive: what editors do when they save, what tools do to folders,
events that get lost, edits during a build. Told are the storms, how many builds followed, and how long after the last
change the last of them was done; at the end for each storm how often it passed, the most builds, and the median and the
worst of the seconds.
"""

import argparse
import collections
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.preview.watch import QUIET
from tests.site.serving import Serve, served
from tests.site.support import SiteTest, Tree, files_below

WITHIN = 5.0
"""Seconds after the end of a storm, besides the time of two builds, within which the site is right."""

BUILDS = 2
"""At most so many builds follow a burst."""

CITED = "10MOSCOW1"
"""The cable that the article of the archive cites."""

OVERFLOW = 16384
"""Events that the kernel keeps for a program that does not read them; what comes then is lost."""


class Weather:
    """An archive that is served, and the storms that pass over it."""

    def __init__(self, site: SiteTest, serve: Serve, files: int, chance: random.Random) -> None:
        self.site = site
        self.serve = serve
        self.files = files
        self.chance = chance
        self.number = 0

    @property
    def cables(self) -> list[Path]:
        """The cables that there are."""
        return sorted((self.site.content / "cables").glob("*/*.txt"))

    def some_cable(self) -> Path:
        return self.chance.choice(self.cables)

    def text(self, file: Path) -> str:
        """What an editor is about to save."""
        self.number += 1
        return f"{file.read_text('utf-8')}Line {self.number}.\n"

    def unsettled(self) -> str:
        """What is not as a clean build has it; empty when all is."""
        wanted = self.site.clean_build()
        end = time.monotonic() + WITHIN + 2 * (1 + self.files / 100)
        while differing := _differences(self.tree(), wanted):
            if time.monotonic() > end:
                return f"{differing[:5]} after {self.serve.lines[-5:]}"
            time.sleep(0.05)
        return ""

    def tree(self) -> Tree:
        """The output as it stands; nothing while it is being replaced."""
        try:
            return files_below(self.site.output)
        except FileNotFoundError:
            return {}


def _differences(tree: Tree, wanted: Tree) -> list[str]:
    return [path for path in sorted({*tree, *wanted}) if tree.get(path) != wanted.get(path)]


Storm = Callable[[Weather], None]


def run(command: list[str], folder: Path) -> None:
    """Run a tool, quietly."""
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


# How editors save


def in_place(weather: Weather) -> None:
    """VS Code, nano and others: the file is emptied and written again."""
    file = weather.some_cable()
    file.write_text(weather.text(file), "utf-8")


def vim(weather: Weather) -> None:
    """The real one."""
    file = weather.some_cable()
    command = ["vi", "-es", "-c", "normal Go" + f"Line {weather.chance.random()}.", "-c", "wq", str(file)]
    run(command, weather.site.folder)


def vim_with_backups(weather: Weather) -> None:
    """A probe that is deleted, the old file renamed, a new one in its place, the old one deleted."""
    file = weather.some_cable()
    text, old = weather.text(file), file.with_name(f"{file.name}~")
    probe = file.with_name("4913")
    probe.touch()
    probe.unlink()
    file.rename(old)
    with file.open("w", encoding="utf-8") as new:
        new.write(text)
        new.flush()
        os.fsync(new.fileno())
    old.unlink()


def emacs(weather: Weather) -> None:
    """A link as a lock, an automatic save, a backup that stays, a new file."""
    file = weather.some_cable()
    text = weather.text(file)
    lock, automatic = file.with_name(f".#{file.name}"), file.with_name(f"#{file.name}#")
    lock.symlink_to("somebody@somewhere.4711:1790000000")
    automatic.write_text(text[: len(text) // 2], "utf-8")
    file.replace(file.with_name(f"{file.name}~"))
    file.write_text(text, "utf-8")
    automatic.unlink()
    lock.unlink()


def jetbrains(weather: Weather) -> None:
    """Two renames: the new file is beside the old one first, then in its place."""
    file = weather.some_cable()
    new, old = file.with_name(f"{file.name}___jb_tmp___"), file.with_name(f"{file.name}___jb_old___")
    new.write_text(weather.text(file), "utf-8")
    file.rename(old)
    new.rename(file)
    old.unlink()


def gnome(weather: Weather) -> None:
    """GLib's way: a hidden file, flushed and put in place."""
    file = weather.some_cable()
    new = file.with_name(".goutputstream-X1Y2Z3")
    new.write_text(weather.text(file), "utf-8")
    new.replace(file)


def sed(weather: Weather) -> None:
    """The real one."""
    file = weather.some_cable()
    run(["sed", "-i", f"$a Line {weather.chance.random()}.", str(file)], weather.site.folder)


def slowly(weather: Weather) -> None:
    """A file that is written in pieces."""
    file = weather.some_cable()
    text = weather.text(file)
    with file.open("w", encoding="utf-8") as new:
        for start in range(0, len(text), 40):
            new.write(text[start : start + 40])
            new.flush()
            time.sleep(0.02)


# What is done to folders


def a_folder_is_renamed(weather: Weather) -> None:
    folder = weather.some_cable().parent
    folder.rename(folder.with_name(f"renamed{weather.chance.random()}"))


def a_folder_is_moved_away_and_back(weather: Weather) -> None:
    folder = weather.some_cable().parent
    elsewhere = weather.site.folder / "elsewhere"
    folder.rename(elsewhere)
    if weather.chance.random() < 0.5:
        time.sleep(0.3)
    elsewhere.rename(folder)


def a_folder_comes_from_elsewhere(weather: Weather) -> None:
    elsewhere = weather.site.folder / "elsewhere"
    shutil.copytree(weather.some_cable().parent, elsewhere)
    for number, file in enumerate(sorted(elsewhere.glob("*.txt"))[:20]):
        name = f"10TALLINN{weather.chance.randrange(10**6)}{number}"
        file.rename(file.with_name(f"{name}.txt"))
        moved = file.with_name(f"{name}.txt")
        moved.write_text(re.sub(r'id = ".*"', f'id = "{name}"', moved.read_text("utf-8")), "utf-8")
    elsewhere.rename(weather.site.content / "cables" / f"moved{weather.chance.random()}")


def a_folder_is_deleted(weather: Weather) -> None:
    """Not so much that the build would ask; and not the cable that the article cites, whose old page would be kept."""
    cited = next(file.parent for file in weather.cables if file.name == f"{CITED}.txt")
    folders = sorted({file.parent for file in weather.cables} - {cited})
    folder = min(folders, key=lambda folder: len(list(folder.iterdir())))
    for file in sorted(folder.glob("*"))[: 20 + weather.files // 50]:
        file.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()


def folders_change_places(weather: Weather) -> None:
    first, second = weather.chance.sample(sorted({file.parent for file in weather.cables}), 2)
    between = first.with_name(".between")
    first.rename(between)
    second.rename(first)
    between.rename(second)


def the_whole_content_is_replaced(weather: Weather) -> None:
    """As by a tool that writes a new folder and puts it in the old one's place."""
    content, old = weather.site.content, weather.site.folder / "old"
    new = weather.site.folder / "new"
    shutil.copytree(content, new, symlinks=True)
    file = new / weather.some_cable().relative_to(content)
    file.write_text(weather.text(file), "utf-8")
    content.rename(old)
    new.rename(content)
    shutil.rmtree(old)


# What tools do


def rsync(weather: Weather) -> None:
    """The real one, from a copy in which some files differ."""
    source = weather.site.folder / "source"
    shutil.copytree(weather.site.content / "cables", source)
    for file in sorted(source.glob("*/*.txt"))[:: max(weather.files // 50, 1)]:
        file.write_text(weather.text(file), "utf-8")
    run(["rsync", "-a", "--delete", "--exclude", "*~", "source/", "content/cables/"], weather.site.folder)
    shutil.rmtree(source)


def git(weather: Weather) -> None:
    """A checkout of another branch, which has another text of every cable."""
    _commit_branches(weather)
    run(["git", "checkout", "-q", "other"], weather.site.content)
    shutil.rmtree(weather.site.content / ".git")


def git_back_and_forth(weather: Weather) -> None:
    """Branches that change every 50 ms for some seconds."""
    _commit_branches(weather)
    for number in range(20):
        run(["git", "checkout", "-q", ("main", "other")[number % 2]], weather.site.content)
        time.sleep(0.05)
    shutil.rmtree(weather.site.content / ".git")


def _commit_branches(weather: Weather) -> None:
    """Put two branches behind the content, made elsewhere, so that nothing changes yet."""
    content, elsewhere = weather.site.content, weather.site.folder / "elsewhere"
    shutil.copytree(content / "cables", elsewhere / "cables")
    as_somebody = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    run(["git", "init", "-q", "-b", "main"], elsewhere)
    run(["git", "config", "gc.auto", "0"], elsewhere)
    run(["git", "add", "cables"], elsewhere)
    run([*as_somebody, "commit", "-q", "-m", "One"], elsewhere)
    run(["git", "checkout", "-q", "-b", "other"], elsewhere)
    for file in sorted(elsewhere.glob("cables/*/*.txt")):
        file.write_text(weather.text(file), "utf-8")
    run([*as_somebody, "commit", "-q", "-a", "-m", "Two"], elsewhere)
    run(["git", "symbolic-ref", "HEAD", "refs/heads/main"], elsewhere)
    (elsewhere / ".git").rename(content / ".git")
    shutil.rmtree(elsewhere)
    run(["git", "reset", "-q"], content)


# What the system does


def events_are_lost(weather: Weather) -> None:
    """More events than the kernel keeps, while `serve` reads none, and then the change that matters."""
    folder = weather.some_cable().parent
    weather.serve.process.send_signal(signal.SIGSTOP)
    try:
        noise = folder / ".noise"
        for _ in range(OVERFLOW // 3):
            noise.touch()
            noise.unlink()
        jetbrains(weather)
        a_folder_is_renamed(weather)
    finally:
        weather.serve.process.send_signal(signal.SIGCONT)


def edits_during_a_build(weather: Weather) -> None:
    """A setting that every page shows, and cables that change while their pages are made."""
    for _ in range(4):
        weather.site.write("site.toml", f'title = "Title {weather.chance.random()}"\nbase_url = "https://a.example/"\n')
        time.sleep(1.2 * QUIET)
        for _ in range(20):
            in_place(weather)
            time.sleep(QUIET / 20)


def two_at_a_time(weather: Weather) -> None:
    """Two people, or a person and a tool."""

    def often(save: Storm) -> None:
        for _ in range(5):
            save(weather)

    other = threading.Thread(target=often, args=(gnome,))
    other.start()
    often(vim_with_backups)
    other.join()


SAVES: tuple[Storm, ...] = (in_place, vim, vim_with_backups, emacs, jetbrains, gnome, sed, slowly)
BURSTS: tuple[Storm, ...] = (
    *(a_folder_is_renamed, a_folder_comes_from_elsewhere, a_folder_is_deleted, folders_change_places),
    *(the_whole_content_is_replaced, rsync, git),
)
OTHERS: tuple[Storm, ...] = (
    *(a_folder_is_moved_away_and_back, git_back_and_forth, events_are_lost, edits_during_a_build, two_at_a_time),
)
"""Storms of several bursts, so that more than two builds may follow."""


def archive(folder: Path, files: int) -> SiteTest:
    """An archive of so many cables, in ten folders, without a site."""
    site = SiteTest(folder)
    for number in range(files):
        name = f"10MOSCOW{number + 1}"
        site.cable(name, f"1. Cable {number}.", tags="PGOV", path=f"cables/{number % 10}/{name}.txt")
    site.write("articles/why.md", f"# Why\n\nSee [[{CITED}]].\n")
    return site


def passed(weather: Weather, storm: Storm) -> tuple[int, float]:
    """Let a storm pass; how many builds it led to, and how many seconds after its end the last of them was done.

    Raises AssertionError for a site that does not become right, or more builds than a burst may lead to.
    """
    before = len(weather.serve.lines)
    storm(weather)
    over = time.monotonic()
    unsettled = weather.unsettled()
    assert not unsettled, f"{storm.__name__}: {unsettled}"
    time.sleep(0.3)
    told = zip(weather.serve.lines[before:], weather.serve.moments[before:], strict=False)
    builds = [(line, moment) for line, moment in told if "→" in line]
    assert storm in OTHERS or len(builds) <= BUILDS, f"{storm.__name__}: {builds}"
    return len(builds), max([0.0, *(moment - over for _, moment in builds)])


def rounds(weather: Weather, number: int, only: str) -> Iterator[tuple[Storm, int, float]]:
    """Storms by chance, or so many of one."""
    storms = [storm for storm in (*SAVES, *BURSTS, *OTHERS) if only in ("", storm.__name__)]
    for _ in range(number):
        storm = weather.chance.choice(storms)
        yield storm, *passed(weather, storm)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="the name of a storm, for no other")
    given = parser.parse_args()
    found: dict[str, list[tuple[int, float]]] = collections.defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="cablepress-storms-") as temporary:
        site = archive(Path(temporary), given.files)
        with served(site) as serve:
            weather = Weather(site, serve, given.files, random.Random(given.seed))
            for number, (storm, builds, took) in enumerate(rounds(weather, given.rounds, given.only), 1):
                found[storm.__name__].append((builds, took))
                print(f"{number:>5} {storm.__name__:<34} {builds} builds, the last done after {took:.2f} s", flush=True)
    for name, results in sorted(found.items()):
        median, worst = statistics.median(took for _, took in results), max(took for _, took in results)
        most = max(builds for builds, _ in results)
        print(f"| {name} | {len(results)} | {most} | {median:.2f} | {worst:.2f} |")


if __name__ == "__main__":
    main()
