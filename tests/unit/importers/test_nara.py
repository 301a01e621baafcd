"""Invented records in the form of the archives' own (CABLE-FORMAT 8.6)."""

import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.head import head_of
from generator.cable.model import Cable
from generator.cable.read import read_cable
from generator.cable.source.content_file import read_source
from generator.cable.spans import Kind
from generator.importers import nara
from generator.importers.record import Entry, Record, Rejected
from generator.importers.run import detect, run_import
from tests.unit.importers.archives import archive, kinds
from tests.unit.importers.test_mirror import positions

TEXT = """CONFIDENTIAL

PAGE 01        STATE  091590

66
ORIGIN EUR-12

INFO  OCT-01  ISO-00  /013 R

DRAFTED BY EUR/XYZ:ANOBODY:IN
APPROVED BY EUR/XYZ:ASOMEBODY
                     --------------------- 054161
R 151430Z APR 76
FM SECSTATE WASHDC
TO AMEMBASSY BONN

C O N F I D E N T I A L STATE 091590

E.O. 11652: GDS

TAGS: PFOR, EEC, ME

SUBJECT: AN INVENTED MEETING

REF: BONN 6251

1. NOBODY MET NOBODY. THE CORRESPOND-
ENCE IS INVENTED.

KISSINGER

CONFIDENTIAL

<< END OF DOCUMENT >>

NNNN

Declassified/Released US Department of State EO Systematic Review 04 MAY 2006
"""
ATTRIBUTES = """Automatic Decaptioning: X
Capture Date: 01 JAN 1994
Channel Indicators: n/a
Current Classification: UNCLASSIFIED
Concepts: INVENTED, MEETINGS
Disposition Approved on Date:
Document Number: {number}
Draft Date: 15 APR 1976
Film Number: D760141-0001
From: STATE
Locator: TEXT ON-LINE
Office: ORIGIN EUR
Original Classification: CONFIDENTIAL
Original Handling Restrictions: n/a
Reference: 76 BONN 6251, 75 USUN 3, LETTER OF MAY 3
Review Date: 12 MAY 2004
Subject: AN INVENTED MEETING THAT WAS
  HELD: NOWHERE
TAGS: PFOR, EEC
To: BONN
"""


def record(number: str = "1976STATE091590", text: str = TEXT, **attributes: str) -> str:
    listed = ATTRIBUTES.format(number=number)
    for name, value in attributes.items():
        key = name.replace("_", " ")
        old = next(line for line in listed.split("\n") if line.startswith(f"{key}:"))
        listed = listed.replace(old, f"{key}: {value}")
    return f"Message Text\n\n{text}\n\nMessage Attributes\n\n{listed}\n"


def attributes_only(number: str) -> str:
    return "Message Attributes\n\n" + ATTRIBUTES.format(number=number)


def read(folder: Path, text: str | bytes) -> list[Entry]:
    path = folder / "records.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(nara.read(path))


def one(folder: Path, text: str | bytes) -> Record:
    (found,) = read(folder, text)
    assert isinstance(found, Record), found
    return found


def imported(folder: Path, dump: str) -> Cable:
    """The one cable of the dump, read back from its content file."""
    (folder / "content").mkdir()
    (folder / "records.txt").write_text(dump)
    assert run_import(folder / "records.txt", folder / "content").imported == 1
    (path,) = folder.glob("content/cables/1976/04/*.txt")
    source = read_source(path.read_bytes(), "")
    assert source.problems == ()
    return read_cable(source.text, source.facts)


def ids(found: list[Entry]) -> list[str]:
    return [entry.id for entry in found if isinstance(entry, Record)]


def test_a_record(tmp_path: Path) -> None:
    found = one(tmp_path, record())
    assert (found.place, found.id) == ("records.txt:1", "1976STATE091590")
    assert (found.created, found.released) == (date(1976, 4, 15), date(2006, 5, 4))
    assert (found.classification, found.origin) == ("CONFIDENTIAL", "Secretary of State")
    of_the_text = TEXT[: TEXT.index("\n\nC O N F I")] + "\n"
    assert found.header == f"{of_the_text}\n\nMessage Attributes\n\n{ATTRIBUTES.format(number=found.id)}".rstrip()
    assert of_the_text + "\n" + found.body == TEXT.rstrip("\n")
    assert (found.subject, found.references, found.note) == ("", (), "")


