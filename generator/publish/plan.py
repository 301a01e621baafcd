"""What publishing would do to a target: pure, from the manifest that stands there and that of the release."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from generator.errors import CablepressError
from generator.publish.manifest import Entry, side_by_side

FEW = 50
"""Up to so many files may always be deleted."""

PART = 4
"""One in so many files of a target may be deleted without being asked for."""


class Kind(StrEnum):
    """What happens to a file of the target."""

    ADDED = "added"
    CHANGED = "changed"
    DELETED = "deleted"


class Change(msgspec.Struct, frozen=True, gc=False):
    """A file of the target, and what happens to it. `digest` is the new one, empty where it is deleted."""

    path: str
    kind: Kind
    digest: str = ""


class Plan(msgspec.Struct, frozen=True):
    """How many files are added, changed, deleted and kept as they are."""

    added: int
    changed: int
    deleted: int
    kept: int

    @property
    def is_empty(self) -> bool:
        """Whether the target holds this very release."""
        return not (self.added or self.changed or self.deleted)


def changes(held: Iterable[Entry], wanted: Iterable[Entry]) -> Iterator[Change]:
    """The files of two sorted manifests that are not the same, in the order of their paths."""
    for path, before, after in side_by_side(held, wanted):
        if after is None:
            yield Change(path, Kind.DELETED)
        elif before is None:
            yield Change(path, Kind.ADDED, after)
        elif before != after:
            yield Change(path, Kind.CHANGED, after)


def planned(found: Iterable[Change], files: int) -> Plan:
    """The plan that these changes are, for a release of so many files."""
    counts = Counter(change.kind for change in found)
    added, changed, deleted = (counts[kind] for kind in (Kind.ADDED, Kind.CHANGED, Kind.DELETED))
    return Plan(added, changed, deleted, files - added - changed)


def refuse_deletes(plan: Plan, most: int | None, place: str) -> None:
    """Raise CablepressError for a plan that deletes more than `most` files.

    Where nobody said how many may be deleted, it is a quarter of what the target holds, and always FEW: a build that
    lost its content must not empty the site.
    """
    held = plan.changed + plan.deleted + plan.kept
    limit = max(FEW, held // PART) if most is None else most
    if plan.deleted > limit:
        told = f"{place}: {plan.deleted:,} of {held:,} files would be deleted, and {limit:,} may be"
        raise CablepressError(told, f"if that is right, say so: --max-deletes {plan.deleted}")
