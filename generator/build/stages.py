"""The stages of a build."""

from collections.abc import Collection, Iterable, Iterator
from typing import Self

import msgspec

from generator.archive import queries
from generator.archive.absent import find_absent, settle_absent
from generator.archive.articles import article_paths, kept_articles
from generator.archive.catalog import ADOPTED, Catalog
from generator.archive.counts import count, count_all, moves
from generator.archive.discover import Change, Found, is_cable, look, sweep
from generator.archive.intake import CableRead
from generator.archive.notes import clear_spools, spools_folder
from generator.archive.selection import Elsewhere, within
from generator.archive.settle import CableChange, index_releases, keep, kept, remove, settle
from generator.build.options import Options, Progress, Report
from generator.build.timing import Clock
from generator.build.workers import Workers, crew
from generator.cable.vocabulary import Vocabulary
from generator.errors import Problem
from generator.output.folder import AS_WE_LEFT_IT, Survey, strangers, survey, undisturbed
from generator.output.stage import STAGE
from generator.settings.config import Config
from generator.settings.selection import Selection
from generator.site.articles import citing_articles, is_article, remove_article, settle_article
from generator.site.commit import Edition
from generator.site.pages import KINDS
from generator.site.pages.cable import CablePages
from generator.site.pages.kind import Page
from generator.site.pages.static import settle_static
from generator.site.plan import plan
from generator.site.recipes import recipes, record_recipes, recorded_recipes
from generator.site.render import Job
from generator.site.theme import Theme

FEW = 1000
"""Up to so many groups of pages are looked for one by one in the output; for more it is swept."""


class Setup(msgspec.Struct, frozen=True):
    """What a site is made with, besides its content."""

    config: Config
    vocabulary: Vocabulary
    theme: Theme
    selection: Selection = Selection()


