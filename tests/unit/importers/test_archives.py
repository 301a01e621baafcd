import gzip
import random
import struct
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import py7zr
import pytest

from generator.errors import CablepressError
from generator.importers import mirror
from generator.importers.archives import archive_members, is_archive
from generator.importers.member import ALLOWANCE
from generator.importers.record import RECORD_LIMIT, Record
from generator.importers.run import detect, run_import
from tests.unit.importers.archives import KINDS, archive, ids, kinds, pages, rejects, zipped
from tests.unit.importers.test_mirror import page, positions


@kinds
def test_an_archive_gives_what_the_folder_gives(tmp_path: Path, kind: str) -> None:
    files = pages(20) | {
        "tag/PGOV_0.html": b"<h3>Browse by PGOV</h3>",
        "static/logo.png": b"\x89PNG",
        "cable/x.html": b"",
    }
    for name, raw in files.items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_bytes(raw)
    path = archive(tmp_path, kind, dict(sorted(files.items())))
    assert is_archive(path)
    assert detect(path) == "mirror"
    found, same = list(mirror.read(path)), list(mirror.read(tmp_path / "folder"))
    key = [(e.place, e.id, e.header, e.body) for e in found if isinstance(e, Record)]
    assert len(key) == 20
    assert key == sorted((e.place, e.id, e.header, e.body) for e in same if isinstance(e, Record))
    assert positions(found) == sorted(positions(found))
    assert positions(found)[-1] <= mirror.size(path) == path.stat().st_size


@kinds
def test_nothing_is_unpacked_and_no_name_is_a_path(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    content = tmp_path / "content"
    content.mkdir()
    path = archive(tmp_path, kind, pages(3) | {"cable/2010/01/\x1b[31m.html": page("../../10MOSCOW9").encode()})
    report = run_import(path, content)
    assert (report.imported, report.rejected) == (3, 1)
    assert "\x1b" not in report.rejects_file.read_text()
    assert list(elsewhere.iterdir()) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["content", "elsewhere", path.name]
    assert run_import(path, content).unchanged == 3


@pytest.mark.parametrize("kind", [".zip", ".tar"])
def test_names_that_lead_out_of_the_archive_are_only_names(tmp_path: Path, kind: str) -> None:
    path = archive(tmp_path, kind, {"../../../cable/2010/01/10MOSCOW1.html": page("10MOSCOW1").encode()})
    assert ids(list(mirror.read(path))) == ["10MOSCOW1"]


@kinds
def test_archives_in_archives_are_not_followed_and_said(tmp_path: Path, kind: str) -> None:
    inner = archive(tmp_path, ".zip", pages(1)).read_bytes()
    found = list(mirror.read(archive(tmp_path, kind, {"more.zip": inner, "MORE.TAR.GZ": b"x"} | pages(1))))
    assert ids(found) == ["10MOSCOW1"]
    assert set(rejects(found)) == {"more.zip", "MORE.TAR.GZ"}
    assert all("an archive inside the archive" in reason for reason in rejects(found).values())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != ".tar"])
