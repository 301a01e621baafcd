"""What must hold for any bytes, whether Atheris makes them up by the hour or Hypothesis in the short run."""

import hashlib
from pathlib import Path

from generator.cable.printout import as_json, as_text
from generator.cable.read import read_cable
from generator.cable.source.content_file import read_source
from generator.cable.vocabulary import BUILT_IN
from generator.errors import CablepressError
from generator.importers.record import PassedOver, Record, Rejected
from generator.importers.run import FORMATS
from generator.output.manifest import FOLDERS, OWN, ROOT, lines, manifest_path
from generator.preview.answer import answered, refused
from generator.preview.files import Files
from generator.preview.news import Bulletin
from generator.preview.request import BLANK_LINE, Refusal, read_request
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


SECRET = b"NOT-TO-BE-READ"
PORT = 8000


def tiny_site(folder: Path) -> Files:
    """A site of one page, with secrets around it and in it that are none of its files."""
    for path in ("secret.txt", "output/secret.html", "output/a/secret.html", f"output/{OWN}/secret"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(SECRET)
    page = b"<!doctype html><title>A</title>"
    listed = lines([("index.html", hashlib.sha256(page).digest())])
    (folder / "output/index.html").write_bytes(page)
    (folder / "output" / FOLDERS).mkdir()
    (folder / "output" / manifest_path("")).write_bytes(listed)
    (folder / "output" / ROOT).write_bytes(lines([(manifest_path(""), hashlib.sha256(listed).digest())]))
    return Files(folder / "output")


def ask(raw: bytes, files: Files) -> int:
    """A request to the preview: an answer without a secret, whatever it is; its status."""
    head, blank, _ = raw.partition(BLANK_LINE)
    try:
        answer = answered(read_request(head + blank, PORT), files, Bulletin(), lambda: False)
    except Refusal as refusal:
        answer = refused(refusal)
    if isinstance(answer.body, bytes):
        assert SECRET not in answer.body
    else:
        with answer.body[0] as file:
            assert SECRET not in file.read()
    assert answer.status in {200, 206, 302, 304, 400, 403, 404, 405, 416, 421}
    assert all("\r" not in value and "\n" not in value for _, value in answer.fields)
    return answer.status


def assert_fit(entry: Record | Rejected) -> None:
    """A record can become a content file; a rejected one says why."""
    if isinstance(entry, Rejected):
        assert entry.reason
        return
    assert entry.id.replace("_", "").isalnum()
    assert "\r" not in entry.header + entry.body
    assert "\0" not in entry.header + entry.body
    (entry.header + entry.body).encode()
