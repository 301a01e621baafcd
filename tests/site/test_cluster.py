"""A build by the workers of a Dask scheduler: the same bytes as here, whoever of them is lost on the way."""

import json
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from generator.archive.notes import spools_folder
from tests.conftest import CHECKOUT
from tests.site.dask import IMPATIENT, Dask, attempts, building, built, kill, stopped_amid_a_chunk
from tests.site.support import SITE_TOML, SiteTest, Tree, differences, until

pytestmark = pytest.mark.xdist_group("cluster")

CABLES = 1100
TEXT = "\n\n".join(f"{number}. (U) {'The office saw nothing of note. ' * 12}" for number in range(1, 21))


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    with closing(Dask(tmp_path_factory.mktemp("dask"))) as dask:
        yield dask


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    """Content for some chunks, and the site that is made of it here."""
    site = SiteTest(tmp_path_factory.mktemp("archive"))
    for number in range(1, CABLES + 1):
        site.cable(f"10MOSCOW{number}", TEXT, tags="PGOV", ref=f"10 MOSCOW {number // 2 + 1}")
    site.build(jobs=2)
    return site


@pytest.fixture(scope="module")
def expected(archive: SiteTest) -> Tree:
    return archive.tree()


@pytest.fixture
def site(tmp_path: Path, archive: SiteTest) -> SiteTest:
    """The content alone."""
    shutil.copytree(archive.content, tmp_path / "site/content")
    return SiteTest(tmp_path / "site")


@pytest.fixture
def old_site(site: SiteTest, archive: SiteTest) -> SiteTest:
    """The site, before all its pages have to be made anew."""
    shutil.copytree(archive.output, site.output)
    site.write("site.toml", SITE_TOML.replace("Test archive", "Another title"))
    return site


def assert_no_stage(site: SiteTest) -> None:
    assert {path.name for path in (site.output / ".cablepress").iterdir()} <= {"manifest", "manifest.sha256"}


def assert_nothing_left(site: SiteTest) -> None:
    assert_no_stage(site)
    assert list(spools_folder(site.content, site.output).iterdir()) == []


def test_workers_make_the_site_that_one_process_makes(site: SiteTest, dask: Dask, expected: Tree) -> None:
    result = built(site, dask.with_workers(2).address)
    assert (result.returncode, result.stderr) == (0, "")
    worked = {timing["stage"] for timing in json.loads(result.stdout)["timings"] if timing["workers"] > 0}
    assert worked == {"read", "render"}
    assert differences(site.tree(), expected) == {}
    assert_nothing_left(site)
    again = site.build_later()
    assert (again.written, again.kept) == (0, len(site.files()))


def test_a_worker_killed_amid_a_chunk_is_made_up_for(site: SiteTest, dask: Dask, expected: Tree) -> None:
    with building(site, dask.with_workers(2).address) as process:
        worker, attempt = stopped_amid_a_chunk(site, dask, len(expected))
        assert opened(worker.pid, ".cablepress/") == [".sqlite"], "the copy, and not the catalog that we write to"
        kill(worker)
        until(lambda: tried_again(site, attempt), 60)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    assert differences(site.tree(), expected) == {}
    assert_nothing_left(site)


@pytest.mark.parametrize("at_the_end", [False, True])
def test_a_worker_taken_for_lost_that_works_on_does_no_harm(
    site: SiteTest, dask: Dask, expected: Tree, at_the_end: bool
) -> None:
    with building(site, dask.with_workers(2).address) as process:
        worker, attempt = stopped_amid_a_chunk(site, dask, len(expected))
        if not at_the_end:
            until(lambda: tried_again(site, attempt), 60)
            worker.send_signal(signal.SIGCONT)
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
    worker.send_signal(signal.SIGCONT)
    worker.wait(60)
    assert differences(site.tree(), expected) == {}
    assert_nothing_left(site)


def tried_again(site: SiteTest, attempt: str) -> bool:
    """Whether another worker is at the same chunk."""
    return sum(name.partition("-")[0] == attempt.partition("-")[0] for name in attempts(site)) == 2


def opened(process: int, within: str) -> list[str]:
    """The suffixes of the files in the notes that a process has open, those of parsed cables aside."""
    links = [descriptor.readlink() for descriptor in Path(f"/proc/{process}/fd").iterdir()]
    return [path.suffix for path in links if within in str(path) and "/stage/" not in str(path) and path.suffix]


