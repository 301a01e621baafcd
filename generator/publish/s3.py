"""Publish to a bucket of S3 or of a service that speaks like it.

Objects take effect one by one, so they go in an order that leaves no page pointing at what is not there: first what
pages load, then cables, articles and pages, then what lists them, then the home page; deletions follow, and last the
manifest. Meanwhile `.cablepress/incoming.sha256` lies in the bucket: a run that finds it knows which objects a killed
one may have brought, looks at each of these, and deletes those that the site does not have.

Where neither is there, no object may be: those of others are never overwritten. Nothing is listed but for that.

Afterwards every object that was brought is asked for the SHA-256 that was noted with it, every one
that was deleted must be gone, and the home page and one in a hundred of all others is read.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import compress, tee
from pathlib import Path
from typing import BinaryIO

from generator.errors import CablepressError, UsageError, printable
from generator.publish import manifest
from generator.publish.manifest import Entry
from generator.publish.notes import locked
from generator.publish.objects import CONNECTIONS, LARGE, Objects
from generator.publish.parallel import in_parallel
from generator.publish.place import Arrival
from generator.publish.plan import Change, Kind, Plan, changes
from generator.publish.release import Release
from generator.settings.targets import S3Target

INCOMING = ".cablepress/incoming.sha256"
HOME = "index.html"

SAMPLE = 100
"""One in so many objects is read."""

RANKS = 4


class Bucket:
    """A bucket, or what is below a prefix in it."""

    remark = ""

    def __init__(self, target: S3Target, notes: Path) -> None:
        self.name = f"s3://{target.bucket}/{target.prefix}"
        self._objects = Objects(target)
        self._notes = notes
        self._is_sure = True

    def refuse(self, release: Release) -> None:
        """Raise UsageError where boto3 is missing, there is no such bucket, or it holds what we did not put there."""
        with self._objects.told():
            self._objects.client.head_bucket(Bucket=self._objects.target.bucket)
            if not any(map(self._objects.is_there, (manifest.NAME, INCOMING))) and self._objects.holds_any():
                told = f"{self.name}: holds objects, and nothing was published there"
                hint = f"choose another prefix or bucket; or put an empty {manifest.NAME} there: all may be overwritten"
                raise UsageError(told, hint)

    def held(self) -> BinaryIO:
        """The manifest there; what a killed run may have brought has no digest, nor what has another form."""
        with self._objects.told(), tempfile.TemporaryDirectory() as folder:
            paths = Path(folder, "listed"), Path(folder, "incoming")
            for name, path in zip((manifest.NAME, INCOMING), paths, strict=True):
                raw = self._objects.read(name)
                if raw is not None:
                    path.write_bytes(raw)
            has_form = not paths[0].exists() or self._objects.has_form(manifest.NAME)
            self._is_sure = has_form and not paths[1].exists()
            return manifest.joined_manifest(*paths, is_sure=has_form)

    def looked_at(self) -> AbstractContextManager[None]:
        """Nothing to do: what has to be refused is known before."""
        return nullcontext()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other runs on this machine out; nothing keeps out those on others."""
        with locked(self._notes, self.name):
            yield

    def put(self, release: Release, held: BinaryIO, plan: Plan) -> Arrival:
        """Bring what differs, in order, delete what is gone, and ask for all of it."""
        is_new = not (plan.is_empty and self._is_sure)
        with self._objects.told(), ThreadPoolExecutor(CONNECTIONS) as pool:
            if is_new:
                self._bring(release, held, pool)
            compared = self._prove(release, held, pool)
            if is_new:
                self._objects.delete(INCOMING)
        return Arrival("", is_new=is_new, copied=plan.added + plan.changed, compared=compared)

    def _bring(self, release: Release, held: BinaryIO, pool: ThreadPoolExecutor) -> None:
        incoming = manifest.between(manifest.entries(held), release.entries())
        self._objects.put(INCOMING, "".join(f"{digest}  {path}\n" for path, digest in incoming).encode(), "")

        def bring(change: Change) -> None:
            if self._is_sure or not self._objects.stands(change.path, change.digest):
                self._bring_file(release, change)

        for rank in range(RANKS):
            brought = (each for each in _changes(release, held, deleted=False) if rank_of(each.path) == rank)
            for _ in in_parallel(pool, bring, brought):
                pass
        gone = (each.path for each in _changes(release, held, deleted=True))
        for _ in in_parallel(pool, self._objects.delete, gone):
            pass
        release.file.seek(0)
        self._objects.put(manifest.NAME, release.file.read(), release.digest)

    def _bring_file(self, release: Release, change: Change) -> None:
        source = release.source(change.path)
        if source.stat().st_size <= LARGE:
            self._objects.put(change.path, release.read(change.path, change.digest), change.digest)
            return
        release.refuse_edited(change.path, change.digest)
        self._objects.put_large(change.path, source, change.digest)

    def _prove(self, release: Release, held: BinaryIO, pool: ThreadPoolExecutor) -> int:
        """How many objects were read and are right. Raises CablepressError where the bucket is not as it should be."""

        def is_wrong(change: Change) -> bool:
            if change.kind is Kind.DELETED:
                return self._objects.is_there(change.path)
            return not self._objects.stands(change.path, change.digest)

        def is_damaged(entry: Entry) -> bool:
            raw = self._objects.read(entry[0])
            return raw is None or hashlib.sha256(raw).hexdigest() != entry[1]

        changed, told = tee(changes(manifest.entries(held), release.entries()))
        for change in compress(told, in_parallel(pool, is_wrong, changed)):
            raise CablepressError(f"{self.name}{printable(change.path)}: did not arrive, or did not go", _ANEW)
        read = 0
        sample, told_sample = tee(entry for entry in release.entries() if _is_sampled(entry, release.digest))
        for (path, _), damaged in zip(told_sample, in_parallel(pool, is_damaged, sample), strict=False):
            if damaged:
                raise CablepressError(f"{self.name}{printable(path)}: is not the file that was published", _ANEW)
            read += 1
        return read


_ANEW = f"does somebody else write there? Put an empty {manifest.NAME} there to have everything brought anew"


def rank_of(path: str) -> int:
    """When an object is brought: what a page needs comes before the page, and a page before those that list it."""
    if path == HOME:
        return 3
    if not path.endswith((".html", ".xml")):
        return 0
    return 1 if path.startswith(("cable/", "article/", "page/")) else 2


def _changes(release: Release, held: BinaryIO, *, deleted: bool) -> Iterator[Change]:
    found = changes(manifest.entries(held), release.entries())
    return (each for each in found if (each.kind is Kind.DELETED) == deleted)


def _is_sampled(entry: Entry, release: str) -> bool:
    """Whether an object is read: another hundredth in each release, and always the home page."""
    path, digest = entry
    return path == HOME or (int(digest[:8], 16) - int(release[:8], 16)) % SAMPLE == 0
