"""Little room on the disk, little memory, few open files, a worker that is killed: told, and no harm done."""

import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.site.support import SiteTest, differences, until
from tests.site.test_kill import children

MB = 1_000_000


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path / "site")
    site.cable("10MOSCOW1", "1. See 10 MOSCOW 2.", subject="FIRST", tags="PGOV")
    site.cable("10MOSCOW2", subject="SECOND")
    return site


def cables(site: SiteTest, number: int, words: int = 1) -> None:
    for serial in range(100, 100 + number):
        month = f"{2000 + serial // 12 % 10}-{serial % 12 + 1:02}"
        body = f"1. See 10 MOSCOW {serial + 1}.\n\n2. " + "Words of a text. " * words
        path = f"cables/{month}/{month[2:4]}MOSCOW{serial}.txt"
        site.cable(f"{month[2:4]}MOSCOW{serial}", body, created=f"{month}-05T10:00:00Z", path=path)


def command(site: SiteTest, *more: str) -> list[str]:
    folders = ("--content", str(site.content), "--output", str(site.output))
    return [sys.executable, str(CHECKOUT / "build.py"), "--quiet", *folders, *more]


def run(site: SiteTest, *more: str, limit: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Build; it must end within a minute, and never with a traceback."""
    done = subprocess.run(command(site, *more), capture_output=True, text=True, preexec_fn=limit, timeout=60)
    assert "Traceback" not in done.stderr, done.stderr
    return done


# Disks


@contextmanager
def mounted(folder: Path, size: int) -> Iterator[None]:
    """A disk of so many bytes at a folder; root may have one, and tests are run by root in CI."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() and "CI" not in os.environ:
        pytest.skip("only root may mount a small disk")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(("size", "enough"), [(2 * MB, False), (4 * MB, False), (16 * MB, True)])
@pytest.mark.parametrize("what", ["output", "everything"])
def test_a_small_disk(site: SiteTest, what: str, size: int, enough: bool, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with mounted(disk, size):
        place = disk / "site" if what == "output" else tmp_path / "site"
        site.output = place / "output"
        if what == "everything":
            site = SiteTest(disk / "site")
            site.cable("10MOSCOW1", subject="FIRST", tags="PGOV")
        assert run(site).returncode == 0
        old = site.tree()
        cables(site, 200 if size == 2 * MB else 500, words=400 if what == "output" else 100)
        done = run(site, "--jobs", "2")
        if not enough:
            assert done.returncode == 5, done.stderr
            assert str(site.output.parent if what == "output" else disk) in done.stderr
            assert "MB are free there" in done.stderr
            assert "the old site stands" in done.stderr
            assert differences(site.tree(), old) == {}
            for path in site.content.glob("cables/2*/*"):
                path.unlink()
        assert run(site).returncode == 0
        new = site.tree()
    site = SiteTest(tmp_path / "again") if what == "everything" else site
    if what == "output":
        assert differences(new, site.clean_build()) == {}
    elif not enough:
        assert differences(new, old) == {}


def test_a_disk_that_is_read_only(site: SiteTest, tmp_path: Path) -> None:
    site.output = tmp_path / "disk/output"
    with mounted(tmp_path / "disk", 16 * MB):
        assert run(site).returncode == 0
        old = site.tree()
        site.edit("cables/10MOSCOW1.txt", "FIRST", "1ST")
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path / "disk")], check=True)
        done = run(site)
        assert done.returncode == 5
        assert str(site.output) in done.stderr
        assert "Read-only file system" in done.stderr
        assert differences(site.tree(), old) == {}
        subprocess.run(["mount", "-o", "remount,rw", str(tmp_path / "disk")], check=True)
        assert run(site).returncode == 0
        assert differences(site.tree(), site.clean_build()) == {}


# Limits of a process


def test_few_open_files(site: SiteTest) -> None:
    """Enough for any archive, in more folders than files may be open."""
    cables(site, 600)

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (128, 128))

    assert run(site, "--jobs", "2", limit=few).returncode == 0
    assert len([*(site.output / "cable").glob("*/*")]) > 110
    assert differences(site.tree(), site.clean_build()) == {}


def test_too_few_open_files(site: SiteTest) -> None:
    site.build()
    old = site.tree()
    site.edit("cables/10MOSCOW1.txt", "FIRST", "1ST")
    for number in range(8, 20, 2):
        done = run(site, limit=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (number, number)))  # noqa: B023
        assert done.returncode in (0, 5), done.stderr
        if done.returncode == 0:
            break
        assert "Too many open files" in done.stderr or "can't be used" in done.stderr
        if "the next build completes the new site" not in done.stderr:
            assert differences(site.tree(), old) == {}
    assert number > 8
    assert differences(site.tree(), site.clean_build()) == {}


