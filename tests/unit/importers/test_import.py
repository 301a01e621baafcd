import os
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cable.source.content_file import read_source
from generator.errors import LockedError, StorageError, UsageError
from generator.importers.ledger import Ledger
from generator.importers.run import detect, run_import
from tests.unit.importers import test_tsv
from tests.unit.importers.imports import CABLE, IMPORT, counts, dump, tree
from tests.unit.importers.test_csv_dump import row
from tests.unit.importers.test_mirror import page, write


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def test_a_record_becomes_a_content_file(tmp_path: Path, content: Path) -> None:
    report = run_import(dump(tmp_path, row(references="05BOGOTA8932")), content)
    assert (report.format, report.records, counts(report)) == ("csv", 1, (1, 0, 0, 0))
    source = read_source((content / CABLE).read_bytes(), CABLE)
    assert source.problems == ()
    assert source.facts.id == "06BOGOTA1"
    assert str(source.facts.created) == "2006-03-08 16:00:00+00:00"
    assert source.facts.references == ("05BOGOTA8932",)
    assert source.text == "VZCZC\nOO RUEHWEB\nS E C R E T BOGOTA 000001"


@pytest.mark.parametrize(
    "by_hand",
    [
        '+++\nid = "06BOGOTA1"\n+++\nFM AMEMBASSY BOGOTA\nWHAT I TYPED\n',
        "P 081600Z MAR 06\nFM AMEMBASSY BOGOTA\nTO SECSTATE WASHDC\n\nS E C R E T BOGOTA 000001\n\n1. (U) I typed.\n",
    ],
)
def test_a_cable_made_by_hand_is_found_by_its_id_and_not_by_its_name(
    tmp_path: Path, content: Path, by_hand: str
) -> None:
    mine = content / "cables/my/scan1.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text(by_hand, encoding="utf-8")
    report = run_import(dump(tmp_path, row()), content)
    assert counts(report) == (0, 0, 0, 1)
    assert "cables/my/scan1.txt was not written by an import" in report.problems[0].text
    assert mine.read_text(encoding="utf-8") == by_hand
    assert not (content / CABLE).exists()


def test_a_file_named_after_a_cable_that_it_is_not_does_not_stand_for_it(tmp_path: Path, content: Path) -> None:
    other = content / "cables/my/06BOGOTA1.txt"
    other.parent.mkdir(parents=True)
    other.write_text('+++\nid = "06BOGOTA77"\n+++\nTEXT\n', encoding="utf-8")
    assert counts(run_import(dump(tmp_path, row()), content)) == (1, 0, 0, 0)
    assert (content / CABLE).is_file()


def test_ids_that_differ_only_in_case_never_share_a_file(tmp_path: Path, content: Path) -> None:
    source = dump(tmp_path, row(reference="06Bogota1", body="first"), row(reference="06BOGOTA1", body="second"))
    for outcome in ((2, 0, 0, 0), (0, 2, 0, 0)):
        assert counts(run_import(source, content)) == outcome
        names = {path.read_text().rpartition("\n")[2]: path.name for path in content.glob("cables/**/*.txt")}
        assert names.keys() == {"first", "second"}
        assert len({name.lower() for name in names.values()}) == 2


def test_one_import_at_a_time(tmp_path: Path, content: Path) -> None:
    (content / ".import").mkdir()
    with Ledger(content), pytest.raises(LockedError, match="another import"):
        run_import(dump(tmp_path, row()), content)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30))
