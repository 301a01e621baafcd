from pathlib import Path

import pytest

from generator.errors import LockedError
from generator.locks import locked


def test_one_at_a_time_has_it_and_the_next_one_gets_it_afterwards(tmp_path: Path) -> None:
    with (
        locked(tmp_path, "first", "wait"),
        pytest.raises(LockedError, match="another has it") as refused,
        locked(tmp_path, "another has it", "wait for it"),
    ):
        pytest.fail("both have it")
    assert refused.value.hint == "wait for it"
    with locked(tmp_path, "nobody has it", "wait"):
        pass


def test_what_is_busy_inside_is_not_taken_for_the_lock(tmp_path: Path) -> None:
    with pytest.raises(BlockingIOError, match="a pipe is full"), locked(tmp_path, "another has it", "wait"):
        raise BlockingIOError("a pipe is full")
    with locked(tmp_path, "it was let go", "wait"):
        pass
