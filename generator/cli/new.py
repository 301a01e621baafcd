"""`cablepress new`."""

import re
import shlex
from pathlib import Path
from typing import Any

import click

from generator.cli.common import common, options_of
from generator.errors import UsageError


@click.command("new")
@common
@click.argument("what", metavar="FOLDER|ID")
def command(what: str, **given: Any) -> None:
    """Start an archive in FOLDER, or a cable with the reference ID."""
    from generator.cable.ids import parse_id
    from generator.scaffold import new_archive, new_cable

    options, console = options_of(given)
    if re.fullmatch(r"\d\d[A-Z]+", what):
        raise UsageError(f"{what}: a reference ID ends in a number", f"write {what}1, or ./{what} for a folder")
    if parse_id(what):
        console.say(f"{new_cable(options.content, what)}: fill in the lines, then: cablepress build")
        return
    for path in new_archive(Path(what)):
        console.say(str(path))
    console.say(f"next: cd {shlex.quote(what)} && cablepress serve")
