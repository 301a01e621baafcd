"""Importing into an archive that has cables: what is replaced, what is a conflict, what stays."""

from pathlib import Path

import pytest

from generator.cable.source.content_file import read_source
from generator.errors import CablepressError, Severity
from generator.importers.run import ImportReport, run_import
from tests.unit.importers.imports import CABLE, counts, dump, stamps
from tests.unit.importers.test_csv_dump import row
from tests.unit.importers.test_mirror import page, write


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def test_the_same_again_changes_nothing(tmp_path: Path, content: Path) -> None:
    source = dump(tmp_path, row(1), row(2), row(3, created="never"))
    assert counts(run_import(source, content)) == (2, 0, 1, 0)
    before = stamps(content)
    assert counts(run_import(source, content)) == (0, 2, 1, 0)
    assert stamps(content) == before


def assert_replaced(report: ImportReport, content: Path) -> None:
    """The one record of a dump has taken the place of what an import wrote, and that is told."""
    assert (report.replaced, *counts(report), report.failed) == (1, 0, 0, 0, 0, False)
    assert str(report) == "1 record = 0 imported + 1 replaced + 0 unchanged + 0 rejected + 0 in conflict"
    told = f"in {CABLE} it replaced the text that an earlier import had written"
    assert report.replaced_file.read_text() == f"cables.csv:1: {told}\n"
    assert [(p.path, p.text, p.severity) for p in report.problems] == [("cables.csv:1", told, Severity.WARNING)]
    assert (content / CABLE).read_text().endswith("\nnew")


def test_a_newer_dump_replaces_what_an_import_wrote(tmp_path: Path, content: Path) -> None:
    run_import(dump(tmp_path, row(body="old")), content)
    report = run_import(dump(tmp_path, row(body="new")), content)
    assert_replaced(report, content)
    assert not (content / "conflicts").exists()


def test_facts_that_are_replaced_are_named_and_those_that_are_added_are_not(tmp_path: Path, content: Path) -> None:
    run_import(dump(tmp_path, row(origin="Embassy Bogota")), content)
    report = run_import(dump(tmp_path, row(origin="Consulate Cali", references="05BOGOTA8932")), content)
    assert "it replaced the origin that an earlier import" in report.problems[0].text
    report = run_import(dump(tmp_path, row(origin="Consulate Cali", references="05BOGOTA8932|05BOGOTA1")), content)
    assert report.replaced == 1
    assert read_source((content / CABLE).read_bytes(), "").facts.references == ("05BOGOTA8932", "05BOGOTA1")


def test_a_second_source_that_only_adds_facts_replaces_nothing(tmp_path: Path, content: Path) -> None:
    run_import(dump(tmp_path, row()), content)
    report = run_import(dump(tmp_path, row(references="05BOGOTA8932")), content)
    assert (counts(report), report.replaced, report.problems) == ((1, 0, 0, 0), 0, ())


def test_a_file_edited_by_hand_is_never_overwritten(tmp_path: Path, content: Path) -> None:
    run_import(dump(tmp_path, row(body="as sent"), row(2)), content)
    edited = (content / CABLE).read_bytes().replace(b"as sent", b"as edited")
    (content / CABLE).write_bytes(edited)
    for _ in range(2):
        report = run_import(dump(tmp_path, row(body="as sent"), row(2)), content)
        assert counts(report) == (0, 1, 0, 1)
        assert (content / CABLE).read_bytes() == edited
        (aside,) = (content / "conflicts").iterdir()
        assert aside.read_text().endswith("\nas sent")
    told = f"{CABLE} was not written by an import, or was edited since; this one is in conflicts/{aside.name}"
    assert report.conflicts_file.read_text() == f"cables.csv:1: {told}\n"
    assert (report.problems[0].path, report.problems[0].text) == ("cables.csv:1", told)


def test_a_conflict_is_over_once_the_new_file_is_taken(tmp_path: Path, content: Path) -> None:
    source = dump(tmp_path, row())
    (content / CABLE).parent.mkdir(parents=True)
    (content / CABLE).write_text("mine")
    assert counts(run_import(source, content)) == (0, 0, 0, 1)
    (aside,) = (content / "conflicts").iterdir()
    aside.replace(content / CABLE)
    assert counts(run_import(source, content)) == (0, 1, 0, 0)


def test_a_conflict_that_was_settled_is_told_again_only_when_the_dump_says_something_else(
    tmp_path: Path, content: Path
) -> None:
    run_import(dump(tmp_path, row(body="as sent")), content)
    (content / CABLE).write_text("merged by hand")
    (content / "conflicts").mkdir()
    assert counts(run_import(dump(tmp_path, row(body="as sent")), content)) == (0, 0, 0, 1)
    (aside,) = (content / "conflicts").iterdir()
    aside.unlink()
    (content / CABLE).write_text("merged by hand, and looked at again")
    for _ in range(2):
        assert counts(run_import(dump(tmp_path, row(body="as sent")), content)) == (0, 1, 0, 0)
    assert counts(run_import(dump(tmp_path, row(body="corrected")), content)) == (0, 0, 0, 1)
    (other,) = (content / "conflicts").iterdir()
    assert other.name != aside.name
    other.unlink()
    for body in ("as sent", "corrected"):
        assert counts(run_import(dump(tmp_path, row(body=body)), content)) == (0, 1, 0, 0)
    assert list((content / "conflicts").iterdir()) == []
    assert (content / CABLE).read_text() == "merged by hand, and looked at again"