def test_the_attributes_say_what_the_text_does_not(tmp_path: Path) -> None:
    bare = "\n".join(line for line in TEXT.split("\n") if not line.startswith(("SUBJECT", "REF")))
    found = one(tmp_path, record(text=bare))
    assert found.subject == "AN INVENTED MEETING THAT WAS HELD: NOWHERE"
    assert found.references == ("76BONN6251", "75USUNNEWYORK3")


@pytest.mark.parametrize(
    ("in_the_text", "listed", "taken"),
    [
        ("TALKS ON CORRESPOND-\nENCE", "TALKS ON CORRESPONDENCE", "TALKS ON CORRESPONDENCE"),
        ("TALKS ON US-\nUSSR GRAIN", "TALKS ON US-USSR GRAIN", ""),
        ("TALKS ON CORRESPOND-\nENCE", "TALKS ON CORR", ""),
        ("TALKS ON GRAIN", "Talks on grain", ""),
        ("TALKS ON US-USSR GRAIN", "TALKS ON US USSR GRAIN", ""),
    ],
)
def test_a_word_that_a_line_broke_is_whole_in_the_attributes(
    tmp_path: Path, in_the_text: str, listed: str, taken: str
) -> None:
    text = TEXT.replace("AN INVENTED MEETING", in_the_text)
    attributes = record(text=text).replace("AN INVENTED MEETING THAT WAS\n  HELD: NOWHERE", listed)
    assert one(tmp_path, attributes).subject == taken


def test_a_message_without_text_has_its_day_of_release_among_the_markings(tmp_path: Path) -> None:
    markings = "Declassified/Released US Department of State EO Systematic Review 05 JUL 2006"
    dump = record(text="ERROR READING TEXT") + f"Markings: Somebody {markings}\n"
    assert one(tmp_path, dump).released == date(2006, 7, 5)


@pytest.mark.parametrize(
    "text", ["ERROR READING TEXT", "EXPAND ERROR ENCOUNTERED\n\nEXPAND ERROR ENCOUNTERED", "", "\n"]
)
def test_a_message_without_text_has_its_attributes_in_the_header_box(tmp_path: Path, text: str) -> None:
    cable = imported(tmp_path, record(text=text, Locator="ADS TEXT UNRETRIEVABLE"))
    assert (cable.body, cable.canonical_id) == ("", "76STATE91590")
    assert cable.header.startswith("Message Attributes\n\nAutomatic Decaptioning: X\nCapture Date: 01 JAN 1994\n")
    for line in ("Film Number: D760141-0001", "Concepts: INVENTED, MEETINGS", "Locator: ADS TEXT UNRETRIEVABLE"):
        assert f"\n{line}\n" in cable.header
    assert cable.header.endswith("\nTo: BONN")
    assert cable.subject == "AN INVENTED MEETING THAT WAS HELD: NOWHERE"
    assert (cable.classification, cable.origin) == ("CONFIDENTIAL", "Secretary of State")
    assert [reference.id for reference in cable.references] == ["76BONN6251", "75USUNNEWYORK3"]
    assert cable.tags == ("PFOR", "EEC")
    assert {"tag/PFOR", "tag/EEC"} <= {each.list for each in head_of(cable).memberships}
    assert (cable.recipients, cable.signature, cable.paragraphs) == ((), "", ())


def test_the_attributes_do_not_change_how_the_text_is_read(tmp_path: Path) -> None:
    cable = imported(tmp_path, record())
    assert cable.tags == ("PFOR", "EEC", "ME")
    assert [(each.action, each.name) for each in cable.recipients] == [("TO", "AMEMBASSY BONN")]
    assert str(cable.created) == "1976-04-15 14:30:00+00:00"
    assert [span.kind for span in cable.spans if span.end <= cable.header_end][-3:] == [
        "attributes",
        "tags",
        "attributes",
    ]
    (tags,) = (span for span in cable.spans if span.kind is Kind.TAGS and span.end <= cable.header_end)
    assert cable.text[tags.start : tags.end] == " PFOR, EEC\n"


