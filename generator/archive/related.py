"""Which tags go together, by the newest cables of a list: a few, so that a long list costs no more than a short one."""

from collections import Counter

import msgspec

from generator.archive.catalog import Catalog
from generator.archive.lists import Membership

NEWEST = 50
"""So many cables are looked at."""


class _Lists(msgspec.Struct, frozen=True, gc=False):
    """The part of a packed head that is asked for."""

    memberships: tuple[Membership, ...]


_LISTS = msgspec.msgpack.Decoder(_Lists)


def related_tags(catalog: Catalog, name: str, limit: int) -> list[Membership]:
    """The tags that the newest cables of a list have most often, but for the list's own; as often, by name."""
    rows = catalog.db.execute(
        "SELECT h.head FROM membership m JOIN head h ON h.path = m.path WHERE m.list = ?"
        " ORDER BY m.created DESC, m.id DESC, m.path DESC LIMIT ?",
        (name, NEWEST),
    )
    found: Counter[Membership] = Counter()
    for (packed,) in rows:
        found.update(m for m in _LISTS.decode(packed).memberships if m.list.startswith("tag/") and m.list != name)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0].list, item[0].title))
    return [membership for membership, _ in ranked[:limit]]
