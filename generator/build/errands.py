"""Chunks for workers on other machines, which share folders with us and nothing else.

An errand names a file with the job. A worker reads it, makes sure that it runs the same program, and does its chunk
with the very code that works here. For pages it opens a copy of the catalog that nobody writes to: the locks and the
shared memory of SQLite end at the border of a machine.
"""

import os
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from generator.archive import database
from generator.archive.discover import stamp_of
from generator.archive.intake import VANISHED, CableRead, read_files
from generator.crew.chunks import CHUNK
from generator.errors import CablepressError
from generator.site.pages.kind import Page
from generator.site.recipes import program_digest
from generator.site.render import Job, Renderer


class Errand(msgspec.Struct, frozen=True):
    """The file with a job, the digest of the program that it is for, and when it was written, in nanoseconds."""

    job: str
    program: str
    issued: int


def with_copy(job: Job) -> Job:
    """The same job with a copy of the catalog: what is committed now."""
    target = Path(job.spools) / f"{secrets.token_hex(8)}.sqlite"
    database.copy(Path(job.catalog), target)
    return msgspec.structs.replace(job, catalog=str(target), at_rest=True)


def issued(job: Job) -> Errand:
    """Write a job down for workers to find."""
    everywhere = {name: str(Path(getattr(job, name)).absolute()) for name in ("catalog", "content", "spools", "stage")}
    file = Path(everywhere["spools"]) / f"{secrets.token_hex(8)}.job"
    file.write_bytes(msgspec.msgpack.encode(msgspec.structs.replace(job, **everywhere)))
    return Errand(str(file), _program(), time.time_ns())


def read(errand: Errand, _: int, paths: list[str]) -> tuple[bytes, float]:
    """Read a chunk of files; returns a packed list of `CableRead`, and the CPU time that it took in seconds."""
    before = time.thread_time()
    job = _job(errand)
    _see(job.content)
    results = read_files(Path(job.content), paths, Path(job.spools), job.vocabulary)
    return msgspec.msgpack.encode(results), time.thread_time() - before


def render(errand: Errand, number: int, pages: list[Page]) -> tuple[bytes, float]:
    """Render a chunk of pages; returns a packed list of `Outcome`, and the CPU time that it took in seconds."""
    before = time.thread_time()
    job = _job(errand)
    _see(job.stage)
    with closing(Renderer(job)) as renderer:
        return msgspec.msgpack.encode(renderer.work(number, pages)), time.thread_time() - before


def confirmed(
    content: Path, results: Sequence[CableRead], issued: int, read_here: Callable[[list[str]], list[CableRead]]
) -> list[CableRead]:
    """What a worker has read, as far as it is what stands here; the rest is read again.

    What it says of a file must be what we see of it, or it sees another folder, or an older state of ours. Its stamp
    counts as taken when the errand was issued: the clocks of two machines differ.

    Raises CablepressError where nothing in a whole chunk is as we see it.
    """
    doubtful = [result.path for result in results if not _as_here(content, result)]
    if len(doubtful) == CHUNK:
        raise CablepressError(
            f"a worker reads other files than ours in {content}",
            "all machines must have the same folder there, on a file system that shows them the same times and inodes",
        )
    again = {result.path: result for result in read_here(doubtful)} if doubtful else {}
    return [again.get(result.path) or _taken_at(result, issued) for result in results]


def _as_here(content: Path, result: CableRead) -> bool:
    try:
        here = stamp_of(os.lstat(content / result.path))
    except VANISHED:
        return result.entry is None
    there = result.entry.stamp if result.entry else None
    return there is not None and there.unproven() == here.unproven()


def _taken_at(result: CableRead, issued: int) -> CableRead:
    if result.entry is None:
        return result
    stamp = msgspec.structs.replace(result.entry.stamp, seen=issued)
    return msgspec.structs.replace(result, entry=msgspec.structs.replace(result.entry, stamp=stamp))


def _job(errand: Errand) -> Job:
    """Raises CablepressError where this process runs another program, or does not see our folders."""
    if _program() != errand.program:
        raise CablepressError(
            f"a worker on {socket.gethostname()} runs another version of the program or of its libraries",
            "install the same ones on all machines, and start the workers anew",
        )
    _see(errand.job)
    return _opened(errand.job)


def _see(path: str) -> None:
    if not Path(path).exists():
        raise CablepressError(
            f"a worker on {socket.gethostname()} does not see {path}",
            "all machines must have the folders of content and output, and what is beside them, under the same paths",
        )


@lru_cache(maxsize=1)
def _opened(file: str) -> Job:
    return msgspec.msgpack.decode(Path(file).read_bytes(), type=Job)


@cache
def _program() -> str:
    """The program that this process runs, whatever has been installed since it began."""
    return program_digest()
