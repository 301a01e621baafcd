"""The commands, as `cablepress VERB` and as `python build.py VERB`."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from generator import __version__
from generator.archive.intake import named
from generator.archive.notes import open_catalog
from generator.build import BuildResult, build
from generator.cable import report
from generator.cable.read import read_cable
from generator.cable.source import read_source
from generator.config import load_config
from generator.console import Console, counted, summary
from generator.errors import CablepressError, Severity, UsageError, storage_told
from generator.export import FORMATS as EXPORTS
from generator.export import export, export_to
from generator.importers.run import FORMATS, run_import
from generator.options import Options

INTERRUPTED = 130

Command = TypeVar("Command", bound=Callable[..., Any])


class Verbs(click.Group):
    """The commands; without one, `build`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take `cablepress --full` as `cablepress build --full`."""
        own = {"-h", "--help", "--version"}
        if not args or (args[0].startswith("-") and args[0] not in own):
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error that a person can mend is told in a sentence."""
        try:
            with storage_told():
                return super().invoke(ctx)
        except CablepressError as error:
            if ctx.meta.get("debug"):
                raise
            Console().fail(error)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("interrupted; the next build goes on from here", err=True)
            ctx.exit(INTERRUPTED)


def _folder(default: str, text: str, name: str) -> Callable[[Command], Command]:
    return click.option(f"--{name}", type=click.Path(path_type=Path), default=default, show_default=True, help=text)


def _common(command: Command) -> Command:
    """The options that every command has."""
    for option in (
        click.option("--debug", is_flag=True, expose_value=False, callback=_debug, help="Show tracebacks."),
        click.option("--json", is_flag=True, help="Print the result as JSON."),
        click.option("--verbose", "-v", is_flag=True, help="Tell everything."),
        click.option("--quiet", "-q", is_flag=True, help="Tell errors only; the exit code stays the same."),
        click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes; 0 means one a core."),
        click.option("--base-url", default="", metavar="URL", help="Where the site will be; wins over site.toml."),
        click.option("--config", type=click.Path(path_type=Path), help="The configuration. [default: site.toml in it]"),
        _folder("output", "Where the site is made.", "output"),
        _folder("content", "Where the cables and articles are.", "content"),
    ):
        command = option(command)
    return command


def _debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.meta["debug"] = value


def _options(given: dict[str, Any], **more: Any) -> tuple[Options, Console]:
    """Split what was given on the command line into a build's options and the way to talk about it."""
    content: Path = given["content"]
    options = Options(
        content=content,
        output=given["output"],
        config=given["config"] or content / "site.toml",
        base_url=given["base_url"],
        jobs=given["jobs"],
        **more,
    )
    return options, Console(quiet=given["quiet"], verbose=given["verbose"], json=given["json"])


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cablepress")
def main() -> None:
    """Make a site from an archive of diplomatic cables.

    Exit codes: 0 done, 1 content or check failed, 2 usage, 4 another build is at work, 5 disk or permissions,
    130 interrupted.
    """


@main.command("build")
@_common
@click.option("--full", is_flag=True, help="Read every file again, whatever its date says.")
@click.option("--explain", is_flag=True, help="Say why each file was written or removed.")
@click.option("--confirm-delete", type=int, default=0, metavar="N", help="Delete exactly N files without asking.")
def build_command(full: bool, explain: bool, confirm_delete: int, **given: Any) -> None:
    """Bring the site up to date with the content (the default)."""
    options, console = _options(given, full=full, explain=explain, confirm_delete=confirm_delete)
    result = _built(options, console)
    for line in result.explained:
        console.say(line)
    for line in summary(result, str(options.output)):
        console.say(line)
    if not result.failed:
        console.say("  next: cablepress serve")
    console.data(result)
    sys.exit(1 if result.failed else 0)


def _built(options: Options, console: Console) -> BuildResult:
    with console.progress() as bar:
        result = build(options, bar.stage)
    console.complain(result.problems)
    return result


@main.command("serve")
@_common
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The next free one if taken."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
def serve_command(port: int, open_browser: bool, **given: Any) -> None:
    """Build, show the site on this machine, and rebuild when a file changes."""
    from generator.preview.serve import serve

    options, console = _options(given)
    with console.progress() as bar:

        def say(text: str) -> None:
            bar.close()
            console.say(text)

        try:
            serve(options, port=port, open_browser=open_browser, say=say, complain=console.warn, report=bar.stage)
        except KeyboardInterrupt:
            say("stopped")
            sys.exit(INTERRUPTED)


def _format(*names: str) -> Callable[[Command], Command]:
    of = click.Choice(names)
    return click.option("--format", "format_name", type=of, default=names[0], show_default=True, help="Of the dump.")


