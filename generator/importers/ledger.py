"""What the import wrote into `content/cables`, so that a file edited by hand since is told from one that was not.

The ledger is `content/.import/ledger.sqlite`, one row a file: its path and the SHA-256 of the bytes written. It belongs
to the content and not to the build's cache, which may be deleted at any time; it is SQLite and not a list, because
251,287 rows must neither be held in memory nor be rewritten for one; and it is not a line in each cable's front matter,
because that line would be one more thing to edit by hand. Losing it loses no text: without a row a file counts as
edited, so that it can only become a conflict and never be overwritten. A row is written after its file; a kill between
the two leaves a file that equals its record, and such a file is taken into the ledger when it is met again.

A record that was put into `conflicts/` has a row too: once its file is gone from there, a person has settled it, and
the same record is not put there again. And it has the running numbers that the full dump gives its cables. Without
the ledger, settled conflicts are told once more, and an export numbers anew.

Two tables live for one run and on disk: where each cable lies (people move files, and name them as they like), and
which files records of this run have claimed (two records of one ID must not overwrite each other). Files that no import
wrote are read to know their reference IDs.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from types import TracebackType

from generator.archive.discover import cable_files
from generator.cable.ids import file_name
from generator.cable.read import read_outline
from generator.cable.source.content_file import read_source
from generator.cable.source.facts import named
from generator.cable.vocabulary import BUILT_IN, Vocabulary
from generator.errors import CablepressError, LockedError

FOLDER = ".import"
NAME = "ledger.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS written (path TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS aside (path TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS numbers (stem TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE here (stem TEXT PRIMARY KEY, path TEXT NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE claimed (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_BATCH = 500


class Ledger:
    """The open ledger of a content folder; one import at a time has it. Paths are relative to the content folder."""

    def __init__(self, content: Path, vocabulary: Vocabulary = BUILT_IN) -> None:
        """Open or make the ledger. Raises LockedError, and CablepressError for a file that is no ledger."""
        path = content / FOLDER / NAME
        self._waiting = 0
        self._database = sqlite3.connect(path, timeout=0.2, isolation_level=None)
        try:
            self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._database.execute("BEGIN IMMEDIATE")
            for statement in _SCHEMA.split(";"):
                self._database.execute(statement)
            self._database.executemany(
                "INSERT INTO here VALUES (?, ?) ON CONFLICT DO UPDATE SET path = min(path, excluded.path)",
                self._cables(content, vocabulary),
            )
        except sqlite3.OperationalError as error:
            self._database.close()
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            told = f"{path}: another import is writing to this content folder"
            raise LockedError(told, "wait for it, or stop it") from None
        except sqlite3.DatabaseError as error:
            self._database.close()
            hint = "move it away; cables that differ from what is imported will then be reported, not replaced"
            raise CablepressError(f"{path}: not a ledger that can be read ({error})", hint) from None

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._database.execute("COMMIT")
        self._database.close()

    def where(self, stem: str) -> str | None:
        """The path of the cable's file by the name that the import gives it, without `.txt`, whatever it is called."""
        found = self._value("SELECT path FROM here WHERE stem = ?", stem)
        return found if isinstance(found, str) else None

    def is_as_written(self, path: str, digest: bytes) -> bool:
        """Whether the digest is that of what the import wrote to the path."""
        return self._value("SELECT digest FROM written WHERE path = ?", path) == digest

    def number(self, stem: str, number: int) -> None:
        """The cable has this running number in the dump."""
        query = "INSERT INTO numbers VALUES (?, ?) ON CONFLICT DO UPDATE SET number = excluded.number"
        if self._value("SELECT number FROM numbers WHERE stem = ?", stem) != number:
            self._database.execute(query, (stem, number))

    def was_put_aside(self, path: str, digest: bytes) -> bool:
        """Whether a record of this digest was once put there for a person to settle."""
        return self._value("SELECT digest FROM aside WHERE path = ?", path) == digest

    def put_aside(self, path: str, digest: bytes) -> None:
        """A record of this digest stands there for a person to settle."""
        self._database.execute("INSERT OR REPLACE INTO aside VALUES (?, ?)", (path, digest))

    def is_claimed(self, path: str) -> bool:
        """Whether another record of this run stands in the file."""
        return self._value("SELECT path FROM claimed WHERE path = ?", path) is not None

    def claim(self, path: str, stem: str, digest: bytes) -> None:
        """A record of this run stands in the file, which has the digest, and is as the import writes it."""
        if not self.is_as_written(path, digest):
            self._database.execute("INSERT OR REPLACE INTO written VALUES (?, ?)", (path, digest))
        self._database.execute("INSERT OR IGNORE INTO here VALUES (?, ?)", (stem, path))
        self.claim_edited(path)

    def claim_edited(self, path: str) -> None:
        """A record of this run agrees with the file, which people have edited."""
        self._database.execute("INSERT OR IGNORE INTO claimed VALUES (?)", (path,))
        self._waiting += 1
        if self._waiting >= _BATCH:
            self._database.execute("COMMIT")
            self._database.execute("BEGIN IMMEDIATE")
            self._waiting = 0

    def _value(self, query: str, key: str) -> object:
        row = self._database.execute(query, (key,)).fetchone()
        return row[0] if row else None

    def _cables(self, content: Path, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
        """The name that an import gives the cable, without `.txt`, and the path of each cable that the site shows."""
        for path in cable_files(content):
            if isinstance(path, str):
                is_ours = self._value("SELECT path FROM written WHERE path = ?", path) is not None
                yield (PurePosixPath(path).stem if is_ours else _name(content, path, vocabulary)), path


def _name(content: Path, path: str, vocabulary: Vocabulary) -> str:
    """The name of a file as the import gives it, by the reference ID that a build reads from the one that is there."""
    try:
        source = read_source((content / path).read_bytes(), path)
    except OSError:
        return PurePosixPath(path).stem
    facts = named(source.facts, path)
    return file_name(facts.id or read_outline(source.text, facts, vocabulary).id)
