import io
from pathlib import Path

import pytest

from generator.cable.read import read_cable
from generator.cable.source.content_file import read_source
from generator.export import ExportReport, export
from generator.importers import csv_dump, mirror
from generator.importers.record import Entry, Record
from generator.importers.run import run_import
from tests.unit.importers.imports import stamps

CABLES = 53

HTML_RESIDUE = "09MALABO13"
"""This page has ` <br>` at its line ends, as text: the site escaped nothing, and its own line break is `<br />` (8.1).
The dump beside it has been freed of it; the page's text is kept as it is."""


def records(found: list[Entry]) -> dict[str, Record]:
    return {entry.id: entry for entry in found if isinstance(entry, Record)}


@pytest.fixture(scope="module")
def dumped(shared: Path) -> dict[str, Record]:
    return records(list(csv_dump.read(shared / "real/cables.csv")))


@pytest.fixture(scope="module")
def mirrored(shared: Path) -> dict[str, Record]:
    return records(list(mirror.read(shared / "real/mirror")))


def test_both_dumps_hold_the_same_cables(dumped: dict[str, Record], mirrored: dict[str, Record]) -> None:
    assert len(dumped) == len(mirrored) == CABLES
    for reference, page in mirrored.items():
        row = dumped[reference]
        assert (page.created, page.origin, page.classification) == (row.created, row.origin, row.classification), (
            reference
        )
        assert page.header == row.header, reference
        body = page.body.replace("<br>", "") if reference == HTML_RESIDUE else page.body
        assert body == row.body, reference
    assert "<br>" in mirrored[HTML_RESIDUE].body


def test_the_pages_say_more_than_the_dump(mirrored: dict[str, Record]) -> None:
    assert all(page.released for page in mirrored.values())
    cited = {reference: page.articles for reference, page in mirrored.items() if page.articles}
    assert len(cited) == 17
    assert cited["09ASUNCION561"] == (
        "http://www.abc.com.py/nota/canciller-pidio-informes-sobre-bases-militares-venezolanas-en-la-frontera",
    )
    assert len(cited["08STATE122827"]) == 4


@pytest.mark.parametrize("name", ["cables.csv", "mirror"])
def test_every_cable_comes_back_from_its_content_file(shared: Path, tmp_path: Path, name: str) -> None:
    report = run_import(shared / "real" / name, tmp_path)
    assert (report.records, report.imported) == (CABLES, CABLES)
    found = csv_dump.read(shared / "real" / name) if name == "cables.csv" else mirror.read(shared / "real" / name)
    for reference, record in records(list(found)).items():
        (path,) = tmp_path.glob(f"cables/*/*/{reference}.txt")
        source = read_source(path.read_bytes(), path.name)
        assert (source.problems, source.replaced) == ((), 0), reference
        cable = read_cable(source.text, source.facts)
        assert (cable.header, cable.body) == (record.header, record.body), reference
        assert (cable.id, cable.origin, cable.classification) == (reference, record.origin, record.classification)
        assert (cable.released, cable.articles) == (record.released, record.articles), reference


def test_the_reader_mends_the_minutes_that_the_old_site_printed(shared: Path, tmp_path: Path) -> None:
    run_import(shared / "real/mirror/cable/2007/10/07LISBON2605.html", tmp_path)
    source = read_source((tmp_path / "cables/2007/10/07LISBON2605.txt").read_bytes(), "")
    assert str(source.facts.created) == "2007-10-11 13:01:00+00:00"
    assert str(read_cable(source.text, source.facts).created) == "2007-10-11 13:48:00+00:00"


def test_a_second_import_changes_nothing(shared: Path, tmp_path: Path) -> None:
    for name in ("cables.csv", "mirror"):
        run_import(shared / "real" / name, tmp_path)
        before = stamps(tmp_path)
        report = run_import(shared / "real" / name, tmp_path)
        assert (report.unchanged, report.records) == (CABLES, CABLES)
        assert stamps(tmp_path) == before


def test_the_dump_and_the_mirror_in_turn_rewrite_nothing_but_the_text_that_differs(
    shared: Path, tmp_path: Path
) -> None:
    for name in ("cables.csv", "mirror"):
        run_import(shared / "real" / name, tmp_path)
    for name in ("cables.csv", "mirror", "cables.csv"):
        before = stamps(tmp_path)
        report = run_import(shared / "real" / name, tmp_path)
        after = stamps(tmp_path)
        assert (report.replaced, report.unchanged, report.failed) == (1, CABLES - 1, False)
        assert HTML_RESIDUE in report.problems[0].text
        changed = {path for path, stamp in after.items() if path.suffix == ".txt" and before[path] != stamp}
        assert {path.stem for path in changed} == {HTML_RESIDUE}


def test_the_export_of_the_real_dump_is_the_dump(shared: Path, tmp_path: Path) -> None:
    run_import(shared / "real/cables.csv", tmp_path)
    into = io.BytesIO()
    assert export(tmp_path, "csv", into) == ExportReport(CABLES, ())
    assert into.getvalue() == (shared / "real/cables.csv").read_bytes()
