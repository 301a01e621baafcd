"""Whatever happens to the bytes of the catalog, the next build ends, and a full one gives the whole site.

A page of which the damage hides that it is ours, or how we wrote it, is told and left as it is.
"""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.archive.notes import catalog_file
from tests.site.support import SiteTest, differences

BLOCK = 4096
"""Bytes of a page of the database."""


def flipped(random: random.Random, raw: bytearray) -> bytes | bytearray:
    for _ in range(random.choice((1, 16))):
        raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)
    return raw


def swapped(random: random.Random, raw: bytearray) -> bytes | bytearray:
    one, other = (slice(at, at + BLOCK) for at in random.sample(range(0, len(raw), BLOCK), 2))
    raw[one], raw[other] = raw[other], raw[one]
    return raw


def emptied(random: random.Random, raw: bytearray) -> bytes | bytearray:
    at = random.randrange(0, len(raw), BLOCK)
    return raw[:at] + bytes(BLOCK) + raw[at + BLOCK :]


def cut(random: random.Random, raw: bytearray) -> bytes | bytearray:
    return raw[: random.randrange(len(raw))]


def replaced(random: random.Random, raw: bytearray) -> bytes | bytearray:
    return random.randbytes(len(raw))


@pytest.mark.parametrize("damage", [flipped, swapped, emptied, cut, replaced])
def test_a_build_with_damaged_notes_ends_and_a_full_one_mends(
    tmp_path: Path, damage: Callable[[random.Random, bytearray], bytes | bytearray]
) -> None:
    site = SiteTest(tmp_path)
    for number in range(30):
        more = {"tags": "PGOV, PREL", "released": "2010-12-01"} if number % 2 else {"tags": "RS"}
        site.cable(f"10MOSCOW{number}", f"1. Words of {number}.", ref=f"10MOSCOW{number * 7 % 40}", **more)
    site.build()
    notes = catalog_file(site.content, site.output)
    before = site.tree()
    for seed in range(12):
        notes.write_bytes(damage(random.Random(seed), bytearray(notes.read_bytes())))
        site.edit("cables/10MOSCOW7.txt", "Words", "Other words")
        site.build()
        site.edit("cables/10MOSCOW7.txt", "Other words", "Words")
        for told in site.build(full=True).problems:
            Path(told.path).unlink()
        site.build()
        assert differences(site.tree(), before) == {}, seed
