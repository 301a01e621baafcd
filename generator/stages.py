"""The stages of a build, which share the catalog, the configuration and the theme."""

import os
from collections.abc import Iterator

import msgspec

from generator.archive.catalog import Catalog
from generator.archive.discover import Change, Found, sweep
from generator.archive.notes import spools_folder
from generator.archive.settle import CableChange, count_lists, keep, remove, settle
from generator.config import Config
from generator.errors import Problem
from generator.options import Options, Progress, Report
from generator.site.articles import citing_articles, is_article, remove_article, settle_article
from generator.site.commit import Edition
from generator.site.families import Family, families
from generator.site.journal import STAGE
from generator.site.output import Survey
from generator.site.pages import KINDS
from generator.site.pages.kind import Page
from generator.site.pages.static import settle_static
from generator.site.plan import plan
from generator.site.render import Job
from generator.site.theme import Theme
from generator.workers import Workers


def is_cable(path: str) -> bool:
    """Whether a content file is a cable."""
    return path.startswith("cables/") and path.endswith(".txt")


class Stages:
    """One build at work: the stages share the catalog, the configuration and the theme."""

    def __init__(self, options: Options, catalog: Catalog, config: Config, theme: Theme, report: Report) -> None:
        self.options = options
        self.catalog = catalog
        self.config = config
        self.theme = theme
        self.report = report
        self.families = families(theme, config)
        self.problems: list[Problem] = []
        self.explained: list[str] = []
        self.barred: set[str] = set()
        self.held: set[tuple[str, str]] = set()
        self.written = 0
        self.removed = 0

    def read(self) -> None:
        """Look at the content folder and bring the catalog up to date with it."""
        seen = sweep(self.options.content, self.catalog, trust_stamps=not self.options.full)
        self.problems = list(seen.problems)
        self.held.clear()
        cables = [f for f in seen.found if is_cable(f.path)]
        others = [f for f in seen.found if not is_cable(f.path)]
        with self.catalog.transaction():
            articles = self._read_cables(cables)
            for found in others:
                self._read_other(found)
                articles.discard(found.path)
            for path in sorted(articles):
                self._settle_article(path)

    def _read_cables(self, found: list[Found]) -> set[str]:
        """Read cables that are new or may have changed; returns the articles that this may concern."""
        articles: set[str] = set()
        lists: set[str] = set()
        fresh = not self.catalog.meta("families")
        for number, change in enumerate(self._cable_changes(found)):
            if number % 100 == 0:
                self.report(Progress("read", number, len(found)))
            for head in (change.before, change.after):
                lists.update(m.list for m in head.memberships) if head else None
            if fresh:
                continue
            articles |= citing_articles(self.catalog, change)
            for kind in KINDS.values():
                for key, reason in kind.touched(self.catalog, change):
                    self.catalog.mark(kind.name, key, reason)
        count_lists(self.catalog, lists)
        return articles

    def _cable_changes(self, found: list[Found]) -> Iterator[CableChange]:
        for entry in found:
            if entry.change is Change.GONE:
                yield from remove(self.catalog, entry.path)
        suspects = [entry.path for entry in found if entry.change is Change.SUSPECT]
        with self._workers() as workers:
            for results in workers.read(suspects):
                for result in results:
                    if self.options.keep_faulty and keep(self.catalog, result):
                        self.held.add(("cable", result.path))
                    else:
                        yield from settle(self.catalog, result)

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

    def mark_changed_families(self) -> None:
        """Mark all pages of each kind whose templates, settings or program are no longer the same."""
        before = msgspec.json.decode(self.catalog.meta("families") or "{}", type=dict[str, Family])
        if before == self.families:
            return
        with self.catalog.transaction():
            self.catalog.set_meta("assets", msgspec.json.encode(self.theme.assets()).decode())
            for name, kind in KINDS.items():
                reason = self.families[name].difference(before.get(name))
                if reason:
                    for key in {*kind.every(self.catalog), *self.catalog.keys_of(name)}:
                        self.catalog.mark(name, key, reason)
            self.catalog.set_meta("families", msgspec.json.encode(self.families).decode())

    def renew(self, found: Survey) -> bool:
        """Render what is marked and put it in place; false if content changed meanwhile and has to be read again."""
        for page in found.missing:
            self.catalog.lose_page(page.path)
            self.catalog.mark(page.kind, page.key, "its file was missing")
        marked = list(self.catalog.marked())
        if not marked and not found.unlisted:
            return True
        barred = {*found.edited, *found.foreign}
        with Edition(self.options.output, self.catalog) as edition, self._workers() as workers:
            for outcomes in workers.render(self._looked_at(marked, edition, barred, found.folders)):
                for outcome in outcomes:
                    edition.add(outcome)
                self.report(Progress("render", edition.looked, 0))
            edition.list_anew(found.unlisted)
            edition.complete(self.options.confirm_delete)
            self.written += edition.written
            self.removed += edition.removed
            self.explained += edition.explained
            self.barred |= edition.barred
            return not edition.stale

    def _looked_at(
        self, marked: list[tuple[str, str, str]], edition: Edition, barred: set[str], folders: frozenset[str]
    ) -> Iterator[Page]:
        for name, key, reason in marked:
            if (name, key) in self.held:
                edition.postpone(name, key, reason)
                continue
            wanted = list(KINDS[name].pages(self.catalog, key)) if name else []
            decided = plan(wanted, list(self.catalog.pages_of(name, key)), barred, folders)
            edition.begin(name, key, reason, decided)
            yield from decided.look

    def _workers(self) -> Workers:
        job = Job(
            catalog=str(self.catalog.path),
            content=str(self.options.content),
            spools=str(spools_folder(self.options.content, self.options.output)),
            stage=str(self.options.output / STAGE),
            theme=self.theme.files,
            config=self.config,
            families={name: family.digest() for name, family in self.families.items()},
        )
        return Workers(job, self.catalog, self.options.jobs or os.cpu_count() or 1)

    def content_problems(self) -> Iterator[Problem]:
        """What is wrong in the content folder, with paths as the user would type them."""
        for problem in (*self.catalog.problems(), *self.problems):
            yield msgspec.structs.replace(problem, path=f"{self.options.content / problem.path}")
