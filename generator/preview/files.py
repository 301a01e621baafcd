"""The files that the preview shows: those that the output folder's manifest names, and never a half-built site."""

import hashlib
import os
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from generator.output.journal import JOURNAL
from generator.output.manifest import ROOT, manifest_path, parsed

COMMIT = 30.0
"""Seconds that a request waits for a new site to be put in place."""

MOMENT = 0.005
"""Seconds between two looks whether it is."""


Found = TypeVar("Found")


class BusyError(Exception):
    """The new site is still being put in place, or was left half-way by a build that came to grief."""


class Files:
    """The finished site in an output folder. What is not in its manifest is not there, whatever the path leads to."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self._lock = threading.Lock()
        self._known: tuple[int, ...] | None = None
        self._root: dict[str, bytes] = {}
        self._folders: dict[str, frozenset[str]] = {}

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of the site, or None. Raises BusyError where the site is only half there."""
        return self._undisturbed(lambda: self._read(path))

    def owns(self, path: str) -> bool:
        """Whether a file belongs to the site. Raises BusyError where the site is only half there."""
        return self._undisturbed(lambda: self._owns(path))

    def _undisturbed(self, look: Callable[[], Found]) -> Found:
        """What a look at the folder finds; if another edition was put in place meanwhile, what the next look does."""
        while True:
            self._await_commit()
            edition = self._edition()
            found = look()
            if not (self.output / JOURNAL).exists() and self._edition() == edition:
                return found

    def _read(self, path: str) -> bytes | None:
        try:
            return _bytes(self.output / path) if self._owns(path) else None
        except OSError:
            return None

    def _owns(self, path: str) -> bool:
        with self._lock:
            self._catch_up()
            return path in self._listed(path.rpartition("/")[0])

    def _await_commit(self) -> None:
        end = time.monotonic() + COMMIT
        while (self.output / JOURNAL).exists():
            if time.monotonic() > end:
                raise BusyError
            time.sleep(MOMENT)

    def _edition(self) -> tuple[int, ...] | None:
        """Tells one edition from another: each puts a new manifest in place."""
        try:
            status = (self.output / ROOT).stat()
        except OSError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns

    def _catch_up(self) -> None:
        edition = self._edition()
        if edition != self._known:
            self._root = dict(parsed((self.output / ROOT).read_bytes())) if edition else {}
            self._folders.clear()
            self._known = edition

    def _listed(self, folder: str) -> frozenset[str]:
        """The paths of our files in a folder; a damaged list makes no file ours."""
        path = manifest_path(folder)
        digest = self._root.get(path)
        if digest is None:
            return frozenset()
        if folder not in self._folders:
            try:
                raw = _bytes(self.output / path)
            except OSError:
                return frozenset()
            sound = hashlib.sha256(raw).digest() == digest
            self._folders[folder] = frozenset(name for name, _ in parsed(raw)) if sound else frozenset()
        return self._folders[folder]


def _bytes(path: Path) -> bytes:
    """The bytes of a regular file; a link or a device in its place counts as missing."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise FileNotFoundError(path)
        return file.read()
