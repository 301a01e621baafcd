"""A finished site, put together by hand, and what it takes to publish it."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.publish.place import Arrival, Place
from generator.publish.publish import Published
from generator.publish.publish import publish as publish_release
from generator.publish.release import release_of

PAGES = ("index.html", "a.html", "a/b.html", "a-b/c.html", "cable/2010/01/10MOSCOW226.html", "é.html")

POLL = """
import sys
from pathlib import Path
target, last, *pages = sys.argv[1:]
current, rounds, states, wrong = Path(target, "current"), 0, set(), []
while last not in states:
    rounds += 1
    try:
        states.add((current / pages[0]).read_text())
        release = current.resolve(strict=True)
        texts = {(release / page).read_text() for page in pages}
    except FileNotFoundError as error:
        wrong.append(str(error))
    else:
        wrong += [] if len(texts) == 1 else [f"{release}: {texts}"]
print(rounds, len(states), *wrong, sep="\\n")
"""
"""A program that reads all pages of the release that the pointer leads to, until one of them is in the last state."""


def put(folder: Path, path: str, text: str) -> None:
    """As the engine does it: a new file in the place of the old one."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.write_text(text)
    new.replace(file)


def put_site(output: Path) -> None:
    """Six pages, and what else is in an output folder."""
    for path in PAGES:
        put(output, path, f"<p>{path}")
    put(output, ".cablepress/manifest", "the engine's own")
    put(output, ".gitkeep", "")


def owned(output: Path) -> Iterator[tuple[str, bytes]]:
    """What the build owns: everything that is in the output now, but for the engine's folder and git's file."""
    files = (path for path in output.rglob("*") if path.is_file() and not {".cablepress", ".gitkeep"} & {*path.parts})
    for file in files:
        yield file.relative_to(output).as_posix(), hashlib.sha256(file.read_bytes()).digest()


def publish(
    output: Path,
    place: Place,
    built: Iterable[tuple[str, bytes]] | None = None,
    extra: Mapping[str, bytes] | None = None,
    copies: tuple[Path, Iterable[tuple[str, bytes]]] | None = None,
    **options: Any,
) -> Published:
    """Publish what is built, or else whatever is in the output."""
    with release_of(output, owned(output) if built is None else built, extra, copies) as release:
        return publish_release(release, place, **options)


def arrived(done: Published) -> Arrival:
    assert done.arrival
    return done.arrival


def numbers(done: Published) -> tuple[int, int, int, int]:
    """How many files were added, changed, deleted and kept."""
    return done.plan.added, done.plan.changed, done.plan.deleted, done.plan.kept


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, links followed."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
