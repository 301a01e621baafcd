"""Mirrors packed as `.7z`, which a library in C reads."""

import os
import struct
import subprocess
import sys
import threading
import zlib
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path

import libarchive
import py7zr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import CablepressError
from generator.importers import mirror
from generator.importers.record import Rejected
from tests.unit.importers.archives import archive, ids, pages, rejects
from tests.unit.importers.test_mirror import page


def test_a_seven_zip_whose_names_are_encrypted_too(tmp_path: Path) -> None:
    path = tmp_path / "mirror.7z"
    with py7zr.SevenZipFile(path, "w", password="secret", header_encryption=True) as locked:
        locked.writestr(page(), "10MOSCOW226.html")
    with pytest.raises(CablepressError, match="is encrypted"):
        list(mirror.read(path))


def test_a_link_in_a_seven_zip_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.html").symlink_to("/etc/hostname")
    with py7zr.SevenZipFile(tmp_path / "mirror.7z", "w") as made:
        made.write(tmp_path / "a.html", "a.html")
    assert list(rejects(list(mirror.read(tmp_path / "mirror.7z")))) == ["a.html"]


def memory(path: Path) -> int:
    """The most bytes that a process of its own has held while it read the archive, libraries in C included."""
    script = (
        "import resource, sys\nfrom pathlib import Path\nfrom generator.importers import mirror\n"
        "for _ in mirror.read(Path(sys.argv[1])): pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10)"
    )
    return int(subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, check=True).stdout)


def test_a_seven_zip_takes_memory_only_for_its_list_of_files(tmp_path: Path) -> None:
    """By name and number, at most 500 bytes a file: what 250,000 pages take is a tenth of a gigabyte."""
    held = {}
    for name, files, length in (("small", 100, 100), ("long", 100, 300_000), ("many", 30_000, 100)):
        with libarchive.file_writer(str(tmp_path / name), "7zip", options="compression=store") as made:
            for n in range(files):
                made.add_file_from_memory(f"cable/2010/01/10MOSCOW{n}.html", length, b"x" * length)
        held[name] = memory(tmp_path / name)
    assert held["long"] < held["small"] + (8 << 20)
    assert held["many"] < held["small"] + 500 * 30_000


def test_a_seven_zip_with_a_list_without_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A list of a gigabyte, packed to nothing."""
    path = tmp_path / "mirror.7z"
    sizes = bytes.fromhex("170600010920 00 070b01000123030101055d00001000 0cf000000040 00 00")
    start = struct.pack("<2QL", 32, len(sizes), zlib.crc32(sizes))
    path.write_bytes(b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<L", zlib.crc32(start)) + start + b"x" * 32 + sizes)
    with pytest.raises(CablepressError, match="list of files is longer than 67,108,864 bytes") as caught:
        list(mirror.read(path))
    assert "unpack it" in caught.value.hint


@given(st.binary(max_size=60))
def test_any_list_of_a_seven_zip_is_taken_or_refused(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "mirror.7z"
    for sizes in (junk, bytes.fromhex("170600010920 00 070b010001") + junk):
        start = struct.pack("<2QL", 32, len(sizes), zlib.crc32(sizes))
        head = b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<L", zlib.crc32(start))
        path.write_bytes(head + start + b"x" * 32 + sizes)
        with suppress(CablepressError):
            assert all(isinstance(entry, Rejected) for entry in mirror.read(path))


def test_a_file_of_a_seven_zip_that_is_not_what_was_packed_is_rejected_alone(tmp_path: Path) -> None:
    path = tmp_path / "mirror.7z"
    with py7zr.SevenZipFile(path, "w", filters=[{"id": py7zr.FILTER_COPY}]) as made:
        for number in range(3):
            made.writestr(page(f"10MOSCOW{number}"), f"{number}.html")
    path.write_bytes(path.read_bytes().replace(b"10MOSCOW1<", b"10MOSCOW7<"))
    found = list(mirror.read(path))
    assert ids(found) == ["10MOSCOW0", "10MOSCOW2"]
    assert "damaged" in rejects(found)["1.html"]


def test_a_name_that_the_locale_cannot_tell_is_said(tmp_path: Path) -> None:
    path = archive(tmp_path, ".7z", {"é.html": page().encode()} | pages(1))
    script = (
        "import sys\nfrom pathlib import Path\nfrom generator.importers import mirror\n"
        "print(*(ascii(entry) for entry in mirror.read(Path(sys.argv[1]))))"
    )
    run = partial(subprocess.run, [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert "mirror.7z, file 1" in run(env=os.environ | {"LC_ALL": "C"}).stdout
    assert run(env=os.environ | {"LC_ALL": "C.UTF-8"}).stdout.count("Record(") == 2


def test_a_reader_that_stops_early_leaves_no_thread_behind(tmp_path: Path) -> None:
    path = archive(tmp_path, ".7z", pages(200))
    before = threading.active_count()
    reading = mirror.read(path)
    assert len(list(islice(reading, 2))) == 2
    reading.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


def test_without_the_library_a_seven_zip_says_what_to_install(tmp_path: Path) -> None:
    path = archive(tmp_path, ".7z", pages(1))
    script = (
        "import ctypes.util; ctypes.util.find_library = lambda _: None\n"
        f"from generator.cli import main; main(['import', {str(path)!r}, '--content', {str(tmp_path)!r}])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 2
    assert "pip install libarchive-c" in done.stderr
    assert "apt-get install libarchive13" in done.stderr
