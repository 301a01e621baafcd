"""`cablepress export`."""

import sys
from pathlib import Path
from typing import Any

import click

from generator.cli.common import common, dump_format, options_of
from generator.cli.console import counted
from generator.errors import UsageError
from generator.export import FORMATS, export, export_to


@click.command("export")
@common
@dump_format(*FORMATS)
@click.option("--to", "target", type=click.Path(path_type=Path), help="The file to make. [default: standard output]")
@click.option("--fill", is_flag=True, help="What a file does not say is what its text is read as.")
def command(format_name: str, target: Path | None, fill: bool, **given: Any) -> None:
    """Write the cables of the content folder as one dump."""
    options, console = options_of(given)
    if target is None:
        if console.json:
            raise UsageError("--json says what was done where the dump would stand", "add --to FILE")
        done = export(options.content, format_name, sys.stdout.buffer, fill=fill)
    else:
        done = export_to(options.content, format_name, target, fill=fill)
        console.say(f"{target}: {counted(done.cables, 'cable', 'cables')}")
    console.complain(done.problems)
    console.data(done)
    sys.exit(1 if done.problems else 0)
