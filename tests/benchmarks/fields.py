"""The cables of an archive with all fields read ready-made, for generators that know nothing of cables."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec

from generator.archive.head import head_of
from generator.archive.intake import parse
from generator.archive.lists import origin_slug
from generator.cable.vocabulary import BUILT_IN

CHUNK = 500


class Fields(msgspec.Struct, frozen=True):
    """A cable as a peer is given it; `created` and `month` are empty where they are not known."""

    id: str
    address: str
    created: str
    month: str
    released: str
    classification: str
    classification_slug: str
    origin: str
    origin_slug: str
    subject: str
    tags: list[str]
    header: str
    body: str


def fields(content: Path) -> Iterator[Fields]:
    """All cables, in the order of their paths."""
    paths = sorted(path.relative_to(content).as_posix() for path in (content / "cables").rglob("*.txt"))
    starts = range(0, len(paths), CHUNK)
    if len(paths) <= CHUNK:
        yield from _read(content, paths)
        return
    with ProcessPoolExecutor() as pool:
        chunks = (paths[start : start + CHUNK] for start in starts)
        for found in pool.map(_read, [content] * len(starts), chunks):
            yield from found


def _read(content: Path, paths: list[str]) -> list[Fields]:
    return [_of(content, path) for path in paths]


def _of(content: Path, path: str) -> Fields:
    _, cable, _ = parse(content, path, BUILT_IN)
    head = head_of(cable)
    known = len(head.created) >= 10
    return Fields(
        id=head.id,
        address=head.address,
        created=f"{head.created.replace(' ', 'T')}:00Z" if known else "",
        month=head.created[:7] if known else "",
        released=head.released,
        classification=head.classification,
        classification_slug=head.classification_slug,
        origin=head.origin,
        origin_slug=origin_slug(head.origin),
        subject=head.subject,
        tags=list(dict.fromkeys(cable.tags)),
        header=cable.header,
        body=cable.body,
    )
