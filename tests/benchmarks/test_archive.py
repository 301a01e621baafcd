"""The invented archives: always the same, read like real cables, as odd as the real ones are, no odder."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from generator.cable.model import Cable
from generator.cable.read import read_cable
from generator.cable.source.content_file import read_source
from generator.cable.source.facts import named
from generator.cable.spans import Kind
from generator.errors import Problem
from tests.benchmarks.archive import make
from tests.benchmarks.cables import Composer
from tests.benchmarks.plan import slots
from tests.conftest import CHECKOUT

CABLES = 200
DIGEST = """
import hashlib
from tests.benchmarks.cables import Composer
composer = Composer(150, 7)
print(hashlib.sha256(b"".join(map(composer.cable, range(150)))).hexdigest())
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    make(folder, CABLES, seed=1)
    return folder / "content"


@pytest.fixture(scope="module")
def read(archive: Path) -> list[tuple[str, Cable, tuple[Problem, ...]]]:
    """Each content file with the cable in it and what is wrong with it."""
    paths = sorted(path.relative_to(archive).as_posix() for path in archive.rglob("*.txt"))
    sources = [(path, read_source((archive / path).read_bytes(), path)) for path in paths]
    return [(path, read_cable(each.text, named(each.facts, path)), each.problems) for path, each in sources]


def test_one_seed_gives_the_same_bytes_in_every_process() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(CHECKOUT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_a_cable_does_not_depend_on_those_made_before_it() -> None:
    forward, backward = Composer(60, 3), Composer(60, 3)
    assert [forward.cable(n) for n in range(60)] == [backward.cable(n) for n in reversed(range(60))][::-1]


def test_another_seed_gives_another_archive() -> None:
    assert Composer(20, 1).cable(5) != Composer(20, 2).cable(5)


def test_years_and_posts_are_those_of_the_real_archive() -> None:
    every = slots(20_000, 1)
    years = Counter(slot.sent.year for slot in every)
    assert 0.21 < years[2009] / 20_000 < 0.24
    assert min(years) < 2000 <= max(years) == 2010
    posts = Counter(slot.post.code for slot in every)
    assert 230 < len(posts) < 280
    assert {code for code, _ in posts.most_common(3)} == {"STATE", "ANKARA", "BAGHDAD"}
    assert len({slot.id for slot in every}) == 20_000


def test_the_fullest_folder_of_a_quarter_of_a_million_cables_is_far_from_too_full() -> None:
    """Some hosts take no more than 20,000 files in one folder; a month's cables share one."""
    months = Counter((slot.sent.year, slot.sent.month) for slot in slots(251_287, 1))
    assert 4_000 < max(months.values()) < 10_000


def test_every_cable_is_read_without_a_problem(read: list[tuple[str, Cable, tuple[Problem, ...]]]) -> None:
    assert len(read) == CABLES
    assert [(path, problems) for path, _, problems in read if problems] == []


def test_every_opening_is_found(read: list[tuple[str, Cable, tuple[Problem, ...]]]) -> None:
    for path, cable, _ in read:
        assert cable.id == cable.canonical_id == Path(path).stem
        assert Kind.CLASSIFICATION in {span.kind for span in cable.spans}, path
        assert cable.classification, path
        assert cable.origin, path
        assert cable.tags or "TAGS" not in cable.body, path
        assert cable.subject or "SUBJECT: " not in cable.body, path
        assert cable.references or "REF: " not in cable.body, path
        assert cable.eo or "E.O. 1" not in cable.body, path
        assert cable.signature, path
        assert cable.paragraphs, path
        if cable.created:
            assert path.startswith(f"cables/{cable.created:%Y/%m}/")


def test_oddities_are_as_frequent_as_in_real_cables(read: list[tuple[str, Cable, tuple[Problem, ...]]]) -> None:
    cables = [cable for _, cable, _ in read]
    kinds = Counter(kind for cable in cables for kind in {span.kind for span in cable.spans})
    labels = [kinds[kind] for kind in (Kind.EXECUTIVE_ORDER, Kind.TAGS, Kind.SUBJECT)]
    assert all(found > 0.93 * CABLES for found in labels)
    assert 0.65 * CABLES < kinds[Kind.REFERENCES] < 0.9 * CABLES
    without_group = sum(cable.created is None for cable in cables)
    flat = sum(max(map(len, cable.body.split("\n"))) > 200 for cable in cables)
    assert 10 <= without_group <= 34
    assert 10 <= flat <= 34
    assert 3 <= kinds[Kind.RESIDUE] <= 22
    assert kinds[Kind.PAGE_MARKER] > 40
    assert 85 <= sum(len(cable.text.split()) for cable in cables) / 10 / CABLES <= 125


def test_cables_cite_one_another(read: list[tuple[str, Cable, tuple[Problem, ...]]]) -> None:
    held = {cable.id for _, cable, _ in read}
    cited = [reference.id for _, cable, _ in read for reference in cable.references]
    assert len(held & set(cited)) > 40
    assert len([each for each in cited if each and each not in held]) > 40
