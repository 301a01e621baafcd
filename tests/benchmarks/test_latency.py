"""The latencies, measured for real with few cables."""

from pathlib import Path

import pytest

from tests.benchmarks import latency
from tests.benchmarks.archive import make
from tests.benchmarks.latency import CASES, idle, lines, measure, served, sweep


def test_every_case_has_its_latencies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, 50, seed=1)
    monkeypatch.setattr(latency, "CASES", dict.fromkeys(CASES, 0.1))
    with served(tmp_path) as serve:
        found = dict(measure(serve, tmp_path, 2, seed=1))
        assert 0 <= idle(serve, 0.2) <= 2
    assert list(found) == list(CASES)
    assert all(len(each) == 2 and all(one.disk > 0 < one.told for one in each) for each in found.values())
    assert [line.count("|") for line in lines("at rest", found["at rest"])] == [5, 5]
    assert sweep(tmp_path / "content", tmp_path / "output") > 0
