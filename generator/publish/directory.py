"""Publish to a directory: releases that never change, and one pointer that a web server follows.

    <target>/releases/12-3f9a0c5d7e21/   the files of the site, and MANIFEST.sha256
    <target>/current                     a symbolic link to one of them: the root of the web server
    <target>/.cablepress                 says that this folder is ours; locked while publishing

A release is made whole and read again byte for byte before the pointer moves, in one rename; so readers see the old
release or the new one. Its files are hard links to the output's where the file system has them: a release costs names,
not space. That is safe because the engine never writes into a file, but puts a new one in its place; a file of the
output that a person edits in place is the same file in the release, is told of, and keeps the next release from going
out. Nothing is ever deleted but what a killed or refused run has left in `releases/.incoming`, by its own manifest.
"""

import errno
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import msgspec

from generator.errors import CablepressError, LockedError, StorageError, UsageError, printable
from generator.publish import manifest
from generator.publish.manifest import Difference, Fault

MARKER = ".cablepress"
CURRENT = "current"
RELEASES = "releases"

_INCOMING = ".incoming"
_RELEASE = re.compile(r"(\d+)-[0-9a-f]{12}")
_NO_LINKS = {errno.EXDEV, errno.EMLINK, errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EACCES}
_SHOWN = 5


class Published(msgspec.Struct, frozen=True):
    """What was done, or would be: `release` is the folder's name below `releases`, empty after a dry run.

    `is_new` is false where the release that readers see already was this one; `copied` counts files that could not be
    linked.
    """

    release: str
    is_new: bool
    files: int
    copied: int
    added: int
    changed: int
    deleted: int


def publish(
    output: Path, target: Path, owned: Iterable[tuple[str, bytes]], *, build_errors: int = 0, dry_run: bool = False
) -> Published:
    """Publish the files that the build owns: their paths and SHA-256, as `output.manifest.owned_files` gives them.

    Raises CablepressError where the last build had errors, the output is not exactly what was built, or there is
    nothing to publish; UsageError for a target that cannot be one; LockedError; StorageError. In all these cases
    readers go on seeing the release that they saw. A dry run refuses the same and writes nothing.
    """
    if build_errors:
        told = f"{output}: the last build had {build_errors} error{'s' * (build_errors > 1)}"
        raise CablepressError(told, "mend them, build again, and publish then")
    try:
        _check_target(output, target)
        with tempfile.TemporaryFile() as file:
            digest = manifest.write_manifest(owned, file)
            files = sum(1 for _ in manifest.entries(file))
            if not files:
                raise CablepressError(f"{output}: holds no site", "build it first")
            if dry_run:
                _refuse(output, manifest.faults(output, manifest.entries(file), hashed=True))
                return _told("", _difference(target, file), files)
            with _locked(target):
                return _publish(output, target, file, digest, files)
    except OSError as error:
        told = f"{error.filename2 or error.filename or target}: {error.strerror or error}"
        raise StorageError(told, "readers still see the last release; mend this and publish again") from error


def _publish(output: Path, target: Path, file: BinaryIO, digest: str, files: int) -> Published:
    _refuse(output, manifest.faults(output, manifest.entries(file), hashed=False))
    told = _told("", _difference(target, file), files)
    incoming = target / RELEASES / _INCOMING
    _clear(incoming)
    if current := _standing(target, digest):
        return msgspec.structs.replace(told, release=current, is_new=False)
    copied = _fill(incoming, output, file)
    try:
        _refuse(output, manifest.faults(incoming, manifest.entries(file), hashed=True))
    except CablepressError:
        _clear(incoming)
        raise
    release = f"{_next_number(target)}-{digest[:12]}"
    incoming.rename(target / RELEASES / release)
    _point(target, release, digest)
    return msgspec.structs.replace(told, release=release, copied=copied)


def _told(release: str, found: Difference, files: int) -> Published:
    return Published(release, True, files, 0, found.added, found.changed, found.deleted)


