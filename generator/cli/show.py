"""`cablepress show`."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from generator.build.options import Options
from generator.cable import printout
from generator.cable.read import read_cable
from generator.cable.source.content_file import read_source
from generator.cable.source.facts import named
from generator.cli.common import common, options_of
from generator.errors import Problem, Severity, UsageError
from generator.settings.own_vocabulary import load_vocabulary


@click.command("show")
@common
@click.argument("cable", metavar="ID|FILE")
def command(cable: str, **given: Any) -> None:
    """Tell how a cable was read, span by span."""
    options, console = options_of(given)
    path = _cable_file(cable, options)
    raw = path.read_bytes()
    source = read_source(raw, str(path))
    vocabulary, faults = load_vocabulary(options.content)
    found = read_cable(source.text, named(source.facts, str(path)), vocabulary)
    console.complain((*faults, *source.problems, *_to_import(path, raw)))
    click.echo(printout.as_json(found).decode() if console.json else printout.as_text(found))


def _to_import(path: Path, raw: bytes) -> Iterator[Problem]:
    """Whether the file holds more than the cable, which an import would leave out."""
    from generator.importers import mirror, text_dump

    if mirror.begins_as_page(raw) or text_dump.has_preface(raw):
        said = "this is a page or a file of a dump: lines that are no part of the cable are read as if they were"
        hint = f"bring the cable alone into the archive: cablepress import {shlex.quote(str(path))}"
        yield Problem(str(path), 0, said, hint, Severity.WARNING)


def _cable_file(cable: str, options: Options) -> Path:
    """The content file that a path or a reference ID names."""
    is_id = cable.replace("_", "").isalnum()  # 1973STATE043554_b has a suffix (6.4)
    is_name = is_id and len(cable.encode()) <= 250  # bytes, as a file's name
    if (is_name or not is_id) and Path(cable).is_file():
        return Path(cable)
    found = next((options.content / "cables").rglob(f"{cable}.txt"), None) if is_name else None
    if found is None:
        told = f"{cable}: there is neither such a file nor such a cable in {options.content}"
        raise UsageError(told, "give the name of its file without .txt, or the path of any file")
    return found
