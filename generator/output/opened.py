"""Folders of the output, opened from the top down and never through a symbolic link.

What is done by an open folder stays in it, whatever is put in its place meanwhile.
"""

import errno
import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Self

from generator.archive.catalog import joined, split
from generator.errors import CablepressError

FEW = 16
"""Folders that stay open."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class OpenFolders:
    """The folders below an output folder by their paths in it, as descriptors; the last few stay open."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self._open: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._top = os.open(self.output, _FOLDER & ~os.O_NOFOLLOW)
        return self

    def __exit__(self, *_: object) -> None:
        for folder in [*self._open]:
            self._close(folder)
        os.close(self._top)

    def get(self, folder: str, *, make: bool = False) -> int:
        """A folder, made where it is missing and wanted so.

        Raises CablepressError where a link or a file stands in its place or above it, FileNotFoundError where nothing
        does, and other errors of the system.
        """
        if not folder:
            return self._top
        if folder not in self._open:
            above, name = split(folder)
            opened = _opened(self.get(above, make=make), name, self.output / folder, make=make)
            if len(self._open) == FEW:
                self._close(next(iter(self._open)))
            self._open[folder] = opened
        return self._open[folder]

    def put(self, staged: str, path: str) -> None:
        """Put a staged file in its place; raises as `get` does, and IsADirectoryError where a folder is there."""
        folder, name = split(path)
        place = self.get(folder, make=True)
        try:
            os.replace(staged, name, dst_dir_fd=place)
        except OSError as error:
            raise _renamed(error, self.output / path) from None

    def remove(self, path: str, digest: bytes) -> None:
        """Delete a file if it has this digest, and the folders that this empties.

        They may be left of a run that was killed between the two.
        """
        folder, name = split(path)
        try:
            if not self._removed(folder, name, digest):
                return
        except FileNotFoundError:
            pass
        except CablepressError:
            return
        while folder and self._emptied(folder):
            folder = split(folder)[0]

    def _removed(self, folder: str, name: str, digest: bytes) -> bool:
        """Whether a file is gone. Raises FileNotFoundError where it was, or its folder."""
        place = self.get(folder)
        path = self.output / joined(folder, name)
        try:
            if _digest(place, name) != digest:
                return False
            os.unlink(name, dir_fd=place)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENXIO):
                return False
            raise _renamed(error, path) from None
        return True

    def _emptied(self, folder: str) -> bool:
        """Whether a folder is gone, for it was empty."""
        above, name = split(folder)
        try:
            os.rmdir(name, dir_fd=self.get(above))
        except (FileNotFoundError, CablepressError):
            pass
        except OSError as error:
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
                return False
            raise _renamed(error, self.output / folder) from None
        self._close(folder)
        return True

    def _close(self, folder: str) -> None:
        if folder in self._open:
            os.close(self._open.pop(folder))


def _opened(above: int, name: str, path: Path, *, make: bool) -> int:
    try:
        if make:
            with suppress(FileExistsError):
                os.mkdir(name, dir_fd=above)
        return os.open(name, _FOLDER, dir_fd=above)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR):
            raise blocked(path) from None
        raise _renamed(error, path) from None


def blocked(place: Path | str) -> CablepressError:
    """The error that something, which may be a symbolic link, stands where the site has to go."""
    if os.path.islink(place):  # noqa: PTH114 - it never raises
        return CablepressError(f"{place}: this folder is a symbolic link", "put a real folder in its place")
    return CablepressError(f"{place}: what stands here is in the way of the site", "move it away and build again")


def _digest(folder: int, name: str) -> bytes:
    """The SHA-256 of a file, or nothing of what is none."""
    descriptor = os.open(name, _FILE, dir_fd=folder)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return b""
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return hashlib.file_digest(file, "sha256").digest()
    finally:
        os.close(descriptor)


def _renamed(error: OSError, path: Path) -> OSError:
    """The same error, with the whole path."""
    return OSError(error.errno, error.strerror, str(path))
