"""What the commands tell a person: progress, problems, summaries. Results go to standard output, the rest to error.

Nothing untrusted is printed but through `printable`; `--quiet` silences all but errors, and never an exit code.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

import click

from generator.build.build import BuildResult
from generator.build.options import Progress
from generator.cable.json_text import json_text
from generator.errors import CablepressError, Problem, Severity, printable
from generator.site.pages import KINDS

if TYPE_CHECKING:
    import rich.progress

SHOWN = 20
"""So many problems are told in full without `--verbose`."""


class Console:
    """Where a command talks to: a terminal, a log or another program (`json`)."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False, json: bool = False) -> None:
        self.quiet = quiet
        self.verbose = verbose
        self.json = json

    def say(self, text: str) -> None:
        """A line of the result; nothing under `--quiet` and `--json`."""
        if not (self.quiet or self.json):
            click.echo(printable(text))

    def warn(self, text: str) -> None:
        """Something that has to be mended, whatever `--quiet` says."""
        click.echo(printable(text), err=True)

    def data(self, value: object) -> None:
        """The result for another program, under `--json`."""
        if self.json:
            click.echo(json_text(value))

    def stream(self, pieces: Iterator[str]) -> None:
        """The result for another program, under `--json`, in pieces of JSON text that `json_text` made safe."""
        if self.json:
            for piece in pieces:
                click.echo(piece, nl=False)

    def complain(self, problems: Sequence[Problem]) -> None:
        """Errors always, warnings unless `--quiet`; the first of them in full."""
        told = [p for p in problems if p.severity is Severity.ERROR or not self.quiet]
        shown = told if self.verbose else told[:SHOWN]
        for problem in shown:
            click.echo(str(problem), err=True)
        if len(told) > len(shown):
            click.echo(f"… and {len(told) - len(shown)} more; --verbose shows all", err=True)

    def fail(self, error: CablepressError) -> None:
        """An error that ends the command; it may have several lines. Under `--json` it is the result as well."""
        self.data({"error": {"text": error.text, "hint": error.hint, "exit_code": error.exit_code}})
        told = "\n".join(map(printable, error.text.split("\n")))
        click.echo(f"error: {told}", err=True)
        if error.hint:
            click.echo(f"  hint: {printable(error.hint)}", err=True)

    @contextmanager
    def progress(self) -> Iterator["Bar"]:
        """A progress bar on a terminal, nothing elsewhere."""
        with Bar(visible=sys.stderr.isatty() and not (self.quiet or self.json)) as bar:
            yield bar


class Bar:
    """A progress bar that appears with the first report."""

    def __init__(self, *, visible: bool) -> None:
        self.visible = visible
        self._progress: rich.progress.Progress | None = None
        self._task: rich.progress.TaskID | None = None
        self._stage = ""

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Take the bar off the terminal, for good."""
        self.visible = False
        if self._progress is not None:
            self._progress.stop()

    def stage(self, progress: Progress) -> None:
        """Show how far a stage of a build has come."""
        self.move(progress.stage, progress.done, progress.total)

    def move(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` is done; a total of 0 is not known."""
        if not self.visible:
            return
        if self._progress is None:
            self._progress = _bar()
            self._progress.start()
        if stage != self._stage or self._task is None:
            self._stage = stage
            self._task = self._progress.add_task(stage, total=total or None)
        self._progress.update(self._task, completed=done, total=total or None)


def _bar() -> "rich.progress.Progress":
    import rich.console
    import rich.progress as parts

    columns = (
        parts.TextColumn("{task.description}"),
        parts.BarColumn(),
        parts.MofNCompleteColumn(),
        parts.TimeElapsedColumn(),
    )
    return parts.Progress(*columns, console=rich.console.Console(stderr=True), transient=True)


def counted(number: int, one: str, many: str) -> str:
    """A number with the right form of its noun."""
    return f"{number:,} {one if number == 1 else many}"


def summary(result: BuildResult, output: str) -> Iterator[str]:
    """What a build did, in a few lines."""
    kinds = (counted(result.pages[name], *kind.names) for name, kind in KINDS.items() if result.pages.get(name))
    yield f"{output}: {', '.join(kinds) or 'nothing was built'}"
    if result.pages:
        done = f"{result.written:,} written, {result.kept:,} kept, {result.removed:,} removed"
        yield f"  {done} in {result.seconds:.2f} s"
    errors = sum(problem.severity is Severity.ERROR for problem in result.problems)
    warnings = len(result.problems) - errors
    if errors or warnings:
        yield f"  {counted(errors, 'error', 'errors')}, {counted(warnings, 'warning', 'warnings')}"


STAGES = {
    "prepare": "completing what an interrupted build left",
    "read": "looking at the content folder; workers read cables, this process records them",
    "mark": "finding what a change of templates, settings or program touches",
    "survey": "looking at the output folder",
    "render": "workers render pages, this process plans and records them",
    "commit": "putting the new site in place",
    "rest": "everything else",
}
"""What the stages of a build are about."""


def profiled(result: BuildResult) -> Iterator[str]:
    """Where the time of a build went, stage by stage: seconds by the clock, of CPU, and of the workers' CPU."""
    yield f"{'stage':<10}{'wall':>9}{'cpu':>9}{'workers':>9}"
    for timing in result.timings:
        row = f"{timing.stage:<10}{timing.wall:>9.2f}{timing.cpu:>9.2f}{timing.workers:>9.2f}"
        yield f"{row}  {STAGES[timing.stage]}"
