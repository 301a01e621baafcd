"""The reading report of the 53 real cables, against what was written down by hand from their texts."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.importers.run import run_import
from generator.reading.report import ReadingReport, read_archive

EXPECTED = tomllib.loads((Path(__file__).parent / "expected.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def content(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("content")
    counts = run_import(shared / "real/cables.csv", folder).reading
    with read_archive(folder, 1) as report:
        assert counts == report.counts
    return folder


@pytest.fixture(scope="module")
def report(content: Path) -> Iterator[ReadingReport]:
    with read_archive(content, 1) as report:
        yield report


def ids(report: ReadingReport, field: str) -> set[str]:
    return {cable.id for cable in report.store.to_look_at() if field in cable.missing}


def test_all_are_read(report: ReadingReport) -> None:
    assert (report.counts.cables, report.problems, report.failed) == (53, [], False)


def test_what_is_missing_is_missing_in_the_texts(report: ReadingReport) -> None:
    assert ids(report, "subject") == {name for name, each in EXPECTED.items() if not each["subject"]}
    assert ids(report, "numbered_paragraphs") == {name for name, each in EXPECTED.items() if not each["numbers"]}
    missing = {name: count.missing for name, count in report.counts.fields.items()}
    assert missing["signature"] == sum(not each["signature"] for each in EXPECTED.values())
    assert missing["tags"] == sum(not each["tags"] for each in EXPECTED.values()) == 0
    assert (missing["id"], missing["created"], missing["classification"], missing["origin"], missing["eo"]) == (0,) * 5
    assert missing["classified_by"] == 53  # all of them are unclassified


def test_the_partial_extracts_and_no_others_have_no_group(content: Path, report: ReadingReport) -> None:
    texts = [path.read_text(encoding="utf-8") for path in content.rglob("cables/**/*.txt")]
    extracts = sum("This record is a partial extract of the original cable." in text for text in texts)
    assert extracts == 11
    for field in ("date_time_group", "recipients"):
        count = report.counts.fields[field]
        assert (count.missing, count.to_look_at) == (extracts, 0)


def test_garbled_words_are_all_that_is_found_else(report: ReadingReport) -> None:
    assert report.counts.findings == {"garbles": 5}
    found = {place.path.rpartition("/")[2]: place.text for place in report.store.with_finding("garbles", -1)}
    assert {name: text for name, text in found.items() if "Q" in text}.keys() == {
        "07KUWAIT624.txt",
        "08PARIS130.txt",
        "09CAIRO125.txt",
        "09BERLIN1626.txt",
    }
    assert "&" in found["08MEXICO3108.txt"]


def test_every_line_that_is_told_is_the_line_of_the_file(report: ReadingReport) -> None:
    for place in report.store.with_finding("garbles", -1):
        line = Path(place.path).read_text(encoding="utf-8").split("\n")[place.line - 1]
        assert place.text.partition(" (and")[0].rstrip("…")[:40] in " ".join(line.split())
    for missed in report.store.unresolved(-1):
        line = Path(missed.path).read_text(encoding="utf-8").split("\n")[missed.line - 1]
        assert missed.id.lstrip("0123456789")[:3] in line.upper().replace(" ", "") or missed.id[-3:] in line, missed


def test_references_to_other_cables_lead_nowhere(report: ReadingReport) -> None:
    listed = {name for each in EXPECTED.values() for name in each.get("references", "").split()}
    missed = {each.id for each in report.store.unresolved(-1)}
    assert listed - EXPECTED.keys() <= missed
    assert not missed & EXPECTED.keys()