def starts(megabytes: int) -> bool:
    """Whether so much memory is enough for the program to begin at all."""

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MB, megabytes * MB))

    asked = [sys.executable, str(CHECKOUT / "build.py"), "build", "--help"]
    return subprocess.run(asked, capture_output=True, preexec_fn=little).returncode == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_little_memory(site: SiteTest, jobs: str) -> None:
    cables(site, 600)
    ended = []
    least = next(size for size in range(36, 200, 2) if starts(size))
    for megabytes in (least, *range(least + 4, least + 21, 4), least + 40, least + 90, least + 400):

        def little() -> None:
            resource.setrlimit(resource.RLIMIT_AS, (megabytes * MB, megabytes * MB))  # noqa: B023

        done = run(site, "--jobs", jobs, limit=little)
        ended.append(done.returncode)
        assert done.returncode in (0, 5), (megabytes, done.stderr)
        if done.returncode:
            assert "there is not enough memory" in done.stderr
            assert "hint: " in done.stderr
            assert site.files() == []
        else:
            break
    assert ended[0] == 5
    assert ended[-1] == 0
    assert differences(site.tree(), site.clean_build()) == {}


PEAK = """
import resource, sys
from contextlib import suppress
from generator.cli import main
with suppress(SystemExit):
    main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10)
"""
"""What a process that builds holds at most, in bytes."""


def peak(site: SiteTest) -> int:
    """What a process that makes the whole site holds at most, in bytes."""
    asked = [sys.executable, "-c", PEAK, *command(site, "--jobs", "1")[2:]]
    return int(subprocess.run(asked, capture_output=True, check=True).stdout.split()[-1])


def test_long_texts_are_not_held_together(tmp_path: Path) -> None:
    held = []
    for number in (4, 40):
        site = SiteTest(tmp_path / f"{number}")
        cables(site, number, words=30_000)
        held.append(peak(site))
        assert len(site.files()) > number
    assert held[1] < held[0] + 10 * MB


def test_long_lists_are_not_held_together(tmp_path: Path) -> None:
    held = []
    for lists in (2, 40):
        site = SiteTest(tmp_path / f"{lists}")
        for number in range(900):
            site.cable(f"10MOSCOW{number}", tags=" ".join(f"KZ{chr(65 + tag % 26)}{tag}" for tag in range(lists)))
        held.append(peak(site))
        assert sum(re.fullmatch(r"tag/KZ\w\d+\.html", path) is not None for path in site.files()) == lists
    assert held[1] < held[0] + 10 * MB


# Workers


@pytest.mark.parametrize("when", ["reading", "rendering"])
def test_a_killed_worker_is_named_with_what_it_had_in_hand(site: SiteTest, when: str) -> None:
    cables(site, 1200, words=300)
    with subprocess.Popen(command(site, "--jobs", "2"), stderr=subprocess.PIPE, text=True) as process:
        opened = "/spools/" if when == "reading" else "/catalog.sqlite"
        until(lambda: any(at_work(process.pid, opened)), 60)
        victim = at_work(process.pid, opened)[0]
        os.kill(victim, signal.SIGKILL)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 5
    named = r"worker process (\d+) was killed by signal 9, perhaps for want of memory, while \d+ files were in hand"
    match = re.search(named + (r", from \S+ to cable/" if when == "rendering" else r", from cables/\S+ to"), told)
    assert match, told
    assert int(match[1]) == victim
    assert "Traceback" not in told
    assert site.files() == []
    assert run(site).returncode == 0
    assert differences(site.tree(), site.clean_build(jobs=2)) == {}


def at_work(process: int, place: str) -> list[int]:
    """The workers of a build that have a file open at such a place."""
    return [child for child in children(process) if is_worker(child) and any(place in p for p in open_files(child))]


def is_worker(process: int) -> bool:
    with suppress(OSError):
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def open_files(process: int) -> Iterator[str]:
    for link in Path(f"/proc/{process}/fd").glob("*"):
        with suppress(OSError):
            yield str(link.readlink())


# Others at work


def test_of_eight_builds_at_once_one_wins(site: SiteTest) -> None:
    cables(site, 100)
    wanted = site.clean_build()
    for _ in range(2):
        builds = [subprocess.Popen(command(site, "--full"), stderr=subprocess.PIPE, text=True) for _ in range(8)]
        told = [build.communicate(timeout=60)[1] for build in builds]
        codes = [build.returncode for build in builds]
        assert set(codes) <= {0, 4}, (codes, told)
        assert 0 in codes
        for code, text in zip(codes, told, strict=True):
            assert ("another build is at work here" in text) == (code == 4)
        assert differences(site.tree(), wanted) == {}
