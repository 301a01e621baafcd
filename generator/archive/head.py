"""The head of a cable: all that the rest of the archive needs to know of it, without its text."""

from datetime import date, datetime

import msgspec

from generator.archive.lists import GLUED, Membership, memberships, safe_name
from generator.cable import ids
from generator.cable.controls import named
from generator.cable.model import Outline
from generator.cable.spans import MarkKind
from generator.cable.vocabulary import classification

LONGEST_SUMMARY = 400
"""In characters."""


class Citation(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A cable that this one refers to, in its reference list or in its text.

    `text` and `letter` are empty for a mention in the text. `target` is a reference ID, empty where the entry names no
    cable; `fallback` the ID of the year before, tried where the archive does not hold `target` (CABLE-FORMAT 0.1, 9).
    """

    letter: str
    text: str
    target: str
    fallback: str


class Head(msgspec.Struct, frozen=True, gc=False):
    """A cable as other pages show it and as lists sort it.

    `created` and `released` are `2010-01-29 15:33`, shorter where less is known. `names` are the reference IDs under
    which the cable is found, its own first. `anchors` are the ids of its page that may be linked to.
    `readable` is a subject in capitals in a case that is easy on the eye; empty for others. Control characters in what
    is shown stand there by their names.
    `glued` are the old site's lists of words that are several tags: each leads to the list of the first of them.
    """

    id: str
    address: str
    created: str
    released: str
    subject: str
    classification: str
    classification_slug: str
    origin: str
    names: tuple[str, ...]
    memberships: tuple[Membership, ...]
    citations: tuple[Citation, ...]
    press: tuple[str, ...]
    glued: tuple[Membership, ...] = ()
    readable: str = ""


def head_of(cable: Outline) -> Head:
    """Take the head off a cable."""
    created = _moment(cable.created) or _year(cable.id)
    released = _moment(cable.released)
    known = classification(cable.classification)
    slug = known.slug if known else ""
    return Head(
        id=cable.id,
        address=ids.address(cable.id, cable.created),
        created=created,
        released=released,
        subject=named(cable.subject),
        classification=known.value if known else named(cable.classification),
        classification_slug=slug,
        origin=named(cable.origin),
        names=tuple(dict.fromkeys(n for n in (cable.id, cable.canonical_id, *cable.aliases) if n)),
        memberships=memberships(created, released, cable.origin, cable.classification, slug, cable.tags),
        citations=tuple(_citations(cable)),
        press=cable.articles,
        glued=tuple(
            Membership(f"{GLUED}/{each.word}", each.codes[0])
            for each in cable.glued_tags
            if safe_name(each.word) == each.word
        ),
    )


def anchors_of(cable: Outline) -> tuple[str, ...]:
    """The ids in the cable's page that an article may link to."""
    return (*[p.anchor for p in cable.paragraphs], *[a.anchor for a in cable.silent_anchors])


def summary_of(cable: Outline) -> str:
    """How the summary of a released cable begins; empty for others, which no feed shows."""
    if cable.released is None:
        return ""
    if len(cable.summary) <= LONGEST_SUMMARY:
        return named(cable.summary)
    return f"{named(cable.summary[:LONGEST_SUMMARY].rpartition(' ')[0] or cable.summary[:LONGEST_SUMMARY])} …"


def _moment(value: date | None) -> str:
    if value is None:
        return ""
    return value.isoformat(" ")[:16] if isinstance(value, datetime) else value.isoformat()


def _year(cable_id: str) -> str:
    parsed = ids.parse_id(cable_id)
    return f"{parsed.year:04d}" if parsed else ""


def _citations(cable: Outline) -> list[Citation]:
    listed = [
        Citation(entry.letter, named(entry.text), entry.id, "" if entry.year_given else _year_before(cable, entry.id))
        for entry in cable.references
    ]
    reference = MarkKind.REFERENCE
    mentioned = dict.fromkeys([mark.value for mark in cable.marks if mark.kind is reference])
    known = {cable.id, cable.canonical_id, *[entry.target for entry in listed]}
    return [*listed, *[Citation("", "", target, "") for target in mentioned if target not in known]]


def _year_before(cable: Outline, target: str) -> str:
    """The ID of the year before, for a cable of January or February (CABLE-FORMAT 0.1, rule 9)."""
    early = cable.created is not None and cable.created.month <= 2
    parsed = ids.parse_id(target) if early else None
    if parsed is None:
        return ""
    return f"{(parsed.year - 1) % 100:02d}{parsed.post}{parsed.serial}"
