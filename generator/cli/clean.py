"""`cablepress clean`."""

from typing import Any

import click

from generator.cli.common import common, options_of
from generator.cli.console import counted


@click.command("clean")
@common
def command(**given: Any) -> None:
    """Remove the site: the files that the program wrote, and nothing else."""
    from generator.output.clean import clean

    options, console = options_of(given)
    done = clean(options.output)
    console.say(f"{options.output}: {counted(done.removed, 'file', 'files')} removed")
    for path in done.left:
        console.say(f"  {path} was changed by somebody and is left")
    console.data(done)
