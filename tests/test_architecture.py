"""The shape of the program, held to what ARCHITECTURE.md says: who may import whom, and what nobody may do."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
GENERATOR = CHECKOUT / "generator"
TEMPLATES = CHECKOUT / "templates"

ROOMS: dict[str, set[str]] = {
    "errors": set(),
    "locks": {"errors"},
    "storage": {"errors"},
    "href": set(),
    "content_types": set(),
    "crew": {"errors"},
    "cable": {"errors", "href"},
    "generator": {"cable"},
    "settings": {"cable", "errors", "href"},
    "archive": {"cable", "errors", "settings", "storage"},
    "reading": {"archive", "cable", "crew", "errors", "settings"},
    "output": {"archive", "errors", "locks", "settings", "storage"},
    "site": {"archive", "cable", "errors", "href", "output", "settings", "storage"},
    "check": {"archive", "cable", "errors", "href", "output", "settings", "site"},
    "importers": {"archive", "cable", "errors", "href", "reading", "settings", "storage"},
    "export": {"archive", "cable", "errors", "importers", "settings", "storage"},
    "publish": {"content_types", "errors", "locks", "settings"},
    "build": {"archive", "cable", "crew", "errors", "output", "settings", "site", "storage"},
    "preflight": {"archive", "build", "check", "errors", "output", "publish", "settings", "site"},
    "preview": {"archive", "build", "content_types", "errors", "locks", "output", "settings", "site"},
    "scaffold": {"cable", "errors"},
    "cli": {
        *("archive", "build", "cable", "check", "errors", "export", "generator", "importers", "output", "preflight"),
        *("preview", "publish", "reading", "scaffold", "settings", "site", "storage"),
    },
    "__main__": {"cli"},
}
"""A module or folder of `generator/` and all others that it may import; a room names only rooms above it.

`generator` is the package itself: its version and its public names."""

SETTINGS: dict[str, set[str]] = {
    "toml_lines": set(),
    "toml": {"toml_lines"},
    "own_vocabulary": {"toml"},
    "selection": {"toml"},
    "hosts": set(),
    "targets": {"hosts", "selection", "toml"},
    "config": {"targets", "toml"},
}
"""The same for what lies in `generator/settings/`."""

CREW: dict[str, set[str]] = {
    "chunks": set(),
    "processes": {"chunks"},
    "cluster": {"chunks"},
}
"""The same for what lies in `generator/crew/`."""

BUILD: dict[str, set[str]] = {
    "options": set(),
    "timing": set(),
    "errands": set(),
    "workers": {"errands", "timing"},
    "stages": {"options", "timing", "workers"},
    "build": {"options", "stages", "timing"},
}
"""The same for what lies in `generator/build/`."""

CABLE: dict[str, set[str]] = {
    "controls": set(),
    "spans": set(),
    "vocabulary": set(),
    "ids": {"vocabulary"},
    "dates": {"ids"},
    "partition": {"spans"},
    "model": {"spans"},
    "source": {"ids", "spans", "vocabulary"},
    "text": {"model", "partition", "spans"},
    "header": {"dates", "ids", "model", "spans", "vocabulary"},
    "references": {"ids", "model", "vocabulary"},
    "fields": {"dates", "model", "text", "vocabulary"},
    "opening": {"partition", "source", "spans", "text", "vocabulary"},
    "sections": {"opening", "partition", "spans", "vocabulary"},
    "body": {"opening", "partition", "sections", "spans", "text", "vocabulary"},
    "values": {"body", "fields", "model", "opening", "references", "spans", "text", "vocabulary"},
    "read": {
        *(
            "body",
            "dates",
            "fields",
            "header",
            "ids",
            "model",
            "opening",
            "partition",
            "references",
            "source",
            "spans",
            "text",
        ),
        *("values", "vocabulary"),
    },
    "json_text": set(),
    "printout": {"dates", "json_text", "model", "opening", "spans", "vocabulary"},
}
"""The same for what lies in `generator/cable/`."""

WITHIN = {"settings": SETTINGS, "crew": CREW, "build": BUILD, "cable": CABLE}
"""Rooms whose own modules and folders have an order."""

TESTED_AS_A_WHOLE = {"cli", "preflight", "publish", "site/pages", "site/views"}
"""Rooms without a folder in `tests/unit`: tests/site and tests/publish run them as they are used."""

LONGEST = 300
"""Lines a module may have."""

MARKUP_MAKERS = {"site/markup.py", "site/prose.py"}
"""The two modules that may say that a text is HTML."""

FORBIDDEN = {"rmtree", "removedirs", "system", "popen", "eval", "exec"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(GENERATOR.rglob("*.py")):
        yield path.relative_to(GENERATOR).as_posix(), _parsed(path)


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def calls() -> Iterator[tuple[str, ast.Call, str, str]]:
    """Every call: its place, the call, what stands before the last dot, and the name called."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                function = node.func
                name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
                owner = ast.unparse(function.value) if isinstance(function, ast.Attribute) else ""
                yield f"{path}:{node.lineno}", node, owner, name


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules of ours that one imports, within functions as well."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "generator")
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports hide who is imported"
            if node.module and node.module.split(".")[0] == "generator":
                yield from (_of_package(node.module, alias.name) for alias in node.names)


