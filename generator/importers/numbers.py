"""The running numbers that the full dump gives its cables (CABLE-FORMAT 8.3): newspapers cite a cable by them.

They have no place in a content file. The ledger has them, by the name of the file, so that an export gives them back.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from generator.errors import CablepressError, LockedError
from generator.importers.ledger import FOLDER, NAME

_NUMBERED = "INSERT INTO files VALUES (?, ?, (SELECT number FROM numbers WHERE stem = ?))"
_IN_ORDER = "SELECT path, number FROM files ORDER BY number IS NULL, number, place"


def numbered(content: Path, paths: Iterable[Path]) -> Iterator[tuple[Path, int | None]]:
    """The files of cables in the order of their running numbers, and after them those without, in their own order.

    Holds neither; all are None where no dump was imported. Raises LockedError while an import runs, CablepressError for
    a ledger that can't be read.
    """
    ledger = content.absolute() / FOLDER / NAME
    if not ledger.is_file():
        yield from ((path, None) for path in paths)
        return
    with closing(sqlite3.connect("file:", uri=True, timeout=0.2)) as database:
        try:
            _put_in(database, ledger, paths)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise CablepressError(f"{ledger}: {error}", _MOVE_AWAY) from None
            raise LockedError(f"{ledger}: an import is writing to this content folder", "wait until it ends") from None
        except sqlite3.DatabaseError as error:
            raise CablepressError(f"{ledger}: not a ledger that can be read ({error})", _MOVE_AWAY) from None
        for path, number in database.execute(_IN_ORDER):
            yield Path(os.fsdecode(path)), number


_MOVE_AWAY = "move it away; the rows will then be numbered anew"


def _put_in(database: sqlite3.Connection, ledger: Path, paths: Iterable[Path]) -> None:
    database.execute("ATTACH ? AS ledger", (f"{ledger.as_uri()}?mode=rw",))
    if not database.execute("SELECT 1 FROM ledger.sqlite_master WHERE name = 'numbers'").fetchone():
        database.execute("CREATE TEMP TABLE numbers (stem, number)")
    database.execute("CREATE TEMP TABLE files (place INTEGER PRIMARY KEY, path BLOB NOT NULL, number INTEGER)")
    rows = ((place, os.fsencode(path), path.stem if path.stem.isascii() else "") for place, path in enumerate(paths))
    database.executemany(_NUMBERED, rows)