def test_no_id_leads_out_of_the_cables(tmp_path_factory: pytest.TempPathFactory, hostile: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    content = folder / "content"
    content.mkdir()
    report = run_import(dump(folder, row(reference=hostile), row(2)), content, "csv")
    assert report.records == 2
    assert {path.parts[0] for path in map(Path, tree(content))} <= {"cables", ".import"}
    assert sorted(path.name for path in folder.iterdir()) == ["cables.csv", "content"]


@pytest.mark.parametrize("link", ["cables", "cables/2006", "cables/2006/03", CABLE])
def test_links_in_the_content_folder_are_not_followed(tmp_path: Path, content: Path, link: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (content / link).parent.mkdir(parents=True, exist_ok=True)
    (content / link).symlink_to(outside)
    report = run_import(dump(tmp_path, row()), content)
    assert counts(report) == (0, 0, 1, 0)
    assert "symbolic link" in report.problems[0].text
    assert list(outside.iterdir()) == []


def test_a_pipe_in_the_place_of_a_file_does_not_hang(tmp_path: Path, content: Path) -> None:
    (content / CABLE).parent.mkdir(parents=True)
    os.mkfifo(content / CABLE)
    assert counts(run_import(dump(tmp_path, row()), content)) == (0, 0, 1, 0)


def test_rejects_are_listed_with_place_and_reason_and_fit_for_a_terminal(tmp_path: Path, content: Path) -> None:
    write(tmp_path / "mirror", "cable/2010/01/\x1b[31m.html", page(reference="\x1b[32m../x"))
    report = run_import(tmp_path / "mirror", content)
    (line,) = report.rejects_file.read_text().splitlines()
    assert line.startswith("cable/2010/01/\\x1b[31m.html: the reference ID ")
    assert line.isprintable()


def test_a_file_is_replaced_in_one_step(tmp_path: Path, content: Path) -> None:
    bodies = ["a" * 900_000, "b" * 900_000]
    run_import(dump(tmp_path, row(body=bodies[1])), content)
    done = threading.Event()
    seen: set[str] = set()

    def poll() -> None:
        while not done.is_set():
            seen.add((content / CABLE).read_text()[-900_001:])

    reader = threading.Thread(target=poll)
    reader.start()
    for number in range(20):
        run_import(dump(tmp_path, row(body=bodies[number % 2])), content)
    done.set()
    reader.join()
    assert seen == {f"\n{body}" for body in bodies}


def test_killed_at_any_moment_and_run_again_it_ends_the_same(tmp_path: Path, content: Path) -> None:
    source = dump(tmp_path, *(row(number, body="line\n" * number) for number in range(1, 800)))
    whole = tmp_path / "whole"
    whole.mkdir()
    run_import(source, whole)
    kills = 0
    for delay in range(8):
        running = subprocess.Popen([sys.executable, "-c", IMPORT, str(source), str(content)])
        deadline = time.monotonic() + 5
        goal = len(list(content.rglob("*.txt"))) + 60
        while running.poll() is None and time.monotonic() < deadline and len(list(content.rglob("*.txt"))) < goal:
            time.sleep(0.001 * delay)
        running.send_signal(signal.SIGKILL)
        kills += running.wait() == -signal.SIGKILL
        done = {name: digest for name, digest in tree(content).items() if name.startswith("cables/")}
        assert done.items() <= tree(whole).items()
    report = run_import(source, content)
    assert kills >= 5
    assert report.imported + report.unchanged == report.records == 799
    assert tree(content) == tree(whole)
    assert counts(run_import(source, content)) == (0, 799, 0, 0)


def test_what_the_system_refuses_is_told(tmp_path: Path, content: Path) -> None:
    (content / ".import").mkdir()
    (content / ".import/incoming").mkdir()
    with pytest.raises(StorageError, match=r"incoming: Is a directory"):
        run_import(dump(tmp_path, row()), content)


def test_files_and_folders_that_may_not_be_read_are_rejected_and_the_rest_goes_on(
    tmp_path: Path, content: Path
) -> None:
    for name in ("a/10MOSCOW1.html", "a/10MOSCOW2.html", "b/10MOSCOW3.html", "c/10MOSCOW4.html"):
        write(tmp_path / "mirror", name, page(name[2:-5]))
    (tmp_path / "mirror/a/10MOSCOW1.html").chmod(0)
    (tmp_path / "mirror/b").chmod(0)
    without_privilege = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    command = [*without_privilege, sys.executable, "-c", IMPORT, str(tmp_path / "mirror"), str(content)]
    subprocess.run(command, check=True)
    (tmp_path / "mirror/b").chmod(0o755)
    assert {path.stem for path in content.glob("cables/**/*.txt")} == {"10MOSCOW2", "10MOSCOW4"}
    rejects = (content / ".import/rejects.txt").read_text().splitlines()
    assert [line.partition(":")[0] for line in rejects] == ["a/10MOSCOW1.html", "b"]
    assert all("it may not be read; change its permissions" in line for line in rejects)


def test_the_source_itself_may_be_a_link_but_no_pipe(tmp_path: Path, content: Path) -> None:
    (tmp_path / "link.csv").symlink_to(dump(tmp_path, row()))
    assert counts(run_import(tmp_path / "link.csv", content)) == (1, 0, 0, 0)
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(UsageError, match="is a pipe or a device"):
        run_import(tmp_path / "pipe.csv", content)


def test_what_cannot_be_imported_is_a_usage_error(tmp_path: Path, content: Path) -> None:
    (tmp_path / "notes").write_text("hello")
    for source, folder, name in (
        (tmp_path / "absent", content, "auto"),
        (tmp_path / "notes", content, "auto"),
        (tmp_path / "notes", tmp_path / "nowhere", "csv"),
        (tmp_path / "notes", content, "docx"),
    ):
        with pytest.raises(UsageError):
            run_import(source, folder, name)


def test_what_cannot_be_imported_is_told_for_what_it_is(tmp_path: Path, content: Path) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "wrong.csv").write_text("a,b,c\n1,2,3\n")
    (tmp_path / "headed.csv").write_text("id,created,reference,origin,classification,references,header,body\n" + row())
    (tmp_path / "headed.tsv").write_text("id\tcreated\treference\n" + test_tsv.row())
    for source, name, said in (
        (tmp_path / "empty.csv", "auto", "the file is empty"),
        (tmp_path / "wrong.csv", "auto", "it does not begin like any dump that is known"),
        (tmp_path / "headed.csv", "auto", "its first line is a heading row, which a dump does not have"),
        (tmp_path / "headed.tsv", "auto", "its first line is a heading row, which a dump does not have"),
        (tmp_path, "csv", "it is a folder, and a dump in the form csv is one file"),
        (tmp_path, "tsv", "it is a folder, and a dump in the form tsv is one file"),
    ):
        with pytest.raises(UsageError) as told:
            run_import(source, content, name)
        assert (str(told.value), bool(told.value.hint)) == (f"{source}: {said}", True)


def test_detect(tmp_path: Path) -> None:
    assert detect(dump(tmp_path, row())) == "csv"
    assert detect(write(tmp_path, "page", page())) == "mirror"
    assert detect(tmp_path) == "mirror"


def test_progress_ends_at_the_size(tmp_path: Path, content: Path) -> None:
    told: list[tuple[int, int]] = []
    source = dump(tmp_path, *(row(number) for number in range(250)))
    run_import(source, content, progress=lambda done, size: told.append((done, size)))
    assert len(told) == 3
    assert told == sorted(told)
    assert told[-1] == (source.stat().st_size, source.stat().st_size)


def test_memory_does_not_grow_with_the_dump(tmp_path: Path, content: Path) -> None:
    words = "words that go on " * 600
    path = dump(tmp_path, *(row(number, body=f"SUBJECT: X\n\n1. {words}") for number in range(1, 1501)))
    assert path.stat().st_size > 14 << 20
    tracemalloc.start()
    report = run_import(path, content, jobs=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert report.imported == 1500
    assert peak < 5 << 20
