"""What holds for every format: records are accounted for, killed and run again it ends the same, ids are no paths."""

import bz2
import gzip
import lzma
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import CablepressError, Severity
from generator.importers.run import FORMATS, detect, run_import
from tests.conftest import CHECKOUT
from tests.unit.importers import test_nara, test_text_dump, test_tsv
from tests.unit.importers.archives import KINDS
from tests.unit.importers.imports import IMPORT, counts, stamps, tree
from tests.unit.importers.test_csv_dump import row
from tests.unit.importers.test_mirror import page

Ids = list[str]


def csv_source(folder: Path, ids: Ids) -> Path:
    return _written(folder / "cables.csv", "".join(row(n, reference=i) for n, i in enumerate(ids)))


def packed_csv_source(folder: Path, ids: Ids) -> Path:
    path = folder / "cables.csv.gz"
    path.write_bytes(gzip.compress("".join(row(n, reference=i) for n, i in enumerate(ids)).encode()))
    return path


def tsv_source(folder: Path, ids: Ids) -> Path:
    return _written(folder / "cables.tsv", "".join(test_tsv.row(n, reference=i) for n, i in enumerate(ids)))


def nara_source(folder: Path, ids: Ids) -> Path:
    return _written(folder / "records.txt", "".join(test_nara.record(i) for i in ids))


def text_source(folder: Path, ids: Ids) -> Path:
    (folder / "texts").mkdir()
    for n, i in enumerate(ids):
        keys = test_text_dump.KEYS.replace("06BOGOTA2076", i)
        _written(folder / f"texts/{n:04}.txt", f"{keys}{test_text_dump.HEADER}\n{test_text_dump.BODY}")
    return folder / "texts"


def mirror_source(kind: str) -> Callable[[Path, Ids], Path]:
    def write(folder: Path, ids: Ids) -> Path:
        KINDS[kind](folder / f"mirror{kind}", {f"{n:04}.html": page(i).encode() for n, i in enumerate(ids)})
        return folder / f"mirror{kind}"

    return write


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


SOURCES = {
    "csv": csv_source,
    "csv .gz": packed_csv_source,
    "tsv": tsv_source,
    "nara": nara_source,
    "text": text_source,
    "mirror .zip": mirror_source(".zip"),
    "mirror .tar.gz": mirror_source(".tar.gz"),
    "mirror .7z": mirror_source(".7z"),
}
sources = pytest.mark.parametrize("name", SOURCES)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


def test_every_format_is_here() -> None:
    assert {name.split()[0] for name in SOURCES} == set(FORMATS)


@sources
def test_all_records_are_accounted_for_and_twice_is_once(tmp_path: Path, content: Path, name: str) -> None:
    hostile = ["../../etc/passwd", "/etc/passwd", "..", "a/b", "C:x"]
    source = SOURCES[name](tmp_path, ["06BOGOTA1", *hostile, "06BOGOTA2"])
    assert detect(source) == name.split()[0]
    assert counts(run_import(source, content)) == (2, 0, 5, 0)
    before = stamps(content)
    report = run_import(source, content)
    assert (report.records, *counts(report)) == (7, 0, 2, 5, 0)
    assert stamps(content) == before
    assert {path.name for path in content.rglob("*.txt")} == {
        *("06BOGOTA1.txt", "06BOGOTA2.txt", "rejects.txt", "conflicts.txt", "replaced.txt", "notes.txt")
    }
    assert len(list(tmp_path.iterdir())) == 2


@sources
def test_a_cable_that_was_edited_is_left(tmp_path: Path, content: Path, name: str) -> None:
    source = SOURCES[name](tmp_path, ["06BOGOTA1", "06BOGOTA2"])
    run_import(source, content)
    (path,) = content.glob("cables/*/*/06BOGOTA1.txt")
    path.write_text(path.read_text() + "edited")
    assert counts(run_import(source, content)) == (0, 1, 0, 1)
    assert path.read_text().endswith("edited")


