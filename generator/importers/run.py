"""One import: which format, every record in turn, and an account in which nothing is lost."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Protocol, TextIO

import msgspec

from generator.cable.vocabulary import Vocabulary
from generator.errors import Problem, Severity, UsageError, printable
from generator.importers import csv_dump, mirror, nara, text_dump, tsv
from generator.importers.content import Outcome, settle
from generator.importers.ledger import FOLDER, Ledger
from generator.importers.record import Entry, PassedOver, Record, Rejected, UnfitError
from generator.importers.row import has_heading
from generator.reading.report import read_files
from generator.reading.store import FileRead
from generator.reading.tally import Counts, Tally
from generator.settings.own_vocabulary import load_vocabulary
from generator.storage import storage_told

Progress = Callable[[int, int], None]
"""Is told how much of the source was read, and how much there is: bytes of a dump, files of a mirror."""

SHOWN = 20
"""The number of problems of a kind that the report itself holds; all of them stand in its files."""

_TELL_EVERY = 100
_LISTS = {Outcome.REJECTED: "rejects", Outcome.CONFLICT: "conflicts", Outcome.REPLACED: "replaced"}
_HINTS = {
    Outcome.REJECTED: "mend it there and import again; what is imported already stays",
    Outcome.CONFLICT: "compare the two files, keep one, and delete the one in conflicts/: then it is settled",
    Outcome.REPLACED: "if it was better before, import the other source once more: the last one stands",
}


class Format(Protocol):
    """What a format's module offers; `csv_dump` says what each is."""

    LOOKED_FOR: str
    ONE_FILE: bool

    def recognises(self, path: Path) -> bool: ...  # noqa: D102
    def size(self, path: Path) -> int: ...  # noqa: D102
    def read(self, path: Path, vocabulary: Vocabulary) -> Iterator[Entry]: ...  # noqa: D102


FORMATS: dict[str, Format] = {"csv": csv_dump, "tsv": tsv, "nara": nara, "text": text_dump, "mirror": mirror}


