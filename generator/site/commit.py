"""One edition of the site: what was rendered and what is to go, put in place together or not at all."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType

import msgspec

from generator.archive.catalog import ADOPTED, Catalog, OwnedPage, split
from generator.errors import CablepressError
from generator.output.folder import state
from generator.output.journal import JOURNAL, Put, Stage, finish, redo, steps
from generator.output.manifest import OWN, ROOT, lines, manifest_path, parsed
from generator.output.stage import clear_stage
from generator.site.plan import Plan
from generator.site.render import Outcome

DELETES_WITHOUT_ASKING = 50
SHARE_WITHOUT_ASKING = 0.05

REMOVED_TOLD = 20
"""So many files that would be deleted are named."""


class Edition:
    """Collects what becomes of each page, then replaces the old site.

    The catalog learns of it in one transaction, which is undone unless `complete` comes to its end.
    """

    def __init__(self, output: Path, catalog: Catalog, *, explain: bool = False) -> None:
        self.output = output
        self.catalog = catalog
        self.explain = explain
        self.looked = self.written = self.removed = 0
        self.stale = False
        self.explained: list[str] = []
        self.barred: set[str] = set()
        self._unfinished: set[tuple[str, str]] = set()
        self._drops: list[OwnedPage] = []
        self._first_removed: list[str] = []
        self._folders: set[str] = set()

    def __enter__(self) -> "Edition":
        self._stage = Stage(self.output)
        self.catalog.begin()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.catalog.roll_back()
        if not (self.output / JOURNAL).exists():
            self._stage.abandon()

    def begin(self, kind: str, key: str, plan: Plan) -> None:
        """Note what was decided about a group of pages."""
        self._drops.extend(plan.drop)
        self.barred.update(page.path for page in plan.barred)
        if plan.barred or plan.kept:
            self._unfinished.add((kind, key))

    def postpone(self, kind: str, key: str) -> None:
        """Leave a group of pages as it is, and marked."""
        self._unfinished.add((kind, key))

    def add(self, outcome: Outcome) -> None:
        """Note what became of a page."""
        self.looked += 1
        group = (outcome.wanted.kind, outcome.wanted.key)
        if outcome.page is None:
            self.stale = True
            self._unfinished.add(group)
            return
        self.catalog.put_page(outcome.page)
        if outcome.staged:
            path = outcome.page.path
            self._stage.put(path, outcome.staged, outcome.page.digest)
            self._folders.add(split(path)[0])
            self.written += 1
            if self.explain:
                self.explained.append(f"{path}: {self.catalog.reason(*group)}")

    def list_anew(self, folders: Iterable[str]) -> None:
        """Write the manifests of these folders, whatever becomes of their pages."""
        self._folders.update(folders)

    def complete(self, confirmed: int, command: Callable[..., str]) -> None:
        """Put the edition in place.

        Raises CablepressError, and leaves the old site, if it would delete many files and `confirmed` is not their
        exact number. The `command` is what the next step is told with.
        """
        owned = self.catalog.count_pages()
        self._settle_drops()
        if _are_many(self.removed, owned) and self.removed != confirmed:
            told = f"this build would delete {self.removed} of {owned} files of the site; nothing has been changed"
            rest = self.removed - len(self._first_removed)
            more = [f"… and {rest} more"] * bool(rest)
            hint = f"if that is right: {command('build', '--confirm-delete', str(self.removed))}"
            raise CablepressError("\n  ".join([told, *self._first_removed, *more]), hint)
        self._settle_marks()
        generation = str(int(self.catalog.meta("generation") or 0) + 1)
        self.catalog.set_meta("generation", generation)
        if self._folders:
            self._settle_manifests()
            self._stage.seal(generation)
            redo(self.output)
        self.catalog.set_meta("manifest", state(self.output))
        self.catalog.commit()
        if self._folders:
            finish(self.output)

    def _settle_drops(self) -> None:
        for page in self._drops:
            now = self.catalog.page(page.path)
            if now is None or (now.kind, now.key) != (page.kind, page.key):
                continue
            self.catalog.drop_page(page.path)
            self._stage.drop(page.path, page.digest)
            self._folders.add(split(page.path)[0])
            self.removed += 1
            if len(self._first_removed) < REMOVED_TOLD:
                self._first_removed.append(page.path)
            if self.explain:
                self.explained.append(f"{page.path}: removed, {self.catalog.reason(page.kind, page.key)}")

    def _settle_marks(self) -> None:
        left = [(kind, key, self.catalog.reason(kind, key)) for kind, key in sorted(self._unfinished)]
        self.catalog.unmark_all()
        for kind, key, reason in left:
            self.catalog.mark(kind, key, reason)

    def _settle_manifests(self) -> None:
        root = dict(parsed((self.output / ROOT).read_bytes()))
        for number, folder in enumerate(sorted(self._folders)):
            path = manifest_path(folder)
            entries = [(page.path, page.digest) for page in self.catalog.pages_in(folder)]
            if entries:
                raw = lines(entries)
                self._stage.write(path, f"manifest/{number}", raw)
                root[path] = hashlib.sha256(raw).digest()
            elif path in root:
                self._stage.drop(path, root.pop(path))
        self._stage.write(ROOT, "manifest/root", lines(root.items()))


def recover(output: Path, catalog: Catalog) -> None:
    """Complete what an interrupted build had made certain, or clear away what it had not."""
    generation = redo(output, resumed=True)
    if generation and catalog.meta("manifest") and catalog.meta("generation") != generation:
        with catalog.transaction():
            for step in steps(output):
                _learn(catalog, step.path, step.digest if isinstance(step, Put) else None)
            catalog.set_meta("generation", generation)
            catalog.set_meta("manifest", state(output))
    if generation:
        finish(output)
    else:
        clear_stage(output)


def _learn(catalog: Catalog, path: str, digest: bytes | None) -> None:
    """Note that a path of the output holds these bytes now, whatever they show; None: it is gone."""
    if path.startswith(f"{OWN}/"):
        return
    page = catalog.page(path) or OwnedPage(path, *ADOPTED, None, b"", None, None)
    catalog.mark(page.kind, page.key, "an earlier build was interrupted")
    if digest is None:
        catalog.drop_page(path)
    else:
        catalog.put_page(msgspec.structs.replace(page, fingerprint=None, digest=digest, size=None, mtime=None))


def _are_many(removed: int, owned: int) -> bool:
    return removed > DELETES_WITHOUT_ASKING and removed > owned * SHARE_WITHOUT_ASKING
