"""Which bytes a request asks for, as RFC 9110 has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.preview.representation import UnsatisfiableError, accepted_encodings, has_current, wanted_range

TAG = '"abc"'


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=2-5", range(2, 6)),
        ("bytes=2-", range(2, 10)),
        ("bytes=2-99", range(2, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-99", range(10)),
        ("", None),
        ("bytes=-", None),
        ("bytes=5-2", None),
        ("bytes=0-1,3-4", None),
        ("bytes=a-b", None),
        ("bytes=0x1-2", None),
        ("bytes=+1-2", None),
        ("bytes=--1", None),
        ("items=0-1", None),
        (f"bytes={'9' * 5000}-", None),
    ],
)
def test_one_range_is_taken_and_anything_else_means_all(field: str, wanted: range | None) -> None:
    assert wanted_range({"range": field}, TAG, 10) == wanted


@pytest.mark.parametrize(
    ("field", "size"), [("bytes=10-", 10), ("bytes=99-100", 10), ("bytes=-0", 10), ("bytes=0-", 0)]
)
def test_a_range_behind_the_end_is_told(field: str, size: int) -> None:
    with pytest.raises(UnsatisfiableError):
        wanted_range({"range": field}, TAG, size)


def test_a_range_of_another_state_of_the_file_means_all() -> None:
    assert wanted_range({"range": "bytes=0-1", "if-range": TAG}, TAG, 10) == range(2)
    assert wanted_range({"range": "bytes=0-1", "if-range": '"other"'}, TAG, 10) is None
    assert wanted_range({"range": "bytes=0-1", "if-range": "Wed, 21 Oct 2015 07:28:00 GMT"}, TAG, 10) is None


@given(st.text("bytes=-,0123456789 ", max_size=30), st.integers(0, 30))
def test_whatever_is_asked_for_lies_in_the_file(field: str, size: int) -> None:
    try:
        part = wanted_range({"range": f"bytes={field}"}, TAG, size)
    except UnsatisfiableError:
        return
    assert part is None or (0 <= part.start < part.stop <= size)


@pytest.mark.parametrize(
    ("field", "current"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", "abc"', True),
        ("*", True),
        ("", False),
        ('"x"', False),
        ("abc", False),
    ],
)
def test_what_the_browser_has_need_not_be_sent(field: str, current: bool) -> None:
    assert has_current({"if-none-match": field}, TAG) is current
    assert has_current({"if-none-match": field}, f"W/{TAG}") is current


@pytest.mark.parametrize(
    ("field", "accepted"),
    [
        ("gzip, deflate, br", ["br", "gzip"]),
        ("gzip", ["gzip"]),
        ("GZIP;q=0.5", ["gzip"]),
        ("br;q=0, gzip", ["gzip"]),
        ("br; q=0.000", []),
        ("*", ["br", "gzip"]),
        ("*;q=0", []),
        ("br;q=0, *", ["gzip"]),
        ("", []),
        ("identity", []),
    ],
)
def test_the_best_encoding_that_is_taken_comes_first(field: str, accepted: list[str]) -> None:
    assert list(accepted_encodings({"accept-encoding": field})) == accepted
