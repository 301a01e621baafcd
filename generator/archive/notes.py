"""Where the notes of a site are kept: its catalog, and the spools of a build at work."""

import hashlib
import os
from pathlib import Path

from generator.archive.catalog import Catalog
from generator.archive.database import remove
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


def forget_catalog(content: Path, output: Path) -> None:
    """Delete the catalog of a site; the next build makes a new one."""
    remove(catalog_file(content, output))


def spools_folder(content: Path, output: Path) -> Path:
    """The folder that parsed cables wait in during a build."""
    return notes_folder(content, output) / "spools"


def clear_spools(content: Path, output: Path) -> None:
    """Make the folder of the spools, and empty it."""
    folder = spools_folder(content, output)
    folder.mkdir(exist_ok=True)
    for spool in list(folder.iterdir()):
        spool.unlink()
