"""The theme: templates and assets, the site's own before those of the program."""

import hashlib
import traceback
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import jinja2
import jinja2.meta
import msgspec

from generator.archive.discover import hidden
from generator.errors import FaultError, Problem
from generator.site.environment import Environment

ASSETS = "assets"
TEMPLATES = {".html", ".xml", ".txt"}
OWN = "cablepress/"
"""Before a template's name: the program's own, which a theme's template of that name may extend."""


def builtin_templates() -> Path:
    """The folder of the program's own templates: in the package when installed, else beside it in the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


class ThemeFiles(msgspec.Struct, frozen=True):
    """The sources of all templates and the bytes of all assets, by path, as they were at one moment of a build.

    `places` says of each template where its file is.
    Every process of the build works with these: a template that is saved meanwhile is for the next one.
    """

    templates: dict[str, str]
    assets: dict[str, bytes]
    places: dict[str, str]


def read_theme(folders: tuple[Path, ...]) -> ThemeFiles:
    """Read a theme from several folders; a file in an earlier one stands before its namesake in a later one.

    The templates of the last folder, the program's, also have their names below OWN. Raises FaultError for a template
    that is not UTF-8.
    """
    templates: dict[str, str] = {}
    places: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for folder in reversed(folders):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if hidden(path.name) or not path.is_file():
                continue
            if name.startswith(f"{ASSETS}/"):
                assets[name] = path.read_bytes()
            elif path.suffix in TEMPLATES:
                for known in (name, OWN + name) if folder == folders[-1] else (name,):
                    templates[known], places[known] = _text(path), str(path)
    return ThemeFiles(templates, assets, places)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise FaultError(Problem(str(path), 0, "this is not UTF-8", "save the template as UTF-8")) from None


class Theme:
    """Templates and assets at work."""

    def __init__(self, files: ThemeFiles) -> None:
        self.files = files
        self.environment = Environment(jinja2.FunctionLoader(self._load))

    def render(self, template: str, view: msgspec.Struct) -> bytes:
        """A page from its view, which is all that the template sees.

        Raises FaultError where the template is faulty.
        """
        try:
            return b"".join(map(str.encode, self.environment.get_template(template).generate(page=view)))
        except MemoryError:
            raise
        except Exception as error:
            raise self._faulty(template, error) from error

    def digest(self, templates: tuple[str, ...]) -> str:
        """A digest of some templates and all that they use."""
        names = sorted(set().union(*(self._closure(template) for template in templates)))
        return _digest((name, self.files.templates.get(name, "").encode()) for name in names)

    def assets(self) -> tuple[str, ...]:
        """The paths of the assets, `assets/site.css` and so on."""
        return tuple(sorted(self.files.assets))

    def asset(self, path: str) -> bytes:
        """The bytes of an asset."""
        return self.files.assets[path]

    def assets_digest(self) -> str:
        """A digest of all assets."""
        return _digest(iter(sorted(self.files.assets.items())))

    def _load(self, name: str) -> tuple[str, str, None] | None:
        source = self.files.templates.get(name)
        return None if source is None else (source, name, None)

    def _closure(self, template: str) -> set[str]:
        """A template and all that it extends, includes or imports, present or not."""
        found: set[str] = set()
        pending = [template]
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending.extend(self._used_by(name))
        return found

    def _used_by(self, name: str) -> list[str]:
        try:
            used = _references(self.files.templates.get(name, ""), name)
        except jinja2.TemplateError as error:
            raise self._faulty(name, error) from error
        if None in used:
            text = "this includes a template whose name is made up while rendering"
            hint = "write the name out, so that a change to that template is noticed"
            raise FaultError(Problem(self._place(name), 0, text, hint))
        return [name for name in used if name]

    def _faulty(self, template: str, error: Exception) -> FaultError:
        """A sentence about a faulty template: the innermost template and line that we can tell."""
        name, line = template, 0
        if isinstance(error, jinja2.TemplateSyntaxError):
            name, line = error.name or template, error.lineno
        else:
            for frame, number in traceback.walk_tb(error.__traceback__):
                if frame.f_code.co_filename in self.files.templates:
                    name, line = frame.f_code.co_filename, number
        text = str(error) or type(error).__name__
        return FaultError(Problem(self._place(name), line, text, "the old site stands; mend the template"))

    def _place(self, template: str) -> str:
        """Where a template's file is; of one that there is not, its name."""
        return self.files.places.get(template, template)


@lru_cache(maxsize=64)
def _references(source: str, name: str) -> list[str | None]:
    """The templates that one names; None for each that is named while rendering. A slip raises TemplateError."""
    return list(jinja2.meta.find_referenced_templates(jinja2.Environment(autoescape=True).parse(source, name)))


def _digest(files: Iterator[tuple[str, bytes]]) -> str:
    total = hashlib.sha256()
    for name, raw in files:
        total.update(f"{name}\0{len(raw)}\0".encode() + raw)
    return total.hexdigest()
