"""README says what the program has, and all of it."""

import re
import subprocess
import sys

import click
import pytest

from generator import errors
from generator.cable.source.facts import Facts
from generator.cli import main
from generator.errors import EXIT_CODES, INTERRUPTED, CablepressError
from generator.importers.run import FORMATS
from generator.reading.findings import Field, FindingKind
from generator.settings.config import Config
from generator.settings.hosts import HOSTS
from generator.settings.own_vocabulary import TABLES
from generator.settings.targets import KINDS, FilesTarget
from tests.conftest import CHECKOUT

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
PUBLISHING = (CHECKOUT / "docs/publishing.md").read_text(encoding="utf-8")
COMMON = {"--content", "--output", "--config", "--base-url", "--jobs", "--quiet", "--verbose", "--json", "--debug"}
FREE = {"--help", "--version"}


def _options(command: click.Command) -> set[str]:
    names = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    return names - FREE


def _section(title: str) -> str:
    return README.split(f"### {title}\n", 1)[1].split("\n### ", 1)[0]


def test_readme_has_every_command_and_no_other() -> None:
    told = set(re.findall(r"^\| `(\w+)[ `]", _section("Commands").split("Every command takes")[0], re.MULTILINE))
    assert told == set(main.commands)


@pytest.mark.parametrize("verb", sorted(main.commands))
def test_readme_has_every_option_and_no_other(verb: str) -> None:
    told = set(re.findall(rf"^\| `{verb}` \| `(--[\w-]+)", _section("Commands"), re.MULTILINE))
    assert told | COMMON == _options(main.commands[verb])


def test_readme_has_every_format_of_an_import_in_its_order() -> None:
    (row,) = re.findall(r"^\| `import` \| `--format NAME` \| (.*) \|", README, re.MULTILINE)
    assert re.findall(r"`([\w-]+)`", row) == [*FORMATS, "auto"]
    assert re.findall(r"^\| `(\w+)`", _section("Import and export"), re.MULTILINE) == [*FORMATS]


def test_readme_has_every_common_option() -> None:
    assert set(re.findall(r"^\| `(--[\w-]+)", _section("Commands"), re.MULTILINE)) == COMMON


def test_readme_and_help_tell_the_exit_codes() -> None:
    told = ", ".join(f"{code} {meaning}" for code, meaning in EXIT_CODES.items())
    assert f"Exit codes: {told}." in " ".join(_section("Commands").split())
    assert f"Exit codes: {told}." in " ".join((main.help or "").split())


def test_every_error_ends_a_command_with_a_code_that_is_told() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, CablepressError)]
    assert {0, INTERRUPTED, *(kind.exit_code for kind in kinds)} == EXIT_CODES.keys()


@pytest.mark.parametrize("verb", sorted(main.commands))
def test_every_command_and_option_has_help(verb: str) -> None:
    command = main.commands[verb]
    assert command.help
    assert all(p.help for p in command.params if isinstance(p, click.Option)), verb


def test_every_command_that_readme_types_is_understood() -> None:
    typed = re.findall(r"(?:cablepress|build\.py) ([a-z]+)", README)
    assert typed
    assert set(typed) <= set(main.commands)


def test_readme_has_every_key_of_a_cables_front_matter() -> None:
    table = _section("Content").split("**Front matter of a cable**")[1].split("**Articles")[0]
    assert set(re.findall(r"`(\w+)`(?=[,` ].*\|)", table)) >= set(Facts.__struct_fields__)


def test_readme_has_every_vocabulary_and_its_columns() -> None:
    told = _section("Content").split("**Vocabulary**")[1]
    assert set(re.findall(r"`(\w+)\.csv`", told)) == set(TABLES)
    assert all(f"`{','.join(TABLES[name].needed)}" in told for name in ("posts", "aliases", "tags"))


def test_readme_has_every_key_of_the_configuration() -> None:
    told = re.findall(
        r"`\[*(\w+)(?:\.NAME)?\]*`", "\n".join(re.findall(r"^\| (.*?) \|", _section("Configuration"), re.MULTILINE))
    )
    assert set(told) - {"site", "toml"} == set(Config.__struct_fields__)


def test_the_page_about_the_reading_report_has_every_field_and_finding_of_the_reading_report() -> None:
    told = re.findall(
        r"`(\w+)`", (CHECKOUT / "docs/reading-report.md").read_text(encoding="utf-8").split("The fields are")[1]
    )
    assert told == [*Field, *FindingKind]


def test_the_python_in_readme_runs() -> None:
    lines = [line[4:] for line in _section("From Python").split("\n") if line.startswith("    ")]
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len([line for line in lines if line.startswith("assert")]) == 2


def test_the_two_commands_come_before_everything_else() -> None:
    titles = re.findall(r"^##? (.+)", README, re.MULTILINE)
    assert titles == ["Cablepress", "Two commands", "The first five minutes", "Reference"]
    assert "tests/run" in README
    assert README.index("![") < README.index("## Two commands")


def test_pictures_and_pages_that_readme_links_to_are_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", README):
        assert (CHECKOUT / target).is_file(), target


def test_publishing_has_every_kind_of_target_and_its_keys() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| .* \| (.*) \|$", PUBLISHING, re.MULTILINE)
    told = {kind: set(re.findall(r"`(\w+)`", keys)) for kind, keys in rows if kind in KINDS}
    told = {kind: keys & {*made.__struct_fields__} for kind, keys in told.items() for made in [KINDS[kind][0]]}
    shared = {*FilesTarget.__struct_fields__}
    assert told == {kind: {*made.__struct_fields__} - shared for kind, (made, _) in KINDS.items()}


def test_publishing_has_every_host_and_every_key_of_all_targets() -> None:
    told = set(re.findall(r"`([\w-]+)`", PUBLISHING))
    assert {*HOSTS, "host"} <= told
    assert "`compress = [" in PUBLISHING
    assert "`only = [" in _section("Parts")


THEMES = (CHECKOUT / "docs/themes.md").read_text(encoding="utf-8")
TEMPLATES = [path.read_text(encoding="utf-8") for path in (CHECKOUT / "templates").glob("*.html")]


def _told(section: str, column: int) -> set[str]:
    rows = re.findall(r"^\| (.*) \|$", THEMES.split(f"## {section}\n", 1)[1].split("\n## ")[0], re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row.split(" | ")[column].strip(" |"))}


def test_the_page_about_themes_has_every_block_and_piece_and_no_other() -> None:
    blocks = {name for text in TEMPLATES for name in re.findall(r"{% block (\w+)", text)}
    assert _told("Blocks", 1) == blocks
    pieces = {name for text in TEMPLATES for name in re.findall(r"{% macro (.+?) %}", text)}
    assert _told("Pieces", 0) == pieces


def test_the_page_about_themes_has_every_variable_and_no_other() -> None:
    style = (CHECKOUT / "templates/assets/site.css").read_text(encoding="utf-8")
    root = style.split(":root {", 1)[1].split("\n}", 1)[0]
    assert _told("Variables", 0) == set(re.findall(r"^  (--[\w-]+):", root, re.MULTILINE))
