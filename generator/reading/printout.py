"""The reading report for people, as a table, and for programs, as JSON; and what an import says of it.

Lines for people may quote cables: they are for `Console.say`, which makes them safe for a terminal.
"""

from collections.abc import Iterator

from generator.cable.json_text import json_text
from generator.reading.findings import Field, FindingKind
from generator.reading.report import ReadingReport
from generator.reading.store import Place
from generator.reading.tally import Counts

EXAMPLES = 3
MOST_WANTED = 10

FIELDS = {
    Field.ID: "reference ID",
    Field.CREATED: "created",
    Field.DATE_TIME_GROUP: "date-time group",
    Field.CLASSIFICATION: "classification",
    Field.ORIGIN: "origin",
    Field.RECIPIENTS: "recipients",
    Field.EXECUTIVE_ORDER: "E.O.",
    Field.TAGS: "TAGS",
    Field.SUBJECT: "subject",
    Field.REFERENCES: "references",
    Field.CLASSIFIED_BY: "Classified By",
    Field.SUMMARY: "summary",
    Field.NUMBERED_PARAGRAPHS: "numbered paragraphs",
    Field.SIGNATURE: "signature",
}
FINDINGS = {
    FindingKind.UNCLAIMED: "text that no rule places",
    FindingKind.ID_AND_FILE_NAME: "ID and file name disagree",
    FindingKind.ID_AND_HEADER: "ID and header disagree",
    FindingKind.ID_AND_TEXT: "ID and classification line disagree",
    FindingKind.DAMAGED_ID: "damaged ID",
    FindingKind.CREATED_AND_GROUP: "created and date-time group disagree",
    FindingKind.GARBLED_GROUP: "date-time group that cannot be read",
    FindingKind.GARBLES: "garbled in transmission",
    FindingKind.LOST_CHARACTERS: "characters that could not be kept",
}


def table(report: ReadingReport, *, everything: bool = False) -> Iterator[str]:
    """The report line by line: what was found, what is to be looked at, and which cables are missed."""
    counts = report.counts
    yield f"{_cables(counts.cables)} read, {counts.to_look_at:,} to look at"
    if counts.cables:
        yield ""
        yield from _fields(report, counts, -1 if everything else EXAMPLES)
        yield from _findings(report, counts, -1 if everything else EXAMPLES)
        yield from _unresolved(report, -1 if everything else MOST_WANTED)
        yield ""
        yield "all of it: cablepress check --reading --verbose, for programs --json"


def _fields(report: ReadingReport, counts: Counts, limit: int) -> Iterator[str]:
    yield f"{'':<22}{'found':>9}{'':>9}{'missing':>9}{'to look at':>12}"
    for field, name in FIELDS.items():
        count = counts.fields[field]
        share = _percent(count.found, counts.cables)
        yield f"{name:<22}{count.found:>9,}{share:>9}{count.missing:>9,}{count.to_look_at:>12,}"
        if count.to_look_at:
            yield from _places(report.store.without(field, limit), count.to_look_at)


def _findings(report: ReadingReport, counts: Counts, limit: int) -> Iterator[str]:
    if counts.findings:
        yield ""
        yield f"{'to look at':<40}{'cables':>9}"
    for kind, name in FINDINGS.items():
        if number := counts.findings.get(kind):
            yield f"{name:<40}{number:>9,}{_percent(number, counts.cables):>9}"
            yield from _places(report.store.with_finding(kind, limit), report.store.count_findings(kind))


def _unresolved(report: ReadingReport, limit: int) -> Iterator[str]:
    references, cables = report.store.count_unresolved()
    if not references:
        return
    yield ""
    yield f"references that lead to no cable here: {references:,}, to {_cables(cables)}"
    shown = 0
    for missed in report.store.unresolved(limit):
        shown += 1
        place = f"{missed.path}:{missed.line}" if missed.line else missed.path
        yield f"  {missed.id:<22}{missed.references:>6,} in {_cables(missed.cables)}, first {place}"
    if shown < cables:
        yield f"  … and {cables - shown:,} more"


def _places(places: Iterator[Place], number: int) -> Iterator[str]:
    shown = 0
    for place in places:
        shown += 1
        where = f"{place.path}:{place.line}" if place.line else place.path
        yield f"  {where}: {place.text}" if place.text else f"  {where}"
    if shown < number:
        yield f"  … and {number - shown:,} more"


def _cables(number: int) -> str:
    return f"{number:,} {'cable' if number == 1 else 'cables'}"


def _percent(part: int, whole: int) -> str:
    """The share, rounded down: 100 % is all of them."""
    return f"{int(1000 * part / whole) / 10:.1f} %"


def as_json(report: ReadingReport) -> Iterator[str]:
    """The whole report as one JSON object, piece by piece; `docs/reading-report.md` says what is in it."""
    counts = json_text(report.counts)
    references, cables = report.store.count_unresolved()
    yield counts.removesuffix("\n}")
    yield ',\n  "look_at": ['
    yield from _items(report.store.to_look_at())
    yield f'],\n  "unresolved": {{"references": {references}, "cables": {cables}, "wanted": ['
    yield from _items(report.store.unresolved(-1))
    yield ']},\n  "problems": ['
    yield from _items(iter(report.problems))
    yield f'],\n  "more": {report.more}\n}}\n'


def _items(values: Iterator[object]) -> Iterator[str]:
    """The values of a JSON array, one a line."""
    for number, value in enumerate(values):
        line = " ".join(part.strip() for part in json_text(value).split("\n"))
        yield f"{',' if number else ''}\n    {line}"


def short(counts: Counts) -> Iterator[str]:
    """What an import says of the cables that it brought in: only what is not as it is with nearly every cable."""
    if not counts.cables:
        return
    yield f"  {_cables(counts.cables)} read, {counts.to_look_at:,} to look at"
    missing = ", ".join(
        f"{name} {count.missing:,} ({_percent(count.missing, counts.cables)})"
        for field, name in FIELDS.items()
        if (count := counts.fields[field]).missing
    )
    if missing:
        yield f"    without {missing}"
    for kind, name in FINDINGS.items():
        if number := counts.findings.get(kind):
            yield f"    {name}: {number:,}"
    if counts.to_look_at:
        yield "  cablepress check --reading shows which"
