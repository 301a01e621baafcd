"""The JSON of `show` is what its schema in docs/ says, and the schema says all of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator import read_cable
from generator.cable.model import ReferenceKind
from generator.cable.printout import as_json
from generator.cable.source.content_file import read_source
from generator.cable.source.facts import Facts
from generator.cable.spans import Kind
from tests.real.cables import real_cables

CHECKOUT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((CHECKOUT / "docs/cable.schema.json").read_text("utf-8"))
CHECKED = Draft202012Validator(SCHEMA)
SAMPLE = sorted((CHECKOUT / "content/cables").rglob("*.txt"))


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        schema = list(schema.values())
    for part in schema if isinstance(schema, list) else ():
        yield from objects(part)


def test_the_schema_is_one_and_leaves_nothing_out() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    found = list(objects(SCHEMA))
    assert len(found) == 10
    for each in found:
        assert set(each["required"]) == set(each["properties"])
        assert each["additionalProperties"] is False
        assert all(value["description"] for value in each["properties"].values())
    fields = SCHEMA["properties"]
    assert set(fields["spans"]["items"]["properties"]["kind"]["enum"]) == set(Kind)
    assert set(fields["references"]["items"]["properties"]["kind"]["enum"]) == set(ReferenceKind)


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
def test_sample_cables(path: Path) -> None:
    source = read_source(path.read_bytes(), str(path))
    CHECKED.validate(json.loads(as_json(read_cable(source.text, source.facts))))


def test_real_cables(shared: Path) -> None:
    for row in real_cables(shared):
        CHECKED.validate(json.loads(as_json(read_cable(row.text, Facts(id=row.id, header_lines=row.header_lines)))))


@pytest.mark.parametrize(
    "text", ["", "\ud800", "FM AMEMBASSY LIMA\nTO X", "1. (C) A.\n\n1. A.\n\n0. B.\n\nB. C. \n\n\x1b"]
)
def test_texts_that_say_little(text: str) -> None:
    CHECKED.validate(json.loads(as_json(read_cable(text))))


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("id", None),
        ("created", "2010-01-29 15:33"),
        ("eo", {"order": "12958"}),
        ("spans", [{"kind": "x"}]),
        ("more", 1),
    ],
)
def test_what_is_not_as_promised_is_found(key: str, wrong: object) -> None:
    said = json.loads(as_json(read_cable("UNCLAS LIMA 000012")))
    assert not CHECKED.is_valid(said | {key: wrong})
