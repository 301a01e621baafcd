"""`cablepress serve`."""

from typing import Any

import click

from generator.cli.common import common, options_of, until_interrupted


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
    with until_interrupted(console) as (say, report):
        serve(options, port=port, open_browser=open_browser, say=say, complain=console.warn, report=report)
