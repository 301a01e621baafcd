"""Change a file, see the page: builds the site, serves it on this machine, and builds again whenever a file changes."""

import contextlib
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from generator.build import build
from generator.errors import CablepressError, LockedError, Severity
from generator.options import Options, Report
from generator.preview.files import Files
from generator.preview.news import Bulletin, Trouble, trouble
from generator.preview.server import serving
from generator.preview.watch import Watcher
from generator.site.theme import builtin_templates

AFTERMATH = 2.0
"""Seconds after a change before the content is looked at once more, for what no event told."""

SHOWN = 20
"""So many troubles are told at a time."""

Say = Callable[[str], None]


def serve(
    options: Options,
    *,
    port: int,
    open_browser: bool,
    say: Say,
    complain: Say | None = None,
    report: Report = lambda _: None,
) -> None:
    """Build, serve and watch until KeyboardInterrupt, which passes through when all is closed.

    `say` gets what was done, line by line; `complain` what has to be mended, `say` if not given. `report` follows the
    first build. Raises what `build` raises where that can't be mended in the content, and UsageError where no port can
    be had. A page whose file is faulty stays as it was until the file is mended.
    """
    preview = _Preview(options, say, complain or say)
    preview.begin(report)
    with contextlib.ExitStack() as opened:
        server = opened.enter_context(serving(Files(options.output), preview.bulletin, port))
        watcher = opened.enter_context(_watcher(options, say))
        say(f"{server.address} shows it; change a file, and the page follows (Ctrl-C ends)")
        if open_browser:
            webbrowser.open(server.address)
        preview.follow(watcher)


def _watcher(options: Options, say: Say) -> Watcher:
    inside = options.config.absolute().is_relative_to(options.content.absolute())
    return Watcher([options.content, builtin_templates()], [] if inside else [options.config], say)


class _Preview:
    """The site while it is being worked on, and what was last told about it."""

    def __init__(self, options: Options, say: Say, complain: Say) -> None:
        self.options = msgspec.structs.replace(options, keep_faulty=True)
        self.say = say
        self.complain = complain
        self.bulletin = Bulletin()
        self._troubles: tuple[Trouble, ...] = ()
        self._warnings: tuple[str, ...] = ()

    def begin(self, report: Report) -> None:
        """The first build, whose errors only pass where the content can mend them."""
        try:
            self._build("", report)
        except CablepressError as error:
            if error.exit_code != CablepressError.exit_code:
                raise
            self._tell([trouble(error)], new_edition=False)

    def follow(self, watcher: Watcher) -> None:
        """Build again after each change, and once more when its dust has settled."""
        again = True
        while True:
            paths = watcher.changes(AFTERMATH if again else None)
            try:
                written = self._build(_named(paths))
                again = bool(paths) or written > 0
            except LockedError as error:
                again = True
                self._tell([trouble(error)], new_edition=False)
            except CablepressError as error:
                again = bool(paths)
                self._tell([trouble(error)], new_edition=False)

    def _build(self, cause: str, report: Report = lambda _: None) -> int:
        """Build, tell, and return how many files changed."""
        result = build(self.options, report)
        changed = result.written + result.removed
        if changed or cause:
            pages = f"{changed:,} page{'' if changed == 1 else 's'}"
            self.say(f"{cause or self.options.output} → {pages} in {result.seconds:.2f} s")
        self._warn([str(problem) for problem in result.problems if problem.severity is Severity.WARNING])
        errors = [trouble(problem) for problem in result.problems if problem.severity is Severity.ERROR]
        self._tell(errors, new_edition=changed > 0)
        return changed

    def _warn(self, warnings: Sequence[str]) -> None:
        for warning in [w for w in warnings if w not in self._warnings][:SHOWN]:
            for line in warning.splitlines():
                self.say(line)
        self._warnings = tuple(warnings)

    def _tell(self, troubles: Sequence[Trouble], *, new_edition: bool) -> None:
        """Show in the pages and in the terminal what has to be mended now, in the terminal only what is new."""
        for new in [t for t in troubles if t not in self._troubles][:SHOWN]:
            self.complain(f"error: {new.place}: {new.text}" if new.place else f"error: {new.text}")
            if new.hint:
                self.complain(f"  hint: {new.hint}")
        if self._troubles and not troubles:
            self.say("mended")
        if len(troubles) > SHOWN:
            self.complain(f"{len(troubles)} errors in all")
        self._troubles = tuple(troubles)
        self.bulletin.post(self._troubles[:SHOWN], new_edition=new_edition)


def _named(paths: Sequence[str]) -> str:
    """What is said of the files that changed; those that an editor made and removed again are not worth a word."""
    named = [path for path in paths if Path(path).exists()] or paths
    return f"{named[0]} and {len(named) - 1} more" if len(named) > 1 else "".join(named)