class Stages:
    """One build at work: the stages share the catalog and the setup."""

    def __init__(self, options: Options, catalog: Catalog, setup: Setup, report: Report, clock: Clock) -> None:
        self.options = options
        self.catalog = catalog
        self.setup = setup
        self.report = report
        self.clock = clock
        self.recipes = recipes(setup.theme, setup.config, setup.vocabulary)
        part = " ".join(setup.selection.conditions)
        self.reader = f"{self.recipes[CablePages.name].program} {setup.vocabulary.digest} {part}".rstrip()
        self.explained: list[str] = []
        self.barred: set[str] = set()
        self.held: set[tuple[str, str]] = set()
        self.swept = self.surveyed = False
        self.written = 0
        self.removed = 0
        self.elsewhere = Elsewhere()
        job = self._job()
        self.workers = Workers(job, catalog, crew(job, options.processes, options.scheduler), clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.workers.close()

    def read(self, changed: Collection[str] | None = None) -> None:
        """Look at the content folder and bring the catalog up to date with it.

        Only at the files that `changed`, if they are known and nothing speaks against it.
        """
        others: list[Found] = []
        with self.catalog.transaction():
            articles = self._read_cables(self._found(changed), others)
            index_releases(self.catalog)
            if self._all_is_looked_at() or self.catalog.meta("reader") != self.reader:
                find_absent(self.catalog)
            for found in others:
                self._read_other(found)
                articles.discard(found.path)
            for path in sorted(articles):
                self._settle_article(path)
            self.catalog.set_meta("reader", self.reader)

    def has_nothing_to_show(self) -> bool:
        """Whether a part was asked for that no cable is in, and no site of it stands."""
        part = bool(self.setup.selection.conditions)
        return part and not (queries.count_cables(self.catalog) or self.catalog.count_pages())

    def forget_reader(self) -> None:
        """Have the next build read every file again."""
        with self.catalog.transaction():
            self.catalog.set_meta("reader", "")

    def _found(self, changed: Collection[str] | None) -> Iterable[Found | Problem]:
        """The files that have changed, or may have; all, where they may be read otherwise than before."""
        trusted = self.catalog.meta("reader") == self.reader
        found = look(self.options.content, self.catalog, changed) if trusted and changed is not None else None
        self.swept = found is None
        self.held = set()
        if found is None:
            return sweep(self.options.content, self.catalog, trust_stamps=trusted, tell=self._looking)
        if self.options.keep_faulty:
            self.held.update(("cable", path) for path in kept(self.catalog))
            self.held.update(("article", path) for path in kept_articles(self.catalog))
        return found

    def _looking(self, folders: int) -> None:
        self.report(Progress("look", folders, 0))

    def _read_cables(self, found: Iterable[Found | Problem], others: list[Found]) -> set[str]:
        """Read cables that are new or may have changed; returns the articles that this may concern.

        What else has changed is added to the `others`.
        """
        if self._all_is_looked_at():
            for _ in self._cable_changes(found, others):
                pass
            count_all(self.catalog)
            return article_paths(self.catalog)
        articles: set[str] = set()
        for changes in self._cable_changes(found, others):
            counted = frozenset(count(self.catalog, moves(changes)))
            for change in changes:
                settle_absent(self.catalog, change)
                articles |= self._mark(msgspec.structs.replace(change, counted=counted))
        return articles

    def _all_is_looked_at(self) -> bool:
        """Whether every page will be, whatever changed."""
        return not recorded_recipes(self.catalog)

    def _mark(self, change: CableChange) -> set[str]:
        """Mark the pages that a changed cable may concern; returns the articles that it may."""
        for kind in KINDS.values():
            for key, reason in kind.touched(self.catalog, change):
                self.catalog.mark(kind.name, key, reason)
        return citing_articles(self.catalog, change)

    def _cable_changes(self, found: Iterable[Found | Problem], others: list[Found]) -> Iterator[list[CableChange]]:
        """What came of each file: how the cables that are shown changed, all at once."""
        number = 0
        for results in self.workers.read(self._suspects(found, others)):
            for result in results:
                self.held.discard(("cable", result.path))
                if self.options.keep_faulty and keep(self.catalog, result):
                    self.held.add(("cable", result.path))
                else:
                    yield list(settle(self.catalog, self._within(result)))
            self.report(Progress("read", number := number + len(results), 0))
        for other in others:
            if is_cable(other.path):
                yield list(remove(self.catalog, other.path))

    def _within(self, result: CableRead) -> CableRead:
        """What was read, without a cable of another part of the archive."""
        found = within(self.setup.selection, result)
        if result.head is not None and found.head is None:
            self.elsewhere.note(result.head)
        return found

    def _suspects(self, found: Iterable[Found | Problem], others: list[Found]) -> Iterator[str]:
        """The cables to read; all else that was found is put aside."""
        unreadable: list[Problem] = []
        for one in found:
            if isinstance(one, Problem):
                unreadable.append(msgspec.structs.replace(one, path=f"{self.options.content / one.path}"))
            elif is_cable(one.path) and one.change is Change.SUSPECT:
                yield one.path
            else:
                others.append(one)
        if self.swept:
            self._remember("unreadable", unreadable)

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
        self.held.discard(("article", path))
        keep, part = self.options.keep_faulty, bool(self.setup.selection.conditions)
        if settle_article(self.catalog, self.options.content, path, self.setup.vocabulary, keep=keep, part=part):
            self.held.add(("article", path))

    def mark_changed_recipes(self) -> None:
        """Mark all pages of each kind whose templates, settings or program are no longer the same."""
        before = recorded_recipes(self.catalog)
        if before == self.recipes:
            return
        with self.catalog.transaction():
            self.catalog.set_meta("base_url", self.setup.config.base_url)
            self.catalog.set_meta("assets", msgspec.json.encode(self.setup.theme.assets()).decode())
            for name, kind in KINDS.items():
                reason = self.recipes[name].difference(before.get(name))
                if reason:
                    self.catalog.mark_all(name, kind.every(self.catalog), reason)
                    self.catalog.mark_all(name, self.catalog.keys_of(name), reason)
            record_recipes(self.catalog, self.recipes)

    def survey(self) -> Survey:
        """Look at the output folder; after less than a sweep only at the places of the pages to be looked at."""
        few = not self.swept and self.catalog.count_marks() <= FEW
        if few and undisturbed(self.options.output, self.catalog, self._places()):
            return AS_WE_LEFT_IT
        found = survey(self.options.output, self.catalog, self._looking)
        self.surveyed = True
        return found

    def _places(self) -> Iterator[str]:
        """Where the pages of all marked groups are, or will be."""
        for name, key in self.catalog.marked():
            yield from (page.path for page in self._wanted(name, key))
            yield from (page.path for page in self.catalog.pages_of(name, key))

    def _wanted(self, kind: str, key: str) -> list[Page]:
        """The pages that a group is to have."""
        return [] if (kind, key) == ADOPTED else list(KINDS[kind].pages(self.catalog, key))

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
                self.catalog.forget_parsed()
                clear_spools(self.options.content, self.options.output)  # So that no disk is asked to keep them.
                edition.list_anew(found.unlisted)
                edition.complete(self.options.confirm_delete, self.options.command)
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
            decided = plan(self._wanted(name, key), list(self.catalog.pages_of(name, key)), barred, found.folders)
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

    def problems(self, found: Survey) -> Iterator[Problem]:
        """What is wrong in the content and the output folder, with paths as the user would type them."""
        if self.surveyed:
            self._remember("strangers", sorted(strangers(self.options.output, found, self.barred)))
        for problem in self.catalog.problems():
            yield msgspec.structs.replace(problem, path=f"{self.options.content / problem.path}")
        yield from self._remembered("unreadable")
        yield from self._remembered("strangers")

    def _remember(self, what: str, problems: list[Problem]) -> None:
        """Note what a look at a whole folder found, for builds that look at less."""
        noted = msgspec.json.encode(problems).decode() if problems else ""
        if noted != self.catalog.meta(what):
            self.catalog.set_meta(what, noted)

    def _remembered(self, what: str) -> list[Problem]:
        return msgspec.json.decode(self.catalog.meta(what) or "[]", type=list[Problem])
