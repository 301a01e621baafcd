"""Builds again whenever a file changes, and tells what was done and what has to be mended.

A change is built from what the watcher tells, so that no other file is looked at. When all is quiet again, everything
is looked at once: events are hints, and the folders decide.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from generator.archive.notes import notes_folder
from generator.build.build import BuildResult, build
from generator.build.options import Options, Progress, Report
from generator.errors import CablepressError, FaultError, LockedError, Problem, Severity
from generator.locks import locked
from generator.output.folder import state
from generator.preview.trouble import Trouble, cause, trouble
from generator.preview.watch import Changes, Watcher
from generator.site.theme import builtin_templates

AFTERMATH = 2.5
"""Seconds of quiet after which everything is looked at; by then a file's date says whether it changed again."""

RETRY = 10.0
"""Seconds after which a build is tried again that failed for what no file of ours mends: a full disk, for instance."""

SHOWN = 20
"""So many troubles are told at a time."""

Say = Callable[[str], None]
Post = Callable[[tuple[Trouble, ...], bool], None]
"""What hears of every build: what has to be mended, and whether the site changed."""


def follow(options: Options, *, say: Say, complain: Say, report: Report = lambda _: None) -> None:
    """Build, and build again after every change, until KeyboardInterrupt.

    `say` gets what was done, line by line; `complain` what has to be mended. `report` follows the first build. Raises
    what `build` raises where that can't be mended in the content. A page whose file is faulty stays as it was until
    the file is mended.
    """
    following = Following(options, say, complain)
    following.begin(report)
    with known(options, say), watcher(options, say) as watching:
        say(f"{options.content} is watched; change a file, and the site follows (Ctrl-C ends)")
        following.follow(watching)


def watcher(options: Options, say: Say) -> Watcher:
    """Watches all that a site is made of: the content folder, the templates and the configuration."""
    inside = options.config.absolute().is_relative_to(options.content.absolute())
    return Watcher([options.content, builtin_templates()], [] if inside else [options.config], say)


@contextmanager
def known(options: Options, say: Say) -> Iterator[None]:
    """Let other processes know that this one follows the content into the output; say so if one does already."""
    place = notes_folder(options.content, options.output) / "followed"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch()
    with ExitStack() as held:
        try:
            held.enter_context(locked(place, f"{options.output}: another preview follows this folder already", SHARED))
        except LockedError as other:
            say(f"{other}; {other.hint}")
        yield


SHARED = "both will show each change"


class Following:
    """The site while it is being worked on, and what was last told about it."""

    def __init__(self, options: Options, say: Say, complain: Say, post: Post = lambda _, __: None) -> None:
        self._first = msgspec.structs.replace(options, keep_faulty=True)
        self.options = msgspec.structs.replace(self._first, full=False, confirm_delete=0)
        self.say = say
        self.complain = complain
        self.post = post
        self._unbuilt: frozenset[str] | None = frozenset()
        self._errors: tuple[Problem, ...] = ()
        self._warnings: tuple[str, ...] = ()
        self._edition = ""
        self._waits = False

    def begin(self, report: Report) -> None:
        """The first build, whose errors only pass where the content can mend them."""
        self._unbuilt = None
        try:
            self._build("", report, self._first)
        except CablepressError as error:
            if error.exit_code != CablepressError.exit_code:
                raise
            self._tell([cause(error)], new_edition=False)

    def follow(self, watching: Watcher) -> None:
        """Build again after each change, and look at everything when its dust has settled."""
        pause: float | None = AFTERMATH
        while True:
            changes = watching.changes(pause)
            try:
                unsettled = self._after(changes) if changes.paths else self._settled(watching)
                pause = AFTERMATH if unsettled else None
                self._waits = False
            except LockedError as error:
                if not self._waits:
                    self.say(f"{error}; this one waits for it")
                self._waits = True
                pause = AFTERMATH
            except CablepressError as error:
                self._tell([cause(error)], new_edition=False)
                pause = _until_mended(error, changes)

    def _after(self, changes: Changes) -> bool:
        """Build what changed, and what could not be built before."""
        if changes.complete and self._unbuilt is not None:
            self._unbuilt |= _inside(self.options.content, changes.paths)
        else:
            self._unbuilt = None
        self._build(_named(changes.paths), lambda _: None)
        return True

    def _settled(self, watching: Watcher) -> bool:
        """Look at everything, unless something changes meanwhile; whether it has to be looked at once more."""
        found = False

        def report(progress: Progress) -> None:
            nonlocal found
            found = found or progress.stage != "look"
            if not found and watching.stirring():
                raise _DisturbedError

        unbuilt, self._unbuilt = self._unbuilt, None
        try:
            result = self._build("", report)
        except _DisturbedError:
            self._unbuilt = unbuilt
            return True
        return result.written + result.removed > 0

    def _build(self, cause: str, report: Report, options: Options | None = None) -> BuildResult:
        """Build and tell."""
        result = build(options or self.options, report, self._unbuilt)
        if result.pages:  # a faulty configuration ends a build before it looks at anything
            self._unbuilt = frozenset()
        for line in result.explained:
            self.say(line)
        changed = result.written + result.removed
        if changed or cause:
            pages = f"{changed:,} page{'' if changed == 1 else 's'}"
            self.say(f"{cause or self.options.output} → {pages} in {result.seconds:.2f} s")
        self._warn([str(problem) for problem in result.problems if problem.severity is Severity.WARNING])
        errors = [problem for problem in result.problems if problem.severity is Severity.ERROR]
        before, self._edition = self._edition, state(self.options.output)
        self._tell(errors, new_edition=self._edition != before)
        return result

    def _warn(self, warnings: Sequence[str]) -> None:
        for warning in [w for w in warnings if w not in self._warnings][:SHOWN]:
            for line in warning.splitlines():
                self.say(line)
        self._warnings = tuple(warnings)

    def _tell(self, errors: Sequence[Problem], *, new_edition: bool) -> None:
        """Show what has to be mended now, in the terminal only what is new."""
        new = [error for error in errors if error not in self._errors]
        for line in (line for error in new[:SHOWN] for line in trouble(error).lines()):
            self.complain(line)
        if len(errors) > SHOWN and new:
            self.complain(f"{len(errors):,} errors in all")
        if self._errors and not errors:
            self.say("mended")
        self._errors = tuple(errors)
        self.post(tuple(map(trouble, errors[:SHOWN])), new_edition)


def _until_mended(error: CablepressError, changes: Changes) -> float | None:
    """After how many seconds to try again; None where a file is at fault, whose next change will be noticed."""
    if isinstance(error, FaultError):
        return AFTERMATH if changes.paths else None
    return RETRY


class _DisturbedError(Exception):
    """Something changed while everything was looked at."""


def _inside(content: Path, paths: Iterable[str]) -> frozenset[str]:
    """Those of the paths that lie in the content folder, as paths in it."""
    inner = (Path(path) for path in paths)
    return frozenset(path.relative_to(content).as_posix() for path in inner if path.is_relative_to(content))


def _named(paths: Sequence[str]) -> str:
    """What is said of the files that changed; those that an editor made and removed again are not worth a word."""
    named = [path for path in paths if Path(path).is_file()] or paths
    return f"{named[0]} and {len(named) - 1:,} more" if len(named) > 1 else "".join(named)
