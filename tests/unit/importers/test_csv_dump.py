import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.importers import csv_dump
from generator.importers.compression import decompression
from generator.importers.record import RECORD_LIMIT, Record, Rejected


def row(number: int = 1, **fields: str) -> str:
    values = {
        "id": str(number),
        "created": "3/8/2006 16:00",
        "reference": f"06BOGOTA{number}",
        "origin": "Embassy Bogota",
        "classification": "SECRET",
        "references": "",
        "header": "VZCZC\nOO RUEHWEB",
        "body": f"S E C R E T BOGOTA {number:06}",
    } | fields
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values.values())
    return '"' + '","'.join(quoted) + '"\n'


def read(tmp_path: Path, dump: str | bytes) -> list[Record | Rejected]:
    path = tmp_path / "cables.csv"
    path.write_bytes(dump if isinstance(dump, bytes) else dump.encode())
    return list(csv_dump.read(path))


def rejected(found: list[Record | Rejected]) -> list[tuple[str, str]]:
    return [(entry.place, entry.reason) for entry in found if isinstance(entry, Rejected)]


def ids(found: list[Record | Rejected]) -> list[str]:
    return [entry.id for entry in found if isinstance(entry, Record)]


def test_a_row_of_the_dump(tmp_path: Path) -> None:
    dump = row(references="05BOGOTA8932|05BOGOTA1", body='He said "yes",\nand wrote C:\\n.')
    (record,) = read(tmp_path, dump)
    assert isinstance(record, Record)
    assert record.place == "cables.csv:1"
    assert (record.id, record.origin, record.classification) == ("06BOGOTA1", "Embassy Bogota", "SECRET")
    assert str(record.created) == "2006-03-08 16:00:00+00:00"
    assert record.references == ("05BOGOTA8932", "05BOGOTA1")
    assert (record.header, record.body) == ("VZCZC\nOO RUEHWEB", 'He said "yes",\nand wrote C:\\n.')


def test_the_place_is_the_line_on_which_the_row_begins(tmp_path: Path) -> None:
    found = read(tmp_path, row(1, body="a\nb\nc") + "\n" + row(2) + row(3))
    assert [entry.place for entry in found] == ["cables.csv:1", "cables.csv:6", "cables.csv:8"]
    assert found[-1].position == csv_dump.size(tmp_path / "cables.csv")


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_in_fields_become_line_feeds(tmp_path: Path, newline: str) -> None:
    (record,) = read(tmp_path, row(body=f"a{newline}{newline}b").replace('"\n', '"\r\n'))
    assert isinstance(record, Record)
    assert record.body == "a\n\nb"


def test_a_byte_order_mark_is_no_part_of_the_first_row(tmp_path: Path) -> None:
    path = tmp_path / "cables.csv"
    path.write_bytes(b"\xef\xbb\xbf" + row().encode())
    assert csv_dump.recognises(path)
    assert ids(read(tmp_path, b"\xef\xbb\xbf" + row(id="1,000").encode())) == ["06BOGOTA1"]


text = st.text(st.sampled_from('ab1 \n",\\\t|¶é\u2028') | st.characters(codec="utf-8", exclude_characters="\0\r"))
fields = st.tuples(st.just("17"), st.just(""), st.from_regex(r"[0-9A-Z]{1,9}", fullmatch=True), *[text] * 3)


@given(st.lists(st.tuples(fields, text, text), max_size=5), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_any_well_formed_dump_is_read_as_the_csv_module_writes_it(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[tuple[str, ...], str, str]],
    doubled: bool,
    newline: str,
) -> None:
    dump = io.StringIO(newline="")
    writer = csv.writer(dump, quoting=csv.QUOTE_ALL, doublequote=doubled, escapechar="\\", lineterminator=newline)
    writer.writerows([*values, header, body] for values, header, body in rows)
    found = read(tmp_path_factory.mktemp("dump"), dump.getvalue())
    assert not rejected(found)
    assert [(e.id, e.header, e.body) for e in found if isinstance(e, Record)] == [
        (values[2], header, body) for values, header, body in rows
    ]


