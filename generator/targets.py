"""The targets of `publish` in `site.toml`: a kind, and the keys that this kind has, every one checked."""

import re
from collections.abc import Callable

import msgspec

from generator.toml import Table, did_you_mean


class Target(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What targets of all kinds may say."""


class DirectoryTarget(Target, frozen=True, kw_only=True, tag="directory"):
    """Releases in a folder of this machine; `path` is relative to the folder that holds `content/`."""

    path: str


class RsyncTarget(Target, frozen=True, kw_only=True, tag="rsync"):
    """Releases in a folder of another machine: `to` is `user@machine:path`; `ssh_config` a file of ssh's settings.

    The file's path is relative to the folder that holds `content/`.
    """

    to: str
    ssh_config: str = ""


class CommandTarget(Target, frozen=True, kw_only=True, tag="command"):
    """Another program: its name and its arguments, in which PLACEHOLDERS stand for what it is given."""

    command: tuple[str, ...]


PLACEHOLDERS = ("{site}", "{changed}", "{deleted}")
"""What may stand in the words of a command: the folder of the release, and two files that list paths."""


def read_target(table: Table) -> Target | None:
    """The target that a table `[publish.NAME]` describes; None where it can't be used, which the problems say."""
    kind = table.required("kind")
    if kind not in KINDS:
        if kind:
            hint = did_you_mean(kind, KINDS) or f"known kinds: {', '.join(KINDS)}"
            table.problem("kind", f'unknown kind "{kind}"', hint)
        return None
    made, read = KINDS[kind]
    before = len(table.problems)
    table.known(("kind", *made.__struct_fields__))
    target = read(table)
    return target if len(table.problems) == before else None


def _directory(table: Table) -> Target:
    return DirectoryTarget(path=table.required("path"))


_FAR_FOLDER = re.compile(r"(?:\w[\w.-]*@)?\w[\w.-]*:[\w/.].*")


def _rsync(table: Table) -> Target:
    to = table.required("to")
    if to and not _FAR_FOLDER.fullmatch(to):
        table.problem(
            "to", f'to "{to}" is not a folder of another machine', 'write to = "user@machine:/srv/www/cables"'
        )
    return RsyncTarget(to=to, ssh_config=table.text("ssh_config"))


def _command(table: Table) -> Target:
    words = table.texts("command")
    if not words:
        table.problem("command", "command is missing", 'write its words one by one: command = ["rclone", "sync", …]')
    for found in re.findall(r"\{\w*\}", " ".join(words)):
        if found not in PLACEHOLDERS:
            hint = did_you_mean(found, PLACEHOLDERS) or f"known: {', '.join(PLACEHOLDERS)}"
            table.problem("command", f"command: there is no {found}", hint)
    return CommandTarget(command=words)


KINDS: dict[str, tuple[type[Target], Callable[[Table], Target]]] = {
    "directory": (DirectoryTarget, _directory),
    "rsync": (RsyncTarget, _rsync),
    "command": (CommandTarget, _command),
}
"""The kinds of target, by what `kind` may be: the keys, and how they are read."""
