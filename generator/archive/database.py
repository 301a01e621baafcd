"""The file of the catalog. One that is missing, damaged or older costs time and nothing else: it is made anew.

It is never migrated or repaired.
"""

import sqlite3
from contextlib import closing
from importlib import resources
from pathlib import Path

import msgspec

from generator.storage import is_refusal

CATALOG_FORMAT = "11"

CACHE = 16_000
"""Kilobytes of the database that a process keeps in memory."""

NONSENSE = (msgspec.MsgspecError, TypeError, ValueError, LookupError, AssertionError)
"""What is raised by whoever works with values that nobody can have noted."""


def writable(path: Path) -> sqlite3.Connection:
    """The database at a path, to read and to write; a new one where there is none of ours that is whole.

    Raises sqlite3.OperationalError where the disk, its permissions or another process stand in the way.
    """
    db = _sound(path)
    if db is not None:
        return db
    remove(path)
    db = _connected(path)
    _prepare(db)
    db.executescript(resources.files(__package__).joinpath("schema.sql").read_text(encoding="utf-8"))
    db.execute("INSERT INTO meta VALUES ('format', ?)", (CATALOG_FORMAT,))
    return db


_FILES = ("", "-wal", "-shm")
"""What SQLite makes of a path: the database, what is not yet in it, and who knows what of that."""


def remove(path: Path) -> None:
    """Delete a database that nobody has open."""
    for more in _FILES:
        Path(f"{path}{more}").unlink(missing_ok=True)


def move(path: Path, target: Path) -> None:
    """Give a database that nobody has open another name."""
    for more in _FILES:
        if (file := Path(f"{path}{more}")).exists():
            file.rename(f"{target}{more}")


def is_damage(error: Exception) -> bool:
    """Whether an error can come from notes that are not what we wrote, rather than from a system that refuses to work.

    A slip in the program looks the same; it comes again when the notes were made anew.
    """
    return isinstance(error, NONSENSE) or (isinstance(error, sqlite3.DatabaseError) and not is_refusal(error))


def _sound(path: Path) -> sqlite3.Connection | None:
    """The database at a path, if it is ours, current, and not damaged."""
    db = _connected(path)
    try:
        _prepare(db)
        if _current(db):
            return db
    except (sqlite3.DatabaseError, *NONSENSE) as error:
        if not is_damage(error):
            db.close()
            raise
    db.close()
    return None


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def _prepare(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute(f"PRAGMA cache_size = -{CACHE}")


def _current(db: sqlite3.Connection) -> bool:
    if not db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]:
        return False
    row = db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    return row is not None and row[0] == CATALOG_FORMAT


def readable(path: Path, *, at_rest: bool = False) -> sqlite3.Connection:
    """Open a catalog to read; one that is `at_rest`, which nobody writes to, without a lock or any other file."""
    how = "immutable=1" if at_rest else "mode=ro"
    db = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
    db.execute("PRAGMA query_only = ON")
    db.execute(f"PRAGMA cache_size = -{CACHE}")
    return db


def copy(path: Path, target: Path) -> None:
    """Write what is committed in a catalog in use to a new file, which is at rest: other machines may open that one."""
    with closing(readable(path)) as source, closing(sqlite3.connect(target)) as destination:
        destination.execute("PRAGMA synchronous = OFF")
        source.backup(destination)
        destination.execute("PRAGMA journal_mode = DELETE")
