"""The files that the preview shows: those that the output folder's manifest names, and never a half-built site."""

import hashlib
import os
import stat
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, TypeVar

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
        self._folders: dict[str, Mapping[str, str]] = {}

    def opened(self, path: str) -> tuple[BinaryIO, str] | None:
        """A file of the site, to be closed by the caller, and its digest; None where there is none.

        Its bytes stay the same, whatever is put in its place. Raises BusyError where the site is only half there.
        """
        return self._undisturbed(lambda: self._open(path))

    def digest(self, path: str) -> str:
        """The digest of a file of the site in hex; empty where there is none. Raises BusyError as `opened` does."""
        return self._undisturbed(lambda: self._digest(path))

    def _undisturbed(self, look: Callable[[], Found]) -> Found:
        """What a look at the folder finds; if another edition was put in place meanwhile, what the next look does."""
        while True:
            self._await_commit()
            edition = self._edition()
            found = look()
            if not (self.output / JOURNAL).exists() and self._edition() == edition:
                return found
            if isinstance(found, tuple):
                found[0].close()

    def _open(self, path: str) -> tuple[BinaryIO, str] | None:
        digest = self._digest(path)
        try:
            return (_opened(self.output / path), digest) if digest else None
        except OSError:
            return None

    def _digest(self, path: str) -> str:
        with self._lock:
            self._catch_up()
            return self._listed(path.rpartition("/")[0]).get(path, "")

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

    def _listed(self, folder: str) -> Mapping[str, str]:
        """The digests of our files in a folder, by path; a damaged list makes no file ours."""
        path = manifest_path(folder)
        digest = self._root.get(path)
        if digest is None:
            return {}
        if folder not in self._folders:
            try:
                with _opened(self.output / path) as file:
                    raw = file.read()
            except OSError:
                return {}
            sound = hashlib.sha256(raw).digest() == digest
            self._folders[folder] = {name: found.hex() for name, found in parsed(raw)} if sound else {}
        return self._folders[folder]


def _opened(path: Path) -> BinaryIO:
    """A regular file; a link or a device in its place counts as missing."""
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise FileNotFoundError(path)
    return file
