"""The manifest: which files of the output folder are ours, and the digest of each.

    output/.cablepress/manifest.sha256            one line a folder's manifest; its being there marks the folder as ours
    output/.cablepress/manifest/<folder>.sha256   one line a file, in the form that `sha256sum -c` reads

A folder's name is percent-encoded. Split so, a change rewrites the manifests of the folders that it touches, no more.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from urllib.parse import quote

OWN = ".cablepress"
ROOT = f"{OWN}/manifest.sha256"
FOLDERS = f"{OWN}/manifest"

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def manifest_path(folder: str) -> str:
    """The path of a folder's manifest, relative to the output."""
    name = quote(folder, safe="") or "%2F"
    if len(name) > 200:
        name = f"{name[:100]}%{hashlib.sha256(folder.encode()).hexdigest()[:16]}"
    return f"{FOLDERS}/{name}.sha256"


def lines(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A manifest from paths and digests, in order of path."""
    return "".join(f"{digest.hex()}  {path}\n" for path, digest in sorted(entries)).encode()


def parsed(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The paths and digests of a manifest; lines that are none are passed over."""
    for line in raw.decode(errors="replace").split("\n"):
        match = _LINE.fullmatch(line)
        if match:
            yield match[2], bytes.fromhex(match[1])


def owned_files(output: Path) -> Iterator[tuple[str, bytes]]:
    """All files that the manifests of an output folder name, each with its digest.

    A folder's manifest counts only if the root knows its digest: a damaged one makes no file ours.
    """
    for raw in _sound_parts(output):
        yield from parsed(raw)


def listed_folders(output: Path, tell: Callable[[int], None] = lambda _: None) -> set[str]:
    """The folders whose manifest is there and not damaged; `tell` hears of each how many there were before it."""
    found: set[str] = set()
    for number, raw in enumerate(_sound_parts(output)):
        tell(number)
        found.update(path.rpartition("/")[0] for path, _ in parsed(raw.partition(b"\n")[0]))
    return found


def is_linked(output: Path, path: str) -> bool:
    """Whether a symbolic link stands at a path of the output, or in the place of a folder above it."""
    return any((output / place).is_symlink() for place in accumulate(path.split("/"), "{}/{}".format))


def is_ours(output: Path, path: str, digest: bytes) -> bool:
    """Whether a file of ours is still as we wrote it, with no link on the way to it: only then may it be deleted."""
    target = output / path
    if is_linked(output, path) or not target.is_file():
        return False
    return file_digest(target) == digest


def file_digest(path: Path) -> bytes:
    """The SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _sound_parts(output: Path) -> Iterator[bytes]:
    root = output / ROOT
    if not root.is_file():
        return
    for path, digest in parsed(root.read_bytes()):
        part = output / path
        if path.startswith(f"{FOLDERS}/") and part.is_file():
            raw = part.read_bytes()
            if hashlib.sha256(raw).digest() == digest:
                yield raw
