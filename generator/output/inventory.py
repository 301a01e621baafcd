"""The output folder held against its own manifest: every file that is there or should be, one folder at a time."""

import hashlib
import os
import stat
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import msgspec

from generator.archive.catalog import joined
from generator.output.folder import HARMLESS
from generator.output.manifest import OWN, ROOT, manifest_path, parsed

READ = (".html", ".css")
"""Files whose bytes are handed out; of others, which may be large, only the digest is taken."""


class Standing(StrEnum):
    """How a path stands to the manifest; `UNKNOWN` is a folder whose part of the manifest is lost or damaged."""

    OURS = "ours"
    CHANGED = "changed"
    MISSING = "missing"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


class Item(msgspec.Struct, frozen=True, gc=False):
    """A path below the output folder. `raw` is empty but for pages and style sheets of ours."""

    path: str
    standing: Standing
    raw: bytes = b""


def inventory(output: Path) -> Iterator[Item]:
    """All files of an output folder and all that its manifest names, by folder and name."""
    parts = dict(parsed((output / ROOT).read_bytes()))
    for folder, modes in _walk(output):
        part = manifest_path(folder)
        owned = _owned(output, part, parts.pop(part, b""))
        if owned is None:
            yield Item(joined(folder, "*"), Standing.UNKNOWN)
            continue
        for path in sorted({*modes, *owned}):
            if path in owned:
                yield _ours(output, path, modes.get(path), owned[path])
            elif path not in HARMLESS:
                yield Item(path, Standing.FOREIGN)
    for part, digest in sorted(parts.items()):
        owned = _owned(output, part, digest)
        if owned is None:
            yield Item(part, Standing.UNKNOWN)
        yield from (Item(path, Standing.MISSING) for path in owned or ())


def _ours(output: Path, path: str, mode: int | None, digest: bytes) -> Item:
    if mode is None:
        return Item(path, Standing.MISSING)
    if not stat.S_ISREG(mode):
        return Item(path, Standing.CHANGED)
    with (output / path).open("rb") as file:
        raw = file.read() if path.endswith(READ) else b""
        found = hashlib.sha256(raw).digest() if raw else hashlib.file_digest(file, "sha256").digest()
    return Item(path, Standing.OURS, raw) if found == digest else Item(path, Standing.CHANGED)


def _owned(output: Path, part: str, digest: bytes) -> dict[str, bytes] | None:
    """What a folder's part of the manifest says; nothing where the root names none, None where it is damaged."""
    if not digest:
        return {}
    try:
        raw = (output / part).read_bytes()
    except FileNotFoundError:
        return None
    return dict(parsed(raw)) if hashlib.sha256(raw).digest() == digest else None


def _walk(output: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """Every folder with the paths and modes of the files directly in it; not our own folder."""
    pending = [""]
    while pending:
        folder = pending.pop()
        modes: dict[str, int] = {}
        with os.scandir(output / folder) as entries:
            for entry in sorted(entries, key=lambda e: e.name, reverse=True):
                path, mode = joined(folder, entry.name), entry.stat(follow_symlinks=False).st_mode
                if not stat.S_ISDIR(mode):
                    modes[path] = mode
                elif path != OWN:
                    pending.append(path)
        yield folder, modes
