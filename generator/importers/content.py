"""From a record to its content file, `cables/YYYY/MM/<ID>.txt`.

A file is written only where nobody's work is lost: where there is none, or where the one that is there is byte for byte
what an import wrote. It is found by its reference ID wherever it lies in `cables`, whatever its name. Facts that the
record does not give (a release date that another dump had, a subject added by hand) stay. Where a file was edited
since, or another record of the same run has the same ID and says something else, the new file goes to
`conflicts/<ID>-<digest>.txt`: outside of `cables`, so never built, to be compared, and moved over or deleted. Once it
is, the conflict is settled until a record says something else again.
"""

import hashlib
import os
import stat
from contextlib import suppress
from enum import StrEnum
from pathlib import Path, PurePosixPath

import msgspec

from generator.cable.ids import address
from generator.cable.source.content_file import Source, read_source, write_source
from generator.cable.source.facts import Facts, only_facts
from generator.errors import Severity
from generator.importers.ledger import FOLDER, Ledger
from generator.importers.record import Record, UnfitError

_INCOMING = f"{FOLDER}/incoming"


class Outcome(StrEnum):
    """What became of a record. Every record has exactly one."""

    IMPORTED = "imported"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    CONFLICT = "conflict"


class Settled(msgspec.Struct, frozen=True, gc=False):
    """The outcome of one record; for a conflict the reason, with the paths of both files, for what it replaced that.

    `path` is the file that was written, and empty for every other outcome.
    """

    outcome: Outcome
    reason: str = ""
    path: str = ""


def settle(record: Record, content: Path, ledger: Ledger) -> Settled:
    """Bring the record into the content folder.

    Raises UnfitError where a symbolic link or a device stands in the way, and OSError. Killed at any instant, each file
    is the old or the new one.
    """
    default = _content_path(record)
    stem = PurePosixPath(default).stem
    path = ledger.where(stem) or default
    if record.number is not None and not ledger.is_claimed(path):
        ledger.number(stem, record.number)
    old = _read(content, path)
    facts = only_facts(record)
    new = write_source(facts, record.header, record.body)
    given = _digest(new)
    replaced: list[str] = []
    if old is not None and old != new:
        known = read_source(old, path)
        new = write_source(_completed(facts, known.facts), record.header, record.body)
        if _says_the_same(old, new, path):
            ledger.claim_edited(path)
            return Settled(Outcome.UNCHANGED)
        if ledger.is_claimed(path):
            reason = f"another record of this source has the same ID, and is in {path}"
            return _put_aside(content, ledger, stem, given, new, reason)
        if not ledger.is_as_written(path, _digest(old)):
            reason = f"{path} was not written by an import, or was edited since"
            return _put_aside(content, ledger, stem, given, new, reason)
        replaced = _differences(known, read_source(new, path))
    if old != new:
        _write(content, path, new)
    ledger.claim(path, stem, _digest(new))
    if replaced:
        reason = f"in {path} it replaced the {', '.join(replaced)} that an earlier import had written"
        return Settled(Outcome.REPLACED, reason, path)
    return Settled(Outcome.UNCHANGED) if old == new else Settled(Outcome.IMPORTED, path=path)


def _content_path(record: Record) -> str:
    """Where the record's file stands if there is none yet: as the page's address, below `cables`."""
    page = PurePosixPath(address(record.id, record.created))
    return PurePosixPath("cables", *page.parts[1:]).with_suffix(".txt").as_posix()


def _completed(facts: Facts, known: Facts) -> Facts:
    """The facts, and for those that are empty the ones that are known."""
    given = {name: getattr(facts, name) or getattr(known, name) for name in Facts.__struct_fields__}
    return Facts(**given)


def _says_the_same(old: bytes, new: bytes, path: str) -> bool:
    """Whether two files differ in nothing that is read from them."""
    before, after = read_source(old, path), read_source(new, path)
    is_sound = all(problem.severity is not Severity.ERROR for problem in before.problems)
    return is_sound and (before.facts, before.text) == (after.facts, after.text)


def _differences(before: Source, after: Source) -> list[str]:
    """What a file said that it says otherwise now, by name; what it did not say before is not among it."""
    facts = [
        name
        for name in Facts.__struct_fields__
        if (said := getattr(before.facts, name)) and said != getattr(after.facts, name) and name != "header_lines"
    ]
    return facts if before.text == after.text else ["text", *facts]


def _digest(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()


def _put_aside(content: Path, ledger: Ledger, stem: str, given: bytes, raw: bytes, reason: str) -> Settled:
    """Write the file to the conflicts folder, once: where it was and is gone, a person has settled the conflict.

    `given` is the digest of what the record says, whatever a person has added to the cable that is there.
    """
    path = f"conflicts/{stem}-{given.hex()[:8]}.txt"
    if _read(content, path) is None:
        if ledger.was_put_aside(path, given):
            return Settled(Outcome.UNCHANGED)
        _write(content, path, raw)
    ledger.put_aside(path, given)
    return Settled(Outcome.CONFLICT, f"{reason}; this one is in {path}")


def _read(content: Path, path: str) -> bytes | None:
    """The bytes of a plain file; None where there is none."""
    try:
        descriptor = os.open(content / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as error:
        if (content / path).is_symlink():
            raise UnfitError(f"{path} is a symbolic link, which the import does not follow") from error
        raise
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UnfitError(f"{path} is no plain file")
        return file.read()


def _write(content: Path, path: str, raw: bytes) -> None:
    """Put the bytes in the place of the file in one step, and on the disk, without following a link on the way."""
    incoming = content / _INCOMING
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with os.fdopen(os.open(incoming, flags, 0o666), "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    *folders, name = PurePosixPath(path).parts
    folder = _open_folder(content, folders)
    try:
        os.replace(incoming, name, dst_dir_fd=folder)
    finally:
        os.close(folder)


def _open_folder(content: Path, folders: list[str]) -> int:
    """A descriptor of the folder, made where it is missing."""
    folder = os.open(content, os.O_RDONLY | os.O_DIRECTORY)
    for depth, name in enumerate(folders, start=1):
        parent = folder
        try:
            with suppress(FileExistsError):
                os.mkdir(name, dir_fd=parent)
            folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=parent)
        except NotADirectoryError as error:
            said = f"{'/'.join(folders[:depth])} is a symbolic link or a file, and no folder"
            raise UnfitError(said) from error
        finally:
            os.close(parent)
    return folder
