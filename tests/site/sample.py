"""The sample archive as the reader reads it, for the tests that look at it."""

from functools import cache
from pathlib import Path

from generator.cable.model import Cable
from generator.cable.read import read_cable
from generator.cable.source.content_file import read_source
from generator.cable.vocabulary import Vocabulary
from generator.settings.own_vocabulary import load_vocabulary
from tests.conftest import CHECKOUT

CONTENT = CHECKOUT / "content"

Archive = dict[str, Cable]


@cache
def read_sample() -> Archive:
    """Every cable of the sample, by the name of its file."""
    return {path.stem: _read(path) for path in cable_files()}


def cable_files() -> list[Path]:
    return sorted((CONTENT / "cables").rglob("*.txt"))


def _read(path: Path) -> Cable:
    source = read_source(path.read_bytes(), str(path))
    assert not source.problems
    assert not source.replaced
    return read_cable(source.text, source.facts, _vocabulary())


@cache
def _vocabulary() -> Vocabulary:
    vocabulary, problems = load_vocabulary(CONTENT)
    assert not problems
    return vocabulary


def words(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