def _of_package(package: str, name: str) -> str:
    """The module that is meant by a name in a package; the package itself where it means no module."""
    path = GENERATOR.parent.joinpath(*package.split("."), name)
    return f"{package}.{name}" if path.is_dir() or path.with_suffix(".py").is_file() else package


def room(path: str) -> str:
    first = path.partition("/")[0].removesuffix(".py")
    return "generator" if first == "__init__" else first


@pytest.mark.parametrize("rooms", [ROOMS, *WITHIN.values()])
def test_a_room_may_import_only_rooms_above_it(rooms: dict[str, set[str]]) -> None:
    seen: set[str] = set()
    for name, allowed in rooms.items():
        assert allowed <= seen, name
        seen.add(name)


def test_the_map_has_every_room_in_an_order_in_which_it_imports_only_rooms_above_it() -> None:
    tree = (
        (CHECKOUT / "ARCHITECTURE.md")
        .read_text("utf-8")
        .partition("    generator/\n")[2]
        .partition("    templates/")[0]
    )
    told = [" ".join(line[6:].split("  ")[:1]) for line in tree.splitlines()]
    mapped = [
        name for names in told for name in re.findall(r"(\w+)(?:\.py|/)(?=\s|$)", names) if "/" not in names.rstrip("/")
    ]
    rooms = [name for name in ROOMS if name != "generator"]
    assert sorted(mapped) == sorted(rooms)
    for room in mapped:
        above = {*mapped[: mapped.index(room)], "generator"}
        assert ROOMS[room] <= above, room


def test_every_module_imports_downward() -> None:
    for path, tree in modules():
        for module in imported(tree):
            target = module.split(".")[1] if "." in module else module
            own = room(path)
            assert own in ROOMS, f"{path} is in no room"
            assert target == own or target in ROOMS[own], f"{path} imports {module}"


@pytest.mark.parametrize("outer", WITHIN)
def test_the_modules_of_a_room_import_downward(outer: str) -> None:
    order = WITHIN[outer]
    for path, tree in modules():
        if path.startswith(f"{outer}/") and path != f"{outer}/__init__.py":
            own = room(path.removeprefix(f"{outer}/"))
            assert own in order, f"{path} is in no room"
            for module in imported(tree):
                if module.startswith(f"generator.{outer}."):
                    target = module.split(".")[2]
                    assert target == own or target in order[own], f"{path} imports {module}"


def test_the_folders_of_unit_tests_are_those_of_the_rooms() -> None:
    rooms, tested = (
        {path.parent.relative_to(root).as_posix() for path in root.rglob("__init__.py")}
        for root in (GENERATOR, CHECKOUT / "tests/unit")
    )
    assert tested == rooms - TESTED_AS_A_WHOLE


def test_a_unit_test_lies_in_the_folder_of_the_room_that_it_tests() -> None:
    unit = CHECKOUT / "tests/unit"
    for path in sorted(unit.rglob("test_*.py")):
        tested = {room(module.replace(".", "/").removeprefix("generator/")) for module in imported(_parsed(path))}
        place = room(path.relative_to(unit).as_posix()).removeprefix("test_")
        assert place in tested or (place == "cable" and "generator" in tested), path


