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
    "toml_lines": set(),
    "toml": {"errors", "toml_lines"},
    "locks": {"errors"},
    "storage": {"errors"},
    "href": set(),
    "chunks": set(),
    "processes": {"chunks", "errors"},
    "cluster": {"chunks", "errors"},
    "cable": {"errors", "href"},
    "generator": {"cable"},
    "selection": {"errors", "toml"},
    "content_types": set(),
    "hosts": set(),
    "targets": {"errors", "hosts", "selection", "toml"},
    "config": {"errors", "href", "targets", "toml"},
    "vocabulary": {"cable", "errors", "toml"},
    "archive": {"cable", "errors", "selection", "storage", "toml"},
    "reading": {"archive", "cable", "chunks", "errors", "processes", "vocabulary"},
    "output": {"archive", "errors", "locks", "selection", "storage"},
    "site": {"archive", "cable", "config", "errors", "href", "output", "storage", "toml"},
    "check": {"archive", "cable", "config", "errors", "href", "output", "site", "vocabulary"},
    "importers": {"archive", "cable", "errors", "href", "reading", "storage", "vocabulary"},
    "export": {"archive", "cable", "errors", "importers", "storage", "vocabulary"},
    "publish": {"content_types", "errors", "hosts", "locks", "targets"},
    "timing": set(),
    "errands": {"archive", "chunks", "errors", "site"},
    "workers": {"archive", "chunks", "cluster", "errands", "processes", "site", "timing"},
    "options": {"selection"},
    "stages": {"archive", "cable", "config", "errors", "options", "output", "selection", "site", "timing", "workers"},
    "build": {
        *("archive", "config", "errors", "options", "output", "selection", "site", "stages", "storage", "timing"),
        "vocabulary",
    },
    "preflight": {
        "archive",
        "build",
        "check",
        "errors",
        "options",
        "output",
        "publish",
        "site",
        "targets",
        "vocabulary",
    },
    "preview": {"archive", "build", "config", "content_types", "errors", "locks", "options", "output", "site"},
    "scaffold": {"cable", "errors"},
    "console": {"build", "cable", "errors", "options", "site"},
    "cli": {
        *("archive", "build", "cable", "config", "console", "errors", "export", "generator"),
        *("vocabulary", "check", "importers", "options", "output", "preflight", "preview", "publish", "reading"),
        *("hosts", "scaffold", "selection", "site", "storage", "targets"),
    },
    "__main__": {"cli"},
}
"""A module or folder of `generator/` and all others that it may import; a room names only rooms above it.

`generator` is the package itself: its version and its public names."""

CABLE: dict[str, set[str]] = {
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

LONGEST = 300
"""Lines a module may have."""

MARKUP_MAKERS = {"site/markup.py", "site/prose.py"}
"""The two modules that may say that a text is HTML."""

FORBIDDEN = {"rmtree", "removedirs", "system", "popen", "eval", "exec"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(GENERATOR.rglob("*.py")):
        yield path.relative_to(GENERATOR).as_posix(), ast.parse(path.read_text("utf-8"))


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
            if node.module == "generator":
                yield from (_of_package(alias.name) for alias in node.names)
            elif node.module and node.module.startswith("generator."):
                yield node.module


def _of_package(name: str) -> str:
    found = (GENERATOR / name).is_dir() or (GENERATOR / f"{name}.py").is_file()
    return f"generator.{name}" if found else "generator"


def room(path: str) -> str:
    first = path.partition("/")[0].removesuffix(".py")
    return "generator" if first == "__init__" else first


@pytest.mark.parametrize("rooms", [ROOMS, CABLE])
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
    rooms = [name for name in ROOMS if name not in ("generator", "toml_lines")]
    assert sorted(mapped) == sorted(rooms)
    for room in mapped:
        above = {*mapped[: mapped.index(room)], "generator", "toml_lines"}
        assert ROOMS[room] <= above, room


def test_every_module_imports_downward() -> None:
    for path, tree in modules():
        for module in imported(tree):
            target = module.split(".")[1] if "." in module else module
            own = room(path)
            assert own in ROOMS, f"{path} is in no room"
            assert target == own or target in ROOMS[own], f"{path} imports {module}"


def test_the_rooms_of_a_cable_import_downward() -> None:
    for path, tree in modules():
        if path.startswith("cable/") and path != "cable/__init__.py":
            own = room(path.removeprefix("cable/"))
            assert own in CABLE, f"{path} is in no room"
            for module in imported(tree):
                if module.startswith("generator.cable."):
                    target = module.split(".")[2]
                    assert target == own or target in CABLE[own], f"{path} imports {module}"


def test_the_tests_of_a_cable_lie_as_its_rooms_do() -> None:
    folders = {path.name for path in (GENERATOR / "cable").iterdir() if (path / "__init__.py").exists()}
    tested = {path.name for path in (CHECKOUT / "tests/unit/cable").iterdir() if (path / "__init__.py").exists()}
    assert folders == tested


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
        plain = re.sub(r"\{\{.*?\}\}", "x", re.sub(r"\{#.*?#\}|\{%.*?%\}", "", text, flags=re.DOTALL), flags=re.DOTALL)
        for tag, attributes, written in Tags(plain).found:
            yield name, tag, attributes, written


def test_every_attribute_of_a_template_is_quoted() -> None:
    for name, _, _, written in tags():
        assert not re.search(r"=\s*[^\s\"']", re.sub(r"\"[^\"]*\"|'[^']*'", '""', written)), (name, written)


def test_no_template_holds_a_script_or_a_style() -> None:
    for name, tag, attributes, written in tags():
        assert not [key for key in attributes if key.startswith("on") or key == "style"], (name, written)
        assert tag != "script" or "src" in attributes or attributes.get("type") == "application/ld+json", (
            name,
            written,
        )
