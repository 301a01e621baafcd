"""What was found in each cable, in a temporary SQLite file: memory stays the same for any number of cables."""

import sqlite3
from collections.abc import Iterator

import msgspec

from generator.reading.findings import Field, Finding, FindingKind, Reading

_SCHEMA = """
CREATE TABLE cable (number INTEGER PRIMARY KEY, path TEXT NOT NULL, address TEXT NOT NULL, id TEXT, look INTEGER);
CREATE TABLE wanted (number INTEGER, field TEXT);
CREATE TABLE finding (number INTEGER, kind TEXT, line INTEGER, text TEXT);
CREATE TABLE name (name TEXT, number INTEGER, PRIMARY KEY (name, number)) WITHOUT ROWID;
CREATE TABLE reference (number INTEGER, target TEXT, fallback TEXT, likely TEXT, line INTEGER);
"""
_INDEXES = """
CREATE INDEX cable_address ON cable (address, path);
CREATE INDEX wanted_number ON wanted (number);
CREATE INDEX finding_number ON finding (number);
CREATE TEMP TABLE hidden AS SELECT number FROM cable c
    WHERE EXISTS (SELECT 1 FROM cable d WHERE d.address = c.address AND d.path < c.path);
DELETE FROM name WHERE number IN (SELECT number FROM hidden);
DELETE FROM reference WHERE number IN (SELECT number FROM hidden);
DELETE FROM reference WHERE EXISTS (SELECT 1 FROM name n WHERE n.name = target OR n.name = fallback);
CREATE INDEX reference_likely ON reference (likely, number);
"""
"""Of several cables with one address the site shows the first by path: only that one has names, and refers."""


class CitedCable(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A reference to a cable, and where it stands: the line of the file, or 0 for its front matter.

    `target` and `fallback` as in a `Citation`; `likely` is the canonical ID of the target.
    """

    target: str
    fallback: str
    likely: str
    line: int


class FileRead(msgspec.Struct, frozen=True, gc=False):
    """A content file after reading: the cable's own facts for the archive, and what was found.

    `names` are the IDs that lead to the cable, none for a cable without ID. Lines are those of the file.
    """

    path: str
    address: str
    id: str
    names: tuple[str, ...]
    cited: tuple[CitedCable, ...]
    reading: Reading


class Place(msgspec.Struct, frozen=True):
    """A place in a content file and what is to be said of it, if anything; line 0 means the whole file."""

    path: str
    line: int = 0
    text: str = ""


class CableToLookAt(msgspec.Struct, frozen=True):
    """A cable that needs an eye, and why."""

    path: str
    id: str
    missing: tuple[Field, ...]
    findings: tuple[Finding, ...]


class Unresolved(msgspec.Struct, frozen=True):
    """A cable that is referred to and is not in the archive: how often, by how many cables, and first where."""

    id: str
    references: int
    cables: int
    path: str
    line: int


class Store:
    """All that was found; first everything is put in, then `complete`, then it is asked for."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")

    def close(self) -> None:
        """Let go of the temporary file."""
        self._db.close()

    def put(self, read: FileRead) -> None:
        """Add a cable."""
        row = (read.path, read.address, read.id, read.reading.needs_an_eye)
        number = self._db.execute("INSERT INTO cable VALUES (NULL, ?, ?, ?, ?)", row).lastrowid
        self._db.executemany("INSERT INTO wanted VALUES (?, ?)", [(number, field) for field in read.reading.wanted])
        self._db.executemany(
            "INSERT INTO finding VALUES (?, ?, ?, ?)",
            [(number, found.kind, found.line, found.text) for found in read.reading.findings],
        )
        self._db.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", [(name, number) for name in read.names])
        self._db.executemany(
            "INSERT INTO reference VALUES (?, ?, ?, ?, ?)",
            [(number, *msgspec.structs.astuple(cited)) for cited in read.cited],
        )

    def complete(self) -> None:
        """All cables are in: find out which references lead nowhere (CABLE-FORMAT 0.1, rule 9)."""
        self._db.execute("COMMIT")
        self._db.executescript(_INDEXES)

    def without(self, field: str, limit: int) -> Iterator[Place]:
        """The cables that were expected to have a field, by path; a limit of -1 is none."""
        query = "SELECT path FROM wanted JOIN cable USING (number) WHERE field = ? ORDER BY path LIMIT ?"
        return (Place(row[0]) for row in self._db.execute(query, (field, limit)))

    def with_finding(self, kind: str, limit: int) -> Iterator[Place]:
        """The findings of a kind by path and line; a limit of -1 is none."""
        query = (
            "SELECT path, line, text FROM finding f JOIN cable USING (number) WHERE kind = ?"
            " ORDER BY path, line, f.rowid LIMIT ?"
        )
        return (Place(*row) for row in self._db.execute(query, (kind, limit)))

    def count_findings(self, kind: str) -> int:
        """How many findings of a kind there are."""
        return int(self._db.execute("SELECT count(*) FROM finding WHERE kind = ?", (kind,)).fetchone()[0])

    def to_look_at(self) -> Iterator[CableToLookAt]:
        """Every cable that needs an eye, by path."""
        for number, path, own_id in self._db.execute("SELECT number, path, id FROM cable WHERE look ORDER BY path"):
            wanted = self._db.execute("SELECT field FROM wanted WHERE number = ? ORDER BY rowid", (number,))
            findings = self._db.execute(
                "SELECT kind, line, text FROM finding WHERE number = ? ORDER BY rowid", (number,)
            )
            yield CableToLookAt(
                path,
                own_id,
                tuple(Field(row[0]) for row in wanted),
                tuple(Finding(FindingKind(kind), line, text) for kind, line, text in findings),
            )

    def unresolved(self, limit: int) -> Iterator[Unresolved]:
        """The cables that are missed, the most wanted first; a limit of -1 is none."""
        query = """
            WITH missed AS (
                SELECT likely, count(*) AS times, count(DISTINCT number) AS cables FROM reference GROUP BY likely
                ORDER BY times DESC, cables DESC, likely LIMIT ?
            )
            SELECT likely, times, cables, (
                SELECT path || char(10) || line FROM reference r JOIN cable USING (number)
                WHERE r.likely = missed.likely ORDER BY path, r.rowid LIMIT 1
            ) FROM missed ORDER BY times DESC, cables DESC, likely
        """
        for likely, references, cables, place in self._db.execute(query, (limit,)):
            path, _, line = place.rpartition("\n")
            yield Unresolved(likely, references, cables, path, int(line))

    def count_unresolved(self) -> tuple[int, int]:
        """How many references lead nowhere, and to how many cables."""
        row = self._db.execute("SELECT count(*), count(DISTINCT likely) FROM reference").fetchone()
        return int(row[0]), int(row[1])
