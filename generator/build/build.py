"""A build, from the content folder to the output folder. `build` reads like a table of contents."""

import os
import sqlite3
import time
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

import msgspec

from generator.archive import queries
from generator.archive.catalog import ADOPTED, Catalog
from generator.archive.database import NONSENSE, is_damage
from generator.archive.notes import catalog_aside, catalog_file, clear_spools, open_catalog
from generator.build.options import Options, Report
from generator.build.stages import Setup, Stages
from generator.build.timing import Clock, Timing
from generator.errors import Problem, Severity
from generator.output.clean import unclaim
from generator.output.folder import AS_WE_LEFT_IT, Survey, adopt, claimed, refuse_dangerous, state
from generator.output.journal import JOURNAL
from generator.output.selection import settled_part
from generator.settings.config import Config, load_config
from generator.settings.own_vocabulary import load_vocabulary
from generator.settings.selection import Selection
from generator.site.commit import recover
from generator.site.recipes import record_recipes
from generator.site.theme import Theme, builtin_templates, read_theme
from generator.storage import storage_told

ROUNDS = 5
"""How often a build looks again at content that changes under its hands."""


class BuildResult(msgspec.Struct, frozen=True):
    """What a build did. `pages` counts the files of the site by kind; `explained` has a line for each written file."""

    pages: dict[str, int]
    written: int
    removed: int
    problems: tuple[Problem, ...]
    explained: tuple[str, ...]
    seconds: float
    timings: tuple[Timing, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether something has to be mended before the site can be published."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def kept(self) -> int:
        """How many files stand as they stood."""
        return sum(self.pages.values()) - self.written


def build(options: Options, report: Report = lambda _: None, changed: Collection[str] | None = None) -> BuildResult:
    """Bring the output folder up to date with the content folder.

    Whoever knows which content files changed since the last build can say so: then no other is looked at, and of the
    output only what that concerns. `report` may raise, which ends the build as an interrupt does.

    Raises UsageError for folders that can't be used, LockedError where another build is at work, StorageError where the
    disk says no, OutOfMemoryError where memory is wanting; then the old site stands, or the next build completes the
    new one. What is wrong with single files is in the result. A faulty configuration changes nothing: one slip in it
    could touch every page.
    """
    catalog = catalog_file(options.content, options.output)
    with storage_told(options.output, catalog, lambda: _standing(options.output)):
        return _build_with_sound_notes(options, report, changed)


def _build_with_sound_notes(options: Options, report: Report, changed: Collection[str] | None) -> BuildResult:
    """Build, and once more without a catalog that turns out to be damaged; if that fails too, it was none."""
    catalog = catalog_file(options.content, options.output)
    noted = catalog.exists()
    try:
        return _build(options, report, changed)
    except (sqlite3.DatabaseError, *NONSENSE) as error:
        if not noted or not is_damage(error):
            raise
        damaged = _damaged(catalog, error)
    with catalog_aside(options.content, options.output):
        result = _build(options, report)
    return msgspec.structs.replace(result, problems=tuple(sorted((*result.problems, damaged))))


def _build(options: Options, report: Report, changed: Collection[str] | None = None) -> BuildResult:
    started = time.monotonic()
    clock = Clock()
    config, complaints = load_config(options.config, content=options.content, base_url=options.base_url)
    if any(problem.severity is Severity.ERROR for problem in complaints):
        return BuildResult({}, 0, 0, complaints, (), time.monotonic() - started)
    vocabulary, faults = load_vocabulary(options.content)
    refuse_dangerous(options.output, options.content, builtin_templates())
    theme = Theme(read_theme(theme_folders(options.content, config)))
    was_there = options.output.exists()
    with claimed(options.output), closing(open_catalog(options.content, options.output)) as catalog:
        with clock.stage("prepare"):
            recover(options.output, catalog)
            selection = settled_part(options.output, options.only)
            _prepare(options, catalog)
        if selection.conditions:
            config = msgspec.structs.replace(config, total=0)
        with Stages(options, catalog, Setup(config, vocabulary, theme, selection), report, clock) as stages:
            found, at_rest = _in_turn(stages, clock, changed)
            if found is None:
                stages.forget_reader()
                unclaim(options.output, keep=was_there)
        clear_spools(options.content, options.output)
        problems = {*complaints, *faults, *stages.problems(found or AS_WE_LEFT_IT)}
        if selection.conditions and not queries.count_cables(catalog):
            problems.add(_empty(options.content, selection, stages.elsewhere.meant(selection)))
        if not at_rest:
            problems.add(_restless(options.content))
        return BuildResult(
            pages=catalog.count_by_kind(),
            written=stages.written,
            removed=stages.removed,
            problems=tuple(sorted(problems)),
            explained=tuple(stages.explained),
            seconds=time.monotonic() - started,
            timings=clock.timings(),
        )


def _in_turn(stages: Stages, clock: Clock, changed: Collection[str] | None) -> tuple[Survey | None, bool]:
    """The stages, and all of them again where content changes meanwhile.

    Returns what was found in the output, or None for a part without cables, which gets no site; and whether the content
    came to rest.
    """
    for _ in range(ROUNDS):
        with clock.stage("read"):
            stages.read(changed)
        if stages.has_nothing_to_show():
            return None, True
        with clock.stage("mark"):
            stages.mark_changed_recipes()
        with clock.stage("survey"):
            found = stages.survey()
        if stages.renew(found):
            return found, True
        changed = None
    return found, False


def theme_folders(content: Path, config: Config) -> tuple[Path, ...]:
    """Where templates and assets are looked for, in this order."""
    own = (content / config.theme,) if config.theme else ()
    return (*own, builtin_templates())


def _prepare(options: Options, catalog: Catalog) -> None:
    """See whether the output is the one we know, and clear away what an interrupted build had read.

    A full build believes of its notes only which files are ours.
    """
    ours: list[tuple[str, bytes]] = []
    stands = state(options.output)
    if options.full:
        ours = [(page.path, page.digest) for page in catalog.pages()] if catalog.meta("manifest") == stands else []
        catalog.begin_anew()
    if catalog.meta("manifest") != stands:
        with catalog.transaction():
            adopt(options.output, catalog, ours)
            record_recipes(catalog, {})
            catalog.mark(*ADOPTED, "nothing asks for it any more")
    clear_spools(options.content, options.output)
    catalog.forget_parsed()


def _standing(output: Path) -> str:
    """Which site stands, or will, after a build that was ended."""
    certain = os.path.exists(output / JOURNAL)  # noqa: PTH110 - it never raises, whatever the disk says
    return "the next build completes the new site" if certain else "the old site stands"


def _empty(content: Path, selection: Selection, meant: str) -> Problem:
    told = f"no cable has {', '.join(selection.conditions)}"
    return Problem(str(content), 0, told, meant or "the lists of the whole site have the names of origins and the tags")


def _damaged(catalog: Path, error: Exception) -> Problem:
    told = f"these notes of the last build made no sense, and were made anew ({type(error).__name__}: {error})"
    hint = "it cost time only; if it happens again, the disk is failing, or this program is: tell its maintainers"
    return Problem(str(catalog), 0, told, hint, Severity.WARNING)


def _restless(content: Path) -> Problem:
    hint = "build again when it is at rest"
    return Problem(str(content), 0, "files change faster than they can be read", hint, Severity.WARNING)
