"""The families of lists: what they are called, and how an index orders and groups the lists of one."""

from collections.abc import Callable

import msgspec

from generator.archive.lists import place
from generator.archive.queries import ListCount
from generator.cable.vocabulary import classification

Order = tuple[str | int, ...]


class Family(msgspec.Struct, frozen=True):
    """All lists of one kind, such as all tags. An index has them in this `order`, those with one `label` together."""

    name: str
    title: str
    order: Callable[[ListCount], Order]
    label: Callable[[ListCount], str]


def _newest_first(entry: ListCount) -> Order:
    return tuple(-int(number) for number in _slug(entry).split("-"))


def _year(entry: ListCount) -> str:
    return _slug(entry)[:4]


def _by_place(entry: ListCount) -> Order:
    return (_initial_of_place(entry), place(entry.title).casefold(), entry.name)


def _initial_of_place(entry: ListCount) -> str:
    return _initial(place(entry.title))


def _by_code(entry: ListCount) -> Order:
    return (_initial_of_code(entry), entry.title.casefold(), entry.name)


def _initial_of_code(entry: ListCount) -> str:
    return _initial(entry.title)


def _by_rank(entry: ListCount) -> Order:
    known = classification(entry.title)
    return (known.rank if known else 99, entry.title)


def _no_label(_: ListCount) -> str:
    return ""


def _slug(entry: ListCount) -> str:
    return entry.name.partition("/")[2]


def _initial(title: str) -> str:
    initial = title[:1].upper()
    return initial if initial.isalpha() else "0-9"


FAMILIES = {
    family.name: family
    for family in (
        Family("reldate", "Browse by release", _newest_first, _year),
        Family("date", "Browse by creation date", _newest_first, _year),
        Family("origin", "Browse by origin", _by_place, _initial_of_place),
        Family("tag", "Browse by tag", _by_code, _initial_of_code),
        Family("classification", "Browse by classification", _by_rank, _no_label),
    )
}
"""The families in the order in which they are offered."""
