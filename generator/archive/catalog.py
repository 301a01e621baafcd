"""The catalog: one SQLite file that holds what the last build knew.

It is a cache outside the output folder; `schema.sql` has its tables.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from generator.archive.database import readable, remove, writable
from generator.errors import Problem, Severity


class Stamp(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A file as the file system describes it, in bytes and nanoseconds; a hint that it has not changed, never proof.

    `seen` is when we looked. A file touched within `RACY` of that moment could change again without a trace.
    """

    size: int
    mtime: int
    ctime: int
    inode: int
    seen: int

    def unproven(self) -> "Stamp":
        """The same, but for proof of nothing: the next build reads the file again."""
        return msgspec.structs.replace(self, seen=0)


class Input(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A file of the content folder as it was last read."""

    stamp: Stamp
    digest: bytes


class OwnedPage(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A file in the output folder that this program wrote. `fingerprint` is None where only its bytes are known."""

    path: str
    kind: str
    key: str
    fingerprint: bytes | None
    digest: bytes
    size: int | None
    mtime: int | None


ADOPTED = ("", "")
"""Kind and key of files that only the manifest in the output folder says are ours: no kind of page wants them."""


class Catalog:
    """An open catalog. One process writes; others open it with `read_only`, on other machines a copy `at_rest`."""

    def __init__(self, path: Path, *, read_only: bool = False, at_rest: bool = False) -> None:
        self.path = path
        if read_only:
            self.db = readable(path, at_rest=at_rest)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.db = writable(path)

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def begin_anew(self) -> None:
        """Forget everything, and the file that it stood in."""
        self.db.close()
        remove(self.path)
        self.db = writable(self.path)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside happens, or nothing of it."""
        self.begin()
        try:
            yield
        except BaseException:
            self.roll_back()
            raise
        self.commit()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is asked inside is answered from one state, and without a lock for each question."""
        if self.db.in_transaction:
            yield
            return
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("COMMIT")

    def begin(self) -> None:
        """Let nothing that is written from here on be seen until `commit`."""
        self.db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Have all that was written since `begin`."""
        self.db.execute("COMMIT")

    def roll_back(self) -> None:
        """Forget what was written since `begin`, unless it is committed."""
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")

    # facts about the last build

    def meta(self, key: str) -> str:
        """A fact that the last build left, or the empty string."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Leave a fact for the next build."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # the content folder

    def input_folders(self) -> Iterator[str]:
        """The folders that held files at the last build."""
        return self._folders("input")

    def stamps(self, folder: str) -> dict[str, Stamp]:
        """The stamps of the files that stood directly in a folder, by name."""
        rows = self.db.execute("SELECT name, size, mtime, ctime, inode, seen FROM input WHERE folder = ?", (folder,))
        return {row[0]: Stamp(*row[1:]) for row in rows}

    def input(self, path: str) -> Input | None:
        """One file as it was last read, or None."""
        folder, name = split(path)
        row = self.db.execute(
            "SELECT size, mtime, ctime, inode, seen, digest FROM input WHERE folder = ? AND name = ?", (folder, name)
        ).fetchone()
        return Input(Stamp(*row[:5]), row[5]) if row else None

    def inputs_below(self, folder: str) -> Iterator[str]:
        """The paths of the files in a folder and in those below it."""
        rows = self.db.execute(
            "SELECT folder, name FROM input WHERE folder = ?1 OR folder LIKE ?1 || '/%' ORDER BY folder, name",
            (folder,),
        )
        return (joined(folder, name) for folder, name in rows)

    def put_input(self, path: str, entry: Input) -> None:
        """Remember a file as it was read."""
        row = (*split(path), *msgspec.structs.astuple(entry.stamp), entry.digest)
        self.db.execute("INSERT OR REPLACE INTO input VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def drop_input(self, path: str) -> None:
        """Forget a file that is gone."""
        self.db.execute("DELETE FROM input WHERE folder = ? AND name = ?", split(path))

    # the output folder

    def page_folders(self) -> Iterator[str]:
        """The folders of the output that hold files of ours."""
        return self._folders("page")

    def pages_in(self, folder: str) -> Iterator[OwnedPage]:
        """Our files directly in one folder of the output, by name."""
        return self._pages("folder = ? ORDER BY name", folder)

    def standing_in(self, folder: str) -> dict[str, tuple[int | None, int | None]]:
        """Size and time of our files directly in one folder of the output, by name; None where they are not known."""
        rows = self.db.execute("SELECT name, size, mtime FROM page WHERE folder = ?", (folder,))
        return {name: (size, mtime) for name, size, mtime in rows}

    def pages_of(self, kind: str, key: str) -> Iterator[OwnedPage]:
        """Our files that belong to one group of pages."""
        return self._pages("kind = ? AND key = ?", kind, key)

    def page(self, path: str) -> OwnedPage | None:
        """One of our files, or None."""
        return next(self._pages("folder = ? AND name = ?", *split(path)), None)

    def count_pages(self) -> int:
        """How many files of the output are ours."""
        return sum(self.count_by_kind().values())

    def put_page(self, page: OwnedPage) -> None:
        """Remember a file of ours."""
        row = (*split(page.path), *msgspec.structs.astuple(page)[1:])
        self.db.execute(_PUT_PAGE, row)

    def drop_page(self, path: str) -> None:
        """Forget a file that is no longer ours."""
        self.db.execute("DELETE FROM page WHERE folder = ? AND name = ?", split(path))

    def lose_page(self, path: str) -> None:
        """Note that a file of ours is not in its place."""
        self.db.execute("UPDATE page SET size = NULL WHERE folder = ? AND name = ?", split(path))

    def keys_of(self, kind: str) -> Iterator[str]:
        """The keys of the groups of a kind that have files."""
        return (row[0] for row in self.db.execute("SELECT DISTINCT key FROM page WHERE kind = ?", (kind,)))

    def count_by_kind(self) -> dict[str, int]:
        """How many files of each kind there are."""
        return dict(self.db.execute("SELECT kind, count FROM page_count WHERE count > 0 ORDER BY kind").fetchall())

    def forget_pages(self) -> None:
        """Forget all files of ours: the output folder is not the one that they were written to."""
        self.db.execute("DELETE FROM page")

    def pages(self) -> Iterator[OwnedPage]:
        """All files of ours."""
        return self._pages("TRUE")

    def _pages(self, where: str, *values: str) -> Iterator[OwnedPage]:
        columns = "folder, name, kind, key, fingerprint, digest, size, mtime"
        for folder, name, *rest in self.db.execute(f"SELECT {columns} FROM page WHERE {where}", values):  # noqa: S608
            yield OwnedPage(joined(folder, name), *rest)

    def _folders(self, table: str) -> Iterator[str]:
        """The folders of a table's files, each found from the one before, whatever it holds."""
        step = f"SELECT min(folder) FROM {table}"  # noqa: S608
        row = self.db.execute(step).fetchone()
        while row[0] is not None:
            yield str(row[0])
            row = self.db.execute(f"{step} WHERE folder > ?", (row[0],)).fetchone()

    # what has to be looked at

    def mark(self, kind: str, key: str, reason: str) -> None:
        """Note that a group of pages may look different; the first reason stays."""
        self.mark_all(kind, (key,), reason)

    def mark_all(self, kind: str, keys: Iterable[str], reason: str) -> None:
        """Note that groups of pages may look different; the first reason of each stays."""
        rows = ((kind, key, reason) for key in keys)
        self.db.executemany("INSERT OR IGNORE INTO dirty VALUES (?, ?, ?)", rows)

    def count_marks(self) -> int:
        """How many groups may look different."""
        return int(self.db.execute("SELECT count(*) FROM dirty").fetchone()[0])

    def marked(self) -> Iterator[tuple[str, str]]:
        """The kinds and keys of the groups that may look different, in order."""
        return iter(self.db.execute("SELECT kind, key FROM dirty ORDER BY kind, key"))

    def reason(self, kind: str, key: str) -> str:
        """Why a group may look different."""
        row = self.db.execute("SELECT reason FROM dirty WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        return str(row[0]) if row else ""

    def unmark_all(self) -> None:
        """All marked groups have reached the output folder."""
        self.db.execute("DELETE FROM dirty")

    def forget_parsed(self) -> None:
        """No parsed cable waits to be rendered any more."""
        self.db.execute("DELETE FROM parsed")

    # what is wrong

    def set_problems(self, source: str, problems: Iterable[Problem]) -> None:
        """Replace what is known to be wrong with one file or group of pages."""
        self.db.execute("DELETE FROM problem WHERE source = ?", (source,))
        rows = [(source, p.path, p.line, p.text, p.hint, p.severity) for p in problems]
        if rows:
            self.db.executemany("INSERT OR IGNORE INTO problem VALUES (?, ?, ?, ?, ?, ?)", rows)

    def problems(self) -> list[Problem]:
        """All that is known to be wrong, by path and line."""
        rows = self.db.execute("SELECT path, line, text, hint, severity FROM problem")
        return sorted(Problem(path, line, text, hint, Severity(severity)) for path, line, text, hint, severity in rows)


_PUT_PAGE = (
    "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET kind = excluded.kind,"
    " key = excluded.key, fingerprint = excluded.fingerprint, digest = excluded.digest,"
    " size = excluded.size, mtime = excluded.mtime"
)


def split(path: str) -> tuple[str, str]:
    """A path below a folder as its own folder and its name."""
    folder, _, name = path.rpartition("/")
    return folder, name


def joined(folder: str, name: str) -> str:
    """The opposite of `split`."""
    return f"{folder}/{name}" if folder else name
