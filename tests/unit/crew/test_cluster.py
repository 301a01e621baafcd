"""Workers of a scheduler that have other versions than ours."""

from generator.crew.cluster import _differences


def test_other_versions_are_named() -> None:
    ours = {"python": "3.11.2.final.0", "dask": "2026.8.0", "distributed": "2026.8.0", "toolz": "1.0"}
    same = ours | {"python": "3.11.9.final.0", "toolz": "0.9"}
    versions = {"client": {"packages": ours}, "scheduler": {"packages": same}, "workers": {}}
    assert list(_differences(versions)) == []
    workers = {"tcp://192.0.2.7:1": {"packages": same | {"dask": "2025.1.0", "python": "3.12.1.final.0"}}}
    assert list(_differences(versions | {"workers": workers})) == [
        ("the worker at tcp://192.0.2.7:1", "python 3.12", "3.11"),
        ("the worker at tcp://192.0.2.7:1", "dask 2025.1.0", "2026.8.0"),
    ]
