"""Keeps the catalog true to the cables: what one file's change does to the archive as a whole."""

from collections.abc import Iterator

import msgspec

from generator.archive import queries
from generator.archive.aliases import goes_by, keep_aliases, tell_taken
from generator.archive.catalog import Catalog, Input
from generator.archive.head import Head
from generator.archive.intake import CableRead
from generator.archive.lists import has_feed
from generator.cable import ids
from generator.errors import Problem


class CableChange(msgspec.Struct, frozen=True, gc=False):
    """What changed about one cable that the site shows, or showed.

    `before` and `after` are None where it was not, or is no longer, shown; equal where only its text changed.
    `counted` has the addresses of the lists, and of parts of lists, that hold more cables or fewer since then.
    """

    path: str
    before: Head | None
    after: Head | None
    counted: frozenset[str] = frozenset()


_ENCODER = msgspec.msgpack.Encoder()


def settle(catalog: Catalog, read: CableRead) -> Iterator[CableChange]:
    """Write what was read from a file into the catalog; say how the shown cables changed by it."""
    if read.entry is None:
        yield from remove(catalog, read.path)
        return
    catalog.put_input(read.path, read.entry)
    catalog.set_problems(read.path, read.problems)
    if read.place is not None:
        place = msgspec.structs.astuple(read.place)
        catalog.db.execute("INSERT OR REPLACE INTO parsed VALUES (?, ?, ?, ?)", (read.path, *place))
    if read.head is None:
        yield from _remove(catalog, read.path)
        return
    _keep_summary(catalog, read.path, read.summary)
    row = catalog.db.execute("SELECT digest, head, anchors FROM head WHERE path = ?", (read.path,)).fetchone()
    packed, anchors = _ENCODER.encode(read.head), " ".join(read.anchors)
    if row is not None and row[1] == packed:
        if (row[0], row[2]) != (read.entry.digest, anchors):
            catalog.db.execute(
                "UPDATE head SET digest = ?, anchors = ? WHERE path = ?", (read.entry.digest, anchors, read.path)
            )
            if queries.entry(catalog, read.path) is not None:
                yield CableChange(read.path, read.head, read.head)
        return
    yield from _replace(catalog, read, read.entry.digest, packed, anchors)


def keep(catalog: Catalog, read: CableRead) -> bool:
    """Leave a cable as it was last read if its file is faulty now; whether that is so.

    The file counts as unread: a build that keeps nothing takes the cable away.
    """
    known = catalog.db.execute("SELECT 1 FROM cable WHERE path = ?", (read.path,)).fetchone()
    if read.entry is None or read.head is not None or known is None:
        return False
    catalog.put_input(read.path, Input(read.entry.stamp.unproven(), read.entry.digest))
    catalog.set_problems(read.path, read.problems)
    return True


def kept(catalog: Catalog) -> Iterator[str]:
    """The files of the cables that `keep` left as they were, and that were not mended since."""
    faulty = "SELECT DISTINCT source FROM problem WHERE severity = 'error'"
    return (row[0] for row in catalog.db.execute(f"SELECT path FROM ({faulty}) JOIN cable ON path = source"))  # noqa: S608


def remove(catalog: Catalog, path: str) -> Iterator[CableChange]:
    """Take a file that is gone out of the catalog; say how the shown cables changed by it."""
    catalog.drop_input(path)
    catalog.set_problems(path, ())
    yield from _remove(catalog, path)


def index_releases(catalog: Catalog) -> None:
    """See to it that the newest releases of a list are found at once; making it after the first reading saves time."""
    catalog.db.execute(
        "CREATE INDEX IF NOT EXISTS membership_released ON membership (list, released) WHERE released != ''"
    )


def _replace(catalog: Catalog, read: CableRead, digest: bytes, packed: bytes, anchors: str) -> Iterator[CableChange]:
    head = read.head
    assert head is not None
    before, old_address = _withdraw(catalog, read.path)
    catalog.db.execute(
        "INSERT OR REPLACE INTO cable VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(read.path, head.address, head.id, head.created, head.released, head.subject, head.readable),
            *(head.classification, head.classification_slug, head.origin),
        ),
    )
    catalog.db.execute("INSERT OR REPLACE INTO head VALUES (?, ?, ?, ?)", (read.path, digest, anchors, packed))
    shown = list(_show(catalog, head.address, (read.path, head)))
    if old_address and old_address != head.address:
        shown += _show(catalog, old_address)
    tell_taken(catalog, keep_aliases(catalog, read.path, read.aliases))
    yield from _changes(read.path, before, shown)


