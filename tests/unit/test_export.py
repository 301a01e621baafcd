import csv
import io
import json
import os
import random
import sqlite3
import subprocess
import sys
import tracemalloc
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cable.vocabulary import classifications
from generator.errors import CablepressError, LockedError, StorageError, UsageError
from generator.export import export, export_to
from generator.importers import csv_dump
from generator.importers.ledger import Ledger
from generator.importers.record import Record
from generator.importers.run import run_import
from tests.conftest import CHECKOUT
from tests.unit.importers.test_csv_dump import row


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "cables").mkdir(parents=True)
    return folder


def rows(dump: bytes) -> list[list[str]]:
    csv.field_size_limit(1 << 21)
    lines = io.StringIO(dump.decode(), newline="")
    return list(csv.reader(lines, doublequote=False, escapechar="\\", strict=True))


def exported(content: Path, format_name: str = "csv", *, fill: bool = False) -> bytes:
    into = io.BytesIO()
    export(content, format_name, into, fill=fill)
    return into.getvalue()


def records(path: Path) -> dict[str, Record]:
    found = [entry for entry in csv_dump.read(path) if isinstance(entry, Record)]
    return {record.id: record for record in found}


text = st.text(
    st.sampled_from('ab1 \n\r",\\\t|¶é\u2028+=')
    | st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]),
    max_size=60,
)
opening = st.sampled_from(
    ["", "FM AMEMBASSY BOGOTA\n", "\nFM AMEMBASSY BOGOTA\nTO RUEHC\n", "UNCLAS BOGOTA 000001\n", "+++\n", "\n\n"]
)
value = st.text(st.characters(codec="utf-8", exclude_characters="\0|"), max_size=30)
moment = st.sampled_from(["", "3/8/2006 16:00", "12/31/1999 23:59", "2006-03-09 22:28:31", "2/29/2008", "1966-12-28"])
ONE_WAY = {"unclassified // fouo": "UNCLASSIFIED//FOR OFFICIAL USE ONLY"}
known = st.sampled_from(["", *(each.value for each in classifications()), *ONE_WAY, "Not Known"])
dumped = st.fixed_dictionaries(
    {
        "created": moment,
        "origin": value,
        "classification": known,
        "references": st.lists(st.from_regex(r"\d\d[A-Z]{4}\d", fullmatch=True), max_size=3).map("|".join),
        "header": st.tuples(opening, text).map("".join),
        "body": st.tuples(opening, text).map("".join),
    }
)


