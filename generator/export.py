"""From the cables of an archive to a dump: the full dump's own form (CABLE-FORMAT 8.3), or JSON, a cable a line.

A dump says what the content files say and nothing else, so that the export of what was imported is what was imported:
ID, created, origin, classification, references, header and body, with the border between the last two; in JSON all the
rest of the front matter as well. What came out of such a dump keeps its running number and the order of the numbers, as
long as the import's ledger is there; other cables follow in the order of their paths, numbered on. Not kept are blanks
around values, and other ways to write a time or a classification. With `fill`, what a file does not say is what the
reader finds in its text.
"""

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import msgspec

from generator.archive.discover import cable_files
from generator.cable.model import Cable
from generator.cable.read import read_cable
from generator.cable.source.content_file import read_source
from generator.cable.source.facts import Facts, named
from generator.cable.vocabulary import Vocabulary
from generator.errors import Problem, Severity, UsageError
from generator.importers.numbers import numbered
from generator.settings.own_vocabulary import load_vocabulary
from generator.storage import storage_told


class Exported(Facts, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """A cable as it goes into a dump: its facts, empty where they are not said, its two texts, and its number there."""

    header: str
    body: str
    number: int | None = None


Encoder = Callable[[Exported, int], bytes]
"""Writes a cable, with a number for one that has none."""


class ExportReport(msgspec.Struct, frozen=True):
    """How many cables went into the dump, and what is wrong with the files that did not, or with the vocabulary."""

    cables: int
    problems: tuple[Problem, ...]


def export(content: Path, format_name: str, into: IO[bytes], *, fill: bool = False) -> ExportReport:
    """Write every cable of the content folder to the stream, one at a time.

    A file with an error is left out, as it is from the site. Raises UsageError for a format or folder that there is
    not, LockedError while an import runs, BrokenPipeError where nobody reads on, and StorageError where the system
    fails otherwise.
    """
    if format_name not in FORMATS:
        raise UsageError(f"unknown format {format_name!r}", f"known are {', '.join(FORMATS)}")
    if not content.is_dir():
        raise UsageError(f"{content}: there is no such content folder", "name another with --content")
    with storage_told(content):
        return _export(content, FORMATS[format_name], into, fill=fill)


def export_to(content: Path, format_name: str, target: Path, *, fill: bool = False) -> ExportReport:
    """As `export`, into a file that is there only once it is whole. Raises UsageError where it is there already."""
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target}: is there already", "name another file, or move that one away")
    growing = target.with_name(f".{target.name}.part")
    with storage_told(target):
        with growing.open("wb") as file:
            report = export(content, format_name, file, fill=fill)
            file.flush()
            os.fsync(file.fileno())
        growing.replace(target)
    return report


def _export(content: Path, encode: Encoder, into: IO[bytes], *, fill: bool) -> ExportReport:
    cables = last = 0
    vocabulary, faults = load_vocabulary(content)
    problems = list(faults)
    for path, number in numbered(content, _paths(content, problems)):
        found = _read(path, path.relative_to(content).as_posix(), vocabulary, fill=fill)
        if isinstance(found, Exported):
            cables += 1
            last = last + 1 if number is None else number
            into.write(encode(msgspec.structs.replace(found, number=number), last))
        else:
            problems.append(found)
    return ExportReport(cables, tuple(problems))


def _paths(content: Path, problems: list[Problem]) -> Iterator[Path]:
    """The cables' files; what stands among them and can't be read goes to the problems."""
    for found in cable_files(content):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            yield content / found


def _read(path: Path, place: str, vocabulary: Vocabulary, *, fill: bool) -> Exported | Problem:
    source = read_source(path.read_bytes(), place)
    error = next((problem for problem in source.problems if problem.severity is Severity.ERROR), None)
    if error is not None:
        return error
    facts = named(source.facts, place)
    cable = read_cable(source.text, facts, vocabulary)
    if not cable.id:
        return Problem(place, 1, "no reference ID can be read from this cable", "name the file after the ID")
    said = msgspec.structs.asdict(facts) | {"id": cable.id, "header_lines": None}
    found = _values_of(cable) if fill else {}
    return Exported(**said | found, header=cable.header, body=cable.body)


def _values_of(cable: Cable) -> dict[str, Any]:
    """What was read off a cable, as front matter would say it."""
    return {name: getattr(cable, name) for name in Facts.__struct_fields__ if hasattr(cable, name)} | {
        "subject": " ".join(cable.subject.split()),
        "references": tuple(dict.fromkeys(reference.id for reference in cable.references if reference.id)),
    }


def _csv(cable: Exported, number: int) -> bytes:
    """A row of the full dump: eight columns, all quoted, backslash as escape."""
    fields = (
        str(number),
        _us_time(cable.created),
        cable.id,
        cable.origin,
        cable.classification,
        "|".join(cable.references),
        cable.header,
        cable.body,
    )
    quoted = (field.replace("\\", "\\\\").replace('"', '\\"') for field in fields)
    return ('"' + '","'.join(quoted) + '"\n').encode()


def _us_time(moment: datetime | date | None) -> str:
    """`3/8/2006 16:00`, seconds only where there are some; `3/8/2006` for a day."""
    if moment is None:
        return ""
    day = f"{moment.month}/{moment.day}/{moment.year:04}"
    if not isinstance(moment, datetime):
        return day
    return f"{day} {moment.hour}:{moment.minute:02}" + (f":{moment.second:02}" if moment.second else "")


def _json_line(cable: Exported, _: int) -> bytes:
    return msgspec.json.encode(cable) + b"\n"


FORMATS: dict[str, Encoder] = {"csv": _csv, "jsonl": _json_line}