def _check_target(output: Path, target: Path) -> None:
    ours, theirs = output.resolve(), target.resolve()
    if ours == theirs or ours in theirs.parents or theirs in ours.parents:
        raise UsageError(f"{target}: is, holds or lies in the output folder {output}", "choose a folder of its own")
    if not target.exists():
        return
    if not target.is_dir():
        raise UsageError(f"{target}: is no folder")
    if not (target / MARKER).is_file() and any(target.iterdir()):
        raise UsageError(f"{target}: is not empty, and nothing was published there", "choose a new or empty folder")
    for name, is_right in ((CURRENT, Path.is_symlink), (RELEASES, Path.is_dir)):
        path = target / name
        if os.path.lexists(path) and (not is_right(path) or (name == RELEASES and path.is_symlink())):
            raise UsageError(f"{path}: is not what publishing made there", "move it away")


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Make the target where there is none, and keep other runs out of it."""
    (target / RELEASES).mkdir(parents=True, exist_ok=True)
    with (target / MARKER).open("a", encoding="utf-8") as marker:
        try:
            fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(f"{target}: another run is publishing there") from None
        if not marker.tell():
            marker.write("Releases of a site, made by cablepress publish.\n")
            marker.flush()
        yield


def _refuse(folder: Path, found: Iterator[Fault]) -> None:
    """Raise CablepressError if there is a fault."""
    first = list(islice(found, _SHOWN))
    if not first:
        return
    more = sum(1 for _ in found)
    lines = [f"{printable(str(folder / fault.path))} {fault.says}" for fault in first]
    told = "\n".join([*lines, *([f"and {more:,} more"] if more else [])])
    raise CablepressError(told, "move your own files out of the output folder, build again, and publish then")


def _difference(target: Path, file: BinaryIO) -> Difference:
    """What readers will see added, changed and deleted."""
    try:
        old = (target / CURRENT / manifest.NAME).open("rb")
    except FileNotFoundError:
        return manifest.difference([], manifest.entries(file))
    with old:
        return manifest.difference(manifest.entries(old), manifest.entries(file))


def _standing(target: Path, digest: str) -> str:
    """The release that readers see, if it is this one and undamaged; else nothing."""
    current = target / CURRENT
    if not (current / manifest.NAME).is_file() or manifest.sha256(current / manifest.NAME) != digest:
        return ""
    with (current / manifest.NAME).open("rb") as file:
        damaged = any(manifest.faults(current, manifest.entries(file), hashed=True))
    return "" if damaged else current.resolve().name


def _fill(incoming: Path, output: Path, file: BinaryIO) -> int:
    """Link the files into a new folder, or copy them; gives the number of copies."""
    incoming.mkdir()
    file.seek(0)
    listed = incoming.with_name(manifest.NAME)
    with listed.open("wb") as written:
        shutil.copyfileobj(file, written)
        written.flush()
        os.fsync(written.fileno())
    listed.replace(incoming / manifest.NAME)
    copied, last = 0, incoming
    for path, _ in manifest.entries(file):
        folder = (incoming / path).parent
        if folder != last:
            folder.mkdir(parents=True, exist_ok=True)
            last = folder
        copied += _put(output / path, incoming / path)
    return copied


def _put(source: Path, to: Path) -> bool:
    """Link the file, or copy it where that cannot be; true for a copy."""
    try:
        os.link(source, to, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        with source.open("rb") as read, to.open("xb") as written:
            shutil.copyfileobj(read, written)
            written.flush()
            os.fsync(written.fileno())
        return True
    return False


def _clear(incoming: Path) -> None:
    """Unlink what an unfinished run has made, by its manifest, and nothing else."""
    if not incoming.is_dir():
        return
    folders = {incoming}
    if (incoming / manifest.NAME).exists():
        with (incoming / manifest.NAME).open("rb") as file:
            for path, _ in manifest.entries(file):
                (incoming / path).unlink(missing_ok=True)
                folders.update(incoming.joinpath(*parent.parts) for parent in PurePosixPath(path).parents)
        (incoming / manifest.NAME).unlink()
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        with suppress(FileNotFoundError):
            folder.rmdir()


def _next_number(target: Path) -> int:
    names = (_RELEASE.fullmatch(path.name) for path in (target / RELEASES).iterdir())
    return max((int(found[1]) for found in names if found), default=0) + 1


def _point(target: Path, release: str, digest: str) -> None:
    """Let readers see the release, and make sure that they do."""
    _sync(target / RELEASES)
    new = target / f"{CURRENT}.new"
    new.unlink(missing_ok=True)
    new.symlink_to(PurePosixPath(RELEASES, release))
    new.replace(target / CURRENT)
    _sync(target)
    seen = manifest.sha256(target / CURRENT / manifest.NAME)
    if seen != digest:
        raise StorageError(f"{target / CURRENT}: shows another release than {release}", "is another program at work?")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