@given(st.binary(max_size=300), st.integers(0, 300))
def test_damage_ends_at_the_next_row(tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int) -> None:
    first = row(1).encode()
    dump = first[:at] + junk + first[at:] + b"\n" + row(2).encode()
    assume(decompression(dump) is None)
    found = read(tmp_path_factory.mktemp("dump"), dump)
    assert ids(found)[-1] == "06BOGOTA2"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (row(2)[:-2] + "\n", "a quote is not closed before the next row, at line 5"),
        (row(2, body="x").replace('"x"', '"say "yes" now"'), "line 4 has a quote that is neither"),
        ('"2","3/8/2006 16:00","06BOGOTA2","Embassy Bogota","SECRET","","just seven"\n', "7 fields instead of 8"),
        ("alone\n", "the row has 1 field instead of 8"),
        (row(2, created="31/12/2006 16:00"), "is not in the calendar"),
        (row(2, created="yesterday"), "the time 'yesterday' is neither like"),
        (row(2, body="a\0b"), "the body holds a NUL character"),
    ],
)
def test_a_broken_row_is_rejected_and_the_next_one_read(tmp_path: Path, broken: str, reason: str) -> None:
    found = read(tmp_path, row(1) + broken + row(3))
    ((place, said),) = rejected(found)
    assert place == "cables.csv:3"
    assert reason in said
    assert ids(found) == ["06BOGOTA1", "06BOGOTA3"]


@pytest.mark.parametrize(
    "hostile", ["../../etc/passwd", "/etc/passwd", "..", "", "06BOGOTA1\0", "a/b", "x" * 61, "C:x"]
)
def test_an_id_that_could_be_a_path_is_rejected(tmp_path: Path, hostile: str) -> None:
    found = read(tmp_path, row(1, reference=hostile) + row(2))
    assert ids(found) == ["06BOGOTA2"]
    assert rejected(found)[0][1].startswith("the reference ID ")


def test_a_row_that_is_not_utf8_is_rejected_alone(tmp_path: Path) -> None:
    latin = row(2, body="Bogot\u00e1").encode("latin-1")
    found = read(tmp_path, row(1).encode() + latin + row(3, body="Bogotá").encode())
    assert rejected(found) == [("cables.csv:3", "the body is not UTF-8 (byte 0xe1); convert the dump to UTF-8 first")]
    assert ids(found) == ["06BOGOTA1", "06BOGOTA3"]


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    found = read(tmp_path, row(1) + row(2)[:-2])
    assert rejected(found) == [("cables.csv:3", "a quote is not closed before the end of the file")]


ENDLESS = {
    "one field": (["x" * (1 << 20)] * 80, "the row is longer than 33,554,432 bytes"),
    "one field of many lines": ([f"{'many long lines ' * 99}\n"] * (40 << 10), "longer than 16,777,216 characters"),
    "one line of many fields": ([f'{"xx" * 500}","'] * (80 << 10), "the row is longer than 33,554,432 bytes"),
    "many fields and lines": ([f'{"many long lines" * 66}\n","'] * (80 << 10), "longer than 33,554,432 bytes"),
}


@pytest.mark.parametrize("endless", ENDLESS)
def test_a_row_without_end_is_rejected_in_bounded_memory(tmp_path: Path, endless: str) -> None:
    pieces, reason = ENDLESS[endless]
    path = tmp_path / "cables.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write('"1","')
        file.writelines(pieces)
        file.write("\n" + row(3))
    tracemalloc.start()
    found = list(csv_dump.read(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reason in rejected(found)[0][1]
    assert ids(found) == ["06BOGOTA3"]
    assert found[-1].place == f"cables.csv:{sum(piece.count(chr(10)) for piece in pieces) + 2}"
    assert peak < 200 << 20


def test_no_row_begins_in_the_middle_of_a_line(tmp_path: Path) -> None:
    start = '"1","'
    long = start + "x" * (RECORD_LIMIT + 1 - len(start)) + row(2)
    assert ids(read(tmp_path, long + row(3))) == ["06BOGOTA3"]
