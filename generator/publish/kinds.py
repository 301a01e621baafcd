"""The kinds of target, and the module of each; it is loaded when it is needed."""

import hashlib
from pathlib import Path, PurePosixPath

from generator.errors import UsageError
from generator.publish.place import Place
from generator.settings.targets import CommandTarget, DirectoryTarget, GitTarget, RsyncTarget, S3Target, Target


def place_of(name: str, target: Target, folder: Path) -> Place:
    """The place that a target of `site.toml` is, which has this name there.

    Relative paths begin at the folder, which holds our notes, too: by the place where it is known, else by the name.
    """
    if isinstance(target, CommandTarget):
        from generator.publish.command import Command

        return Command(target, folder, _notes(folder, name))
    if isinstance(target, RsyncTarget):
        from generator.publish.rsync import Rsync

        return Rsync(target, folder)
    if isinstance(target, GitTarget):
        from generator.publish.git import GitBranch

        return GitBranch(target, folder, _notes(folder, target.repository, target.branch))
    if isinstance(target, S3Target):
        from generator.publish.s3 import Bucket

        return Bucket(target, _notes(folder, target.endpoint, target.bucket, target.prefix))
    assert isinstance(target, DirectoryTarget)
    from generator.publish.directory import Directory

    return Directory((folder / target.path).resolve())


def served_root(target: Target, folder: Path) -> PurePosixPath:
    """The folder that a web server of one's own serves. Raises UsageError where that can't be known."""
    if isinstance(target, DirectoryTarget):
        return PurePosixPath((folder / target.path).resolve(), "current")
    path = target.to.partition(":")[2] if isinstance(target, RsyncTarget) else ""
    if not path.startswith("/"):
        raise UsageError("the folder on the web server is not known", 'write it whole: to = "user@machine:/srv/…"')
    return PurePosixPath(path, "current")


def _notes(folder: Path, *place: str) -> Path:
    return folder / ".cablepress" / "publish" / hashlib.sha256("\0".join(place).encode()).hexdigest()[:12]
