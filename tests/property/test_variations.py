"""How often each field is still read right when a cable comes in the form that some dump or post gave it."""

import zlib
from pathlib import Path
from random import Random

import pytest

from generator import Cable, read_cable
from generator.cable.source.content_file import read_source
from generator.cable.source.facts import Facts
from tests.property.composer import FIELDS, Answers, compose
from tests.property.soundness import assert_sound
from tests.property.variations import OF_BODIES, VARIATIONS, Variation
from tests.real.cables import real_cables

CABLES = 60
FLOORS = dict.fromkeys(FIELDS, 0.99) | {"signature": 0.95, "numbers": 0.98}
LOWER_FLOORS = {name: {"signature": 0.93} for name in ("one line", "one line with gaps")}
"""On one line, a name behind a point that ends without a stop is no more to be told from the point."""

MOST_LOST = {name: {"signature": 1} for name in ("NNNN", "cable ends", "table cells")}
"""05MADRID4026 has a newspaper's caption below its signature, so that nothing can follow that."""


def read(body: str, reference: str, header: str = "") -> Cable:
    text = read_source(f"{header}\n{body}".encode() if header else body.encode(), "a.txt").text
    cable = read_cable(text, Facts(id=reference, header_lines=header.count("\n") + 1 if header else 0))
    assert_sound(cable)
    return cable


def answers(cable: Cable) -> Answers:
    by = cable.classified_by
    return Answers(
        classification=cable.classification.split("//")[0],
        eo=str(cable.eo.declassify_on) if cable.eo else "",
        tags=" ".join(cable.tags),
        subject=cable.subject,
        references=" ".join(each.id for each in cable.references if each.id),
        classified_by=f"{by.name}|{by.title}|{''.join(reason[-2] for reason in by.reasons)}" if by else "",
        numbers=" ".join(each.number for each in cable.paragraphs if each.number),
        signature=cable.signature,
    )


def _of_body(name: str) -> Variation:
    return lambda cable, random: OF_BODIES[name](cable.body())


@pytest.mark.parametrize("name", [*OF_BODIES, *VARIATIONS])
def test_composed_cables(name: str) -> None:
    vary = VARIATIONS.get(name) or _of_body(name)
    right = dict.fromkeys(FIELDS, 0)
    for seed in range(CABLES):
        composed = compose(seed)
        found = answers(read(vary(composed, Random(zlib.crc32(f"{name}{seed}".encode()))), composed.id))
        for field in FIELDS:
            right[field] += getattr(found, field) == getattr(composed.answers, field)
    floors = FLOORS | LOWER_FLOORS.get(name, {})
    assert {field: count / CABLES for field, count in right.items() if count < floors[field] * CABLES} == {}


@pytest.mark.parametrize("name", OF_BODIES)
def test_real_cables(name: str, shared: Path) -> None:
    lost = dict.fromkeys(FIELDS, 0)
    for row in real_cables(shared):
        expected = answers(read(row.body, row.id, row.header))
        found = answers(read(OF_BODIES[name](row.body), row.id, row.header))
        for field in FIELDS:
            lost[field] += getattr(found, field) != getattr(expected, field)
    assert {field: count for field, count in lost.items() if count} == MOST_LOST.get(name, {})
