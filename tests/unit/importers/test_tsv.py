import tracemalloc
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.importers import tsv
from generator.importers.compression import decompression
from generator.importers.record import Record, Rejected
from generator.importers.run import detect


def escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\t", "\\\t").replace("\n", "\\\n")


def row(number: int = 1, *, numbered: bool = True, end: str = "\n", **fields: str) -> str:
    values = {
        "id": str(number),
        "created": "2006-03-08 16:00:00",
        "reference": f"06BOGOTA{number}",
        "origin": "Embassy Bogota",
        "classification": "SECRET",
        "references": "",
        "header": "VZCZC\nOO RUEHWEB",
        "body": f"S E C R E T BOGOTA {number:06}",
    } | fields
    return "\t".join(escaped(value) for value in list(values.values())[0 if numbered else 1 :]) + end


def read(folder: Path, dump: str | bytes) -> list[Record | Rejected]:
    path = folder / "cables.tsv"
    path.write_bytes(dump if isinstance(dump, bytes) else dump.encode())
    return list(tsv.read(path))


def rejected(found: list[Record | Rejected]) -> list[tuple[str, str]]:
    return [(entry.place, entry.reason) for entry in found if isinstance(entry, Rejected)]


def ids(found: list[Record | Rejected]) -> list[str]:
    return [entry.id for entry in found if isinstance(entry, Record)]


@pytest.mark.parametrize("numbered", [True, False])
def test_a_row(tmp_path: Path, numbered: bool) -> None:
    (record,) = read(tmp_path, row(numbered=numbered, references="05BOGOTA1|05BOGOTA2", body="a\n\tb \\ c\n"))
    assert isinstance(record, Record)
    assert (record.place, record.id, record.origin) == ("cables.tsv:1", "06BOGOTA1", "Embassy Bogota")
    assert str(record.created) == "2006-03-08 16:00:00+00:00"
    assert (record.classification, record.references) == ("SECRET", ("05BOGOTA1", "05BOGOTA2"))
    assert (record.header, record.body) == ("VZCZC\nOO RUEHWEB", "a\n\tb \\ c\n")
    assert record.number == (1 if numbered else None)


def test_rows_with_and_without_a_number_in_one_file(tmp_path: Path) -> None:
    dump = row(1) + row(2, numbered=False) + row(3, id="\\N").replace("\\\\N", "\\N") + row(4, id="")
    found = read(tmp_path, dump)
    assert ids(found) == [f"06BOGOTA{n}" for n in range(1, 5)]
    assert [entry.number for entry in found if isinstance(entry, Record)] == [1, None, None, None]


def test_what_a_field_may_hold(tmp_path: Path) -> None:
    (first, second) = read(tmp_path, row(1, body="BODY").replace("BODY", "C:\\names\tand a tab") + row(2, header="\\N"))
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.body == "C:\\names\tand a tab"
    assert second.header == "\\N"
    (third,) = read(tmp_path, row(1, header="GONE").replace("GONE", "\\N"))
    assert isinstance(third, Record)
    assert third.header == ""


def test_windows_line_ends(tmp_path: Path) -> None:
    found = read(tmp_path, (row(1, body="a\nb \\\n") + row(2)).replace("\n", "\r\n"))
    assert [(e.id, e.body) for e in found if isinstance(e, Record)] == [
        ("06BOGOTA1", "a\nb \\\n"),
        ("06BOGOTA2", "S E C R E T BOGOTA 000002"),
    ]


def test_places_and_positions(tmp_path: Path) -> None:
    found = read(tmp_path, "\ufeff" + row(1, body="a\nb\nc") + "\n\n" + row(2) + row(3, end=""))
    assert [entry.place for entry in found] == ["cables.tsv:1", "cables.tsv:7", "cables.tsv:9"]
    assert isinstance(found[0], Record)
    assert found[0].body == "a\nb\nc"
    assert found[-1].position == tsv.size(tmp_path / "cables.tsv") - 3


