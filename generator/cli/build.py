"""`cablepress build`."""

import sys
from typing import Any

import click

from generator.build.build import BuildResult, build
from generator.build.options import Options
from generator.cli.common import common, options_of, until_interrupted
from generator.cli.console import Console, profiled, summary
from generator.cli.selection import of_part, only_option
from generator.settings.selection import read_selection


@click.command("build")
@common
@click.option("--full", is_flag=True, help="Read every file and make every page again, whatever is known of them.")
@click.option("--explain", is_flag=True, help="Say why each file was written or removed.")
@click.option("--profile", is_flag=True, help="Say how long each stage took.")
@click.option("--watch", is_flag=True, help="Build again whenever a file changes, as serve does, until Ctrl-C.")
@click.option("--confirm-delete", type=int, default=0, metavar="N", help="Delete exactly N files without asking.")
@only_option
@click.option("--scheduler", default="", metavar="ADDRESS", help="Have the workers of a Dask scheduler do the work.")
def command(
    full: bool,
    explain: bool,
    profile: bool,
    watch: bool,
    confirm_delete: int,
    only: tuple[str, ...],
    scheduler: str,
    **given: Any,
) -> None:
    """Bring the site up to date with the content (the default)."""
    options, console = options_of(given, full=full, explain=explain, confirm_delete=confirm_delete, scheduler=scheduler)
    options = of_part(options, read_selection(only))
    if watch:
        from generator.preview.follow import follow

        with until_interrupted(console) as (say, report):
            follow(options, say=say, complain=console.warn, report=report)
    result = built(options, console)
    for line in result.explained:
        console.say(line)
    for line in (*summary(result, str(options.output)), *(profiled(result) if profile else ())):
        console.say(line)
    if not result.failed:
        console.say(f"  next: {options.command('serve')}")
    console.data(result)
    sys.exit(1 if result.failed else 0)


def built(options: Options, console: Console) -> BuildResult:
    """Build, with a progress bar, and say what is wrong."""
    with console.progress() as bar:
        result = build(options, bar.stage)
    console.complain(result.problems)
    return result
