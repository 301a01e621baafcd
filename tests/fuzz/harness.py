"""What must hold for any bytes, whether Atheris makes them up by the hour or Hypothesis in the short run."""

from pathlib import Path

from generator.cable.printout import as_json, as_text
from generator.cable.read import read_cable
from generator.cable.source.content_file import read_source
from generator.cable.vocabulary import BUILT_IN
from generator.errors import CablepressError
from generator.importers.record import PassedOver, Record, Rejected
from generator.importers.run import FORMATS
from tests.property.soundness import assert_sound

NAMES = {"csv": "cables.csv", "tsv": "cables.tsv", "nara": "records.txt", "text": "cable.txt", "mirror": "page.html"}
SOURCES = [(FORMATS[name], NAMES[name]) for name in FORMATS]


def read(raw: bytes) -> None:
    """A content file: a partition of its text, whatever it is, that can be printed."""
    source = read_source(raw, "cables/10MOSCOW226.txt")
    cable = read_cable(source.text, source.facts)
    assert_sound(cable)
    as_json(cable)
    assert all(line.isprintable() for line in as_text(cable).split("\n"))


def take(raw: bytes, folder: Path) -> None:
    """A dump, its format chosen by the first byte: each record is taken or rejected with a reason."""
    if not raw:
        return
    reader, name = SOURCES[raw[0] % len(SOURCES)]
    path = folder / name
    path.write_bytes(raw[1:])
    reader.recognises(path)
    last = 0
    try:
        for entry in reader.read(path, BUILT_IN):
            if isinstance(entry, PassedOver):
                continue
            assert 0 <= last <= entry.position <= max(reader.size(path), 1)
            last = entry.position
            assert_fit(entry)
    except CablepressError:
        return


def assert_fit(entry: Record | Rejected) -> None:
    """A record can become a content file; a rejected one says why."""
    if isinstance(entry, Rejected):
        assert entry.reason
        return
    assert entry.id.replace("_", "").isalnum()
    assert "\r" not in entry.header + entry.body
    assert "\0" not in entry.header + entry.body
    (entry.header + entry.body).encode()
