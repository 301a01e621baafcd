"""The conversation that a cable is part of: what it refers to, itself, and what refers to it, in order of time."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from generator.archive.absent import shelf_of
from generator.archive.head import Citation
from generator.cable import ids
from generator.site.views import Relation, Row, Thread, ThreadEntry

LONGEST = 15
"""So many of the cables that refer to one stand in its thread with their subjects, the earliest; of the others the IDs,
since some cables were answered by hundreds."""

DAY = len("2010-01-29")
END = "~"
"""Stands behind every date."""

RANKS = {Relation.TO: 0, Relation.SELF: 1, Relation.BY: 2}


def thread(root: str, created: str, cited: Iterable[tuple[Citation, Row | None]], citing: Sequence[Row]) -> Thread:
    """The thread of a cable, from what it cites, each with the cable that was found, and those that cite it, by time.

    What is of one date, as far as it is known, or of no date, stands with its kind: before the cable what that refers
    to, behind it what refers to it; all does so where the day of the cable itself is not known. Without a citation
    there is no thread, and it is empty.
    """
    entries = [*_cited(root, cited), *(ThreadEntry(Relation.BY, row.created, row) for row in citing[:LONGEST])]
    if not entries:
        return Thread((), ())
    entries.append(ThreadEntry(Relation.SELF, created))
    entries.sort(key=partial(_moment, created))
    if len(created) < DAY:
        entries.sort(key=lambda entry: RANKS[entry.relation])
    return Thread(tuple(entries), tuple(citing[LONGEST:]))


def _cited(root: str, cited: Iterable[tuple[Citation, Row | None]]) -> Iterator[ThreadEntry]:
    """What is cited: cables, places of what is missing, of which the ID tells the year, and what is no cable.

    A mention in the text of a cable that was cited already is no entry.
    """
    known: set[str] = set()
    for citation, row in cited:
        if row is not None:
            if citation.text or row.href not in known:
                yield ThreadEntry(Relation.TO, row.created, row, citation.letter)
            known.add(row.href)
            continue
        parsed, shelf = ids.parse_id(citation.target), shelf_of(citation.target)
        absent = f"{root}absent/{shelf}.html#{citation.target}" if shelf else ""
        year = f"{parsed.year:04}" if parsed else ""
        yield ThreadEntry(Relation.TO, year, None, citation.letter, citation.text or citation.target, absent)


def _moment(created: str, entry: ThreadEntry) -> tuple[str, int, str, int]:
    """Where an entry stands in time. A year or a month begins with what is referred to, and ends with all else.

    On the day of the cable itself the minutes tell, where both are known, and else what refers to what.
    """
    known = entry.relation is Relation.TO or len(entry.date) >= DAY
    date, rank = entry.date if known else entry.date + END, RANKS[entry.relation]
    side = 0
    if date[:DAY] == created[:DAY]:
        timed = len(date) > DAY and len(created) > DAY
        side = (date > created) - (date < created) if timed and date != created else rank - RANKS[Relation.SELF]
    return date[:DAY], side, date, rank
