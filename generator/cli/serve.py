"""`cablepress serve`."""

import sys
from typing import Any

import click

from generator.cli.common import INTERRUPTED, common, options_of


@click.command("serve")
@common
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The next free one if taken."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
def command(port: int, open_browser: bool, **given: Any) -> None:
    """Build, show the site on this machine, and rebuild when a file changes."""
    from generator.preview.serve import serve

    options, console = options_of(given)
    with console.progress() as bar:

        def say(text: str) -> None:
            bar.close()
            console.say(text)

        try:
            serve(options, port=port, open_browser=open_browser, say=say, complain=console.warn, report=bar.stage)
        except KeyboardInterrupt:
            say("stopped")
            sys.exit(INTERRUPTED)
