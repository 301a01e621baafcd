"""Publish to a directory: releases that never change, and one pointer that a web server follows.

    <target>/releases/12-3f9a0c5d7e21/   the files of the site, and MANIFEST.sha256
    <target>/current                     a symbolic link to one of them: the root of the web server
    <target>/.cablepress                 says that this folder is ours; locked while publishing

A release is made whole and read again byte for byte before the pointer moves, in one rename; so readers see the old
release or the new one. Its files are hard links to the output's where the file system has them: a release costs names,
not space. That is safe because the engine never writes into a file, but puts a new one in its place; a file of the
output that a person edits in place is the same file in the release, is told of, and keeps the next release from going
out. What is deleted, by `prune` and of what a killed run has left in `releases/.incoming`, is deleted by the manifest
that lies with it, and nothing else.
"""

import io
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import msgspec

from generator.errors import CablepressError, StorageError, UsageError
from generator.locks import locked
from generator.publish import history, manifest
from generator.publish.folder import clear, damage, fill, sync
from generator.publish.history import Kept, Pruned
from generator.publish.place import Arrival
from generator.publish.plan import Plan
from generator.publish.release import Release, refuse

MARKER = ".cablepress"
CURRENT = "current"
RELEASES = "releases"

_INCOMING = ".incoming"


class Directory(msgspec.Struct, frozen=True):
    """A folder of releases on this machine."""

    target: Path

    remark = ""

    @property
    def name(self) -> str:
        """The folder."""
        return str(self.target)

    def refuse(self, release: Release) -> None:
        """Raise UsageError for a folder that cannot be one of releases, or has to do with the output."""
        ours, theirs = release.output.resolve(), self.target.resolve()
        if ours == theirs or ours in theirs.parents or theirs in ours.parents:
            told = f"{self.target}: is, holds or lies in the output folder {release.output}"
            raise UsageError(told, "choose a folder of its own")
        self._refuse_other()

    def held(self) -> BinaryIO:
        """The manifest of the release that readers see."""
        try:
            return (self.target / CURRENT / manifest.NAME).open("rb")
        except FileNotFoundError:
            return io.BytesIO()

    def looked_at(self) -> AbstractContextManager[None]:
        """Nothing to do: what has to be refused is known before."""
        return nullcontext()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Make the target where there is none, and keep other runs out of it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        marker = self.target / MARKER
        marker.touch()
        with locked(marker, f"{self.target}: another run is publishing there", "wait for it, or stop it"):
            if not marker.stat().st_size:
                marker.write_text("Releases of a site, made by cablepress publish.\n", "utf-8")
            yield

    def put(self, release: Release, held: BinaryIO, plan: Plan) -> Arrival:
        """Make a new release, read it again, and point at it; nothing where this one stands there undamaged."""
        incoming = self._folder / _INCOMING
        clear(incoming)
        if plan.is_empty and (current := self._undamaged()):
            return Arrival(current, is_new=False, compared=release.files)
        copied = fill(incoming, release)
        try:
            refuse(incoming, manifest.faults(incoming, release.entries(), hashed=True))
        except CablepressError:
            clear(incoming)
            raise
        name = history.next_name((path.name for path in self._folder.iterdir()), release.digest)
        incoming.rename(self._folder / name)
        self._point(name)
        return Arrival(name, copied=copied, compared=release.files)

    def releases(self) -> list[Kept]:
        """The releases that are kept, oldest first."""
        self._refuse_other()
        if not self._folder.is_dir():
            return []
        moments = {path.name: path.stat().st_mtime for path in self._folder.iterdir()}
        return history.kept_of(moments, self._current())

    def rollback(self, release: str) -> None:
        """Point at a release that is kept. Raises CablepressError where it is damaged."""
        with self.locked():
            folder = self._folder / release
            if any(damage(folder)):
                told = f"{folder}: is not as it was published"
                raise CablepressError(told, "name another release, or publish the site again")
            self._point(release)

    def prune(self, releases: list[str]) -> Pruned:
        """Unlink the files of releases, but never of that which readers see."""
        removed, left = [], []
        with self.locked():
            for name in releases:
                if name == self._current():
                    raise CablepressError(f"{self._folder / name}: readers see this release", "prune again")
                try:
                    clear(self._folder / name)
                    removed.append(name)
                except OSError:
                    left.append(name)
        return Pruned(tuple(removed), tuple(left))

    @property
    def _folder(self) -> Path:
        return self.target / RELEASES

    def _current(self) -> str:
        link = self.target / CURRENT
        return link.readlink().name if link.is_symlink() else ""

    def _refuse_other(self) -> None:
        if not self.target.exists():
            return
        if not self.target.is_dir():
            raise UsageError(f"{self.target}: is no folder", "choose a new or empty folder")
        if not (self.target / MARKER).is_file() and any(self.target.iterdir()):
            told = f"{self.target}: is not empty, and nothing was published there"
            raise UsageError(told, "choose a new or empty folder")
        for name, is_right in ((CURRENT, Path.is_symlink), (RELEASES, Path.is_dir)):
            path = self.target / name
            if os.path.lexists(path) and (not is_right(path) or (name == RELEASES and path.is_symlink())):
                raise UsageError(f"{path}: is not what publishing made there", "move it away")

    def _undamaged(self) -> str:
        """The release that readers see, if it is undamaged; else nothing."""
        current = self.target / CURRENT
        return "" if any(damage(current)) else current.resolve().name

    def _point(self, release: str) -> None:
        """Let readers see a release, and make sure that they do."""
        sync(self._folder)
        new = self.target / f"{CURRENT}.new"
        new.unlink(missing_ok=True)
        new.symlink_to(PurePosixPath(RELEASES, release))
        new.replace(self.target / CURRENT)
        sync(self.target)
        if not (self.target / CURRENT).samefile(self._folder / release):
            told = f"{self.target / CURRENT}: shows another release than {release}"
            raise StorageError(told, "is another program at work?")