@sources
def test_killed_and_run_again_it_ends_the_same(tmp_path: Path, content: Path, name: str) -> None:
    source = SOURCES[name](tmp_path, [f"06BOGOTA{n}" for n in range(1, 150)])
    (tmp_path / "whole").mkdir()
    run_import(source, tmp_path / "whole")
    running = subprocess.Popen([sys.executable, "-c", IMPORT, str(source), str(content)])
    deadline = time.monotonic() + 20
    while running.poll() is None and time.monotonic() < deadline and len(list(content.rglob("*.txt"))) < 40:
        time.sleep(0.001)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    done = {path: digest for path, digest in tree(content).items() if path.startswith("cables/")}
    assert done.items() < tree(tmp_path / "whole").items()
    report = run_import(source, content)
    assert report.imported + report.unchanged == report.records == 149
    assert tree(content) == tree(tmp_path / "whole")


@pytest.mark.parametrize("kind", ["folder", ".zip", ".tar.gz", ".7z"])
def test_a_dump_beside_the_pages_is_passed_over_and_that_is_said(tmp_path: Path, content: Path, kind: str) -> None:
    files = {
        "cable/10MOSCOW226.html": page().encode(),
        "dumps/a.csv": row().encode(),
        "dumps/b.csv": row(2).encode(),
        "dumps/notes.txt": b"",
        "static/logo.png": b"",
    }
    source = tmp_path / f"mirror{kind}"
    if kind == "folder":
        for name, raw in files.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes(raw)
    else:
        KINDS[kind](source, files)
    report = run_import(source, content)
    assert (report.format, report.records, report.problems) == ("mirror", 1, ())
    assert [(p.path, p.text.partition(":")[0], p.severity) for p in report.passed_over] == [
        ("dumps/a.csv", "was passed over, with 1 more of such a name", Severity.WARNING),
        ("dumps/notes.txt", "was passed over", Severity.WARNING),
    ]


def test_the_command_says_what_was_passed_over_and_has_done_its_work(tmp_path: Path, content: Path) -> None:
    (tmp_path / "texts").mkdir()
    _written(tmp_path / "texts/06BOGOTA1.txt", test_text_dump.BODY)
    _written(tmp_path / "texts/cables.csv", row(2))
    command = [sys.executable, str(CHECKOUT / "build.py"), "import", "texts", "--content", str(content)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "1 record = 1 imported + 0 unchanged + 0 rejected + 0 in conflict" in done.stdout
    assert "warning: cables.csv: was passed over" in done.stderr
    assert "import it by itself" in done.stderr
    quiet = subprocess.run([*command, "--quiet"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_a_dump_that_is_compressed_is_read_as_it_is(
    tmp_path: Path, content: Path, compress: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "dump"
    path.write_bytes(compress("".join(test_tsv.row(n, reference=f"06BOGOTA{n}") for n in range(1, 4)).encode()))
    report = run_import(path, content)
    assert (report.format, counts(report)) == ("tsv", (3, 0, 0, 0))
    assert report.conflicts_file.is_file()


def test_a_compressed_dump_that_is_damaged_gives_what_stands_before_the_damage(tmp_path: Path, content: Path) -> None:
    noise = random.Random(1)
    rows = [row(n, reference=f"06BOGOTA{n}", body=noise.randbytes(2000).hex()) for n in range(1, 100)]
    packed = gzip.compress("".join(rows).encode())
    (tmp_path / "cables.csv.gz").write_bytes(packed[: len(packed) // 2])
    report = run_import(tmp_path / "cables.csv.gz", content)
    assert 20 < report.imported < 60
    assert (report.rejected, report.records) == (1, report.imported + 1)
    assert "damaged here" in report.problems[0].text
    assert "what follows is not read" in report.problems[0].text


def test_what_is_compressed_and_no_dump_is_told_for_what_it_is(tmp_path: Path, content: Path) -> None:
    path = tmp_path / "letter.gz"
    path.write_bytes(gzip.compress(b"Dear Sir,\n" * 200))
    with pytest.raises(CablepressError) as told:
        run_import(path, content)
    assert str(told.value) == f"{path}: a compressed file, and no dump or archive is in it"
    assert told.value.hint == "unpack it, and import what comes out"


def test_a_compressed_dump_that_unpacks_to_too_much_is_stopped(tmp_path: Path, content: Path) -> None:
    path = tmp_path / "cables.csv.gz"
    path.write_bytes(gzip.compress(row().encode() + b"\n" * (20 << 20)))
    report = run_import(path, content)
    assert report.imported == 1
    assert "as a bomb does" in report.problems[0].text
