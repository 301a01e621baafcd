"""Where the notes of a site are kept: its catalog, and the spools of a build at work."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.archive.catalog import Catalog
from generator.archive.database import move, remove
from generator.errors import StorageError


def notes_folder(content: Path, output: Path) -> Path:
    """The folder of a site's notes: beside the content folder, never inside the output."""
    real_output, real_content = os.path.realpath(output), os.path.realpath(content)  # `resolve` raises for a circle
    name = hashlib.sha256(os.fsencode(real_output)).hexdigest()[:12]
    return Path(real_content).parent / ".cablepress" / name


def catalog_file(content: Path, output: Path) -> Path:
    """Where the catalog of a site is."""
    return notes_folder(content, output) / "catalog.sqlite"


def open_catalog(content: Path, output: Path) -> Catalog:
    """The catalog of a site; a new one where there is none, or none that can be read.

    Raises StorageError or sqlite3.OperationalError where the system does not let us.
    """
    folder = notes_folder(content, output)
    try:
        return Catalog(catalog_file(content, output))
    except OSError as error:
        raise StorageError(f"{folder}: {error.strerror}", "the build keeps its notes in this folder") from error


@contextmanager
def catalog_aside(content: Path, output: Path) -> Iterator[None]:
    """Let a build work as if there were no catalog of the site; the one that was there comes back if it fails."""
    catalog = catalog_file(content, output)
    aside = catalog.with_name(f"{catalog.name}-aside")
    remove(aside)
    move(catalog, aside)
    try:
        yield
    except BaseException:
        remove(catalog)
        move(aside, catalog)
        raise
    remove(aside)


def spools_folder(content: Path, output: Path) -> Path:
    """The folder that parsed cables wait in during a build."""
    return notes_folder(content, output) / "spools"


def clear_spools(content: Path, output: Path) -> None:
    """Make the folder of the spools, and empty it."""
    folder = spools_folder(content, output)
    folder.mkdir(exist_ok=True)
    for spool in list(folder.iterdir()):
        spool.unlink()
