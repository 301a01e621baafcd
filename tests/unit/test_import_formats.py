"""What holds for every format: records are accounted for, killed and run again it ends the same, ids are no paths."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import Severity
from generator.importers.run import FORMATS, detect, run_import
from tests.conftest import CHECKOUT
from tests.unit import test_nara, test_text_dump, test_tsv
from tests.unit.test_archives import KINDS
from tests.unit.test_csv_dump import row
from tests.unit.test_import import IMPORT, counts, stamps, tree
from tests.unit.test_mirror import page

Ids = list[str]


def csv_source(folder: Path, ids: Ids) -> Path:
    return _written(folder / "cables.csv", "".join(row(n, reference=i) for n, i in enumerate(ids)))


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
