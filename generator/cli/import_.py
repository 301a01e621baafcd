"""`cablepress import`."""

import sys
from pathlib import Path
from typing import Any

import click

from generator.cli.common import common, dump_format, options_of
from generator.cli.console import counted
from generator.errors import UsageError
from generator.importers.run import FORMATS, run_import
from generator.reading.printout import short


@click.command("import")
@common
@click.argument("source", type=click.Path(path_type=Path))
@dump_format("auto", *FORMATS)
def command(source: Path, format_name: str, **given: Any) -> None:
    """Bring the cables of a dump, of text files, of archive records or of a mirror into the content folder."""
    options, console = options_of(given)
    with console.progress() as bar:

        def tell(done: int, size: int) -> None:
            bar.move("import", done, size)

        account = run_import(source, options.content, format_name, tell, options.processes)
    console.complain(account.problems)
    console.complain(account.passed_over)
    console.say(str(account))
    for number, one, many, file in (
        (account.rejected, "reject", "rejects", account.rejects_file),
        (account.conflicts, "conflict", "conflicts", account.conflicts_file),
        (account.replaced, "cable that was replaced", "cables that were replaced", account.replaced_file),
    ):
        if number:
            console.say(f"  {counted(number, one, many)}, a line each: {file}")
    for line in short(account.reading):
        console.say(line)
    if account.notes:
        console.say(f"  {counted(account.notes, 'note', 'notes')} on how files were read: {account.notes_file}")
    if not account.records:
        raise _nothing_in(source, format_name, account.format)
    console.data(account)
    sys.exit(1 if account.failed else 0)


def _nothing_in(source: Path, asked_for: str, read_as: str) -> UsageError:
    """That no cable was found, and what was looked for."""
    if asked_for != "auto" or FORMATS[read_as].ONE_FILE:
        looked_for, told = FORMATS[read_as].LOOKED_FOR, f"{source}: no cable is in it, read as {read_as}"
    else:
        looked_for = f"{FORMATS['text'].LOOKED_FOR} and {FORMATS['mirror'].LOOKED_FOR}"
        told = f"{source}: no cable is in it"
    return UsageError(told, f"looked for were {looked_for}; name what holds the cables, or give another --format")
