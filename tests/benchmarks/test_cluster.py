"""The figures of a build by a cluster, made for real with few cables, and what is counted with them."""

from pathlib import Path

import pytest

from tests.benchmarks.cluster import measured, projected

pytestmark = pytest.mark.xdist_group("cluster")


def test_figures_are_of_chunks_that_workers_did(tmp_path: Path) -> None:
    figures = measured(tmp_path, 420, seed=1, workers=1)
    assert [name for name, (value, _) in figures.items() if value <= 0] == []
    chunks = sum(figures[f"CPU of the chunks, {stage}"][0] for stage in ("read", "render"))
    assert chunks < figures["CPU of the workers, all"][0]
    assert figures["sent back from reading"][0] < figures["content"][0]
    assert dict(projected(figures, 3_000_000))["content"] == f"{figures['content'][0] * 3e-3:.0f} GB"


def test_more_cores_help_as_far_as_the_building_process_keeps_up() -> None:
    names = ("content", "parsed cables that wait", "catalog", "site", "sent to read")
    figures = dict.fromkeys(names, (1000.0, "B")) | {"CPU of the scheduler": (0.06, "ms")}
    for name, own, chunks in (("read", 0.06, 0.48), ("render", 0.03, 0.48)):
        figures |= {f"CPU of the building process, {name}": (own, "ms"), f"CPU of the chunks, {name}": (chunks, "ms")}
    told = dict(projected(figures | {"CPU of the building process, commit": (0.01, "ms")}, 10_000_000))
    assert told["chunks, on one core"] == "160 min"
    assert [told[f"at least, with {cores} cores for workers"] for cores in (2, 8, 64)] == ["82 min", "22 min", "17 min"]
    assert told["through the scheduler"] == "10.0 GB"
