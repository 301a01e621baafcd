"""How many cables stand in each list and in each part of a long one: kept as cables come and go, not counted anew.

So a change costs the same in an archive of any size. Only a part that is cut, or joined again, is counted: it is about
as long as a page.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from generator.archive import queries
from generator.archive.catalog import Catalog
from generator.archive.head import Head
from generator.archive.lists import GLUED, PAGE_ROWS, Slice, bounds, slices, slices_from, stretches
from generator.archive.settle import CableChange

Moves = Counter[tuple[str, str, str]]
"""How many more cables, or fewer, stand in a list under a title that were created on a day."""


def moves(changes: Iterable[CableChange]) -> Moves:
    """What changes of cables mean for the lists."""
    found: Moves = Counter()
    for change in changes:
        if change.before and change.after and _standing(change.before) == _standing(change.after):
            continue
        for head, number in ((change.before, -1), (change.after, 1)):
            for name, title in _titles(head).items() if head else ():
                found[name, title, head.created[:10] if head else ""] += number
    return found


def count(catalog: Catalog, moved: Moves) -> set[str]:
    """Bring the counts up to date; says which lists and parts of lists, by their addresses, are other than before."""
    touched: set[str] = set()
    by_list: defaultdict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for (name, title, day), number in moved.items():
        if number:
            by_list[name].append((title, day, number))
    for name, rows in by_list.items():
        before = queries.list_count(catalog, name)
        for title, _, number in rows:
            _add(catalog, name, title, number)
        if name.startswith(f"{GLUED}/"):
            continue
        after = queries.list_count(catalog, name)
        parts = _Parts(catalog, name)
        parts.count(after.count if after else 0, [(day, number) for _, day, number in rows])
        if before and after and before.title != after.title:
            parts.touched.update(part.name for part in queries.parts(catalog, name))
        touched.update((name, *(f"{name}/{part}" for part in parts.touched)))
    return touched


def count_all(catalog: Catalog) -> None:
    """Count anew: sooner done than many moves."""
    catalog.db.execute("DELETE FROM list")
    catalog.db.execute("INSERT INTO list SELECT list, title, count(*) FROM membership GROUP BY list, title")
    catalog.db.execute("DELETE FROM slice")
    for name in queries.long_lists(catalog, PAGE_ROWS):
        if not name.startswith(f"{GLUED}/"):
            _insert(catalog, name, slices(queries.days(catalog, name)))


def _standing(head: Head) -> tuple[object, ...]:
    return head.memberships, head.glued, head.created[:10]


def _titles(head: Head) -> dict[str, str]:
    """The lists that a cable stands in, with what it calls them: in each once."""
    found: dict[str, str] = {}
    for membership in (*head.memberships, *head.glued):
        found.setdefault(membership.list, membership.title)
    return found


def _add(catalog: Catalog, name: str, title: str, number: int) -> None:
    catalog.db.execute(
        "INSERT INTO list VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
        (name, title, number),
    )
    catalog.db.execute("DELETE FROM list WHERE name = ? AND title = ? AND count = 0", (name, title))


def _insert(catalog: Catalog, name: str, parts: Iterable[Slice]) -> None:
    catalog.db.executemany(
        "INSERT INTO slice VALUES (?, ?, ?, ?, ?, ?)",
        [(name, part.name, part.title, part.parent, part.count, part.is_cut) for part in parts],
    )


class _Parts:
    """The parts of one list, after some cables came and went: `touched` has the names of those that are other now.

    The catalog has all of the cables already; so a part that was counted on the way is right and must not be again.
    """

    def __init__(self, catalog: Catalog, name: str) -> None:
        self.catalog = catalog
        self.name = name
        self.touched: set[str] = set()
        self._fresh: set[str] = set()

    def count(self, total: int, moved: Iterable[tuple[str, int]]) -> None:
        known = queries.is_cut(self.catalog, self.name)
        if known and total > PAGE_ROWS:
            for day, number in moved:
                self._move(day, number)
        elif known:
            self._drop(queries.parts(self.catalog, self.name))
        elif total > PAGE_ROWS:
            self._put(slices(queries.days(self.catalog, self.name)))

    def _move(self, day: str, number: int) -> None:
        """Count cables in or out, from the year down to the part that shows them."""
        for name in stretches(day):
            if name in self._fresh:
                return
            self.touched.add(name)
            part = queries.part(self.catalog, self.name, name)
            is_long = part is not None and part.count + number > PAGE_ROWS
            is_cut = is_long and queries.on_several_days(self.catalog, self.name, *bounds(name))
            if part is None or part.is_cut != is_cut or part.count + number == 0:
                self._count_anew(name)
                return
            self.catalog.db.execute(
                "UPDATE slice SET count = count + ? WHERE list = ? AND name = ?", (number, self.name, name)
            )
            if not is_cut:
                return

    def _count_anew(self, name: str) -> None:
        self._fresh.add(name)
        self._drop(self._below(name))
        days = queries.days(self.catalog, self.name, *bounds(name))
        if days:
            self._put(slices_from(name, days))

    def _below(self, name: str) -> Iterator[Slice]:
        """A part and all parts of it."""
        part = queries.part(self.catalog, self.name, name)
        if part is not None:
            yield part
            for inner in queries.parts_of(self.catalog, self.name, name):
                yield from self._below(inner.name)

    def _put(self, parts: Iterable[Slice]) -> None:
        parts = tuple(parts)
        _insert(self.catalog, self.name, parts)
        self.touched.update(part.name for part in parts)

    def _drop(self, parts: Iterable[Slice]) -> None:
        names = [part.name for part in parts]
        self.catalog.db.executemany(
            "DELETE FROM slice WHERE list = ? AND name = ?", [(self.name, name) for name in names]
        )
        self.touched.update(names)