@given(st.lists(dumped, min_size=1, max_size=4))
def test_what_was_imported_comes_out_the_same(
    tmp_path_factory: pytest.TempPathFactory, cables: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    (folder / "content").mkdir()
    (folder / "in.csv").write_bytes("".join(row(n, **cable) for n, cable in enumerate(cables)).encode())
    report = run_import(folder / "in.csv", folder / "content", "csv")
    assert report.imported == len(cables)
    (folder / "out.csv").write_bytes(exported(folder / "content"))
    before, after = records(folder / "in.csv"), records(folder / "out.csv")
    assert before.keys() == after.keys()
    for reference, record in before.items():
        found = after[reference]
        classified = ONE_WAY.get(record.classification, record.classification)
        same = {"place": found.place, "position": found.position, "classification": classified}
        assert found == msgspec.structs.replace(record, **same)


@given(st.lists(dumped, min_size=1, max_size=3))
def test_json_lines_and_the_dump_say_the_same_and_a_second_trip_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, cables: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    (folder / "content").mkdir()
    (folder / "in.csv").write_bytes("".join(row(n, **cable) for n, cable in enumerate(cables)).encode())
    run_import(folder / "in.csv", folder / "content", "csv")
    before = records(folder / "in.csv")
    for line in exported(folder / "content", "jsonl").splitlines():
        found = json.loads(line)
        record = before.pop(found["id"])
        given = {
            "created": record.created and record.created.isoformat().replace("+00:00", "Z"),
            "classification": ONE_WAY.get(record.classification, record.classification),
            "origin": record.origin,
            "references": list(record.references),
        }
        expected = {"id": record.id, "header": record.header, "body": record.body, "number": record.number}
        assert found == expected | {name: value for name, value in given.items() if value}
    assert not before
    (folder / "out.csv").write_bytes(exported(folder / "content"))
    report = run_import(folder / "out.csv", folder / "content", "csv")
    assert report.unchanged == report.records == len(cables)


def test_numbers_and_order_of_the_dump_come_out_again_and_other_cables_after_them(
    content: Path, tmp_path: Path
) -> None:
    dump = row(7, body="late") + row(50_002, reference="05BOGOTA9") + row(50_003, reference="07BOGOTA1", body="x")
    (tmp_path / "in.csv").write_text(dump)
    (content / "cables/04BOGOTA1.txt").write_text("typed")
    run_import(tmp_path / "in.csv", content)
    typed = b'"50004","","04BOGOTA1","","","","","typed"\n'
    assert exported(content) == dump.encode() + typed
    (content / "cables/elsewhere").mkdir()
    (moved,) = content.glob("cables/*/*/06BOGOTA7.txt")
    moved.rename(content / "cables/elsewhere/06BOGOTA7.txt")
    assert exported(content) == dump.encode() + typed
    assert [json.loads(line).get("number") for line in exported(content, "jsonl").splitlines()] == [
        7,
        50002,
        50003,
        None,
    ]
    (tmp_path / "in.csv").write_text(row(8, reference="06BOGOTA7", body="late"))
    run_import(tmp_path / "in.csv", content)
    assert [values[0] for values in rows(exported(content))] == ["8", "50002", "50003", "50004"]
    (content / ".import/ledger.sqlite").unlink()
    assert [values[0] for values in rows(exported(content))] == ["1", "2", "3", "4"]


def test_a_ledger_that_cannot_be_read_or_is_in_use_is_said(content: Path) -> None:
    ledger = content / ".import/ledger.sqlite"
    ledger.parent.mkdir()
    with Ledger(content) as running:
        for number in range(500):
            running.claim(f"cables/{number}.txt", str(number), b"")
        with pytest.raises(LockedError, match="an import is writing"):
            exported(content)
    ledger.write_bytes(b"no database, " * 1000)
    with pytest.raises(CablepressError, match="not a ledger that can be read"):
        exported(content)
    ledger.unlink()
    with sqlite3.connect(ledger) as old:
        old.execute("CREATE TABLE written (path, digest)")
    old.close()
    (content / "cables/10MOSCOW2.txt").write_text("x")
    assert [values[0] for values in rows(exported(content))] == ["1"]


def test_the_form_is_the_full_dumps_own(content: Path) -> None:
    (content / "cables/06BOGOTA1.txt").write_text(
        '+++\ncreated = 2006-03-08T06:05:00Z\norigin = "Embassy Bogota"\nclassification = "SECRET"\n'
        'references = ["05BOGOTA1", "05BOGOTA2"]\nheader_lines = 1\n+++\nsaid "yes"\nC:\\n\n'
    )
    values = b'"1","3/8/2006 6:05","06BOGOTA1","Embassy Bogota","SECRET","05BOGOTA1|05BOGOTA2"'
    assert exported(content) == values + b',"said \\"yes\\"","C:\\\\n\n"\n'


def test_what_a_file_does_not_say_stays_empty_or_is_read_off_the_text(content: Path) -> None:
    (content / "cables/10MOSCOW226.txt").write_text(
        "P 291533Z JAN 10\nFM AMEMBASSY MOSCOW\nTO RUEHC\nUNCLAS MOSCOW 000226\n\nSUBJECT: A\nB\n\n"
        "REF: A. 09 MOSCOW 3010\n\n1. (U) Text.\n"
    )
    ((*given_values, header, body),) = rows(exported(content))
    assert given_values == ["1", "", "10MOSCOW226", "", "", ""]
    assert header.endswith("TO RUEHC")
    assert body.startswith("UNCLAS MOSCOW")
    ((*read_values, _, _),) = rows(exported(content, fill=True))
    assert read_values == ["1", "1/29/2010 15:33", "10MOSCOW226", "Embassy Moscow", "UNCLASSIFIED", "09MOSCOW3010"]
    assert json.loads(exported(content, "jsonl", fill=True))["subject"] == "A B"


def test_json_lines_hold_the_whole_front_matter(content: Path) -> None:
    (content / "cables/10MOSCOW226.txt").write_text(
        '+++\nid = "10MOSCOW226"\ncreated = 2010-01-29\nreleased = 2011-08-24T01:00:00Z\nsubject = "S"\n'
        'articles = ["https://paper.example/"]\naliases = ["10MOSKVA226"]\n+++\nbody\u2028still\n'
    )
    (content / "cables/09MOSCOW1.txt").write_text("")
    first, second = exported(content, "jsonl").decode().removesuffix("\n").split("\n")
    assert json.loads(first) == {"id": "09MOSCOW1", "header": "", "body": ""}
    assert json.loads(second) == {
        "id": "10MOSCOW226",
        "created": "2010-01-29",
        "released": "2011-08-24T01:00:00Z",
        "subject": "S",
        "articles": ["https://paper.example/"],
        "aliases": ["10MOSKVA226"],
        "header": "",
        "body": "body\u2028still\n",
    }


def test_faulty_hidden_and_linked_files_stay_out(content: Path) -> None:
    (content / "cables/10MOSCOW1.txt").write_text("+++\nclasification = 1\n+++\nx")
    (content / "cables/10MOSCOW2.txt").write_text("x")
    (content / "cables/.10MOSCOW3.txt").write_text("x")
    (content / "cables/10MOSCOW4.txt").symlink_to("10MOSCOW2.txt")
    (content / "cables/notes.txt").write_text("no cable")
    into = io.BytesIO()
    report = export(content, "csv", into)
    assert [row[2] for row in rows(into.getvalue())] == ["10MOSCOW2"]
    assert sorted((p.path, p.line) for p in report.problems) == [
        ("cables/10MOSCOW1.txt", 2),
        ("cables/10MOSCOW4.txt", 0),
        ("cables/notes.txt", 1),
    ]


def test_cables_come_in_the_order_of_their_paths_those_of_a_folder_before_its_folders(content: Path) -> None:
    wanted = ["10MOSCOW1", "10MOSCOW9", "10MOSCOW5", "10MOSCOW4", "10MOSCOW3", "10MOSCOW2"]
    for name, folder in zip(wanted, ("", "", "a", "a/b", "a/c", "b"), strict=True):
        (content / "cables" / folder).mkdir(exist_ok=True)
        (content / f"cables/{folder}/{name}.txt").write_text("x")
    (content / "static").mkdir()
    (content / "static/10MOSCOW7.txt").write_text("no cable of the archive")
    assert [row[2] for row in rows(exported(content))] == wanted


def test_a_file_is_there_only_once_it_is_whole_and_never_replaced(content: Path, tmp_path: Path) -> None:
    (content / "cables/10MOSCOW2.txt").write_text("x")
    target = tmp_path / "out.csv"
    assert export_to(content, "csv", target).cables == 1
    whole = target.read_bytes()
    with pytest.raises(UsageError, match="is there already"):
        export_to(content, "csv", target)
    assert target.read_bytes() == whole
    with pytest.raises(StorageError):
        export_to(content, "csv", tmp_path / "nowhere" / "out.csv")
    with pytest.raises(UsageError):
        export_to(content, "docx", tmp_path / "out.docx")
    assert not (tmp_path / "out.docx").exists()


def test_memory_does_not_grow_with_the_archive(content: Path) -> None:
    peaks, noise = [], random.Random(1)
    for number in (10, 200):
        for n in range(number):
            (content / f"cables/10MOSCOW{n}.txt").write_text(noise.randbytes(20_000).hex())
        tracemalloc.start()
        with Path(os.devnull).open("wb") as nowhere:
            assert export(content, "csv", nowhere).cables == number
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + (1 << 20)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(CHECKOUT / "build.py"), "export", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


def test_the_command(content: Path, tmp_path: Path) -> None:
    (content / "cables/10MOSCOW2.txt").write_text("x")
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (0, b'"1","","10MOSCOW2","","","","","x"\n')
    done = run(tmp_path, "--to", "out.jsonl", "--format", "jsonl")
    assert (done.returncode, done.stdout) == (0, b"out.jsonl: 1 cable\n")
    assert (tmp_path / "out.jsonl").read_bytes() == b'{"id":"10MOSCOW2","header":"","body":"x"}\n'
    assert run(tmp_path, "--json").returncode == 2
    assert run(tmp_path, "--to", "out.jsonl").returncode == 2
    assert run(tmp_path, "--content", "nowhere").returncode == 2
    (content / "cables/10MOSCOW3.txt").write_text("+++\n")
    done = run(tmp_path)
    assert done.returncode == 1
    assert done.stdout.count(b"\n") == 1
    assert b"cables/10MOSCOW3.txt:1" in done.stderr


def test_a_reader_that_stops_is_no_traceback(content: Path, tmp_path: Path) -> None:
    for n in range(50):
        (content / f"cables/10MOSCOW{n}.txt").write_text("x" * 20_000)
    command = f"{sys.executable} {CHECKOUT / 'build.py'} export | head -c 10"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b'"1","","10', b"")
