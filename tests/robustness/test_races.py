"""Others at work in the folders while a build runs: nothing leads it elsewhere, holds it up or tears a page."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

import pytest

from generator.archive import intake
from generator.errors import CablepressError, Severity
from tests.site.support import SiteTest, differences, files_below


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path / "site")
    site.cable("10MOSCOW1", subject="FIRST", tags="PGOV")
    site.cable("10MOSCOW2", "1. See 10 MOSCOW 1.", subject="SECOND")
    site.build()
    return site


@contextmanager
def meanwhile(program: str, *arguments: object) -> Iterator[None]:
    """Another process, in a loop of its own, for as long as it is let."""
    with subprocess.Popen([sys.executable, "-c", program, *map(str, arguments)]) as process:
        try:
            yield
        finally:
            process.terminate()


# Links

EXCHANGE = """
import ctypes, os, sys
rename = ctypes.CDLL(None, use_errno=True).renameat2
while True:
    rename(-100, os.fsencode(sys.argv[1]), -100, os.fsencode(sys.argv[2]), 2)
"""
"""Folder and link change places in one step, again and again; a build meets now the one, now the other."""


@pytest.mark.parametrize("folder", ["cable", "tag", "cable/2010/01"])
def test_a_folder_that_turns_into_a_link_leads_no_write_or_deletion_elsewhere(
    site: SiteTest, folder: str, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    shutil.copytree(site.output / folder, victim)
    before = {path: (file.stat().st_ino, file.read_bytes()) for path in files_below(victim) for file in [victim / path]}
    assert before
    aside = site.output / ".cablepress/aside"
    aside.symlink_to(victim)
    done = 0
    with meanwhile(EXCHANGE, site.output / folder, aside):
        for number in range(40):
            site.delete("cables/10MOSCOW2.txt") if number % 2 else site.cable("10MOSCOW2", subject=f"{number}")
            site.cable("10MOSCOW1", subject=f"THE {number}TH", tags="" if number % 2 else "PGOV")
            try:
                site.build()
                done += 1
            except (CablepressError, FileNotFoundError):
                pass
    if aside.is_symlink():
        aside.unlink()
    else:
        (site.output / folder).unlink()
        aside.rename(site.output / folder)
    now = {path: (file.stat().st_ino, file.read_bytes()) for path in files_below(victim) for file in [victim / path]}
    assert now == before
    assert done
    for left in site.build().problems:
        Path(left.path).unlink()  # A file that could not be deleted behind the link is not ours any more, but told.
    assert site.build().problems == ()
    assert differences(site.tree(), site.clean_build()) == {}


# Files that change

WRITE = """
import os, sys, time
(path, other), number = sys.argv[1:], 0
raw, same = open(path).read(), open(other).read()
while True:
    number += 1
    with open(path + "~", "w") as file:
        file.write(raw.replace("VERSION0", f"VERSION{number}"))
    os.replace(path + "~", path)
    with open(other, "r+") as file:
        file.write(same.replace("VERSION0", f"VERSION{number % 8}"))
    time.sleep(0.001)
"""


def test_files_that_are_written_to_all_the_time_tear_no_page(site: SiteTest) -> None:
    body = "\n\n".join(f"{number}. VERSION0 it was." for number in range(1, 200))
    replaced = site.cable("10MOSCOW3", body)
    in_place = site.cable("10MOSCOW4", body)
    site.build()
    seen: set[str] = set()
    with meanwhile(WRITE, site.content / replaced, site.content / in_place):
        deadline = time.monotonic() + 8
        while time.monotonic() < deadline and len(seen) < 12:
            try:
                site.build()
            except CablepressError as error:
                assert "changes all the time" in error.text  # noqa: PT017 - it need not be raised
            versions = {*re.findall(r"VERSION\d+", site.page("cable/2010/01/10MOSCOW3.html"))}
            assert len(versions) == 1
            assert len({*re.findall(r"VERSION\d+", site.page("cable/2010/01/10MOSCOW4.html"))}) == 1
            seen |= versions
    assert len(seen) > 3
    assert site.build().problems == ()
    assert differences(site.tree(), site.clean_build()) == {}


# What is no file


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)
        made.bind(path.name)
        os.chdir(here)


NO_FILES: dict[str, Callable[[Path], None]] = {
    "a pipe": os.mkfifo,
    "a socket": a_socket,
    "a link to a file": lambda path: path.symlink_to("10MOSCOW1.txt"),
    "a link to a folder": lambda path: path.symlink_to("/etc"),
    "a link to nothing": lambda path: path.symlink_to("nothing"),
    "a link to itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("what", NO_FILES)
@pytest.mark.parametrize("path", ["cables/10MOSCOW9.txt", "articles/nine.md", "static/nine.bin", "cables/folder"])
def test_what_is_no_file_is_told_and_passed_over(site: SiteTest, what: str, path: str) -> None:
    before = site.tree()
    place = site.content / path
    place.parent.mkdir(parents=True, exist_ok=True)
    NO_FILES[what](place)
    (problem,) = site.build().problems
    assert (problem.path, problem.severity) == (str(place), Severity.ERROR)
    assert "is not read" in problem.text
    assert problem.hint
    assert differences(site.tree(), before) == {}


@pytest.mark.parametrize("what", NO_FILES)
@pytest.mark.parametrize("path", ["cables/10MOSCOW1.txt", "articles/why.md", "static/a.bin"])
def test_what_takes_the_place_of_a_file_that_was_found_holds_nothing_up(
    site: SiteTest, what: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("articles/why.md", "# Why\n")
    site.write("static/a.bin", b"1")
    place = site.content / path
    opened = intake.opened

    def swapped(wanted: Path | str) -> FileIO:
        if str(wanted) == str(place) and place.is_file() and not place.is_symlink():
            place.rename(site.folder / "away")
            NO_FILES[what](place)
        return opened(wanted)

    monkeypatch.setattr(intake, "opened", swapped)
    site.build(full=True)
    problems = site.build().problems
    assert [p.path for p in problems if "is not read" in p.text] == [str(place)]
    place.unlink()
    (site.folder / "away").rename(place)
    monkeypatch.undo()
    assert site.build().problems == ()
    assert differences(site.tree(), site.clean_build()) == {}
