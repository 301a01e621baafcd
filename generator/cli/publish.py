"""`cablepress publish`."""

from typing import Any

import click

from generator.cli.build import built
from generator.cli.common import common, options_of
from generator.config import load_config
from generator.console import counted
from generator.errors import Severity, UsageError


@click.command("publish")
@common
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Say what would be added, changed and deleted; write nothing.")
def command(target: str, dry_run: bool, **given: Any) -> None:
    """Build, then put the site where TARGET in site.toml says."""
    from generator.output.manifest import owned_files
    from generator.publish.directory import publish

    options, console = options_of(given)
    config, _ = load_config(options.config, content=options.content)
    if target not in config.publish:
        known = ", ".join(sorted(config.publish)) or "none"
        raise UsageError(f"there is no publish target {target!r} in {options.config}; known: {known}")
    result = built(options, console)
    errors = sum(problem.severity is Severity.ERROR for problem in result.problems)
    place = options.content.resolve().parent / config.publish[target].path
    done = publish(options.output, place, owned_files(options.output), build_errors=errors, dry_run=dry_run)
    what = "to publish" if dry_run else f"published as {done.release}" if done.is_new else "published already"
    console.say(f"{place}: {counted(done.files, 'file', 'files')} {what}")
    console.say(f"  {done.added:,} added, {done.changed:,} changed, {done.deleted:,} deleted")
    console.data(done)