def pages_of(tree: Tree) -> Tree:
    """What holds the title as text, or not at all."""
    return {path: raw for path, raw in tree.items() if not path.startswith(".cablepress/") and path != "card.png"}


def retitled(raw: bytes) -> bytes:
    return raw.replace(b"Test archive", b"Another title")


def test_without_any_worker_left_the_old_site_stands(old_site: SiteTest, dask: Dask, expected: Tree) -> None:
    site = old_site
    with building(site, dask.with_workers(2).address, **IMPATIENT) as process:
        until(lambda: bool(attempts(site)), 60)
        dask.kill_workers()
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.count("\n")) == (5, 2)
    assert f"all workers of the scheduler at {dask.address} are gone; what there was before stands" in errors
    assert differences(site.tree(), expected) == {}
    assert_no_stage(site)
    site.build(jobs=2)
    assert differences(pages_of(site.tree()), {path: retitled(raw) for path, raw in pages_of(expected).items()}) == {}
    assert_nothing_left(site)


def test_a_chunk_that_workers_die_over_is_given_up(site: SiteTest, tmp_path: Path) -> None:
    impatient = Dask(tmp_path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    with closing(impatient) as dask, building(site, dask.with_workers(2).address) as process:
        until(lambda: bool(attempts(site)), 60)
        dask.kill_workers()
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.count("\n")) == (5, 2)
    assert "workers died over the same chunk of work, 1 in all, perhaps for want of memory" in errors
    assert not site.files()
    assert_no_stage(site)


def test_interrupted_it_ends(site: SiteTest, dask: Dask) -> None:
    with building(site, dask.with_workers(2).address) as process:
        until(lambda: bool(attempts(site)), 60)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "interrupted; the next build goes on from here\n")
    assert not site.files()
    assert_no_stage(site)


def test_without_its_scheduler_the_old_site_stands(old_site: SiteTest, tmp_path: Path, expected: Tree) -> None:
    site = old_site
    with closing(Dask(tmp_path)) as dask, building(site, dask.with_workers(1).address, **IMPATIENT) as process:
        until(lambda: bool(attempts(site)), 60)
        kill(dask.scheduler)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 5
    assert errors.startswith(f"error: the scheduler at {dask.address} is gone; what there was before stands\n  hint: ")
    assert errors.count("\n") == 2
    assert differences(site.tree(), expected) == {}
    assert_no_stage(site)


def test_a_worker_with_another_program_is_refused(site: SiteTest, tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "generator", tmp_path / "other/generator")
    with (tmp_path / "other/generator/site/markup.py").open("a", encoding="utf-8") as module:
        module.write("# one line more\n")
    with closing(Dask(tmp_path)) as dask:
        dask.worker(PYTHONPATH=str(tmp_path / "other"))
        result = built(site, dask.address)
    assert result.returncode == 1
    assert f"a worker on {os.uname().nodename} runs another version of the program" in result.stderr
    assert result.stderr.count("\n") == 2


def test_a_scheduler_without_workers_is_refused(site: SiteTest, tmp_path: Path) -> None:
    with closing(Dask(tmp_path)) as dask:
        result = built(site, dask.address, **IMPATIENT)
    assert (result.returncode, result.stderr) == (
        2,
        f"error: the scheduler at {dask.address} has no workers\n  hint: start some: dask worker {dask.address}\n",
    )


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("tcp://127.0.0.1:1", "no scheduler answers at tcp://127.0.0.1:1: [Errno 111] Connection refused"),
        ("tls://[::1]:70000", "no scheduler answers at tls://[::1]:70000"),
        ("127.0.0.1:8786", "127.0.0.1:8786: this is no address of a scheduler"),
    ],
)
def test_where_no_scheduler_is_nothing_is_built(site: SiteTest, address: str, told: str) -> None:
    result = built(site, address)
    assert result.returncode == 2
    assert result.stderr.startswith(f"error: {told}")
    assert result.stderr.count("\n") == 2
    assert not site.files()


def test_without_the_extra_it_is_named(site: SiteTest, tmp_path: Path) -> None:
    (tmp_path / "dask.py").write_text("raise ModuleNotFoundError('None here', name='dask')", encoding="utf-8")
    result = built(site, "tcp://127.0.0.1:8786", PYTHONPATH=str(tmp_path))
    assert result.returncode == 2
    assert "pip install 'cablepress[cluster]'" in result.stderr
