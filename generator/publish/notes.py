"""A folder of our own on this machine, for what has to be known of a place that keeps no such folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator import locks


@contextmanager
def locked(notes: Path, place: str) -> Iterator[None]:
    """Make the folder, and keep other runs to this place out. Raises LockedError where one is at work."""
    notes.mkdir(parents=True, exist_ok=True)
    with locks.locked(notes, f"{place}: another run is publishing to this target", "wait for it, or stop it"):
        yield
