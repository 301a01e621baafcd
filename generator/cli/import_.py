"""`cablepress import`."""

import sys
from pathlib import Path
from typing import Any

import click

from generator.cli.common import common, dump_format, options_of
from generator.console import counted
from generator.importers.run import FORMATS, run_import
from generator.reading.printout import short


@click.command("import")
@common
@click.argument("source", type=click.Path(path_type=Path))
@dump_format("auto", *FORMATS)
def command(source: Path, format_name: str, **given: Any) -> None:
    """Bring the cables of a dump or of a mirror into the content folder."""
    options, console = options_of(given)
    with console.progress() as bar:

        def tell(done: int, size: int) -> None:
            bar.move("import", done, size)

        account = run_import(source, options.content, format_name, tell, options.processes)
    console.complain(account.problems)
    console.say(str(account))
    for line in short(account.reading):
        console.say(line)
    if account.notes:
        console.say(f"  {counted(account.notes, 'cable', 'cables')} to look at: {account.notes_file}")
    console.data(account)
    sys.exit(1 if account.problems else 0)
