"""The table of stages, made for real with few cables."""

from pathlib import Path

from generator.cli.console import STAGES
from tests.benchmarks.archive import make
from tests.benchmarks.stages import measure, table


def test_every_stage_of_three_builds_has_a_row(tmp_path: Path) -> None:
    make(tmp_path, 120, seed=1)
    builds = list(measure(tmp_path, tmp_path / "output", jobs=2))
    assert [name for name, _ in builds] == ["first", "no change", "one edit"]
    assert [result.problems for _, result in builds] == [(), (), ()]
    assert builds[1][1].written == 0
    assert 1 <= builds[2][1].written <= 15, "its page, and the feeds that quote its summary"
    lines = list(table(iter(builds), 120))
    assert len({line.count("|") for line in lines}) == 1
    assert [line.split(" | ")[1] for line in lines[2:10]] == [*STAGES, f"all, {builds[0][1].written:,} written"]


def test_workers_tell_what_they_spend(tmp_path: Path) -> None:
    make(tmp_path, 120, seed=1)
    _, first = next(measure(tmp_path, tmp_path / "output", jobs=2))
    spent = {timing.stage: timing for timing in first.timings}
    assert spent["render"].workers > 0.1, "more than 400 pages are rendered by workers"
    assert spent["read"].workers == 0, "120 cables are read by the build itself"
