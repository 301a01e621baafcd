"""Publish with any other tool: a command that is given the release and the list of what is to change.

In the words of the command `{site}` is a folder that holds exactly the files of the release, `{changed}` and
`{deleted}` are files that list paths, one a line: those to bring, new ones among them, and those to take away. Its
standard input has both, in the form of `git diff --name-status`: A, M or D, a tab, the path.

What the command has brought we note on this machine, since nobody can ask the place:

    <notes>/MANIFEST.sha256   what the last command that ended well has left there
    <notes>/incoming.sha256   what one that did not end well may have brought besides
    <notes>/command.sha256    which command that was: another one may lead elsewhere, and is told of everything again
"""

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO, TextIO

import msgspec

from generator.errors import CablepressError, UsageError, printable
from generator.publish import manifest
from generator.publish.folder import clear, fill
from generator.publish.notes import locked
from generator.publish.place import Arrival
from generator.publish.plan import Kind, Plan, changes
from generator.publish.release import Release, refuse
from generator.settings.targets import CommandTarget

_LETTERS = {Kind.ADDED: "A", Kind.CHANGED: "M", Kind.DELETED: "D"}


class Command(msgspec.Struct, frozen=True):
    """Where a command brings releases. `folder` is the one that it is run in, `notes` one of our own."""

    target: CommandTarget
    folder: Path
    notes: Path

    @property
    def name(self) -> str:
        """The program, without its arguments: what is among these is nobody's business."""
        return self.target.command[0]

    def refuse(self, release: Release) -> None:
        """Raise UsageError where there is no such program."""
        program = self.target.command[0]
        if not shutil.which(self.folder / program if "/" in program else program):
            raise UsageError(f"{printable(program)}: there is no such program", "install it, or mend site.toml")

    def held(self) -> BinaryIO:
        """What the place holds as far as we noted it; a file that may have arrived or not has no digest."""
        return manifest.joined_manifest(self._listed, self._incoming, is_sure=not self.remark)

    @property
    def remark(self) -> str:
        """Whether another command has brought what we noted."""
        noted = self._command.read_text("utf-8") if self._command.exists() else ""
        if noted in ("", self._digest):
            return ""
        return "the command is another than that of the last release: it is told of every file again"

    def looked_at(self) -> AbstractContextManager[None]:
        """Nothing to do: what has to be refused is known before."""
        return nullcontext()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folder of our notes, and keep other runs out of it."""
        with locked(self.notes, self.name):
            yield

    def put(self, release: Release, held: BinaryIO, plan: Plan) -> Arrival:
        """Run the command. Raises CablepressError where it ends with another code than 0."""
        if plan.is_empty:
            return Arrival("", is_new=False)
        site = self.notes / "site"
        clear(site)
        with tempfile.TemporaryDirectory() as lists:
            changed, deleted, both = _list(release, held, Path(lists))
            copied = fill(site, release)
            try:
                refuse(site, manifest.faults(site, release.entries(), hashed=True))
                self._note_incoming(release, held)
                self._run({"{site}": str(site), "{changed}": str(changed), "{deleted}": str(deleted)}, both)
                shutil.copyfile(site / manifest.NAME, self._new)
                self._new.replace(self._listed)
                self._incoming.unlink()
            finally:
                clear(site)
        return Arrival("", copied=copied)

    @property
    def _listed(self) -> Path:
        return self.notes / manifest.NAME

    @property
    def _command(self) -> Path:
        return self.notes / "command.sha256"

    @property
    def _digest(self) -> str:
        return hashlib.sha256(msgspec.json.encode(self.target.command)).hexdigest()

    @property
    def _incoming(self) -> Path:
        return self.notes / "incoming.sha256"

    @property
    def _new(self) -> Path:
        return self.notes / "new.sha256"

    def _note_incoming(self, release: Release, held: BinaryIO) -> None:
        with self._new.open("wb") as written:
            for path, digest in manifest.between(manifest.entries(held), release.entries()):
                written.write(f"{digest}  {path}\n".encode())
        self._new.replace(self._incoming)
        self._new.write_text(self._digest, "utf-8")
        self._new.replace(self._command)

    def _run(self, places: dict[str, str], told: Path) -> None:
        words = list(self.target.command)
        for name, path in places.items():
            words = [word.replace(name, path) for word in words]
        with told.open("rb") as listed:
            done = subprocess.run(words, stdin=listed, stdout=2, cwd=self.folder, check=False)  # noqa: S603 - no shell
        if done.returncode:
            told_code = f"was ended by signal {-done.returncode}" if done.returncode < 0 else f"said {done.returncode}"
            hint = "what it brought before is not known; the next run lists it again"
            raise CablepressError(f"{printable(self.name)}: the command {told_code}", hint)


def _list(release: Release, held: BinaryIO, folder: Path) -> tuple[Path, Path, Path]:
    """The lists of what is to be brought, of what is to be taken away, and of both."""
    paths = folder / "changed", folder / "deleted", folder / "both"
    with (
        paths[0].open("w", encoding="utf-8") as changed,
        paths[1].open("w", encoding="utf-8") as deleted,
        paths[2].open("w", encoding="utf-8") as both,
    ):
        for change in changes(manifest.entries(held), release.entries()):
            own: TextIO = deleted if change.kind is Kind.DELETED else changed
            own.write(f"{change.path}\n")
            both.write(f"{_LETTERS[change.kind]}\t{change.path}\n")
    return paths
