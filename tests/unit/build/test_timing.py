"""What stages took: they add up to the whole, and what workers tell counts for the stage that takes their results."""

import time

import pytest

from generator.build.timing import Clock


def test_the_stages_and_the_rest_are_the_whole() -> None:
    started = time.monotonic()
    clock = Clock()
    with clock.stage("read"):
        time.sleep(0.02)
    time.sleep(0.02)
    with clock.stage("render"):
        time.sleep(0.02)
    with clock.stage("read"):
        time.sleep(0.02)
    timings = {timing.stage: timing for timing in clock.timings()}
    assert list(timings) == ["read", "render", "rest"]
    assert timings["read"].wall >= 0.04
    assert timings["rest"].wall >= 0.02
    assert 0.08 <= sum(timing.wall for timing in timings.values()) <= time.monotonic() - started


def test_what_workers_tell_counts_for_the_stage_at_work() -> None:
    clock = Clock()
    with clock.stage("read"):
        clock.workers += 2
    with clock.stage("render"):
        clock.workers += 0.5
    with clock.stage("read"):
        clock.workers += 1
    assert [(timing.stage, timing.workers) for timing in clock.timings()] == [
        ("read", 3),
        ("render", 0.5),
        ("rest", 0),
    ]


def test_a_stage_that_fails_is_counted() -> None:
    clock = Clock()
    with pytest.raises(OSError, match="full"), clock.stage("commit"):
        raise OSError("full")
    assert [timing.stage for timing in clock.timings()] == ["commit", "rest"]
