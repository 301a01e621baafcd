"""How long the texts of a record may be, whatever the format: longer than any cable, and not without end."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cable.vocabulary import BUILT_IN
from generator.importers.record import RECORD_LIMIT, TEXT_LIMIT, Entry, Record, Rejected, UnfitError, checked_time
from generator.importers.run import FORMATS, run_import
from tests.unit.importers import test_csv_dump, test_mirror, test_nara, test_text_dump, test_tsv

LINE = "a line of a cable that is longer than any\n"
SOURCES: dict[str, Callable[[str], str]] = {
    "csv": lambda body: test_csv_dump.row(1, body=body) + test_csv_dump.row(2),
    "tsv": lambda body: test_tsv.row(1, body=body) + test_tsv.row(2),
    "nara": lambda body: test_nara.record("1976STATE000001", body) + test_nara.record("1976STATE000002"),
    "text": lambda body: test_text_dump.KEYS + f"{test_text_dump.HEADER}\n{test_text_dump.BODY}{body}",
    "mirror": lambda body: test_mirror.page(body=body),
}
formats = pytest.mark.parametrize("name", SOURCES)


def read(folder: Path, name: str, body: str) -> list[Entry]:
    path = folder / "source.txt"
    path.write_text(SOURCES[name](body), encoding="utf-8", newline="")
    return list(FORMATS[name].read(path, BUILT_IN))


@pytest.mark.parametrize(
    ("printed", "time"),
    [
        ("3/8/2006 6:05", "2006-03-08 06:05:00+00:00"),
        ("3/8/2006 16:05:07", "2006-03-08 16:05:07+00:00"),
        ("3/8/2006", "2006-03-08"),
        ("2006-03-08 16:00", "2006-03-08 16:00:00+00:00"),
        ("2006-03-08 16:05:07", "2006-03-08 16:05:07+00:00"),
        ("2006-03-08T16:05:07Z", "2006-03-08 16:05:07+00:00"),
        ("2006-03-08T16:05:07+00:00", "2006-03-08 16:05:07+00:00"),
        ("2006-03-08", "2006-03-08"),
        (" ", "None"),
    ],
)
def test_the_forms_of_a_time(printed: str, time: str) -> None:
    assert str(checked_time(printed)) == time


@pytest.mark.parametrize("printed", ["8.3.2006", "2006-03-08 16:00 +0100", "2006-02-30", "3/8/06 16:00", "now"])
def test_what_is_no_time_is_never_guessed_at(printed: str) -> None:
    with pytest.raises(UnfitError):
        checked_time(printed)


def test_every_format_is_here() -> None:
    assert SOURCES.keys() == FORMATS.keys()


@formats
def test_a_body_of_several_megabytes_is_taken(tmp_path: Path, name: str) -> None:
    body = LINE * ((5 << 20) // len(LINE))
    first, *_ = read(tmp_path, name, body)
    assert isinstance(first, Record)
    assert first.body.strip("\n").endswith(body.strip("\n"))


@formats
@pytest.mark.parametrize("length", [TEXT_LIMIT + 1, RECORD_LIMIT + 1])
def test_a_body_without_end_is_rejected_alone_and_the_reason_says_the_limit(
    tmp_path: Path, name: str, length: int
) -> None:
    first, *others = read(tmp_path, name, LINE * (length // len(LINE) + 1))
    assert isinstance(first, Rejected)
    assert any(f"longer than {limit:,}" in first.reason for limit in (TEXT_LIMIT, RECORD_LIMIT))
    assert all(isinstance(other, Record) for other in others)
    assert len(others) == (1 if name in {"csv", "tsv", "nara"} else 0)


def test_a_long_body_comes_whole_into_its_content_file(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    body = LINE * ((3 << 20) // len(LINE))
    (tmp_path / "cables.csv").write_text(test_csv_dump.row(1, body=body))
    assert run_import(tmp_path / "cables.csv", tmp_path / "content").imported == 1
    assert (tmp_path / "content/cables/2006/03/06BOGOTA1.txt").read_text().endswith("\n" + body)
