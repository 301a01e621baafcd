"""A release for a target, from the content on: built without an error, and not refused by the check."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from generator.archive.notes import notes_folder, open_catalog
from generator.build.build import build
from generator.build.options import Options, Progress
from generator.check.check import check
from generator.errors import CablepressError, Problem, Severity
from generator.output.manifest import owned_files
from generator.preflight.passed import Passed
from generator.publish.compressed import FILES, copies
from generator.publish.extra import extra_files
from generator.publish.release import Release, release_of
from generator.settings.targets import FilesTarget, Target
from generator.site.pages.stub import AliasStubs, ListStubs


class Bar(Protocol):
    """Where it is shown how far a stage has come."""

    def stage(self, progress: Progress) -> None:
        """Show it."""


class Audience(Protocol):
    """Who is told how it goes, and what has to be mended."""

    def progress(self) -> AbstractContextManager[Bar]:
        """Begin to show how far it has come."""

    def complain(self, problems: Sequence[Problem]) -> None:
        """Tell what has to be mended."""


@contextmanager
def prepared(options: Options, target: Target, base_url: str, audience: Audience) -> Iterator[Release]:
    """The release that a build makes for a target, if there is nothing to be said against it.

    Raises CablepressError where the build has an error, where the output holds files that are not ours, or where the
    site does not pass its check; and whatever a build raises.
    """
    told = _build(options, audience)
    extra = extra_files(target, options.output, _stubs(options), base_path(base_url))
    with release_of(options.output, owned_files(options.output), extra, _copies(options, target)) as release:
        release.refuse_strangers(hashed=False)
        _check(options, base_url, audience, told)
        yield release


def base_path(base_url: str) -> str:
    """The path of the site in its address, with a slash at both ends."""
    return urlsplit(base_url).path or "/"


def _build(options: Options, audience: Audience) -> tuple[Problem, ...]:
    """Build without an error; what the audience was told of."""
    with audience.progress() as bar:
        result = build(options, bar.stage)
    audience.complain(result.problems)
    errors = sum(problem.severity is Severity.ERROR for problem in result.problems)
    if errors:
        told = f"{options.output}: the last build had {errors:,} {'error' if errors == 1 else 'errors'}"
        raise CablepressError(told, "mend them and publish then")
    return result.problems


def _copies(options: Options, target: Target) -> tuple[Path, Iterable[tuple[str, bytes]]] | None:
    """The compressed copies that the target wants: their folder, and they with their SHA-256."""
    if not isinstance(target, FilesTarget) or not target.compress:
        return None
    folder = notes_folder(options.content, options.output) / f"compressed-{'-'.join(target.compress)}"
    made = copies(options.output, owned_files(options.output), target.compress, folder, options.processes)
    return folder / FILES, made


def _stubs(options: Options) -> list[str]:
    """The pages that only lead to another one."""
    with closing(open_catalog(options.content, options.output)) as catalog:
        kinds = (ListStubs.name, AliasStubs.name)
        return [page.path for kind in kinds for key in catalog.keys_of(kind) for page in catalog.pages_of(kind, key)]


def _check(options: Options, base_url: str, audience: Audience, told: Collection[Problem]) -> None:
    """Raise CablepressError for a site that `check` refuses; of one that has passed, only what differs is looked at."""
    with closing(open_catalog(options.content, options.output)) as catalog:
        passed = Passed(options, catalog, base_url)
        if passed.is_this:
            return
        with audience.progress() as bar:
            found = check(
                *(options.output, options.content, catalog, base_url),
                *(lambda done: bar.stage(Progress("check", done, 0)), passed.looked_at(), options.config),
            )
        audience.complain([problem for problem in found.problems if problem not in told])
        if found.failed:
            raise CablepressError(f"{options.output}: the site does not pass its check", "mend it and publish then")
        passed.note()
