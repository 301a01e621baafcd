"""The journal: how a new site takes the place of the old one, so that a killed run ends in one of the two.

Everything new is written to the stage first, a folder inside the output and so on the same file system. Then the
journal, a list of renames and deletions, is put in place in one step: from then on the new site is certain. The renames
follow, deletions first, for a file may take the place of a folder that they empty, or the reverse. Doing them twice
does no harm, so the next run does them again if this one is killed. Without a journal the stage is rubbish and the old
site stands.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.archive.catalog import split
from generator.errors import CablepressError, StorageError
from generator.output.manifest import OWN, is_ours
from generator.output.opened import OpenFolders, blocked
from generator.output.stage import STAGE, clear_stage
from generator.storage import naming

JOURNAL = f"{OWN}/journal"
SYNC_EACH = 64
"""Up to so many staged files are flushed to the disk one by one; more of them by one call for all disks."""


class Put(msgspec.Struct, frozen=True, gc=False, array_like=True, tag="put"):
    """A staged file goes to its path in the output."""

    path: str
    staged: str
    digest: bytes


class Drop(msgspec.Struct, frozen=True, gc=False, array_like=True, tag="drop"):
    """A file of ours goes, if it is still what we wrote."""

    path: str
    digest: bytes


class End(msgspec.Struct, frozen=True, array_like=True, tag="end"):
    """The last line: how many steps there are, how many of them drops, and which state of the catalog they lead to."""

    count: int
    drops: int
    generation: str


Step = Put | Drop
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Put | Drop | End)


class Stage:
    """The folder that new files wait in, and the journal that is being written there."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output / STAGE
        self.folder.mkdir(parents=True, exist_ok=True)
        self.puts = 0
        self.drops = 0
        self._draft = self.folder / "journal"
        self._file = self._draft.open("wb")

    def put(self, path: str, staged: str, digest: bytes) -> None:
        """Have a staged file put in place."""
        self._add(Put(path, staged, digest))
        self.puts += 1

    def write(self, path: str, name: str, raw: bytes) -> None:
        """Stage a file and have it put in place."""
        staged = self.folder / name
        staged.parent.mkdir(exist_ok=True)
        with naming(staged):
            staged.write_bytes(raw)
        self.put(path, name, hashlib.sha256(raw).digest())

    def drop(self, path: str, digest: bytes) -> None:
        """Have a file deleted."""
        self._add(Drop(path, digest))
        self.drops += 1

    def seal(self, generation: str) -> None:
        """Put the journal in place: from here on the new site is certain.

        Raises CablepressError, and the old site stands, where something is in the way of it.
        """
        self._add(End(self.puts + self.drops, self.drops, generation))
        with naming(self._draft):
            self._file.close()
        _refuse_blocked(self.output, self._draft, self._dropped())
        self._sync()
        self._draft.replace(self.output / JOURNAL)
        _sync(self.output / OWN)

    def abandon(self) -> None:
        """Leave the old site as it is and clear the stage."""
        with suppress(OSError):  # A full disk refuses what is not yet written, which nobody needs any more.
            self._file.close()
        clear_stage(self.output)

    def _add(self, step: Step | End) -> None:
        with naming(self._draft):
            self._file.write(_ENCODER.encode(step) + b"\n")

    def _dropped(self) -> dict[str, bytes]:
        """The files that go, each with its digest."""
        if not self.drops:
            return {}
        return {step.path: step.digest for step in _lines(self._draft) if isinstance(step, Drop)}

    def _sync(self) -> None:
        if self.puts > SYNC_EACH:
            os.sync()
            return
        staged = [self.folder / step.staged for step in _lines(self._draft) if isinstance(step, Put)]
        for path in (self._draft, *staged):
            _sync(path)
        _sync_folders(self.folder, staged)


