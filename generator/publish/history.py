"""The releases that a target keeps: told, gone back to, and taken away.

A release is named after its place in the order and the digest of its manifest: `12-3f9a0c5d7e21`.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

import msgspec

from generator.errors import UsageError

_NAME = re.compile(r"(\d+)-[0-9a-f]{12}")


class Kept(msgspec.Struct, frozen=True):
    """A release that is kept, when it was `published`, in UTC; `is_current` for the one that readers see."""

    name: str
    is_current: bool
    published: datetime


class Pruned(msgspec.Struct, frozen=True):
    """Releases that were taken away, or would be, and those that could not be, since other files are in them."""

    removed: tuple[str, ...]
    left: tuple[str, ...] = ()


@runtime_checkable
class Keeping(Protocol):
    """A place that keeps releases."""

    @property
    def name(self) -> str:
        """As a person calls the place."""

    def releases(self) -> list[Kept]:
        """The releases that are kept, oldest first."""

    def rollback(self, release: str) -> None:
        """Let readers see a release that is kept, if it is undamaged."""

    def prune(self, releases: list[str]) -> Pruned:
        """Take releases away."""


def kept_of(moments: Mapping[str, float], current: str) -> list[Kept]:
    """The releases among these names, oldest first; the moments are seconds of the epoch."""
    return [Kept(name, name == current, datetime.fromtimestamp(moments[name], UTC)) for name in in_order(moments)]


def number_of(name: str) -> int:
    """The number in a release's name; 0 for a name that is none."""
    found = _NAME.fullmatch(name)
    return int(found[1]) if found else 0


def in_order(names: Iterable[str]) -> list[str]:
    """The names that are names of releases, oldest first."""
    return sorted(filter(number_of, names), key=number_of)


def next_name(names: Iterable[str], digest: str) -> str:
    """The name of the release that comes after these."""
    return f"{max(map(number_of, names), default=0) + 1}-{digest[:12]}"


def earlier(place: Keeping, wanted: str) -> str:
    """The release to go back to: the one that is wanted, or the one before that which readers see.

    Raises UsageError where there is none.
    """
    kept = place.releases()
    names = [each.name for each in kept]
    if wanted:
        if wanted in names:
            return wanted
        told = f"{place.name}: no release {wanted} is kept; kept: {', '.join(names) or 'none'}"
        raise UsageError(told, "name one of these with --release, or publish")
    current = next((number for number, each in enumerate(kept) if each.is_current), 0)
    if not current:
        told = f"{place.name}: no release is kept from before that which readers see"
        raise UsageError(told, "--releases lists those that are kept; --release names one")
    return names[current - 1]


def superfluous(place: Keeping, keep: int) -> list[str]:
    """The releases beyond the newest `keep`, but for the one that readers see."""
    return [each.name for each in place.releases()[:-keep] if not each.is_current]
