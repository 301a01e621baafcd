"""The output folder: which ones we refuse, who may write to it, and what in it is ours."""

import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate, chain
from pathlib import Path

import msgspec

from generator.archive.catalog import ADOPTED, Catalog, OwnedPage, joined
from generator.errors import Problem, Severity, UsageError
from generator.locks import locked
from generator.output.manifest import OWN, ROOT, file_digest, listed_folders, owned_files

HARMLESS = {".gitkeep", ".gitignore"}
"""Files that may stand in a folder that is to become an output folder."""


class Survey(msgspec.Struct, frozen=True):
    """What stands in the output folder that is not as we left it.

    `missing` files of ours are gone; `edited` ones are not what we wrote; `foreign` ones we never wrote. `unlisted` are
    folders with files of ours whose part of the manifest is lost or damaged. `folders` are those that stay whatever we
    delete: they are empty, or hold what is not ours.
    """

    missing: tuple[OwnedPage, ...]
    edited: tuple[str, ...]
    foreign: tuple[str, ...]
    unlisted: tuple[str, ...]
    folders: frozenset[str]


AS_WE_LEFT_IT = Survey((), (), (), (), frozenset())


def refuse_dangerous(output: Path, content: Path, templates: Path) -> None:
    """Raise UsageError for an output folder where a site could do harm."""
    if output.is_symlink():
        raise UsageError(f"{output}: the output folder is a symbolic link", "name the folder that it leads to")
    real = output.resolve()
    for what, folder in (("content", content.resolve()), ("templates", templates.resolve())):
        if real == folder or folder in real.parents or real in folder.parents:
            raise UsageError(f"{output}: the output folder may not be, hold or lie in the {what} folder", HINT)
    if real in (Path.home().resolve(), Path("/")) or (real / ".git").exists() or real in Path.cwd().resolve().parents:
        raise UsageError(f"{output}: this folder holds more than a site could", HINT)
    if os.path.ismount(real):
        raise UsageError(f"{output}: this folder is a file system of its own", HINT)
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output}: this is not a folder", HINT)
    if not (output / ROOT).is_file() and output.is_dir():
        others = sorted(p.name for p in output.iterdir() if p.name not in HARMLESS and p.name != OWN)
        if others:
            told = ", ".join(others[:5]) + (" …" if len(others) > 5 else "")
            raise UsageError(f"{output}: this folder holds what is not ours: {told}", f"move that away, or {HINT}")


HINT = "name a new or an empty folder with --output"


@contextmanager
def claimed(output: Path) -> Iterator[None]:
    """Make the output folder ours, and nobody else's for as long as we are at it.

    Raises LockedError where another build is. The kernel lets go of the lock if we are killed.
    """
    (output / OWN).mkdir(parents=True, exist_ok=True)
    if not (output / ROOT).exists():
        (output / ROOT).touch()
    with locked(output / OWN, f"{output}: another build is at work here", "wait for it, or stop it"):
        yield


def state(output: Path) -> str:
    """A digest of the manifest: which site stands in the folder."""
    root = output / ROOT
    return hashlib.sha256(root.read_bytes()).hexdigest() if root.is_file() else ""


def adopt(output: Path, catalog: Catalog, ours: Iterable[tuple[str, bytes]] = ()) -> None:
    """Take over the files that the folder's own manifest names, and those of `ours`.

    Of each only the path and the digest of its bytes are known.
    """
    catalog.forget_pages()
    for path, digest in chain(ours, owned_files(output)):
        catalog.put_page(OwnedPage(path, *ADOPTED, None, digest, None, None))


def undisturbed(output: Path, catalog: Catalog, paths: Iterable[str]) -> bool:
    """Whether at each of these paths of the folder stands what we left there, or nothing where we left nothing."""
    for path in paths:
        page = catalog.page(path)
        try:
            status = (output / path).lstat()
        except FileNotFoundError:
            stands = None
        except NotADirectoryError:
            return False
        else:
            stands = (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else ()
        if stands != (page and (page.size, page.mtime)):
            return False
    return True


def survey(output: Path, catalog: Catalog, tell: Callable[[int], None] = lambda _: None) -> Survey:
    """Compare the folder with what we own; the catalog learns the sizes and times of files that are right.

    `tell` hears of every folder how many there were before it.
    """
    missing: list[OwnedPage] = []
    edited: list[str] = []
    foreign: list[str] = []
    folders = set(catalog.page_folders())
    unseen = set(folders)
    empty: list[str] = []
    for number, (folder, files, bare) in enumerate(_walk(output)):
        tell(number)
        if bare:
            empty.append(f"{folder}/")
        unseen.discard(folder)
        owned = catalog.standing_in(folder)
        for name, status in files.items():
            known = owned.pop(name, None)
            stands = (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None
            path = joined(folder, name)
            if known is None:
                foreign.append(path)
            elif known != stands and not _intact(output, catalog, path, status):
                edited.append(path)
        missing.extend(page for name in owned if (page := catalog.page(joined(folder, name))))
    for folder in unseen:
        missing.extend(catalog.pages_in(folder))
    foreign = [path for path in foreign if path not in HARMLESS]
    unlisted = sorted(folders - listed_folders(output, tell))
    staying = {
        above for path in (*edited, *foreign, *empty) for above in accumulate(path.split("/")[:-1], "{}/{}".format)
    }
    return Survey(tuple(missing), tuple(sorted(edited)), tuple(sorted(foreign)), tuple(unlisted), frozenset(staying))


def strangers(output: Path, found: Survey, barred: Collection[str]) -> Iterator[Problem]:
    """What stands in the output folder that we did not write, or not so; an error where a `barred` page belongs."""
    for path in found.edited:
        hint = "delete it and build again to have ours back"
        yield Problem(str(output / path), 0, "somebody changed this file; it is left as it is", hint)
    for path in sorted(found.folders.intersection(barred)):
        yield Problem(
            str(output / path), 0, "a folder stands where a page belongs; it is left as it is", "move it away"
        )
    for path in found.foreign:
        in_the_way = any(page == path or page.startswith(f"{path}/") for page in barred)
        severity = Severity.ERROR if in_the_way else Severity.WARNING
        text = "stands where a page belongs and is not ours" if in_the_way else "is not a file of ours"
        yield Problem(str(output / path), 0, f"{text}; it is left as it is", "move it to content/static", severity)


def _intact(output: Path, catalog: Catalog, path: str, status: os.stat_result) -> bool:
    """Whether the bytes of a file are ours, though its size or time are not; if so, the catalog learns these."""
    page = catalog.page(path)
    if page is None or not stat.S_ISREG(status.st_mode):
        return False
    if file_digest(output / path) != page.digest:
        return False
    catalog.put_page(msgspec.structs.replace(page, size=status.st_size, mtime=status.st_mtime_ns))
    return True


def _walk(output: Path) -> Iterator[tuple[str, dict[str, os.stat_result], bool]]:
    """Each folder, its files by name, and whether it holds nothing at all."""
    pending = [""]
    while pending:
        folder = pending.pop()
        files: dict[str, os.stat_result] = {}
        before = len(pending)
        with os.scandir(output / folder) as entries:
            for entry in entries:
                if not folder and entry.name == OWN:
                    continue
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(status.st_mode):
                    pending.append(joined(folder, entry.name))
                else:
                    files[entry.name] = status
        yield folder, files, not files and len(pending) == before