text = st.text(st.sampled_from("ab1 \n\\\t|¶é\u2028NTM") | st.characters(codec="utf-8", exclude_characters="\0\r"))


@given(st.lists(st.tuples(text, text, st.booleans()), max_size=5))
def test_any_well_formed_dump_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, bool]]
) -> None:
    dump = "".join(row(n, header=h, body=b, numbered=numbered) for n, (h, b, numbered) in enumerate(rows))
    found = read(tmp_path_factory.mktemp("dump"), dump)
    assert not rejected(found)
    assert [(e.id, e.header, e.body) for e in found if isinstance(e, Record)] == [
        (f"06BOGOTA{n}", header, body) for n, (header, body, _) in enumerate(rows)
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
        (row(2, body="one\ntwo").replace("\\\n", "\n"), "line 4 belongs to no row"),
        (row(2, body="cut off\n", end=""), "does not end before the next one"),
        ("2\t2006-03-08 16:00\t06BOGOTA2\tEmbassy Bogota\tSECRET\n", "the row has 4 fields from the time on"),
        (row(2, created="2006-02-31 16:00"), "is not in the calendar"),
        (row(2, created="yesterday"), "the time 'yesterday' is neither"),
        (row(2, body="a\0b"), "the body holds a NUL character"),
        (row(2, reference="../../etc/passwd"), "the reference ID '../../etc/passwd' is not made of"),
    ],
)
def test_a_broken_row_is_rejected_alone(tmp_path: Path, broken: str, reason: str) -> None:
    found = read(tmp_path, row(1) + broken + row(3))
    ((place, said),) = rejected(found)
    assert place == "cables.tsv:3"
    assert reason in said
    assert ids(found) == ["06BOGOTA1", "06BOGOTA3"]


def test_a_row_that_is_not_utf8_is_rejected_alone(tmp_path: Path) -> None:
    found = read(tmp_path, row(1).encode() + row(2, body="Bogotá").encode("latin-1") + row(3, body="Bogotá").encode())
    assert rejected(found) == [("cables.tsv:3", "the body is not UTF-8 (byte 0xe1); convert the dump to UTF-8 first")]
    assert ids(found) == ["06BOGOTA1", "06BOGOTA3"]


def test_a_dump_that_was_cut_off(tmp_path: Path) -> None:
    found = read(tmp_path, row(1) + row(2, body="a\nb\n", end=""))
    assert ids(found) == ["06BOGOTA1"]
    assert "does not end" in rejected(found)[0][1]


def test_a_row_without_end_costs_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "cables.tsv"
    path.write_text(row(1) + row(2, body="", end="") + ("x" * 1000 + "\\\n") * 100_000 + "\n" + row(3))
    tracemalloc.start()
    found = list(tsv.read(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert ids(found) == ["06BOGOTA1", "06BOGOTA3"]
    assert peak < 100 << 20


PIECES = ["\\\n", "x\t", "\\", "\n", "\n\\"]
"""Repeated many times, what a careless pattern would try from each of them to the end: for days."""


def repeated(piece: str, length: int) -> str:
    """A row that is full of the piece, between two sound ones."""
    return row(1) + row(2, body="", end="") + piece * (length // len(piece)) + "\n" + row(3)


@pytest.mark.parametrize("piece", PIECES)
def test_around_repeated_pieces_the_rows_are_read(tmp_path: Path, piece: str) -> None:
    assert {"06BOGOTA1", "06BOGOTA3"} <= set(ids(read(tmp_path, repeated(piece, 2_000_000))))


def test_recognises(tmp_path: Path, shared: Path) -> None:
    read(tmp_path, row())
    assert detect(tmp_path / "cables.tsv") == "tsv"
    assert not tsv.recognises(shared / "real" / "cables.csv")
    assert not tsv.recognises(shared / "seed" / "10MOSCOW226.txt")
