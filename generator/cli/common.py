"""What all commands share: how they are found, their options, and how their errors are told."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.build.options import Options, Report
from generator.cli.console import Console
from generator.errors import INTERRUPTED, CablepressError
from generator.storage import storage_told

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
            Console(json=ctx.meta.get("json", False)).fail(error)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:  # which click would end with 1
            click.echo("interrupted; the next build goes on from here", err=True)
            ctx.exit(INTERRUPTED)


def _folder(default: str, text: str, name: str) -> Callable[[Command], Command]:
    return click.option(f"--{name}", type=click.Path(path_type=Path), default=default, show_default=True, help=text)


def common(command: Command) -> Command:
    """The options that every command has."""
    for option in (
        click.option("--debug", is_flag=True, expose_value=False, callback=_debug, help="Show tracebacks."),
        click.option("--json", is_flag=True, callback=_json, help="Print the result as JSON."),
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


def _json(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
    ctx.meta["json"] = value
    return value


def options_of(given: dict[str, Any], **more: Any) -> tuple[Options, Console]:
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


@contextmanager
def until_interrupted(console: Console) -> Iterator[tuple[Callable[[str], None], Report]]:
    """Work that only an interrupt ends, and cleanly: how it says things, and how it reports its first build."""
    with console.progress() as bar:

        def say(text: str) -> None:
            bar.close()
            console.say(text)

        try:
            yield say, bar.stage
        except KeyboardInterrupt:
            say("stopped")
            sys.exit(INTERRUPTED)


def dump_format(*names: str) -> Callable[[Command], Command]:
    """The option that names the format of a dump; the first is what it is if not given."""
    of = click.Choice(names)
    return click.option("--format", "format_name", type=of, default=names[0], show_default=True, help="Of the dump.")