def test_tags_go_on_over_lines(tmp_path: Path) -> None:
    bare = TEXT.replace("TAGS: PFOR, EEC, ME\n", "")
    listed = record(text=bare, TAGS="PFOR, EEC,\n OVIP (KISSINGER, HENRY A)")
    assert imported(tmp_path, listed).tags == ("PFOR", "EEC", "OVIP", "KISSINGER, HENRY A")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("04 MAY 1976", date(1976, 5, 4)),
        ("06 dec 1978", date(1978, 12, 6)),
        ("01-Jan-1974 12:00:00 am", date(1974, 1, 1)),
        ("n/a", date(1976, 4, 15)),
        ("31 FEB 1976", date(1976, 4, 15)),
    ],
)
def test_the_forms_of_a_day(tmp_path: Path, written: str, day: date) -> None:
    found = one(tmp_path, record(Draft_Date=written)).created
    assert found is not None
    assert (found.year, found.month, found.day) == (day.year, day.month, day.day)


def test_the_sent_date_of_1977(tmp_path: Path) -> None:
    assert one(tmp_path, record(text="").replace("Draft Date", "Sent Date")).created == date(1976, 4, 15)


def test_the_origin_is_the_post_or_what_stands_there(tmp_path: Path) -> None:
    assert one(tmp_path, record(From="MOSCOW")).origin == "Embassy Moscow"
    assert one(tmp_path, record(From="NEW DELHI")).origin == "Embassy New Delhi"
    assert one(tmp_path, record(From="SECTO PARTY")).origin == "SECTO PARTY"
    assert one(tmp_path, record(From="N/A")).origin == ""


def test_many_records_in_one_file_with_cards_between(tmp_path: Path) -> None:
    dump = record("1976STATE000001") + attributes_only("1976STATE000002")
    found = read(tmp_path, "\ufeff" + dump + record("1976STATE000003") + "=====\n" + attributes_only("1976STATE000004"))
    assert ids(found) == [f"1976STATE00000{n}" for n in range(1, 5)]
    assert [bool(e.body) for e in found if isinstance(e, Record)] == [True, False, True, False]
    line = dump.split("\n").index("Message Attributes", dump[: len(record())].count("\n") - 1) + 1
    assert found[1].place == f"records.txt:{line}"


def test_a_card_before_records_whose_text_comes_first(tmp_path: Path) -> None:
    records = [record(f"1976STATE00000{n}", TEXT.replace("091590", f"00000{n}")) for n in (2, 3)]
    dump = attributes_only("1976STATE000001") + "".join(records) + attributes_only("1976STATE000004")
    found = read(tmp_path, dump)
    assert ids(found) == [f"1976STATE00000{n}" for n in range(1, 5)]
    assert [bool(e.body) for e in found if isinstance(e, Record)] == [False, True, True, False]
    second = dump.split("\n").index("Message Text") + 1
    assert [entry.place for entry in found][:2] == ["records.txt:1", f"records.txt:{second}"]


def test_records_whose_attributes_come_first(tmp_path: Path) -> None:
    swapped = "".join(
        attributes_only(f"1976STATE00000{n}") + (f"Message Text\n{TEXT}" if n != 2 else "") for n in (1, 2, 3)
    )
    found = read(tmp_path, swapped)
    assert ids(found) == ["1976STATE000001", "1976STATE000002", "1976STATE000003"]
    assert [bool(e.body) for e in found if isinstance(e, Record)] == [True, False, True]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (record("../../etc/passwd"), "the reference ID '../../etc/passwd' is not made of"),
        (record("n/a"), "the reference ID '' is not made of"),
        (record(text="a\0b"), "it holds a NUL character"),
    ],
)
def test_a_broken_record_is_rejected_alone(tmp_path: Path, broken: str, reason: str) -> None:
    found = read(tmp_path, record("1976STATE000001") + broken + record("1976STATE000003"))
    assert ids(found) == ["1976STATE000001", "1976STATE000003"]
    (rejected,) = (entry for entry in found if isinstance(entry, Rejected))
    assert reason in rejected.reason