def redo(output: Path, *, resumed: bool = False) -> str:
    """Do what the journal says, as far as it is not done; returns the state of the catalog that it leads to.

    Empty without a journal. It stays until `finish`. In a `resumed` run a file may have been put in place before, and
    been deleted by somebody since: the next survey will miss it.
    """
    if not (output / JOURNAL).is_file():
        return ""
    end = _end(output / JOURNAL)
    with OpenFolders(output) as folders:
        for step in steps(output) if end.drops else ():
            if isinstance(step, Drop):
                folders.remove(step.path, step.digest)
        for step in steps(output):
            if isinstance(step, Put):
                _place(folders, step, resumed=resumed)
    if end.count > SYNC_EACH:
        os.sync()
    else:
        _sync_folders(output, [output / step.path for step in steps(output)])
    return end.generation


def steps(output: Path) -> Iterator[Step]:
    """What the journal says, line by line."""
    return (step for step in _lines(output / JOURNAL) if not isinstance(step, End))


def finish(output: Path) -> None:
    """Remove the journal and what is left on the stage."""
    (output / JOURNAL).unlink(missing_ok=True)
    clear_stage(output)


def _place(folders: OpenFolders, step: Put, *, resumed: bool) -> None:
    try:
        folders.put(f"{folders.output}/{STAGE}/{step.staged}", step.path)
    except FileNotFoundError:
        if not resumed:
            raise StorageError(f"{folders.output / step.path}: a staged file was lost", "build again") from None
    except IsADirectoryError:
        raise blocked(folders.output / step.path) from None


def _refuse_blocked(output: Path, journal: Path, drops: Mapping[str, bytes]) -> None:
    """Raise CablepressError for a file to be put where a folder stays, or below what stays and is no folder."""
    standing: dict[str, bool] = {"": True}
    for step in _lines(journal):
        if not isinstance(step, Put):
            continue
        target = output / step.path
        if step.path in drops:
            raise blocked(target)
        stands = _stands(output, split(step.path)[0], drops, standing)
        if stands and target.is_dir() and not target.is_symlink() and not _goes(output, target, drops):
            raise blocked(target)


def _stands(output: Path, folder: str, drops: Mapping[str, bytes], standing: dict[str, bool]) -> bool:
    """Whether there is such a folder in the output; `standing` remembers.

    Raises CablepressError where something else is there, or above it, that stays.
    """
    if folder not in standing:
        place = output / folder
        above = _stands(output, split(folder)[0], drops, standing)
        there = above and os.path.lexists(place)
        if there and (place.is_symlink() or not place.is_dir()) and not _goes(output, place, drops):
            raise blocked(place)
        standing[folder] = there
    return standing[folder]


def _goes(output: Path, path: Path, drops: Mapping[str, bytes]) -> bool:
    """Whether nothing of a file or folder will be left by the deletions."""
    if path.is_dir() and not path.is_symlink():
        inside = list(path.iterdir())
        return bool(inside) and all(_goes(output, entry, drops) for entry in inside)
    name = path.relative_to(output).as_posix()
    return name in drops and is_ours(output, name, drops[name])


def _lines(journal: Path) -> Iterator[Step | End]:
    with journal.open("rb") as file:
        yield from map(_DECODER.decode, file)


def _end(journal: Path) -> End:
    """The journal's last line. Raises CablepressError for a journal that is not whole."""
    count, last = 0, None
    with suppress(msgspec.DecodeError):
        for count, last in enumerate(_lines(journal)):  # noqa: B007 - both are wanted afterwards
            pass
    if not isinstance(last, End) or last.count != count:
        raise CablepressError(
            f"{journal}: the journal of an interrupted build is damaged",
            "delete this one file and build again with --full",
        )
    return last


def _sync_folders(top: Path, paths: list[Path]) -> None:
    """See to it that the names of files outlive a loss of power, too: up to `top`, as far as the folders are there."""
    folders = {folder for path in paths for folder in path.parents if folder == top or top in folder.parents}
    for folder in sorted(folders):
        if folder.is_dir():
            _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with naming(path):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
