import errno
import os
import sqlite3
from pathlib import Path

import pytest

from generator.errors import OutOfMemoryError, StorageError
from generator.storage import storage_told


def test_a_refusal_names_its_place_the_room_there_and_what_stands(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as refused, storage_told("elsewhere", standing=lambda: "the old site stands"):
        (tmp_path / "missing" / "file").open("wb")
    told = str(refused.value)
    assert told.startswith(f"{tmp_path}/missing/file: No such file or directory (")
    assert told.endswith(" MB are free there)")
    assert refused.value.hint == "the old site stands; mend this and try again"


def test_where_an_error_names_no_place_it_is_the_one_that_was_worked_on(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=f"^{tmp_path}: No space left on device"), storage_told(tmp_path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_sqlite_is_refused_is_told_of_the_database(tmp_path: Path) -> None:
    missing = tmp_path / "missing" / "notes.sqlite"
    with pytest.raises(StorageError, match=f"^{missing}: can't be used: unable to open"), storage_told("", missing):
        sqlite3.connect(missing)


@pytest.mark.parametrize(
    "error", [MemoryError(), OSError(errno.ENOMEM, "Cannot allocate memory"), RuntimeError("can't start new thread")]
)
def test_want_of_memory_is_told_as_such(error: Exception) -> None:
    with (
        pytest.raises(OutOfMemoryError, match="not enough memory; it stands"),
        storage_told(standing=lambda: "it stands"),
    ):
        raise error


@pytest.mark.parametrize("error", [BrokenPipeError(), RuntimeError("a fault of ours"), ImportError("no such module")])
def test_what_is_no_refusal_stays_what_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as raised, storage_told():
        raise error
    assert raised.value is error