def test_a_record_without_end_costs_bounded_memory(tmp_path: Path) -> None:
    (tmp_path / "records.txt").write_text("Message Text\n" + ("x" * 999 + "\n") * 100_000 + record())
    tracemalloc.start()
    found = list(nara.read(tmp_path / "records.txt"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert ids(found) == ["1976STATE091590"]
    assert peak < 100 << 20


def test_encodings_mixed_in_one_file(tmp_path: Path) -> None:
    second = record("1976STATE000002", text=TEXT.replace("NOBODY.", "MÜLLER.")).encode("cp1252")
    found = read(tmp_path, record("1976STATE000001", text=TEXT.replace("NOBODY.", "MÜLLER.")).encode() + second)
    assert ["MÜLLER." in entry.body for entry in found if isinstance(entry, Record)] == [True, True]
    assert ["Windows-1252" in entry.note for entry in found if isinstance(entry, Record)] == [False, True]


def test_a_file_that_is_no_record(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "hello\n")
    assert isinstance(found, Rejected)
    assert "neither a line `Message Text` nor a line `Message Attributes`" in found.reason
    assert read(tmp_path, "\n \n") == []


def test_of_records_that_share_a_number_the_first_is_taken_and_another_text_is_a_conflict(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    section = record(text=TEXT.replace("NOBODY", "SOMEBODY"))
    (tmp_path / "records.txt").write_text(record() + section + record() + attributes_only("1976STATE091590"))
    for imported_, unchanged in ((1, 1), (0, 2)):
        report = run_import(tmp_path / "records.txt", content)
        assert (report.records, report.imported, report.unchanged, report.conflicts) == (4, imported_, unchanged, 2)
    (path,) = content.glob("cables/**/*.txt")
    assert "NOBODY MET NOBODY" in path.read_text()
    aside = {path.read_text().count("SOMEBODY MET") for path in (content / "conflicts").iterdir()}
    assert aside == {0, 1}
    for line in report.conflicts_file.read_text().splitlines():
        assert "has the same ID, and is in cables/1976/04/1976STATE091590.txt; this one is in conflicts/" in line


@kinds
def test_a_folder_and_an_archive_of_records(tmp_path: Path, kind: str) -> None:
    files = {"1.txt": (record("1976STATE000001") * 2).encode(), "2.txt": record("1976STATE000002").encode()}
    path = archive(tmp_path, kind, files)
    (tmp_path / "folder").mkdir()
    for name, raw in files.items():
        (tmp_path / "folder" / name).write_bytes(raw)
    for source in (path, tmp_path / "folder"):
        assert detect(source) == "nara"
        found = list(nara.read(source))
        assert ids(found) == ["1976STATE000001"] * 2 + ["1976STATE000002"]
        assert positions(found)[-1] <= nara.size(source)


@pytest.mark.parametrize("kind", [".tar.gz", ".zip", ".7z"])
def test_no_record_of_a_long_file_is_lost_in_silence(tmp_path: Path, kind: str) -> None:
    text = TEXT + "NOBODY MET NOBODY.\n" * 30_000
    dump = "".join(record(f"1976STATE{n:06}", text) for n in range(1, 11)).encode()
    path = archive(tmp_path, kind, {"records.txt": dump, "more.txt": record("1976STATE000011").encode()})
    assert detect(path) == "nara"
    found = list(nara.read(path))
    assert ids(found) == [f"1976STATE{n:06}" for n in range(1, 12)]
    assert all(len(entry.body) > 500_000 for entry in found[:10] if isinstance(entry, Record))


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path, peaks = tmp_path / "records.txt", []
    for number in (50, 500):
        path.write_text("".join(record(f"1976STATE{n:06}") for n in range(number)))
        tracemalloc.start()
        assert sum(1 for _ in nara.read(path)) == number
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + (300 << 10)


@given(
    st.text(st.sampled_from("Message Tx:\nAtribu-1") | st.characters(codec="utf-8"), max_size=200), st.integers(0, 900)
)
def test_damage_ends_at_the_next_record(tmp_path_factory: pytest.TempPathFactory, junk: str, at: int) -> None:
    first = record("1976STATE000001")
    found = read(tmp_path_factory.mktemp("any"), first[:at] + junk + first[at:] + "\n" + record("1976STATE000002"))
    assert ids(found)[-1] == "1976STATE000002"


PIECES = ["Message Text\n", "A b: ", "Ab ", "76 BONN 1,", "A\n", "ERROR READING TEXT ", "Declassified/Released "]
"""Repeated many times, what a careless pattern would try from each of them to the end: for days."""


def repeated(piece: str, length: int) -> str:
    """Records that are full of the piece, and a sound one."""
    many = piece * (length // len(piece))
    return record(text=many) + record(Reference=many.replace("\n", " ")) + f"\n{many}\n" + record("1976STATE000002")


@pytest.mark.parametrize("piece", PIECES)
def test_after_repeated_pieces_the_next_record_is_read(tmp_path: Path, piece: str) -> None:
    assert ids(read(tmp_path, repeated(piece, 200_000)))[-1] == "1976STATE000002"
