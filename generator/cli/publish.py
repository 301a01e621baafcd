"""`cablepress publish`."""

from typing import TYPE_CHECKING, Any

import click

from generator.build.options import Options
from generator.cli.common import common, options_of
from generator.cli.console import Console, counted
from generator.cli.selection import of_part, only_option
from generator.errors import CablepressError, Severity, UsageError
from generator.settings.config import Config, load_config
from generator.settings.hosts import SERVERS
from generator.settings.selection import read_selection
from generator.settings.targets import FilesTarget, Target

if TYPE_CHECKING:
    from generator.publish.history import Keeping
    from generator.publish.place import Place
    from generator.publish.publish import Published

SHOWN = 20
"""So many files of a dry run are told without `--verbose`."""


@click.command("publish")
@common
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Say what would be added, changed and deleted; write nothing.")
@click.option("--max-deletes", type=click.IntRange(min=0), metavar="N", help="Delete up to N files in the target.")
@only_option
@click.option("--server-config", is_flag=True, help="Print what the web server named as host has to be told.")
@click.option("--releases", is_flag=True, help="List the releases that the target keeps.")
@click.option("--rollback", is_flag=True, help="Go back to the release before the one that readers see.")
@click.option("--release", "wanted", default="", metavar="NAME", help="Go back to this one, with --rollback.")
@click.option("--prune", is_flag=True, help="Take old releases away.")
@click.option("--keep", type=click.IntRange(min=1), default=5, show_default=True, help="So many stay, with --prune.")
def command(
    target: str,
    dry_run: bool,
    max_deletes: int | None,
    only: tuple[str, ...],
    server_config: bool,
    releases: bool,
    rollback: bool,
    wanted: str,
    prune: bool,
    keep: int,
    **given: Any,
) -> None:
    """Build and check, then put the site where TARGET in site.toml says."""
    from generator.preflight.prepare import prepared
    from generator.publish.kinds import place_of
    from generator.publish.publish import publish

    options, console = options_of(given)
    config, complaints = load_config(options.config, content=options.content, base_url=options.base_url)
    chosen = config.publish.get(target)
    if chosen is None:
        console.complain([each for each in complaints if each.severity is Severity.ERROR])
        raise _no_target(target, config, options)
    options = of_part(options, read_selection(only) if only else chosen.only)
    place = place_of(target, chosen, options.content.resolve().parent)
    if server_config + releases + rollback + prune > 1 or (wanted and not rollback):
        told = "these options go one at a time, but for --release with --rollback"
        raise UsageError(told, "leave all but one of them out")
    if server_config:
        _tell_server_config(chosen, options, config.base_url)
        return
    if releases or rollback or prune:
        keeping = _keeping(target, place)
        if releases:
            _tell_releases(keeping, console)
        elif rollback:
            _go_back(keeping, wanted, console, dry_run=dry_run)
        else:
            _prune(keeping, keep, console, dry_run=dry_run)
        return
    with prepared(options, chosen, config.base_url, console) as release:
        done = publish(release, place, host=chosen.host, dry_run=dry_run, max_deletes=max_deletes)
    _tell(done, console)


def _no_target(name: str, config: Config, options: Options) -> CablepressError:
    if name in config.publish:
        return CablepressError(f"{options.config}: the target {name!r} can't be used", "mend it and publish then")
    known = ", ".join(sorted(config.publish)) or "none"
    told = f"there is no publish target {name!r} in {options.config}; known: {known}"
    return UsageError(told, f"name one of these, or add a table [publish.{name}]")


def _tell(done: "Published", console: Console) -> None:
    arrival, plan = done.arrival, done.plan
    what = "to publish" if arrival is None else "published" if arrival.is_new else "published already"
    name = f" as {arrival.release}" if arrival and arrival.release else ""
    console.say(f"{done.place}: {counted(done.files, 'file', 'files')} {what}{name}")
    console.say(f"  {plan.added:,} added, {plan.changed:,} changed, {plan.deleted:,} deleted, {plan.kept:,} kept")
    if done.remark:
        console.warn(f"  {done.remark}")
    if arrival and arrival.compared:
        console.say(f"  {counted(arrival.compared, 'file', 'files')} compared there, byte for byte")
    shown = done.changes if console.verbose else done.changes[:SHOWN]
    for change in shown:
        console.say(f"  {change.kind:<8} {change.path}")
    if len(done.changes) > len(shown):
        console.say(f"  … and {len(done.changes) - len(shown):,} more; --verbose shows all")
    console.data(done)


def _tell_server_config(target: Target, options: Options, base_url: str) -> None:
    from generator.preflight.prepare import base_path
    from generator.publish.headers import server_config
    from generator.publish.kinds import served_root

    if target.host not in SERVERS:
        raise UsageError("the target names no web server", f"write host = {' or '.join(map(repr, SERVERS))}")
    root = served_root(target, options.content.resolve().parent)
    compressed = target.compress if isinstance(target, FilesTarget) else ()
    click.echo(server_config(target.host, root, base_path(base_url), compressed=compressed), nl=False)


def _keeping(target: str, place: "Place") -> "Keeping":
    from generator.publish.history import Keeping

    if not isinstance(place, Keeping):
        raise UsageError(f"the target {target!r} keeps no releases", "targets of the kinds directory and rsync do")
    return place


def _tell_releases(place: "Keeping", console: Console) -> None:
    kept = place.releases()
    for each in kept:
        seen = "  readers see this one" if each.is_current else ""
        console.say(f"{each.name}  {each.published:%Y-%m-%d %H:%M} UTC{seen}")
    console.data(kept)


def _go_back(place: "Keeping", wanted: str, console: Console, *, dry_run: bool) -> None:
    from generator.publish.history import earlier

    name = earlier(place, wanted)
    if not dry_run:
        place.rollback(name)
    console.say(f"{place.name}: readers {'would see' if dry_run else 'see'} {name}")
    console.data({"release": name})


def _prune(place: "Keeping", keep: int, console: Console, *, dry_run: bool) -> None:
    from generator.publish.history import Pruned, superfluous

    names = superfluous(place, keep)
    done = Pruned(tuple(names)) if dry_run else place.prune(names)
    told = counted(len(done.removed), "release", "releases")
    console.say(f"{place.name}: {told} {'to take away' if dry_run else 'taken away'}")
    for name in done.removed:
        console.say(f"  {name}")
    for name in done.left:
        console.warn(f"{name} is left: it holds files that publishing did not put there")
    console.data(done)
