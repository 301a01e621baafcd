"""Which site passed its check last, so that the next one need not be taken apart as a whole before it is published."""

from functools import cached_property
from pathlib import Path

from generator.archive.catalog import Catalog
from generator.archive.notes import notes_folder
from generator.build.options import Options
from generator.check.since import Since, since
from generator.output.folder import state
from generator.output.manifest import owned_files
from generator.publish.manifest import entries, write_manifest
from generator.publish.plan import Kind, changes
from generator.settings.own_vocabulary import load_vocabulary
from generator.site.recipes import program_digest


class Passed:
    """The files of the site that passed, kept beside the catalog; it counts for the program that checked it."""

    def __init__(self, options: Options, catalog: Catalog, base_url: str) -> None:
        self._options = options
        self._catalog = catalog
        self._base_url = base_url
        self._list = notes_folder(options.content, options.output) / "checked.sha256"

    @property
    def is_this(self) -> bool:
        """Whether it is the very site that stands in the output folder."""
        return self._catalog.meta("checked") == f"{self._checker} {state(self._options.output)}"

    def looked_at(self) -> Since | None:
        """What differs from it, for the check; None where everything has to be looked at."""
        if not self._list.exists() or self._catalog.meta("checked").rpartition(" ")[0] != self._checker:
            return None
        new = self._written(self._list.with_suffix(".new"))
        with self._list.open("rb") as before, new.open("rb") as after:
            found = list(changes(entries(before), entries(after)))
        gone = (each.path for each in found if each.kind is Kind.DELETED)
        return since((each.path for each in found if each.kind is not Kind.DELETED), gone)

    def note(self) -> None:
        """The site in the output folder has passed."""
        self._written(self._list.with_suffix(".new")).replace(self._list)
        with self._catalog.transaction():
            self._catalog.set_meta("checked", f"{self._checker} {state(self._options.output)}")

    @cached_property
    def _checker(self) -> str:
        vocabulary, _ = load_vocabulary(self._options.content)
        return f"{program_digest()} {vocabulary.digest} {self._base_url}"

    def _written(self, path: Path) -> Path:
        with path.open("wb") as file:
            write_manifest(owned_files(self._options.output), file)
        return path
