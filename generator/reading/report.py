"""The reading report of an archive: every content file is read once, in several processes where there are many."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from generator.archive.discover import cable_files
from generator.archive.head import Citation, head_of
from generator.archive.intake import VANISHED, read_bytes
from generator.cable.ids import canonical_id
from generator.cable.model import Cable
from generator.cable.read import read_cable
from generator.cable.source.content_file import read_source
from generator.cable.source.facts import named
from generator.cable.spans import MarkKind
from generator.cable.vocabulary import Vocabulary
from generator.crew.chunks import spread
from generator.crew.processes import Processes
from generator.errors import Problem, Severity, UsageError
from generator.reading.findings import line_at, look_at
from generator.reading.store import CitedCable, FileRead, Store
from generator.reading.tally import Counts, Tally
from generator.settings.own_vocabulary import load_vocabulary

MOST = 1000
"""So many files that can't be read are told; more of them are counted."""

_TELL_EVERY = 100


class ReadingReport:
    """What was found in an archive. Paths are as the user would type them; `close` lets go of a temporary file."""

    def __init__(self) -> None:
        self.store = Store()
        self.problems: list[Problem] = []
        self.more = 0
        self.failed = False
        self._tally = Tally()

    def __enter__(self) -> "ReadingReport":
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    @property
    def counts(self) -> Counts:
        """The cables counted."""
        return self._tally.counts()

    def add(self, found: FileRead | Problem) -> None:
        """Take in what became of a file."""
        if isinstance(found, FileRead):
            self._tally.add(found.reading)
            self.store.put(found)
            return
        self.failed = self.failed or found.severity is Severity.ERROR
        if len(self.problems) < MOST:
            self.problems.append(found)
        else:
            self.more += 1


def read_archive(content: Path, jobs: int, progress: Callable[[int], None] = lambda _: None) -> ReadingReport:
    """Read every cable of the content folder; `progress` is told how many are done. The result has to be closed.

    A file that can't be read, as the build would not, is a problem in the result. Raises UsageError for a content
    folder that there is not, and OSError or StorageError where the system says no.
    """
    if not content.is_dir():
        raise UsageError(f"{content}: there is no such content folder", "make one with `cablepress new`")
    vocabulary, faults = load_vocabulary(content)
    report = ReadingReport()
    try:
        for fault in faults:
            report.add(fault)
        for number, found in enumerate(read_files(content, _paths(content, report), vocabulary, jobs)):
            report.add(found)
            if not number % _TELL_EVERY:
                progress(number)
        report.store.complete()
    except BaseException:
        report.store.close()
        raise
    report.problems.sort()
    return report


def read_files(content: Path, paths: Iterable[str], vocabulary: Vocabulary, jobs: int) -> Iterator[FileRead | Problem]:
    """Read content files of cables in their order; `paths` is only drawn on as fast as they are read.

    What is wrong with a file comes before its cable, or in its place; a file that is gone gives nothing.
    """
    processes = Processes(jobs, _start, (content, vocabulary))
    try:
        for results in spread(processes, lambda: _look, _Looker(content, vocabulary).look, paths):
            yield from results
    finally:
        processes.close()


def _paths(content: Path, found: ReadingReport) -> Iterator[str]:
    for entry in cable_files(content):
        if isinstance(entry, Problem):
            found.add(msgspec.structs.replace(entry, path=f"{content / entry.path}"))
        else:
            yield entry


class _Looker:
    """Reads content files in one process, and looks at what was found."""

    def __init__(self, content: Path, vocabulary: Vocabulary) -> None:
        self.content = content
        self.vocabulary = vocabulary

    def look(self, _: int, paths: list[str]) -> list[FileRead | Problem]:
        return [result for path in paths for result in self._file(path)]

    def _file(self, path: str) -> Iterator[FileRead | Problem]:
        place = str(self.content / path)
        try:
            raw, _ = read_bytes(self.content / path)
        except VANISHED:
            return
        source = read_source(raw, place)
        yield from source.problems
        if any(problem.severity is Severity.ERROR for problem in source.problems):
            return
        cable = read_cable(source.text, named(source.facts, path), self.vocabulary)
        reading = look_at(cable, path, self.vocabulary)
        before = source.first_line - 1
        findings = tuple(msgspec.structs.replace(each, line=each.line + before) for each in reading.findings)
        head = head_of(cable)
        yield FileRead(
            path=place,
            address=head.address,
            id=cable.id,
            names=head.names if cable.id else (),
            cited=tuple(self._cited(cable, head.citations, before)) if cable.id else (),
            reading=msgspec.structs.replace(reading, findings=findings),
        )

    def _cited(self, cable: Cable, citations: tuple[Citation, ...], before: int) -> Iterator[CitedCable]:
        offsets: dict[str, int] = {}
        for mark in cable.marks:
            if mark.kind is MarkKind.REFERENCE:
                offsets.setdefault(mark.value, mark.start)
        for citation in citations:
            if citation.target:
                offset = offsets.get(citation.target, -1)
                line = line_at(cable.text, offset) + before if offset >= 0 else 0
                likely = canonical_id(citation.target, self.vocabulary.posts)
                yield CitedCable(citation.target, citation.fallback, likely, line)


_looker: _Looker | None = None


def _start(content: Path, vocabulary: Vocabulary) -> None:
    global _looker
    _looker = _Looker(content, vocabulary)


def _look(number: int, paths: list[str]) -> list[FileRead | Problem]:
    assert _looker is not None
    return _looker.look(number, paths)
