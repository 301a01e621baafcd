"""The cables that others refer to and that the archive does not hold, on shelves: by post, year and ten thousand.

A shelf is named `MOSCOW/2010`, or `STATE/2009-12` for the numbers from 120000 to 129999: what an ID says is enough to
know its shelf, so a link to a missing cable stays right whatever else is missing, and no shelf grows without end.
"""

from collections.abc import Iterable, Iterator

import msgspec

from generator.archive import queries
from generator.archive.catalog import Catalog
from generator.archive.lists import safe_name
from generator.archive.settle import CableChange
from generator.cable import ids

NUMBERS = 10_000
"""So many of a post's numbers in a year stand on one shelf."""


class Shelf(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A shelf by its name, and how many cables are missing from it."""

    name: str
    count: int


def shelf_of(cable_id: str) -> str:
    """The name of the shelf that a cable would stand on; empty for an ID that says no post and year."""
    parsed = ids.parse_id(cable_id)
    if parsed is None:
        return ""
    part = parsed.serial // NUMBERS
    return f"{safe_name(parsed.post)}/{parsed.year}" + (f"-{part}" if part else "")


def place_of(shelf: str) -> tuple[str, int, int]:
    """The post of a shelf as its name has it, the year, and the number with which the shelf begins."""
    post, _, rest = shelf.rpartition("/")
    year, _, part = rest.partition("-")
    return post, int(year), int(part or 0) * NUMBERS


def affected(catalog: Catalog, change: CableChange) -> set[str]:
    """The reference IDs that may have come to be missing, or no longer are, or are cited by others than before."""
    if change.before == change.after:
        return set()
    found: set[str] = set()
    for head in filter(None, (change.before, change.after)):
        found.update(head.names)
        found.update(cited.target for cited in head.citations)
        found.update(cited.target for _, cited in queries.citing(catalog, head.names))
    return {cable_id for cable_id in found if shelf_of(cable_id)}


def settle_absent(catalog: Catalog, change: CableChange) -> None:
    """Bring what is missing up to date after a change."""
    for cable_id in affected(catalog, change):
        if next(missing_in(catalog, cable_id), ""):
            _put(catalog, (cable_id,))
        else:
            catalog.db.execute("DELETE FROM absent WHERE shelf = ? AND id = ?", (shelf_of(cable_id), cable_id))


def find_absent(catalog: Catalog) -> None:
    """Find all that is missing, after very many changes."""
    catalog.db.execute("DELETE FROM absent")
    rows = catalog.db.execute(
        "SELECT DISTINCT target FROM citation c WHERE target != ''"
        " AND NOT EXISTS (SELECT 1 FROM name WHERE name = c.target)"
        " AND (fallback = '' OR NOT EXISTS (SELECT 1 FROM name WHERE name = c.fallback))"
    )
    _put(catalog, [row[0] for row in rows])


def missing_in(catalog: Catalog, cable_id: str) -> Iterator[str]:
    """The content files of the cables that refer to a missing one, each once, in no order that matters."""
    if queries.find(catalog, cable_id) is not None:
        return
    seen = set()
    for path, cited in queries.citing(catalog, (cable_id,)):
        if path not in seen and cited.target == cable_id and queries.resolve(catalog, cited) is None:
            seen.add(path)
            yield path


def shelves(catalog: Catalog) -> list[Shelf]:
    """All shelves from which something is missing, by name."""
    rows = catalog.db.execute("SELECT shelf, count FROM shelf WHERE count > 0 ORDER BY shelf")
    return [Shelf(*row) for row in rows]


def absent(catalog: Catalog, shelf: str) -> list[str]:
    """The reference IDs that are missing from a shelf, by number."""
    rows = catalog.db.execute("SELECT id FROM absent WHERE shelf = ?", (shelf,))
    return sorted((row[0] for row in rows), key=lambda cable_id: (ids.parse_id(cable_id), cable_id))


def _put(catalog: Catalog, cable_ids: Iterable[str]) -> None:
    rows = ((shelf_of(cable_id), cable_id) for cable_id in cable_ids)
    catalog.db.executemany("INSERT OR IGNORE INTO absent VALUES (?, ?)", (row for row in rows if row[0]))
