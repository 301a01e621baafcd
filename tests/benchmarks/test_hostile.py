"""The table of growth, made for real with short sources."""

from tests.benchmarks.hostile import HEAD, SOURCES, table


def test_every_format_has_a_row() -> None:
    lines = list(table(10_000, repeat=1, pieces=1))
    assert {line.count("|") for line in lines} == {HEAD.count("|")}
    assert [line.split(" | ")[0].strip("| ") for line in lines[2:]] == list(SOURCES)
