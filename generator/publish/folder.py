"""A folder that holds exactly the files of a release: filled with hard links, read again, and taken away."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from generator.publish import manifest
from generator.publish.manifest import Fault
from generator.publish.release import Release

_NO_LINKS = {errno.EXDEV, errno.EMLINK, errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EACCES}


def fill(folder: Path, release: Release) -> int:
    """Link the files into a new folder, or copy them, and the manifest with them; gives the number of copies.

    The manifest is there, whole, before the first file: what a killed run leaves can be cleared away.
    """
    folder.mkdir()
    listed = folder.with_name(f"{folder.name}.sha256")
    release.file.seek(0)
    with listed.open("wb") as written:
        shutil.copyfileobj(release.file, written)
        written.flush()
        os.fsync(written.fileno())
    listed.replace(folder / manifest.NAME)
    copied, last = 0, folder
    for path, _ in release.entries():
        around = (folder / path).parent
        if around != last:
            around.mkdir(parents=True, exist_ok=True)
            last = around
        copied += _put(release.source(path), folder / path)
    return copied


def damage(folder: Path) -> Iterator[Fault]:
    """What in a folder is not as its own manifest has it, every byte read."""
    with (folder / manifest.NAME).open("rb") as file:
        yield from manifest.faults(folder, manifest.entries(file), hashed=True)


def clear(folder: Path) -> None:
    """Unlink the files of a release by its manifest, whether it is whole or not, and the folders that this empties.

    Raises OSError where something else is in the folder, or a link stands in the place of one; both stay.
    """
    if not folder.is_dir():
        return
    folders = {folder}
    if (folder / manifest.NAME).exists():
        with (folder / manifest.NAME).open("rb") as file:
            for path, _ in manifest.entries(file):
                above = [folder.joinpath(*parent.parts) for parent in PurePosixPath(path).parents]
                if above[0] not in folders:
                    _refuse_links(above)
                    folders.update(above)
                (folder / path).unlink(missing_ok=True)
        (folder / manifest.NAME).unlink()
    for emptied in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        with suppress(FileNotFoundError):
            emptied.rmdir()


def sync(folder: Path) -> None:
    """See to it that the names in a folder outlive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refuse_links(folders: list[Path]) -> None:
    for folder in folders:
        if folder.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(folder))


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