class ImportReport(msgspec.Struct, frozen=True):
    """The account of an import: `records = imported + replaced + unchanged + rejected + conflicts`, always.

    `imported` were written, new or with more facts than an import had written before, and `replaced` in the place of
    another text, or of other facts, that an import had written; `reading` counts what was read from both. All rejects
    stand in the file `rejects_file`, all conflicts in `conflicts_file`, and what was replaced in `replaced_file`, one a
    line with place and reason; the first ones are in `problems`, after what is wrong with the vocabulary: a replaced
    cable is a warning. `notes` records were taken
    and need an eye, for the reason that stands in `notes_file`. `passed_over` are files of the source that the format
    does not read, and that may hold cables: no records, and no failure.
    """

    format: str
    records: int
    imported: int
    replaced: int
    unchanged: int
    rejected: int
    conflicts: int
    reading: Counts
    notes: int
    rejects_file: Path
    conflicts_file: Path
    replaced_file: Path
    notes_file: Path
    problems: tuple[Problem, ...]
    passed_over: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        """Whether something has to be mended: a reject, a conflict, or a fault of the vocabulary."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def __str__(self) -> str:
        replaced = f" + {self.replaced:,} replaced" if self.replaced else ""
        return (
            f"{self.records:,} {'record' if self.records == 1 else 'records'} = {self.imported:,} imported{replaced}"
            f" + {self.unchanged:,} unchanged + {self.rejected:,} rejected + {self.conflicts:,} in conflict"
        )


def detect(source: Path) -> str:
    """The format of a source, for `auto`. Raises UsageError where it is none that is known."""
    for name, reader in FORMATS.items():
        if reader.recognises(source):
            return name
    if source.is_file() and not source.stat().st_size:
        raise UsageError(f"{source}: the file is empty", "fetch it again, or name another")
    if any(has_heading(reader.ROW_START, source) for reader in (csv_dump, tsv)):
        raise UsageError(
            f"{source}: its first line is a heading row, which a dump does not have",
            "remove that line, and import again",
        )
    known = " or ".join(FORMATS)
    raise UsageError(
        f"{source}: it does not begin like any dump that is known",
        f"is it the right file, whole, and UTF-8? If so, say what it is with --format {known}",
    )


def run_import(
    source: Path, content: Path, format_name: str = "auto", progress: Progress | None = None, jobs: int = 1
) -> ImportReport:
    """Bring every cable of the source into the content folder; running it again changes nothing.

    A symbolic link is followed where it is the source, and nowhere in it. What is written is read again, for the
    report, by as many other processes as `jobs`, while the import goes on; 1 means none.

    Raises UsageError for a source, format or content folder that there is not, LockedError while another import runs,
    StorageError where the system fails; what was imported until then stays, and the next run goes on from there.
    """
    if not source.exists():
        raise UsageError(f"{source}: there is no such file or folder", "look at how its name is written")
    source = source.resolve() if source.is_symlink() else source
    if not source.is_file() and not source.is_dir():
        raise UsageError(f"{source}: is a pipe or a device", "write what it gives to a file, and import that")
    if not content.is_dir():
        raise UsageError(f"{content}: there is no such content folder", "make one with `cablepress new`")
    if format_name != "auto" and format_name not in FORMATS:
        raise UsageError(f"unknown format {format_name!r}", f"known are auto, {', '.join(FORMATS)}")
    with storage_told(source, content / FOLDER, lambda: "what was imported so far stays"):
        name = detect(source) if format_name == "auto" else format_name
        if FORMATS[name].ONE_FILE and source.is_dir():
            raise UsageError(f"{source}: it is a folder, and a dump in the form {name} is one file", "name the file")
        return _run(source, content, name, progress or (lambda _done, _size: None), jobs)


def _run(source: Path, content: Path, name: str, progress: Progress, jobs: int) -> ImportReport:
    reader, size = FORMATS[name], FORMATS[name].size(source)
    own = content / FOLDER
    own.mkdir(exist_ok=True)
    if own.is_symlink():
        raise UsageError(f"{own}: is a symbolic link, which the import does not follow", "put a folder in its place")
    vocabulary, faults = load_vocabulary(content)
    tally = Tally()
    with Ledger(content, vocabulary) as ledger, _Account(own, faults) as account:
        entries = reader.read(source, vocabulary)
        written = account.settled(entries, content, ledger, lambda done: progress(done, size))
        for found in read_files(content, written, vocabulary, jobs):
            if isinstance(found, FileRead):
                tally.add(found.reading)
    progress(size, size)
    return account.report(name, tally.counts())


class _Account:
    """The outcomes counted, and the files that tell of what was not imported, or needs an eye."""

    def __init__(self, folder: Path, faults: tuple[Problem, ...]) -> None:
        self._paths = {name: folder / f"{name}.txt" for name in (*_LISTS.values(), "notes")}
        self._files: dict[str, TextIO] = {}
        self._counts: Counter[Outcome] = Counter()
        self._records = 0
        self._notes = 0
        self._faults = faults
        self._problems: dict[Outcome, list[Problem]] = {outcome: [] for outcome in _LISTS}
        self._passed_over: list[Problem] = []

    def __enter__(self) -> "_Account":
        for name, path in self._paths.items():
            self._files[name] = path.open("w", encoding="utf-8", newline="\n")
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()

    def settled(
        self, entries: Iterator[Entry], content: Path, ledger: Ledger, progress: Callable[[int], None]
    ) -> Iterator[str]:
        """Settle every record in turn; yields the paths of the files that were written."""
        for entry in entries:
            if isinstance(entry, PassedOver):
                self._pass_over(entry)
                continue
            self._records += 1
            if path := self._add(entry, content, ledger):
                yield path
            if not self._records % _TELL_EVERY:
                progress(entry.position)

    def _add(self, entry: Record | Rejected, content: Path, ledger: Ledger) -> str:
        """Settle one record, and count what became of it; the path of its file if that was written."""
        if isinstance(entry, Rejected):
            self._list(Outcome.REJECTED, entry.place, entry.reason)
            return ""
        try:
            settled = settle(entry, content, ledger)
        except UnfitError as error:
            self._list(Outcome.REJECTED, entry.place, str(error))
            return ""
        if settled.outcome in _LISTS:
            self._list(settled.outcome, entry.place, settled.reason)
        else:
            self._counts[settled.outcome] += 1
        if entry.note:
            self._notes += 1
            self._write("notes", entry.place, entry.note)
        return settled.path

    def report(self, name: str, reading: Counts) -> ImportReport:
        """The account. Raises AssertionError if it does not add up."""
        if self._records != self._counts.total():
            raise AssertionError(f"{self._records} records were read, {self._counts.total()} have an outcome")
        return ImportReport(
            format=name,
            records=self._records,
            imported=self._counts[Outcome.IMPORTED],
            replaced=self._counts[Outcome.REPLACED],
            unchanged=self._counts[Outcome.UNCHANGED],
            rejected=self._counts[Outcome.REJECTED],
            conflicts=self._counts[Outcome.CONFLICT],
            reading=reading,
            notes=self._notes,
            rejects_file=self._paths["rejects"],
            conflicts_file=self._paths["conflicts"],
            replaced_file=self._paths["replaced"],
            notes_file=self._paths["notes"],
            problems=(*self._faults, *chain(*self._problems.values())),
            passed_over=tuple(self._passed_over),
        )

    def _pass_over(self, files: PassedOver) -> None:
        more = f", with {files.number - 1:,} more of such a name" if files.number > 1 else ""
        said = f"was passed over{more}: it is not in the form that was read"
        hint = "if it holds cables, import it by itself, out of the archive if it lies in one"
        self._passed_over.append(Problem(files.place, 0, said, hint, Severity.WARNING))

    def _list(self, outcome: Outcome, place: str, reason: str) -> None:
        self._counts[outcome] += 1
        self._write(_LISTS[outcome], place, reason)
        if len(self._problems[outcome]) < SHOWN:
            severity = Severity.WARNING if outcome is Outcome.REPLACED else Severity.ERROR
            self._problems[outcome].append(Problem(place, 0, reason, _HINTS[outcome], severity))

    def _write(self, name: str, place: str, said: str) -> None:
        self._files[name].write(printable(f"{place}: {said}") + "\n")
