"""What all pages of one kind depend on: their templates, their settings, the vocabulary, and the program itself."""

import hashlib
import platform
from functools import cache
from importlib import metadata
from pathlib import Path

import msgspec

from generator.archive.catalog import Catalog
from generator.cable.vocabulary import Vocabulary
from generator.settings.config import Config
from generator.site.pages import KINDS
from generator.site.pages.asset import AssetFiles
from generator.site.theme import Theme

CODE = {".py", ".csv", ".sql"}


class Recipe(msgspec.Struct, frozen=True):
    """Digests of the templates, the settings, the vocabulary and the program that a kind of page is made with."""

    templates: str
    settings: dict[str, str]
    vocabulary: str
    program: str

    def digest(self) -> bytes:
        """What a page's fingerprint holds of this; a page's draft has the settings that it shows."""
        return hashlib.sha256(f"{self.templates}\0{self.vocabulary}\0{self.program}".encode()).digest()

    def difference(self, before: "Recipe | None") -> str:
        """Why pages made with `before` may look different now; empty if they can't."""
        if before is None:
            return "it is new"
        if before.program != self.program:
            return "the program changed"
        if before.vocabulary != self.vocabulary:
            return "the vocabulary changed"
        if before.templates != self.templates:
            return "its template or theme changed"
        changed = [name for name, value in self.settings.items() if before.settings.get(name) != value]
        return f"the configuration changed: {', '.join(changed)}" if changed else ""


def recipes(theme: Theme, config: Config, vocabulary: Vocabulary) -> dict[str, Recipe]:
    """The recipe of each kind of page."""
    program = program_digest()
    return {
        name: Recipe(
            templates=theme.assets_digest() if name == AssetFiles.name else theme.digest(kind.templates),
            settings={setting: _digest(getattr(config, setting)) for setting in kind.settings},
            vocabulary=vocabulary.digest,
            program=program,
        )
        for name, kind in KINDS.items()
    }


def recorded_recipes(catalog: Catalog) -> dict[str, Recipe]:
    """The recipes by which the pages in the output folder were made.

    Empty where those pages are not known: before the first build, and where the folder is not as the last one left it.
    """
    return msgspec.json.decode(catalog.meta(_RECORD) or "{}", type=dict[str, Recipe])


def record_recipes(catalog: Catalog, made_by: dict[str, Recipe]) -> None:
    """Note the recipes for the next build."""
    catalog.set_meta(_RECORD, msgspec.json.encode(made_by).decode())


_RECORD = "recipes"


@cache
def program_digest() -> str:
    """A digest of the program's code and data, and of what else decides how a page is written.

    As it was when this process first asked: the code that works for `serve` all day is that of its start.
    """
    total = hashlib.sha256()
    package = Path(__file__).resolve().parent.parent
    for path in sorted(p for p in package.rglob("*") if p.suffix in CODE):
        total.update(f"{path.relative_to(package).as_posix()}\0".encode() + path.read_bytes())
    for library in ("jinja2", "markdown", "markupsafe", "nh3", "pillow", "rcssmin", "rjsmin"):
        total.update(f"{library} {metadata.version(library)}\0".encode())
    total.update(".".join(platform.python_version_tuple()[:2]).encode())
    return total.hexdigest()


def _digest(setting: object) -> str:
    return hashlib.sha256(msgspec.json.encode(setting)).hexdigest()