def test_a_bomb_is_stopped_in_bounded_memory(tmp_path: Path, kind: str) -> None:
    big = b" " * (3 << 20)
    bomb = {"bomb.html": b"0" * ALLOWANCE} | {f"{n}.html": big for n in range(4)} | pages(1)
    path = archive(tmp_path, kind, bomb)
    del bomb
    tracemalloc.start()
    found = list(mirror.read(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "10MOSCOW1" not in ids(found)
    assert "as a bomb does" in rejects(found)[path.name]
    assert peak < 100 << 20


def test_files_of_a_zip_that_overlap_are_a_bomb(tmp_path: Path) -> None:
    """Some releases of Python's `zipfile` refuse each file that overlaps; with the others the bytes are counted."""
    path = archive(tmp_path, ".zip", {"0.html": b"0" * (3 << 20)})
    with zipfile.ZipFile(path) as one:
        start = one.start_dir
    head, with_many = path.read_bytes()[:start], path.read_bytes()[start:-22] * 200
    path.write_bytes(
        head + with_many + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 200, 200, len(with_many), len(head), 0)
    )
    found = rejects(list(mirror.read(path)))
    assert "as a bomb does" in found.get("mirror.zip", "") or "verlap" in found["0.html"]


def test_a_zip_in_all_its_forms(tmp_path: Path) -> None:
    """A comment, each compression, a folder, a name in a broken encoding."""
    path = tmp_path / "mirror.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.comment = b"PK\x05 a comment"
        made.writestr("cable/", "")
        for number, kind in enumerate((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)):
            made.writestr(f"cable/é{number}.html", page(f"10ROME{number}"), compress_type=kind)
    found = list(mirror.read(path))
    assert [entry.place for entry in found] == [f"cable/é{number}.html" for number in range(4)]
    assert ids(found) == [f"10ROME{number}" for number in range(4)]
    path.write_bytes(path.read_bytes().replace("é2".encode(), b"\x82\x822"))
    found = list(mirror.read(path))
    assert ids(found) == ["10ROME0", "10ROME1", "10ROME3"]
    assert list(rejects(found)) == ["cable/\ufffd\ufffd2.html"]


def test_a_zip_with_fields_of_eight_bytes(tmp_path: Path) -> None:
    path = archive(tmp_path, ".zip", {"a.html": page("10ROME1").encode(), "b.html": page("10ROME2").encode()})
    with zipfile.ZipFile(path) as one:
        start, (_, second) = one.start_dir, one.infolist()
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    extra = struct.pack("<2H4x2H3Q", 7, 4, 1, 24, second.file_size, second.compress_size, second.header_offset)
    raw[at + 20 : at + 28], raw[at + 30 : at + 32], raw[at + 42 : at + 46] = b"\xff" * 8, b"\x24\0", b"\xff" * 4
    raw[at + 52 : at + 52] = extra
    raw[-10:-6] = struct.pack("<L", len(raw) - 22 - start)
    path.write_bytes(raw)
    assert ids(list(mirror.read(path))) == ["10ROME1", "10ROME2"]


def test_a_zip_of_more_files_than_its_old_fields_can_count(tmp_path: Path) -> None:
    path = tmp_path / "mirror.zip"
    with zipfile.ZipFile(path, "w") as made:
        for number in range(65_600):
            made.writestr(f"{number}.txt", b"")
        made.writestr("last.html", page())
    assert ids(list(mirror.read(path))) == ["10MOSCOW226"]


def test_a_place_outside_of_the_zip_is_damage(tmp_path: Path) -> None:
    path = archive(tmp_path, ".zip", {"a.html": page().encode()})
    raw = path.read_bytes()
    path.write_bytes(raw[:4] + raw[14:])
    found = list(mirror.read(path))
    assert "damaged" in rejects(found)["a.html"]


def test_a_head_without_end_is_stopped_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "mirror.tar"
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 200 << 20
    with path.open("wb") as file:
        file.write(header.tobuf())
        file.truncate(300 << 20)
    tracemalloc.start()
    with pytest.raises(CablepressError, match="longer than a head can be"):
        list(mirror.read(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 << 20


@kinds
def test_a_damaged_archive_gives_what_stands_before_the_damage_and_says_where(tmp_path: Path, kind: str) -> None:
    path = archive(tmp_path, kind, pages(300, 4000))
    raw = bytearray(path.read_bytes())
    at = len(raw) * 2 // 3
    raw[at : at + 8000] = bytes(byte ^ 0x55 for byte in raw[at : at + 8000])
    path.write_bytes(raw)
    found = list(mirror.read(path))
    sound = {
        entry.id: entry.body
        for entry in mirror.read(archive(tmp_path, kind, pages(300, 4000)))
        if isinstance(entry, Record)
    }
    assert rejects(found)
    assert len(ids(found)) < 300
    assert kind == ".tar.bz2" or ids(found)
    if kind != ".tar":
        assert all(entry.body == sound[entry.id] for entry in found if isinstance(entry, Record))


@kinds
def test_an_archive_that_was_cut_off_says_so(tmp_path: Path, kind: str) -> None:
    path = archive(tmp_path, kind, pages(100))
    whole = path.read_bytes()
    for part in (0.3, 0.9):
        path.write_bytes(whole[: int(len(whole) * part)])
        try:
            found = list(mirror.read(path))
        except CablepressError as error:
            said = error
        else:
            assert path.name in rejects(found)
            assert len(ids(found)) < 100
            continue
        assert path.name in said.text
        assert said.hint


def test_a_tar_cut_off_between_two_files_says_so(tmp_path: Path) -> None:
    path = archive(tmp_path, ".tar", pages(10))
    with tarfile.open(path) as whole:
        third = whole.getmembers()[3].offset
    path.write_bytes(path.read_bytes()[:third])
    found = list(mirror.read(path))
    assert len(ids(found)) == 3
    assert "damaged at byte" in rejects(found)["mirror.tar"]


@pytest.mark.parametrize("kind", [".zip", ".7z"])
def test_an_encrypted_archive_is_an_error_with_the_next_step(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"mirror{kind}"
    if kind == ".zip":
        zipped(path, pages(1))
        raw = bytearray(path.read_bytes())
        raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(raw)
    else:
        with py7zr.SevenZipFile(path, "w", password="secret") as locked:
            locked.writestr(page(), "10MOSCOW226.html")
    with pytest.raises(CablepressError, match="is encrypted") as caught:
        list(mirror.read(path))
    assert "password" in caught.value.hint


def test_links_and_devices_in_archives_are_rejected(tmp_path: Path) -> None:
    path = tmp_path / "mirror.tar"
    with tarfile.open(path, "w") as made:
        for name, kind in (("a.html", tarfile.SYMTYPE), ("b.html", tarfile.LNKTYPE), ("c.html", tarfile.FIFOTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            made.addfile(entry)
    linked = "it is a symbolic link, which is not followed"
    assert rejects(list(mirror.read(path))) == {"a.html": linked, "b.html": linked, "c.html": "it is no file"}
    link = zipfile.ZipInfo("a.html")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "mirror.zip", "w") as zipped_link:
        zipped_link.writestr(link, "/etc/passwd")
    assert rejects(list(mirror.read(tmp_path / "mirror.zip"))) == {"a.html": linked}


@pytest.mark.parametrize("kind", [".zip", ".tar.gz", ".7z"])
def test_a_page_longer_than_pages_are_is_rejected_alone(tmp_path: Path, kind: str) -> None:
    long = random.Random(2).randbytes(RECORD_LIMIT + 1)
    found = list(mirror.read(archive(tmp_path, kind, {"cable/2010/01/10MOSCOW9.html": long} | pages(1))))
    assert ids(found) == ["10MOSCOW1"]
    assert rejects(found) == {"cable/2010/01/10MOSCOW9.html": "it is longer than 33,554,432 bytes, which no cable is"}


@pytest.mark.parametrize("kind", [".tar", ".tar.gz", ".zip"])
def test_memory_does_not_grow_with_the_archive(tmp_path: Path, kind: str) -> None:
    peaks = []
    for number in (200, 2000):
        path = archive(tmp_path, kind, pages(number, 200))
        tracemalloc.start()
        assert sum(1 for _ in mirror.read(path)) == number
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + (300 << 10)


def test_what_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "notes").write_bytes(b"PK\x03\x04 but no more")
    assert is_archive(tmp_path / "notes")
    with pytest.raises(CablepressError, match=r"not a \.zip that can be read"):
        list(archive_members(tmp_path / "notes", lambda _: True))
    (tmp_path / "one.gz").write_bytes(gzip.compress(b"x" * 5000))
    with pytest.raises(CablepressError, match="a compressed file, and no dump or archive is in it"):
        list(mirror.read(tmp_path / "one.gz"))
    assert not is_archive(tmp_path / "absent")
