"""What a worker on another machine is told, and what is made of what it says."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.archive import database
from generator.archive.catalog import Catalog
from generator.archive.intake import CableRead, read_files
from generator.build import errands
from generator.build.errands import Errand, confirmed
from generator.cable.vocabulary import BUILT_IN
from generator.crew.chunks import CHUNK
from generator.errors import CablepressError
from generator.site.recipes import program_digest

LATER = 3_000_000_000_000_000_000


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = tmp_path / "here/content"
    (content / "cables").mkdir(parents=True)
    (tmp_path / "spools").mkdir()
    for number in range(1, CHUNK + 1):
        (content / f"cables/10MOSCOW{number}.txt").write_text(f"SUBJECT: {number}\n\n1. Text.\n", encoding="utf-8")
    return content


@pytest.fixture
def read(content: Path, tmp_path: Path) -> Callable[[Path], list[CableRead]]:
    paths = [f"cables/{path.name}" for path in sorted((content / "cables").iterdir())]
    return lambda folder: read_files(folder, paths, tmp_path / "spools", BUILT_IN)


def again(content: Path, tmp_path: Path) -> Callable[[list[str]], list[CableRead]]:
    return lambda paths: read_files(content, paths, tmp_path / "spools", BUILT_IN)


def test_a_worker_without_our_folders_says_which(tmp_path: Path) -> None:
    missing = str(tmp_path / "nowhere/0a.job")
    with pytest.raises(CablepressError, match="does not see") as caught:
        errands.read(Errand(missing, program_digest(), 0), 0, [])
    assert missing in caught.value.text


def test_a_worker_with_another_program_says_so(tmp_path: Path) -> None:
    with pytest.raises(CablepressError, match="another version of the program"):
        errands.render(Errand(str(tmp_path), "another", 0), 0, [])


def test_a_worker_that_reads_a_copy_of_our_folder_is_found_out(
    content: Path, tmp_path: Path, read: Callable[[Path], list[CableRead]]
) -> None:
    copy = tmp_path / "there/content"
    shutil.copytree(content, copy)
    with pytest.raises(CablepressError, match="a worker reads other files than ours"):
        confirmed(content, read(copy), 0, again(content, tmp_path))


def test_a_worker_that_sees_an_empty_folder_does_not_take_cables_away(
    content: Path, tmp_path: Path, read: Callable[[Path], list[CableRead]]
) -> None:
    with pytest.raises(CablepressError, match="a worker reads other files than ours"):
        confirmed(content, read(tmp_path / "nowhere"), 0, again(content, tmp_path))


def test_files_that_changed_since_a_worker_read_them_are_read_again(
    content: Path, tmp_path: Path, read: Callable[[Path], list[CableRead]]
) -> None:
    results = read(content)
    changed, gone = results[3].path, results[5].path
    (content / changed).write_text("SUBJECT: ANOTHER\n\n1. Text.\n", encoding="utf-8")
    (content / gone).unlink()
    found = {result.path: result for result in confirmed(content, results, time.time_ns(), again(content, tmp_path))}
    assert list(found) == [result.path for result in results]
    head = found[changed].head
    assert head is not None
    assert head.subject == "ANOTHER"
    assert found[gone].entry is None


def test_a_worker_ahead_of_time_proves_nothing(
    content: Path, tmp_path: Path, read: Callable[[Path], list[CableRead]]
) -> None:
    issued = time.time_ns()
    ahead = [errands._taken_at(result, LATER) for result in read(content)]
    for result in confirmed(content, ahead, issued, again(content, tmp_path)):
        assert result.entry is not None
        assert result.entry.stamp.seen == issued


def test_a_copy_of_the_catalog_is_one_file_with_what_is_committed(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "catalog.sqlite")
    catalog.set_meta("said", "before")
    (tmp_path / "copies").mkdir()
    with catalog.transaction():
        catalog.set_meta("said", "not yet")
        database.copy(catalog.path, tmp_path / "copies/copy.sqlite")
    copy = Catalog(tmp_path / "copies/copy.sqlite", read_only=True, at_rest=True)
    assert copy.meta("said") == "before"
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["copy.sqlite"]
    copy.close()
    catalog.close()
