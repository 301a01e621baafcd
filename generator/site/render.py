"""From wanted pages to staged files: the work that any number of processes share.

A worker draws up a page's draft, and renders it only if the draft's fingerprint is not the one on record. What it
renders goes to the stage; only a few bytes a page come back.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import msgspec

from generator.archive.catalog import Catalog, OwnedPage
from generator.archive.intake import Spools, opened
from generator.cable.vocabulary import Vocabulary
from generator.settings.config import Config
from generator.site.glosses.meanings import Meanings
from generator.site.pages import KINDS
from generator.site.pages.kind import Context, Copy, InputChangedError, Page, still_there
from generator.site.theme import Theme, ThemeFiles
from generator.storage import naming

PIECE = 2**20
"""Bytes of a content file that are copied at a time."""


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
        theme = Theme(job.theme)
        self.context = Context(
            catalog=self._catalog,
            config=job.config,
            vocabulary=job.vocabulary,
            meanings=Meanings(job.vocabulary),
            content=Path(job.content),
            spools=Spools(Path(job.spools)),
            render=theme.render,
            asset=theme.asset,
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
        with self.context.catalog.snapshot():
            return [self._one(f"{attempt}/{position}", page) for position, page in enumerate(pages)]

    def _one(self, name: str, page: Page) -> Outcome:
        kind = KINDS[page.kind]
        draft = kind.draft(self.context, page)
        fingerprint = self._fingerprint(page.kind, draft)
        owned = self.context.catalog.page(page.path)
        in_place = owned is not None and owned.size is not None
        if owned and in_place and owned.fingerprint == fingerprint:
            return Outcome(page, _of_group(owned, page), "")
        try:
            made = kind.make(self.context, page, draft)
            digest = made.digest if isinstance(made, Copy) else hashlib.sha256(made).digest()
            if owned and in_place and owned.digest == digest:
                same = msgspec.structs.replace(owned, fingerprint=fingerprint)
                return Outcome(page, _of_group(same, page), "")
            size, mtime = self._stage(name, made)
        except InputChangedError:
            return Outcome(page, None, "")
        written = OwnedPage(page.path, page.kind, page.key, fingerprint, digest, size, mtime)
        return Outcome(page, written, name)

    def _fingerprint(self, kind: str, draft: msgspec.Struct) -> bytes:
        packed = msgspec.msgpack.encode(draft, enc_hook=_plain)
        return hashlib.sha256(self.job.recipes[kind] + packed).digest()

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


def _of_group(owned: OwnedPage, page: Page) -> OwnedPage:
    return msgspec.structs.replace(owned, kind=page.kind, key=page.key)


def _plain(value: object) -> str:
    return str.__str__(cast(str, value))
