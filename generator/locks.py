"""Locks that the kernel lets go of when their holder is killed."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import LockedError


@contextmanager
def locked(path: Path, told: str, hint: str) -> Iterator[None]:
    """Have a file or a folder, which is there, to ourselves.

    Raises LockedError, with the sentence and the next step, where another process has it.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(told, hint) from None
        yield
    finally:
        os.close(descriptor)