def test_no_module_imports_itself_by_a_way_around() -> None:
    graph = {path: {_file(module) for module in imported(tree)} - {path} for path, tree in modules()}
    while graph:
        leaves = {path for path, targets in graph.items() if not targets & graph.keys()}
        assert leaves, f"these import each other: {sorted(graph)}"
        graph = {path: targets for path, targets in graph.items() if path not in leaves}


def _file(module: str) -> str:
    path = module.replace(".", "/").removeprefix("generator").removeprefix("/")
    return f"{path}.py" if (GENERATOR / f"{path}.py").is_file() else f"{path}/__init__.py".removeprefix("/")


def test_no_module_is_too_long() -> None:
    lengths = {path: len((GENERATOR / path).read_text("utf-8").splitlines()) for path, _ in modules()}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


def test_nothing_is_deleted_with_all_below_it_and_no_shell_is_asked() -> None:
    assert [place for place, _, owner, name in calls() if name in FORBIDDEN and owner in ("", "os", "shutil")] == []
    assert [place for place, call, _, _ in calls() if _given(call, "shell") not in (None, "False")] == []


def _given(call: ast.Call, name: str) -> str | None:
    return next((ast.unparse(keyword.value) for keyword in call.keywords if keyword.arg == name), None)


def test_only_two_modules_say_that_a_text_is_html() -> None:
    for place, call, _, name in calls():
        if name == "Markup" and place.partition(":")[0] not in MARKUP_MAKERS:
            assert [ast.unparse(argument) for argument in call.args] == ["''"], place


NOT_FILES = {"os", "tarfile", "archive", "member", "self"}
"""What has a method `open` that gives bytes."""


def test_every_text_is_read_and_written_with_its_encoding() -> None:
    for place, call, owner, name in calls():
        if name in ("read_text", "write_text"):
            assert _given(call, "encoding") or len(call.args) > (name == "write_text"), place
        elif name == "open" and owner not in NOT_FILES and not _given(call, "encoding"):
            mode = call.args[not owner] if len(call.args) > (not owner) else None
            assert mode is not None, f"{place}: text without encoding"
            assert not (isinstance(mode, ast.Constant) and "b" not in str(mode.value)), (
                f"{place}: text without encoding"
            )


def test_no_pattern_has_a_possessive_group() -> None:
    """Python 3.11.2 takes too little in `(?:...)++`; a possessive single character or class is sound."""
    possessive = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+(?!,)")
    assert [path.name for path in sorted(GENERATOR.rglob("*.py")) if possessive.search(path.read_text("utf-8"))] == []


# Templates


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        yield path.name, path.read_text("utf-8")


@pytest.mark.parametrize("forbidden", [r"\|\s*safe", r"\bautoescape\b", r"\bxmlattr\b", r"<style\b", r"javascript:"])
def test_no_template_takes_a_text_for_html_or_brings_its_own_style(forbidden: str) -> None:
    assert [name for name, text in templates() if re.search(forbidden, text, re.IGNORECASE)] == []


FILLED = "§"
"""What stands for a value in a template's text."""


class Tags(HTMLParser):
    """The start tags of a page, as they are written."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), self.get_starttag_text() or ""))


def tags() -> Iterator[tuple[str, str, dict[str, str | None], str]]:
    for name, text in templates():
        plain = re.sub(
            r"\{\{.*?\}\}", FILLED, re.sub(r"\{#.*?#\}|\{%.*?%\}", "", text, flags=re.DOTALL), flags=re.DOTALL
        )
        for tag, attributes, written in Tags(plain).found:
            yield name, tag, attributes, written


def test_every_attribute_that_a_template_fills_in_is_quoted() -> None:
    for name, _, _, written in tags():
        bare = re.sub(r"\"[^\"]*\"|'[^']*'", '""', written)
        assert not re.search(rf"=\s*[^\s\"']*{FILLED}", bare), (name, written)


def test_no_template_holds_a_script_or_a_style() -> None:
    for name, tag, attributes, written in tags():
        assert not [key for key in attributes if key.startswith("on") or key == "style"], (name, written)
        assert tag != "script" or "src" in attributes or attributes.get("type") == "application/ld+json", (
            name,
            written,
        )
