"""The table of steps, made for real with few cables."""

from tests.benchmarks.reading import HEAD, samples, table


def test_every_step_has_a_row() -> None:
    few = ((name, files[:3]) for name, files in samples(3, seed=1))
    lines = list(table(few, repeat=1))
    assert {line.count("|") for line in lines} == {HEAD.count("|")}
    steps = ["read_source", "read_outline", "head_of", "packing", "markup", "source to markup"]
    assert [line.split(" | ")[1] for line in lines if line.startswith("| invented, 3 ")] == steps
