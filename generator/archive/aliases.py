"""Other names that front matter gives to cables, and whether one of them is the reference ID of another cable."""

from collections.abc import Iterable, Sequence

from generator.archive.catalog import Catalog
from generator.errors import Problem, Severity


def keep_aliases(catalog: Catalog, path: str, aliases: Sequence[str]) -> set[str]:
    """Remember the other names of the cable in a file; gives those that it has now or had before."""
    before = {row[0] for row in catalog.db.execute("SELECT name FROM alias WHERE path = ?", (path,))}
    after = set(aliases)
    if before != after:
        catalog.db.execute("DELETE FROM alias WHERE path = ?", (path,))
        catalog.db.executemany("INSERT INTO alias VALUES (?, ?)", [(name, path) for name in after])
    return before | after


def tell_taken(catalog: Catalog, names: Iterable[str]) -> None:
    """Note for each of the names which cables go by it although it is another's reference ID, or no longer do."""
    for name in names:
        own = catalog.db.execute("SELECT path FROM name WHERE name = ? AND rank = 0 ORDER BY path", (name,)).fetchone()
        paths = catalog.db.execute("SELECT path FROM alias WHERE name = ? ORDER BY path", (name,)).fetchall()
        catalog.set_problems(
            f"alias:{name}", [_taken(name, own[0], path) for (path,) in paths if own and path != own[0]]
        )


def goes_by(catalog: Catalog, name: str) -> bool:
    """Whether a file gives its cable this other name."""
    return catalog.db.execute("SELECT 1 FROM alias WHERE name = ?", (name,)).fetchone() is not None


def _taken(name: str, own: str, path: str) -> Problem:
    hint = "take it out of the aliases; that cable is found under it"
    return Problem(path, 0, f"its alias {name} is the reference ID of {own}", hint, Severity.WARNING)
