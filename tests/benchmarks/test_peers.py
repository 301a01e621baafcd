"""The comparison, run for real with this program alone and few cables: what it counts, and the table it makes."""

from pathlib import Path

import pytest

from tests.benchmarks.fields import fields
from tests.benchmarks.measure import bare_loop, run, stamps
from tests.benchmarks.peers import measure
from tests.benchmarks.sites.eleventy import Eleventy
from tests.benchmarks.sites.generator import Generator
from tests.benchmarks.sites.hugo import Hugo
from tests.benchmarks.sites.pelican import Pelican
from tests.benchmarks.table import Result, table

CABLES = 50


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def result(scratch: Path) -> Result:
    return measure(scratch, CABLES, 1, ["cablepress"], 2, "a test")


def test_every_build_is_counted_in_every_round(result: Result) -> None:
    counted = [(run.round, run.generator, run.scenario) for run in result.measured]
    one = [("cablepress", "first"), ("bare loop", "first")]
    one += [("cablepress", scenario) for scenario in ("no change", "one edit", "one added")]
    assert counted == [(number, *each) for number in (0, 1) for each in one]


def test_builds_write_what_they_should(result: Result) -> None:
    for number in (0, 1):
        first, bare, same, edit, more = (run for run in result.measured if run.round == number)
        assert first.files > 3 * CABLES
        assert (bare.files, bare.bytes) == (first.files, first.bytes)
        assert first.written == first.files
        assert (same.written, same.files) == (0, first.files)
        assert 1 <= edit.written <= 15, "its page, and the feeds that quote its summary"
        assert 2 <= more.written <= 30
        assert more.files > first.files


def test_time_and_memory_are_those_of_the_build(result: Result) -> None:
    first, bare = result.measured[:2]
    assert first.cpu > 0
    assert 10_000_000 < first.parent <= first.tree
    assert bare.wall > 0


def test_the_table_has_a_row_for_each_kind_of_build(result: Result) -> None:
    lines = list(table([result]))
    assert len(lines) == 2 + 5
    assert len({line.count("|") for line in lines}) == 1
    assert lines[2].startswith("| 50 | first | cablepress ")


def test_the_result_names_no_place_of_this_machine(result: Result, scratch: Path) -> None:
    assert str(scratch) not in repr(result)
    assert result.command.startswith("python -m tests.benchmarks.peers --cables 50 --seed 1 ")


def test_the_bare_loop_writes_files_of_the_same_sizes(tmp_path: Path) -> None:
    (tmp_path / "from/a").mkdir(parents=True)
    (tmp_path / "from/a/b.html").write_bytes(b"x" * 5_000)
    (tmp_path / "from/c.css").write_bytes(b"")
    found = {path: stamp[2] for path, stamp in stamps(tmp_path / "from").items()}
    bare_loop(found, tmp_path / "from", tmp_path / "to")
    made = {
        Path(path).relative_to(tmp_path / "to").as_posix(): stamp[2] for path, stamp in stamps(tmp_path / "to").items()
    }
    assert made == {"a/b.html": 5_000, "c.css": 0}


def test_cpu_of_processes_started_by_the_command_counts(tmp_path: Path) -> None:
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    done = run(["python3", "-c", f"import subprocess; subprocess.run(['python3', '-c', {busy!r}])"], tmp_path)
    assert done.cpu >= 0.3
    assert done.worker > 0


def test_a_command_that_fails_is_no_result(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended with 3:\nno such thing"):
        run(["/bin/sh", "-c", "echo no such thing; exit 3"], tmp_path)


@pytest.mark.parametrize("kind", [Hugo, Eleventy, Pelican])
def test_peers_are_given_every_field_and_the_whole_body(
    kind: type[Generator], result: Result, scratch: Path, tmp_path: Path
) -> None:
    peer = kind(tmp_path)
    peer.start()
    for cable in fields(scratch / "cablepress/content"):
        peer.add(cable)
        text = peer.source(cable.id).read_text("utf-8")
        for value in (cable.id, cable.released, cable.subject, cable.body, cable.classification, *cable.tags):
            assert value in text
    before = peer.source(cable.id).read_text("utf-8")
    peer.edit(cable.id, 0)
    assert peer.source(cable.id).read_text("utf-8") != before