@main.command("import")
@_common
@click.argument("source", type=click.Path(path_type=Path))
@_format("auto", *FORMATS)
def import_command(source: Path, format_name: str, **given: Any) -> None:
    """Bring the cables of a dump or of a mirror into the content folder."""
    options, console = _options(given)
    with console.progress() as bar:
        account = run_import(source, options.content, format_name, lambda done, size: bar.move("import", done, size))
    console.complain(account.problems)
    console.say(str(account))
    if account.notes:
        console.say(f"  {counted(account.notes, 'cable', 'cables')} to look at: {account.notes_file}")
    console.data(account)
    sys.exit(1 if account.rejected or account.conflicts else 0)


@main.command("export")
@_common
@_format(*EXPORTS)
@click.option("--to", "target", type=click.Path(path_type=Path), help="The file to make. [default: standard output]")
@click.option("--fill", is_flag=True, help="What a file does not say is what its text is read as.")
def export_command(format_name: str, target: Path | None, fill: bool, **given: Any) -> None:
    """Write the cables of the content folder as one dump."""
    options, console = _options(given)
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


@main.command("check")
@_common
def check_command(**given: Any) -> None:
    """Compare the site with its sources: texts, links, anchors, files that are not ours."""
    from generator.site.check import check

    options, console = _options(given)
    config, complaints = load_config(options.config, content=options.content, base_url=options.base_url)
    catalog = open_catalog(options.content, options.output)
    try:
        with console.progress() as bar:
            found = check(
                options.output, options.content, catalog, config.base_url, lambda done: bar.move("check", done, 0)
            )
    finally:
        catalog.close()
    console.complain((*complaints, *found.problems))
    console.say(
        f"{options.output}: {counted(found.pages, 'page', 'pages')}, {counted(found.cables, 'text', 'texts')} compared,"
        f" {counted(found.links, 'link', 'links')} and {counted(found.anchors, 'anchor', 'anchors')} followed"
    )
    console.data(found)
    sys.exit(1 if found.failed or any(p.severity is Severity.ERROR for p in complaints) else 0)


@main.command("show")
@_common
@click.argument("cable", metavar="ID|FILE")
def show_command(cable: str, **given: Any) -> None:
    """Tell how a cable was read, span by span."""
    options, console = _options(given)
    path = _cable_file(cable, options)
    source = read_source(path.read_bytes(), str(path))
    found = read_cable(source.text, named(source.facts, str(path)))
    console.complain(source.problems)
    click.echo(report.as_json(found).decode() if console.json else report.as_text(found))


def _cable_file(cable: str, options: Options) -> Path:
    """The content file that a path or a reference ID names."""
    is_name = cable.isalnum() and len(cable.encode()) <= 250  # bytes, as a file's name
    if (is_name or not cable.isalnum()) and Path(cable).is_file():
        return Path(cable)
    found = next((options.content / "cables").rglob(f"{cable}.txt"), None) if is_name else None
    if found is None:
        raise UsageError(f"{cable}: there is neither such a file nor such a cable in {options.content}")
    return found


@main.command("publish")
@_common
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Say what would be added, changed and deleted; write nothing.")
def publish_command(target: str, dry_run: bool, **given: Any) -> None:
    """Build, then put the site where TARGET in site.toml says."""
    from generator.publish.directory import publish
    from generator.site.manifest import owned_files

    options, console = _options(given)
    config, _ = load_config(options.config, content=options.content)
    if target not in config.publish:
        known = ", ".join(sorted(config.publish)) or "none"
        raise UsageError(f"there is no publish target {target!r} in {options.config}; known: {known}")
    result = _built(options, console)
    errors = sum(problem.severity is Severity.ERROR for problem in result.problems)
    place = options.content.resolve().parent / config.publish[target].path
    done = publish(options.output, place, owned_files(options.output), build_errors=errors, dry_run=dry_run)
    what = "to publish" if dry_run else f"published as {done.release}" if done.is_new else "published already"
    console.say(f"{place}: {counted(done.files, 'file', 'files')} {what}")
    console.say(f"  {done.added:,} added, {done.changed:,} changed, {done.deleted:,} deleted")
    console.data(done)


@main.command("new")
@_common
@click.argument("what", metavar="FOLDER|ID")
def new_command(what: str, **given: Any) -> None:
    """Start an archive in FOLDER, or a cable with the reference ID."""
    from generator.cable.ids import parse_id
    from generator.scaffold import new_archive, new_cable

    options, console = _options(given)
    if re.fullmatch(r"\d\d[A-Z]+", what):
        raise UsageError(f"{what}: a reference ID ends in a number", f"write {what}1, or ./{what} for a folder")
    if parse_id(what):
        console.say(f"{new_cable(options.content, what)}: fill in the lines, then: cablepress build")
        return
    for path in new_archive(Path(what)):
        console.say(str(path))
    console.say(f"next: cd {what} && cablepress serve")


@main.command("clean")
@_common
def clean_command(**given: Any) -> None:
    """Remove the site: the files that the program wrote, and nothing else."""
    from generator.site.clean import clean

    options, console = _options(given)
    done = clean(options.output)
    console.say(f"{options.output}: {counted(done.removed, 'file', 'files')} removed")
    for path in done.left:
        console.say(f"  {path} was changed by somebody and is left")
    console.data(done)
