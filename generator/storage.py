"""What the system refuses, its disk and its memory, told in a sentence: where, how much room there is, what stands."""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import OutOfMemoryError, StorageError

_NO_MEMORY = (MemoryError, ImportError, RuntimeError)
"""What else may be raised for want of memory: where a library can't be loaded, or a thread started."""

_NO_ROOM = ("can't start new thread", "failed to map segment", "cannot allocate memory")

_REFUSALS = tuple(
    f"SQLITE_{name}" for name in ("FULL", "IOERR", "READONLY", "CANTOPEN", "BUSY", "LOCKED", "PERM", "NOMEM")
)


@contextmanager
def storage_told(
    place: object = "", database: object = "the catalog", standing: Callable[[], str] = lambda: ""
) -> Iterator[None]:
    """Raise StorageError where the disk says no, OutOfMemoryError where memory is what is wanting.

    `place` is named where the error names none, the database where SQLite is refused. `standing` says what stands
    nevertheless. A reader that went away (BrokenPipeError) is none of that.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except (*_NO_MEMORY, OSError, sqlite3.OperationalError) as error:
        if _is_want_of_memory(error):
            raise OutOfMemoryError(standing()) from error
        if isinstance(error, OSError):
            raise _refused(error.filename or place, error.strerror or str(error), standing()) from error
        if isinstance(error, sqlite3.OperationalError):
            raise _refused(database, f"can't be used: {error}", standing()) from error
        raise


def is_refusal(error: sqlite3.DatabaseError) -> bool:
    """Whether SQLite says that the disk, its permissions or another process stand in the way."""
    return getattr(error, "sqlite_errorname", "").startswith(_REFUSALS)


@contextmanager
def naming(path: object) -> Iterator[None]:
    """Have an OSError name this path if it names none, as those of writing and flushing don't."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


def _is_want_of_memory(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorname in ("SQLITE_IOERR_NOMEM", "SQLITE_IOERR_SHMMAP")
    return isinstance(error, MemoryError) or any(words in str(error) for words in _NO_ROOM)


def _refused(place: object, said: str, stands: str) -> StorageError:
    free = _free_space(Path(os.fsdecode(place))) if isinstance(place, str | bytes | Path) and place else None
    room = "" if free is None else f" ({free / 1e6:,.1f} MB are free there)"
    told = f"{place}: {said}{room}" if place else said
    return StorageError(told, f"{stands}; mend this and try again" if stands else "mend this and try again")


def _free_space(path: Path) -> int | None:
    """The bytes that are free where a path lies or would lie; None where the system doesn't say."""
    for place in (path, *path.parents):
        try:
            status = os.statvfs(place)
        except OSError:
            continue
        return status.f_bavail * status.f_frsize
    return None
