"""From wanted pages to staged files: the work that any number of processes share.

A worker draws up a page's draft, and renders it only if the draft's fingerprint is not the one on record. What it
renders goes to the stage; only a few bytes a page come back.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

import msgspec

from generator.archive.catalog import Catalog, OwnedPage
from generator.archive.intake import Spools, opened
from generator.cable.vocabulary import Vocabulary
from generator.settings.config import Config
from generator.site.glosses.meanings import Meanings
from generator.site.pages import KINDS
from generator.site.pages.kind import Context, Copy, InputChangedError, Page, Templated, still_there
from generator.site.theme import Theme, ThemeFiles
from generator.storage import naming

PIECE = 2**20
"""Bytes of a content file that are copied at a time."""

TOGETHER = 50
"""So many pages are made step by step together."""

LONG = 2**20
"""So long are the drafts of pages that are made together, in bytes, or their texts, in characters, and one more."""


class Job(msgspec.Struct, frozen=True):
    """What a worker needs to know once. `recipes` has the digest of each kind's recipe.

    The catalog is `at_rest` where nobody writes to the file.
    """

    catalog: str
    content: str
    spools: str
    stage: str
    theme: ThemeFiles
    config: Config
    vocabulary: Vocabulary
    recipes: dict[str, bytes]
    at_rest: bool = False


class Outcome(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What became of a page. `staged` is its name on the stage, or empty where the file in the output is right already.

    `page` is None where the content changed under our hands: the page has to be looked at again.
    """

    wanted: Page
    page: OwnedPage | None
    staged: str


class Renderer:
    """Renders pages in one process."""

    def __init__(self, job: Job, catalog: Catalog | None = None) -> None:
        self.job = job
        self._catalog = catalog or Catalog(Path(job.catalog), read_only=True, at_rest=job.at_rest)
        self._lent = catalog is not None
        self._theme = Theme(job.theme)
        self.context = Context(
            catalog=self._catalog,
            config=job.config,
            vocabulary=job.vocabulary,
            meanings=Meanings(job.vocabulary),
            content=Path(job.content),
            spools=Spools(Path(job.spools)),
            asset=self._theme.asset,
        )

    def close(self) -> None:
        """Let go of what was opened."""
        self.context.spools.close()
        if not self._lent:
            self._catalog.close()

    def work(self, number: int, pages: Sequence[Page]) -> list[Outcome]:
        """Make the pages of chunk `number`; what has to be written stands on the stage afterwards.

        It has a folder of its own there: where a chunk is done again, neither attempt meets the files of the other.
        """
        attempt = f"{number}-{secrets.token_hex(4)}"
        (Path(self.job.stage) / attempt).mkdir()
        named = [(f"{attempt}/{position}", page) for position, page in enumerate(pages)]
        with self.context.catalog.snapshot():
            starts = range(0, len(named), TOGETHER)
            return [done for start in starts for done in self._together(named[start : start + TOGETHER])]

    def _together(self, named: Sequence[tuple[str, Page]]) -> Iterator[Outcome]:
        """Take each step with all of these pages: what a processor has just done it does faster once more."""
        for drafted in _by_length(starmap(self._drafted, named)):
            for filled in _by_length(map(self._filled, drafted)):
                while any(map(_has_steps, filled)):
                    filled = [_one_step_on(one) for one in filled]
                rendered = [self._rendered(one) for one in filled]
                yield from [self._outcome(one) for one in rendered]

    def _drafted(self, name: str, page: Page) -> "_Drafted | Outcome":
        """The draft of a page, or that its file is right already."""
        draft = KINDS[page.kind].draft(self.context, page)
        packed = msgspec.msgpack.encode(draft, enc_hook=_plain)
        fingerprint = hashlib.sha256(self.job.recipes[page.kind] + packed).digest()
        owned = self.context.catalog.page(page.path)
        in_place = owned if owned is not None and owned.size is not None else None
        if in_place and in_place.fingerprint == fingerprint:
            return Outcome(page, _of_group(in_place, page), "")
        return _Drafted(name, page, in_place, fingerprint, draft, len(packed))

    def _filled(self, drafted: "_Drafted | Outcome") -> "_Filled | Outcome":
        """The draft with its texts."""
        if isinstance(drafted, Outcome):
            return drafted
        try:
            return _Filled(drafted, KINDS[drafted.page.kind].make(self.context, drafted.page, drafted.draft))
        except InputChangedError:
            return Outcome(drafted.page, None, "")

    def _rendered(self, filled: "_Filled | Outcome") -> "_Filled | Outcome":
        """The bytes of the page, if a template makes them."""
        if isinstance(filled, _Filled) and isinstance(filled.made, Templated):
            return _Filled(filled.drafted, self._theme.render(filled.made.template, filled.made.view))
        return filled

    def _outcome(self, rendered: "_Filled | Outcome") -> Outcome:
        """What became of the page, which stands on the stage if it has to be written."""
        if isinstance(rendered, Outcome):
            return rendered
        (name, page, in_place, fingerprint, *_), made = rendered
        assert not isinstance(made, Templated)
        digest = made.digest if isinstance(made, Copy) else hashlib.sha256(made).digest()
        if in_place and in_place.digest == digest:
            same = msgspec.structs.replace(in_place, fingerprint=fingerprint)
            return Outcome(page, _of_group(same, page), "")
        try:
            size, mtime = self._stage(name, made)
        except InputChangedError:
            return Outcome(page, None, "")
        return Outcome(page, OwnedPage(page.path, page.kind, page.key, fingerprint, digest, size, mtime), name)

    def _stage(self, name: str, made: bytes | Copy) -> tuple[int, int]:
        path = f"{self.job.stage}/{name}"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
        try:
            for raw in self._pieces(made) if isinstance(made, Copy) else (made,):
                written = os.write(descriptor, raw)
                while written < len(raw):
                    written += os.write(descriptor, raw[written:])
            status = os.fstat(descriptor)
        except OSError as error:
            error.filename = error.filename or path
            raise
        finally:
            os.close(descriptor)
        return status.st_size, status.st_mtime_ns

    def _pieces(self, copy: Copy) -> Iterator[bytes]:
        """The bytes of a content file. Raises InputChangedError in the end where they are not what they should be."""
        total = hashlib.sha256()
        source = self.context.content / copy.path
        with still_there(copy.path), naming(source), opened(source) as file:
            while piece := file.read(PIECE):
                total.update(piece)
                yield piece
        if total.digest() != copy.digest:
            raise InputChangedError(copy.path)


