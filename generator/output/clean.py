"""Take the site away again: every file that we wrote, and nothing else."""

import os
from pathlib import Path

import msgspec

from generator.errors import UsageError
from generator.output.folder import claimed
from generator.output.journal import finish, redo
from generator.output.manifest import FOLDERS, OWN, ROOT, is_linked, is_ours, owned_files
from generator.output.selection import PART
from generator.output.stage import clear_stage


class Cleaned(msgspec.Struct, frozen=True):
    """How many files are gone, and which were left because somebody changed them."""

    removed: int
    left: tuple[str, ...]


def clean(output: Path) -> Cleaned:
    """Delete the files of the site that are still as we wrote them, and the folders that this empties.

    What lies behind a symbolic link is not ours, whatever it holds.

    Raises UsageError for a folder that is no site of ours, LockedError while a build is at work there.
    """
    if not (output / ROOT).is_file():
        raise UsageError(f"{output}: there is no site of ours in this folder", "nothing has been deleted")
    if is_linked(output, FOLDERS):
        raise UsageError(f"{output / FOLDERS}: a symbolic link is on the way here", "put a real folder in its place")
    with claimed(output):
        redo(output, resumed=True)
        finish(output)
        removed = 0
        left: list[str] = []
        for path, digest in sorted(owned_files(output)):
            target = output / path
            if is_ours(output, path, digest):
                target.unlink()
                removed += 1
            elif os.path.lexists(target):
                left.append(path)
                continue
            if not is_linked(output, path):
                _remove_empty(output, target.parent)
        _remove_manifest(output)
    return Cleaned(removed, tuple(left))


def unclaim(output: Path, *, keep: bool) -> None:
    """Take our notes out of a claimed folder without a site; it goes as well, if it is empty and not to `keep`."""
    clear_stage(output)
    _remove_manifest(output)
    if not keep and not any(output.iterdir()):
        output.rmdir()


def _remove_empty(output: Path, folder: Path) -> None:
    """Remove a folder that holds nothing, or is gone already, and those above that this empties."""
    while folder != output and not (folder.is_dir() and any(folder.iterdir())):
        if folder.is_dir():
            folder.rmdir()
        folder = folder.parent


def _remove_manifest(output: Path) -> None:
    """The manifests go last: a clean that is interrupted can be done again."""
    if (output / FOLDERS).is_dir():
        for entry in list(os.scandir(output / FOLDERS)):
            if entry.name.endswith(".sha256"):
                Path(entry.path).unlink()
        (output / FOLDERS).rmdir()
    (output / PART).unlink(missing_ok=True)
    (output / ROOT).unlink()
    _remove_empty(output, output / OWN)
