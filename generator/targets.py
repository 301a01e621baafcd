"""The targets of `publish` in `site.toml`: a kind, and the keys that this kind has, every one checked."""

from typing import TypeVar

import msgspec

from generator.toml import Table, did_you_mean


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What targets of all kinds may say."""


class DirectoryTarget(Target, frozen=True, kw_only=True):
    """Releases in a folder of this machine; `path` is relative to the folder that holds `content/`."""

    path: str


KINDS: dict[str, type[Target]] = {"directory": DirectoryTarget}
"""The kinds of target, by what `kind` may be."""

Made = TypeVar("Made", bound=Target)


def read_target(table: Table) -> Target | None:
    """The target that a table `[publish.NAME]` describes; None where it can't be used, which the problems say."""
    kind = table.required("kind")
    if kind not in KINDS:
        if kind:
            hint = did_you_mean(kind, KINDS) or f"known kinds: {', '.join(KINDS)}"
            table.problem("kind", f'unknown kind "{kind}"', hint)
        return None
    table.known(("kind", *KINDS[kind].__struct_fields__))
    before = len(table.problems)
    target = DirectoryTarget(path=table.required("path"))
    return target if len(table.problems) == before else None
