"""The stages of a build."""

from collections import Counter
from collections.abc import Iterator
from typing import Self

import msgspec

from generator.archive.catalog import Catalog
from generator.archive.counts import count, count_all, moves
from generator.archive.discover import Change, Found, is_cable, sweep
from generator.archive.notes import spools_folder
from generator.archive.settle import CableChange, keep, remove, settle
from generator.cable.vocabulary import Vocabulary
from generator.config import Config
from generator.errors import Problem
from generator.options import Options, Progress, Report
from generator.output.folder import Survey
from generator.output.journal import STAGE
from generator.site.articles import citing_articles, is_article, remove_article, settle_article
from generator.site.commit import Edition
from generator.site.pages import KINDS
from generator.site.pages.cable import CablePages
from generator.site.pages.kind import Page
from generator.site.pages.static import settle_static
from generator.site.plan import plan
from generator.site.recipes import Recipe, recipes
from generator.site.render import Job
from generator.site.theme import Theme
from generator.timing import Clock
from generator.workers import Workers


class Setup(msgspec.Struct, frozen=True):
    """What a site is made with, besides its content."""

    config: Config
    vocabulary: Vocabulary
    theme: Theme


class Stages:
    """One build at work: the stages share the catalog and the setup."""

    def __init__(self, options: Options, catalog: Catalog, setup: Setup, report: Report, clock: Clock) -> None:
        self.options = options
        self.catalog = catalog
        self.setup = setup
        self.report = report
        self.clock = clock
        self.recipes = recipes(setup.theme, setup.config, setup.vocabulary)
        self.reader = f"{self.recipes[CablePages.name].program} {setup.vocabulary.digest}"
        self.problems: list[Problem] = []
        self.explained: list[str] = []
        self.barred: set[str] = set()
        self.held: set[tuple[str, str]] = set()
        self.written = 0
        self.removed = 0
        self.workers = Workers(self._job(), catalog, options.processes, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.workers.close()

    def read(self) -> None:
        """Look at the content folder and bring the catalog up to date with it."""
        self.problems.clear()
        self.held.clear()
        others: list[Found] = []
        with self.catalog.transaction():
            articles = self._read_cables(others)
            for found in others:
                self._read_other(found)
                articles.discard(found.path)
            for path in sorted(articles):
                self._settle_article(path)
            self.catalog.set_meta("reader", self.reader)

    def _read_cables(self, others: list[Found]) -> set[str]:
        """Read cables that are new or may have changed; returns the articles that this may concern.

        What else has changed is added to the `others`.
        """
        if not self.catalog.meta("recipes"):
            titles: Counter[tuple[str, str]] = Counter()
            for changes in self._cable_changes(others):
                for (name, title, _), number in moves(changes).items():
                    titles[name, title] += number
            count_all(self.catalog, titles)
            return set()
        articles: set[str] = set()
        for changes in self._cable_changes(others):
            counted = frozenset(count(self.catalog, moves(changes)))
            for change in changes:
                articles |= self._mark(msgspec.structs.replace(change, counted=counted))
        return articles

    def _mark(self, change: CableChange) -> set[str]:
        """Mark the pages that a changed cable may concern; returns the articles that it may."""
        for kind in KINDS.values():
            for key, reason in kind.touched(self.catalog, change):
                self.catalog.mark(kind.name, key, reason)
        return citing_articles(self.catalog, change)

    def _cable_changes(self, others: list[Found]) -> Iterator[list[CableChange]]:
        """What came of each file: how the cables that are shown changed, all at once."""
        number = 0
        for results in self.workers.read(self._suspects(others)):
            for result in results:
                if self.options.keep_faulty and keep(self.catalog, result):
                    self.held.add(("cable", result.path))
                else:
                    yield list(settle(self.catalog, result))
            self.report(Progress("read", number := number + len(results), 0))
        for found in others:
            if is_cable(found.path):
                yield list(remove(self.catalog, found.path))

    def _suspects(self, others: list[Found]) -> Iterator[str]:
        """The cables to read: those that may have changed, or all where they may be read otherwise than before."""
        trusted = not self.options.full and self.catalog.meta("reader") == self.reader
        for found in sweep(self.options.content, self.catalog, trust_stamps=trusted):
            if isinstance(found, Problem):
                self.problems.append(found)
            elif is_cable(found.path) and found.change is Change.SUSPECT:
                yield found.path
            else:
                others.append(found)

    def _read_other(self, found: Found) -> None:
        gone = found.change is Change.GONE
        if is_article(found.path):
            if gone:
                remove_article(self.catalog, found.path)
            else:
                self._settle_article(found.path)
        elif found.path.startswith("static/"):
            settle_static(self.catalog, self.options.content, found.path, gone=gone)

    def _settle_article(self, path: str) -> None:
        if settle_article(self.catalog, self.options.content, path, keep=self.options.keep_faulty):
            self.held.add(("article", path))

    def mark_changed_recipes(self) -> None:
        """Mark all pages of each kind whose templates, settings or program are no longer the same."""
        before = msgspec.json.decode(self.catalog.meta("recipes") or "{}", type=dict[str, Recipe])
        if before == self.recipes:
            return
        with self.catalog.transaction():
            self.catalog.set_meta("assets", msgspec.json.encode(self.setup.theme.assets()).decode())
            for name, kind in KINDS.items():
                reason = self.recipes[name].difference(before.get(name))
                if reason:
                    self.catalog.mark_all(name, kind.every(self.catalog), reason)
                    self.catalog.mark_all(name, self.catalog.keys_of(name), reason)
            self.catalog.set_meta("recipes", msgspec.json.encode(self.recipes).decode())

    def renew(self, found: Survey) -> bool:
        """Render what is marked and put it in place; false if content changed meanwhile and has to be read again."""
        for page in found.missing:
            self.catalog.lose_page(page.path)
            self.catalog.mark(page.kind, page.key, "its file was missing")
        marks = self.catalog.count_marks()
        if not marks and not found.unlisted:
            return True
        with Edition(self.options.output, self.catalog, explain=self.options.explain) as edition:
            with self.clock.stage("render"):
                for outcomes in self.workers.render(self._looked_at(edition, found)):
                    for outcome in outcomes:
                        edition.add(outcome)
                    self.report(Progress("render", edition.looked, max(marks, edition.looked)))
            with self.clock.stage("commit"):
                edition.list_anew(found.unlisted)
                edition.complete(self.options.confirm_delete)
            self.written += edition.written
            self.removed += edition.removed
            self.explained += edition.explained
            self.barred |= edition.barred
            return not edition.stale

    def _looked_at(self, edition: Edition, found: Survey) -> Iterator[Page]:
        barred = {*found.edited, *found.foreign}
        for name, key in self.catalog.marked():
            if (name, key) in self.held:
                edition.postpone(name, key)
                continue
            wanted = list(KINDS[name].pages(self.catalog, key)) if name else []
            decided = plan(wanted, list(self.catalog.pages_of(name, key)), barred, found.folders)
            edition.begin(name, key, decided)
            yield from decided.look

    def _job(self) -> Job:
        return Job(
            catalog=str(self.catalog.path),
            content=str(self.options.content),
            spools=str(spools_folder(self.options.content, self.options.output)),
            stage=str(self.options.output / STAGE),
            theme=self.setup.theme.files,
            config=self.setup.config,
            vocabulary=self.setup.vocabulary,
            recipes={name: recipe.digest() for name, recipe in self.recipes.items()},
        )

    def content_problems(self) -> Iterator[Problem]:
        """What is wrong in the content folder, with paths as the user would type them."""
        for problem in (*self.catalog.problems(), *self.problems):
            yield msgspec.structs.replace(problem, path=f"{self.options.content / problem.path}")