def _keep_summary(catalog: Catalog, path: str, summary: str) -> None:
    if summary:
        catalog.db.execute("INSERT OR REPLACE INTO summary VALUES (?, ?)", (path, summary))
    else:
        catalog.db.execute("DELETE FROM summary WHERE path = ?", (path,))


def _remove(catalog: Catalog, path: str) -> Iterator[CableChange]:
    _keep_summary(catalog, path, "")
    tell_taken(catalog, keep_aliases(catalog, path, ()))
    before, address = _withdraw(catalog, path)
    catalog.db.execute("DELETE FROM cable WHERE path = ?", (path,))
    catalog.db.execute("DELETE FROM head WHERE path = ?", (path,))
    yield from _changes(path, before, list(_show(catalog, address)) if address else [])


def _changes(path: str, before: Head | None, shown: list[CableChange]) -> Iterator[CableChange]:
    """Join the withdrawal of a cable with what came into its place."""
    for change in shown:
        if change.path == path:
            yield CableChange(path, before, change.after)
            before = None
        else:
            yield change
    if before is not None:
        yield CableChange(path, before, None)


def _withdraw(catalog: Catalog, path: str) -> tuple[Head | None, str]:
    """Take a file's cable off the site; returns its head if it was shown, and its address."""
    row = catalog.db.execute("SELECT shown, address FROM cable WHERE path = ?", (path,)).fetchone()
    shown, address = row or (0, "")
    if not shown:
        return None, address
    head = queries.head(catalog, path)
    catalog.db.execute("UPDATE cable SET shown = 0 WHERE path = ?", (path,))
    catalog.db.execute("DELETE FROM name WHERE path = ?", (path,))
    if parsed := ids.parse_id(head.id):
        catalog.db.execute(
            "DELETE FROM number WHERE post = ? AND year = ? AND serial = ? AND path = ?",
            (parsed.post, parsed.year, parsed.serial, path),
        )
    catalog.db.execute("DELETE FROM citation WHERE path = ?", (path,))
    catalog.db.executemany(
        "DELETE FROM membership WHERE list = ? AND created = ? AND id = ? AND path = ?",
        [(m.list, head.created, head.id, path) for m in (*head.memberships, *head.glued)],
    )
    if goes_by(catalog, head.id):
        tell_taken(catalog, (head.id,))
    return head, address


def _show(catalog: Catalog, address: str, known: tuple[str, Head] | None = None) -> Iterator[CableChange]:
    """See to it that the first file of an address, by path, is the one that is shown; one head may be `known`."""
    rows = catalog.db.execute("SELECT path, shown FROM cable WHERE address = ? ORDER BY path", (address,)).fetchall()
    catalog.set_problems(f"address:{address}", [_second(rows[0][0], path) for path, _ in rows[1:]])
    for number, (path, shown) in enumerate(rows):
        if number > 0 and shown:
            head, _ = _withdraw(catalog, path)
            yield CableChange(path, head, None)
        elif number == 0 and not shown:
            head = known[1] if known and known[0] == path else queries.head(catalog, path)
            _publish(catalog, path, head)
            yield CableChange(path, None, head)


def _publish(catalog: Catalog, path: str, head: Head) -> None:
    catalog.db.execute("UPDATE cable SET shown = 1 WHERE path = ?", (path,))
    catalog.db.executemany(
        "INSERT OR IGNORE INTO name VALUES (?, ?, ?)", [(name, rank, path) for rank, name in enumerate(head.names)]
    )
    if parsed := ids.parse_id(head.id):
        catalog.db.execute("INSERT INTO number VALUES (?, ?, ?, ?)", (parsed.post, parsed.year, parsed.serial, path))
    catalog.db.executemany(
        "INSERT INTO citation VALUES (?, ?, ?, ?, ?, ?)",
        [(path, number, *msgspec.structs.astuple(entry)) for number, entry in enumerate(head.citations)],
    )
    catalog.db.executemany(
        "INSERT OR IGNORE INTO membership VALUES (?, ?, ?, ?, ?, ?)",
        [
            (m.list, head.created, head.id, path, m.title, head.released[:10] if has_feed(m.list) else "")
            for m in (*head.memberships, *head.glued)
        ],
    )
    if goes_by(catalog, head.id):
        tell_taken(catalog, (head.id,))


def _second(first: str, path: str) -> Problem:
    hint = "give one of them another id in its front matter, and its file that name, or remove it"
    return Problem(path, 1, f"this cable has the same reference ID as {first}, which is the one that is shown", hint)
