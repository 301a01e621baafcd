"""A folder of our own on this machine, for what has to be known of a place that keeps no such folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import LockedError


@contextmanager
def locked(notes: Path, place: str) -> Iterator[None]:
    """Make the folder, and keep other runs to this place out. Raises LockedError where one is at work."""
    notes.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(notes, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise LockedError(f"{place}: another run is publishing to this target") from None
    finally:
        os.close(descriptor)