class _Drafted(NamedTuple):
    """A page that may have to be written: its name on the stage, what is ours in its place, and what it depends on.

    The `length` is that of the draft, packed.
    """

    name: str
    page: Page
    in_place: OwnedPage | None
    fingerprint: bytes
    draft: msgspec.Struct
    length: int


class _Filled(NamedTuple):
    """A draft, and what was made of it so far."""

    drafted: _Drafted
    made: bytes | Copy | Templated

    @property
    def length(self) -> int:
        """How many characters of text a template is given."""
        return self.made.length if isinstance(self.made, Templated) else 0


Held = TypeVar("Held", _Drafted | Outcome, _Filled | Outcome)
"""What is held of a page between two steps."""


def _by_length(held: Iterable[Held]) -> Iterator[list[Held]]:
    """The same, some at a time, so that they are not too much for the memory."""
    few: list[Held] = []
    length = 0
    for one in held:
        few.append(one)
        length += 0 if isinstance(one, Outcome) else one.length
        if length > LONG:
            yield few
            few, length = [], 0
    yield few


def _has_steps(filled: _Filled | Outcome) -> bool:
    return isinstance(filled, _Filled) and isinstance(filled.made, Templated) and filled.made.steps != ()


def _one_step_on(filled: _Filled | Outcome) -> _Filled | Outcome:
    """The page with the next of the steps taken that make its view whole, if one is left."""
    if isinstance(filled, _Filled) and isinstance(filled.made, Templated) and filled.made.steps:
        return _Filled(filled.drafted, filled.made.one_step_on())
    return filled


def _of_group(owned: OwnedPage, page: Page) -> OwnedPage:
    return msgspec.structs.replace(owned, kind=page.kind, key=page.key)


def _plain(value: object) -> str:
    return str.__str__(cast(str, value))
