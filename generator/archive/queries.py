"""Questions to the catalog about the cables that the site shows."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import starmap

import msgspec

from generator.archive.catalog import Catalog
from generator.archive.head import Citation, Head
from generator.archive.intake import Place
from generator.archive.lists import Slice, bounds, stretches


class Entry(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A shown cable as a list has it; all text as in `Head`."""

    path: str
    address: str
    id: str
    created: str
    released: str
    subject: str
    readable: str
    classification: str
    classification_slug: str
    origin: str


class ListCount(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A list, how many cables stand in it, and its title."""

    name: str
    count: int
    title: str


_HEAD = msgspec.msgpack.Decoder(Head)

_ENTRY = (
    "c.path, c.address, c.id, c.created, c.released, c.subject, c.readable, c.classification, c.classification_slug,"
    " c.origin"
)


def entry(catalog: Catalog, path: str) -> Entry | None:
    """The shown cable that a content file holds."""
    return next(_entries(catalog, "FROM cable c WHERE c.path = ? AND c.shown", path), None)


def head(catalog: Catalog, path: str) -> Head:
    """The head of the cable that a content file holds."""
    return head_and_digest(catalog, path)[0]


def head_and_digest(catalog: Catalog, path: str) -> tuple[Head, bytes]:
    """The head of the cable that a content file holds, and the digest of the file."""
    packed, digest = catalog.db.execute("SELECT head, digest FROM head WHERE path = ?", (path,)).fetchone()
    return _HEAD.decode(packed), digest


def parsed_place(catalog: Catalog, path: str) -> Place | None:
    """Where the cable that a content file holds waits to be rendered, if it was read in this build."""
    row = catalog.db.execute("SELECT spool, start, length FROM parsed WHERE path = ?", (path,)).fetchone()
    return Place(*row) if row else None


def created(entry: Entry) -> date | None:
    """The day on which a cable was created, on which its address depends."""
    return date.fromisoformat(entry.created[:10]) if len(entry.created) >= 10 else None


def occupied(catalog: Catalog, address: str) -> bool:
    """Whether a shown cable has this address."""
    return catalog.db.execute("SELECT 1 FROM cable WHERE address = ? AND shown", (address,)).fetchone() is not None


def digest_and_anchors(catalog: Catalog, path: str) -> tuple[bytes, tuple[str, ...]]:
    """The digest of a cable's file and the anchors of its page."""
    digest, anchors = catalog.db.execute("SELECT digest, anchors FROM head WHERE path = ?", (path,)).fetchone()
    return digest, tuple(anchors.split())


def all_paths(catalog: Catalog) -> Iterator[str]:
    """The content files of all shown cables."""
    return (row[0] for row in catalog.db.execute("SELECT path FROM cable WHERE shown ORDER BY path"))


def renamed_paths(catalog: Catalog) -> Iterator[str]:
    """The content files of the shown cables that go by more than one name."""
    return (row[0] for row in catalog.db.execute("SELECT DISTINCT path FROM name WHERE rank > 0 ORDER BY path"))


def count_cables(catalog: Catalog) -> int:
    """How many cables the site shows."""
    return int(catalog.db.execute("SELECT count FROM shown_count").fetchone()[0])


def find(catalog: Catalog, name: str) -> Entry | None:
    """The cable that a reference ID leads to: the one whose own it is, else one that also goes by it."""
    return next(
        _entries(
            catalog,
            "FROM name n JOIN cable c ON c.path = n.path WHERE n.name = ? ORDER BY n.rank, n.path LIMIT 1",
            name,
        ),
        None,
    )


def holders(catalog: Catalog, names: Iterable[str]) -> Iterator[str]:
    """The content files of all cables that go by one of the names."""
    for name in names:
        yield from (row[0] for row in catalog.db.execute("SELECT path FROM name WHERE name = ?", (name,)))


def names_like(catalog: Catalog, name: str, limit: int) -> list[str]:
    """Reference IDs that begin like this one; first the longest beginning that any has."""
    for length in range(len(name) - 1, 1, -1):
        start = name[:length]
        rows = catalog.db.execute(
            "SELECT DISTINCT name FROM name WHERE name >= ? AND name < ? LIMIT ?", (start, f"{start}~", limit)
        ).fetchall()
        if rows:
            return [row[0] for row in rows]
    return []


def resolve(catalog: Catalog, citation: Citation) -> Entry | None:
    """The cable that a citation leads to (CABLE-FORMAT 0.1, rule 9)."""
    found = find(catalog, citation.target) if citation.target else None
    return found or (find(catalog, citation.fallback) if citation.fallback else None)


def citing(catalog: Catalog, names: Iterable[str]) -> Iterator[tuple[str, Citation]]:
    """The citations that name one of these reference IDs, each with the content file that it stands in."""
    columns = "SELECT path, letter, text, target, fallback FROM citation"
    for name in names:
        for path, *rest in catalog.db.execute(f"{columns} WHERE target = ? AND target != ''", (name,)):
            yield path, Citation(*rest)
        for path, *rest in catalog.db.execute(f"{columns} WHERE fallback = ? AND fallback != ''", (name,)):
            yield path, Citation(*rest)


_FOUND = "(SELECT n.path FROM name n WHERE n.name = {} ORDER BY n.rank, n.path LIMIT 1)"
"""Whose file a name leads to, as `find` has it."""

_CITED_BY = f"""FROM citation k JOIN cable c ON c.path = k.path
    WHERE (k.target = ?1 AND k.target != '' OR k.fallback = ?1 AND k.fallback != '') AND k.path != ?2
    AND coalesce({_FOUND.format("k.target")}, {_FOUND.format("k.fallback")}) = ?2"""
"""The citations that name ?1 and lead to the file ?2, as `resolve` has it; `!= ''` lets the indexes be used."""


def cited_by(catalog: Catalog, path: str, names: Iterable[str]) -> list[Entry]:
    """The cables whose citations lead to this one, which goes by these names, in order of time."""
    found: set[Entry] = set()
    for name in names:
        found.update(_entries(catalog, _CITED_BY, name, path))
    return sorted(found, key=lambda e: (e.created, e.id, e.path))


def neighbours(catalog: Catalog, name: str, created: str, own_id: str, path: str) -> tuple[Entry | None, Entry | None]:
    """The cables before and after a place in a list."""
    source = "FROM membership m JOIN cable c ON c.path = m.path WHERE m.list = ? AND (m.created, m.id, m.path)"
    order = "m.created {0}, m.id {0}, m.path {0} LIMIT 1"
    values = (name, created, own_id, path)
    before = _entries(catalog, f"{source} < (?, ?, ?) ORDER BY {order.format('DESC')}", *values)
    after = _entries(catalog, f"{source} > (?, ?, ?) ORDER BY {order.format('ASC')}", *values)
    return next(before, None), next(after, None)


def members(
    catalog: Catalog, name: str, first: str = "", end: str = "~", limit: int = -1, *, oldest_first: bool = False
) -> list[Entry]:
    """The cables of a list created from `first` to before `end`, the newest first unless asked otherwise."""
    source = "FROM membership m JOIN cable c ON c.path = m.path WHERE m.list = ? AND m.created >= ? AND m.created < ?"
    order = "ORDER BY m.created {0}, m.id {0}, m.path {0} LIMIT ?".format("ASC" if oldest_first else "DESC")
    return list(_entries(catalog, f"{source} {order}", name, first, end, limit))


def newest(catalog: Catalog, name: str, limit: int) -> list[Entry]:
    """The cables of a list that has a feed by day of release, the newest first; without those of no such day."""
    source = "FROM membership m JOIN cable c ON c.path = m.path WHERE m.list = ? AND m.released != ''"
    order = "ORDER BY m.released DESC, m.created DESC, m.id DESC, m.path DESC LIMIT ?"
    return list(_entries(catalog, f"{source} {order}", name, limit))


def summary(catalog: Catalog, path: str) -> str:
    """How the summary of a released cable begins, or an empty string."""
    row = catalog.db.execute("SELECT text FROM summary WHERE path = ?", (path,)).fetchone()
    return str(row[0]) if row else ""


def months(catalog: Catalog) -> Iterator[str]:
    """The folders of all cables' pages, `cable/2010/01`, each found from the one before."""
    step = "SELECT address FROM cable WHERE address > ? AND shown ORDER BY address LIMIT 1"
    row = catalog.db.execute(step, ("",)).fetchone()
    while row is not None:
        folder = row[0].rpartition("/")[0]
        yield folder
        row = catalog.db.execute(step, (f"{folder}0",)).fetchone()


def count_in(catalog: Catalog, folder: str) -> int:
    """How many cables have their page in a folder."""
    bounds = (f"{folder}/", f"{folder}0")
    sql = "SELECT count(*) FROM cable WHERE address > ? AND address < ? AND shown"
    return int(catalog.db.execute(sql, bounds).fetchone()[0])


def addresses_in(catalog: Catalog, folder: str, limit: int, offset: int) -> list[str]:
    """The addresses of the cables that have their page in a folder, in order."""
    sql = "SELECT address FROM cable WHERE address > ? AND address < ? AND shown ORDER BY address LIMIT ? OFFSET ?"
    return [row[0] for row in catalog.db.execute(sql, (f"{folder}/", f"{folder}0", limit, offset))]


def days(catalog: Catalog, name: str, first: str = "", end: str = "~") -> list[tuple[str, int]]:
    """How many cables of a list were created on which day from `first` to before `end`, in order of time."""
    rows = catalog.db.execute(
        "SELECT substr(created, 1, 10) AS day, count(*) FROM membership"
        " WHERE list = ? AND created >= ? AND created < ? GROUP BY day ORDER BY day",
        (name, first, end),
    )
    return [(day, count) for day, count in rows]


def list_count(catalog: Catalog, name: str) -> ListCount | None:
    """One list, or None if no cable stands in it."""
    row = catalog.db.execute(
        "SELECT name, sum(count), min(title) FROM list WHERE name = ? GROUP BY name", (name,)
    ).fetchone()
    return ListCount(*row) if row else None


def lists(catalog: Catalog, family: str) -> list[ListCount]:
    """All lists of a family, by name."""
    rows = catalog.db.execute(
        "SELECT name, sum(count), min(title) FROM list WHERE name > ? AND name < ? GROUP BY name ORDER BY name",
        (f"{family}/", f"{family}0"),
    )
    return [ListCount(*row) for row in rows]


def long_lists(catalog: Catalog, rows: int) -> list[str]:
    """The names of the lists with more cables than that."""
    found = catalog.db.execute("SELECT name FROM list GROUP BY name HAVING sum(count) > ? ORDER BY name", (rows,))
    return [row[0] for row in found]


_SLICE = "SELECT name, title, parent, count, is_cut FROM slice"


def is_cut(catalog: Catalog, name: str) -> bool:
    """Whether a list has parts."""
    return catalog.db.execute("SELECT 1 FROM slice WHERE list = ? LIMIT 1", (name,)).fetchone() is not None


def parts(catalog: Catalog, name: str) -> list[Slice]:
    """All parts of a list, in no order that matters."""
    return [_slice(*row) for row in catalog.db.execute(f"{_SLICE} WHERE list = ?", (name,))]


def part(catalog: Catalog, name: str, part: str) -> Slice | None:
    """One part of a list, or None."""
    row = catalog.db.execute(f"{_SLICE} WHERE list = ? AND name = ?", (name, part)).fetchone()
    return _slice(*row) if row else None


def parts_of(catalog: Catalog, name: str, parent: str) -> list[Slice]:
    """The parts that a part of a list is cut into, or, below the empty name, the list itself; in order of time."""
    rows = catalog.db.execute(f"{_SLICE} WHERE list = ? AND parent = ?", (name, parent))
    return sorted((_slice(*row) for row in rows), key=lambda part: bounds(part.name))


def part_with(catalog: Catalog, name: str, created: str) -> str:
    """The part of a list that shows the cables created then; empty where the list is not cut."""
    names = tuple(stretches(created))
    marks = ", ".join("?" * len(names))
    row = catalog.db.execute(
        f"SELECT name FROM slice WHERE list = ? AND name IN ({marks}) AND NOT is_cut",  # noqa: S608
        (name, *names),
    ).fetchone()
    return str(row[0]) if row else ""


def on_several_days(catalog: Catalog, name: str, first: str, end: str) -> bool:
    """Whether the cables of a list created from `first` to before `end` were not all created on one day."""
    where = "FROM membership WHERE list = ? AND created >= ? AND created < ? ORDER BY created"
    earliest = catalog.db.execute(f"SELECT created {where} LIMIT 1", (name, first, end)).fetchone()
    latest = catalog.db.execute(f"SELECT created {where} DESC LIMIT 1", (name, first, end)).fetchone()
    return earliest is not None and earliest[0][:10] != latest[0][:10]


def _slice(name: str, title: str, parent: str, count: int, is_cut: int) -> Slice:
    return Slice(name, title, parent, count, bool(is_cut))


def _entries(catalog: Catalog, clause: str, *values: str | int) -> Iterator[Entry]:
    return starmap(Entry, catalog.db.execute(f"SELECT {_ENTRY} {clause}", values))