def test_a_second_record_of_one_id_is_settled_in_the_same_way(tmp_path: Path, content: Path) -> None:
    source = dump(tmp_path, row(body="first"), row(body="second"))
    assert counts(run_import(source, content)) == (1, 0, 0, 1)
    next((content / "conflicts").iterdir()).unlink()
    assert counts(run_import(source, content)) == (0, 2, 0, 0)


def test_what_a_person_writes_into_a_conflict_stays(tmp_path: Path, content: Path) -> None:
    source = dump(tmp_path, row(body="first"), row(body="second"))
    run_import(source, content)
    (aside,) = (content / "conflicts").iterdir()
    aside.write_text("half merged")
    assert counts(run_import(source, content)) == (0, 1, 0, 1)
    assert aside.read_text() == "half merged"


def test_facts_that_the_record_does_not_give_stay(tmp_path: Path, content: Path) -> None:
    mirrored = tmp_path / "mirror"
    write(mirrored, "10MOSCOW226.html", page(header="FM X", body="text"))
    run_import(mirrored, content)
    path = content / "cables/2010/01/10MOSCOW226.txt"
    path.write_text(path.read_text().replace("+++\n", '+++\naliases = ["10MOSKVA226"]\n', 1))
    kept = path.read_bytes()
    same = row(reference="10MOSCOW226", created="1/29/2010 15:03", origin="", header="FM X", body="text")
    same = same.replace('"SECRET"', '"UNCLASSIFIED//FOR OFFICIAL USE ONLY"')
    assert counts(run_import(dump(tmp_path, same), content)) == (0, 1, 0, 0)
    assert path.read_bytes() == kept
    other = same.replace("text", "another text")
    assert counts(run_import(dump(tmp_path, other), content)) == (0, 0, 0, 1)
    aside = read_source(next((content / "conflicts").iterdir()).read_bytes(), "")
    assert (aside.facts.aliases, aside.facts.origin) == (("10MOSKVA226",), "Embassy Moscow")


def test_two_records_of_one_id_do_not_overwrite_each_other(tmp_path: Path, content: Path) -> None:
    source = dump(tmp_path, row(body="first"), row(body="second"), row(body="first"))
    for outcome in ((1, 1, 0, 1), (0, 2, 0, 1)):
        report = run_import(source, content)
        assert counts(report) == outcome
        assert (content / CABLE).read_text().endswith("\nfirst")
        assert next((content / "conflicts").iterdir()).read_text().endswith("\nsecond")
    assert "another record of this source has the same ID" in report.problems[0].text


def test_a_cable_is_found_where_it_was_moved_to(tmp_path: Path, content: Path) -> None:
    run_import(dump(tmp_path, row(body="old")), content)
    moved = content / "cables" / "bogotá" / "06BOGOTA1.txt"
    moved.parent.mkdir()
    (content / CABLE).rename(moved)
    assert counts(run_import(dump(tmp_path, row(body="old")), content)) == (0, 1, 0, 0)
    assert run_import(dump(tmp_path, row(body="new", created="4/8/2006 16:00")), content).replaced == 1
    assert list(content.rglob("06*")) == [moved]


@pytest.mark.parametrize(
    "copy",
    [
        "cables/.stversions/06BOGOTA1.txt",
        "cables/#old/06BOGOTA1.txt",
        "cables/2005~/06BOGOTA1.txt",
        "cables/20\\06/06BOGOTA1.txt",
    ],
)
def test_copies_that_the_site_does_not_read_settle_nothing(tmp_path: Path, content: Path, copy: str) -> None:
    source = dump(tmp_path, row(body="old"))
    run_import(source, content)
    hidden = content / copy
    hidden.parent.mkdir(parents=True, exist_ok=True)
    (content / CABLE).rename(hidden)
    assert counts(run_import(source, content)) == (1, 0, 0, 0)
    report = run_import(dump(tmp_path, row(body="new")), content)
    assert_replaced(report, content)
    assert hidden.read_text().endswith("\nold")


def test_a_lost_ledger_turns_differences_into_conflicts(tmp_path: Path, content: Path) -> None:
    run_import(dump(tmp_path, row(1), row(2)), content)
    (content / ".import/ledger.sqlite").unlink()
    assert counts(run_import(dump(tmp_path, row(1, body="new"), row(2)), content)) == (0, 1, 0, 1)


def test_a_broken_ledger_is_told_and_kept(tmp_path: Path, content: Path) -> None:
    (content / ".import").mkdir()
    (content / ".import/ledger.sqlite").write_bytes(b"no database, " * 1000)
    with pytest.raises(CablepressError, match="not a ledger that can be read"):
        run_import(dump(tmp_path, row()), content)
    assert not (content / "cables").exists()
