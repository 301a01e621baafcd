from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importers import text_dump
from generator.importers.record import Entry, Record, Rejected
from generator.importers.run import detect, run_import
from tests.unit.importers.archives import archive, kinds
from tests.unit.importers.test_mirror import positions

HEADER = "VZCZC\nR 081600Z MAR 06\nFM AMEMBASSY BOGOTA\nTO RUEHC/SECSTATE WASHDC"
BODY = "S E C R E T BOGOTA 002076\n\nSIPDIS\n\nSUBJECT: PEACE TALKS\n\n1. (S) Summary.\n"
FURNITURE = """Keep Us Strong WikiLeaks logo

Viewing cable 06BOGOTA2076, PEACE TALKS

Understanding cables
Reference ID Created Released Classification Origin
06BOGOTA2076 2006-03-08 16:00 2011-08-24 01:00 {values}
"""
LINES = "06BOGOTA2076\nPEACE TALKS\n{clock}\nSECRET\nEmbassy Bogota\n"


def take(folder: Path, text: str | bytes, name: str = "cable.txt") -> Entry:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (found,) = text_dump.read(path)
    return found


def one(folder: Path, text: str | bytes, name: str = "cable.txt") -> Record:
    found = take(folder, text, name)
    assert isinstance(found, Record), found
    return found


def why(folder: Path, text: str | bytes, name: str = "cable.txt") -> str:
    found = take(folder, text, name)
    assert isinstance(found, Rejected)
    return found.reason


def test_a_cable_alone(tmp_path: Path) -> None:
    record = one(tmp_path, f"{HEADER}\n{BODY}", "06BOGOTA2076.txt")
    assert (record.id, record.header, record.body) == ("06BOGOTA2076", HEADER, BODY)
    assert str(record.created) == "2006-03-08 16:00:00+00:00"
    assert (record.released, record.classification, record.origin, record.subject) == (None, "", "", "")


def test_the_text_says_the_id_where_the_name_does_not(tmp_path: Path) -> None:
    assert one(tmp_path, f"{HEADER}\n{BODY}", "a cable.txt").id == "06BOGOTA2076"
    assert one(tmp_path, "nothing", "08SECTION01OF04HARARE754.txt").id == "08SECTION01OF04HARARE754"


def test_header_and_body_glued_together(tmp_path: Path) -> None:
    record = one(tmp_path, HEADER + " PRIORITY" + BODY)
    assert (record.header, record.body) == (HEADER + " PRIORITY", BODY)
    notice = "This record is a partial extract of the original cable. The full text is not available."
    record = one(tmp_path, notice + BODY, "06BOGOTA2076.txt")
    assert (record.header, record.body) == (notice, BODY)


@pytest.mark.parametrize(
    ("clock", "created"),
    [
        ("Wed Mar 08 17:00:00 +0100 2006", "2006-03-08 16:00:00+00:00"),
        ("Wed Mar 08 11:30:00 -0430 2006", "2006-03-08 16:00:00+00:00"),
        ("Wed Mar 08 16:00:00 UTC 2006", "2006-03-08 16:00:00+00:00"),
        ("Wed Mar 08 00:00:00 +0100 2006", "2006-03-08"),
        ("2006-03-08 16:00:00", "2006-03-08 16:00:00+00:00"),
    ],
)
def test_a_preface_of_five_lines(tmp_path: Path, clock: str, created: str) -> None:
    record = one(tmp_path, LINES.format(clock=clock) + f"\n{HEADER}\n{BODY}")
    assert (record.id, record.classification, record.origin) == ("06BOGOTA2076", "SECRET", "Embassy Bogota")
    assert (str(record.created), record.header, record.body, record.subject) == (created, HEADER, BODY, "")


@pytest.mark.parametrize("end", ["", "\n", "\n\n \n"])
def test_a_preface_alone_keeps_its_title(tmp_path: Path, end: str) -> None:
    record = one(tmp_path, LINES.format(clock="Wed Nov 20 00:00:00 +0100 2002").removesuffix("\n") + end)
    assert (record.id, record.created) == ("06BOGOTA2076", date(2002, 11, 20))
    assert (record.header, record.body, record.subject) == ("", "", "PEACE TALKS")


KEYS = (
    "id: 55772\ndate: 3/8/2006 16:00\nrefid: 06BOGOTA2076\norigin: Embassy Bogota\nclassification: SECRET\n"
    "destination: 05BOGOTA8932|05BOGOTA1 and more\nheader: "
)


@pytest.mark.parametrize("start", ["", "\n"])
def test_a_preface_of_keys_and_values(tmp_path: Path, start: str) -> None:
    ends = "----------------- header ends ----------------\n"
    record = one(tmp_path, KEYS + f"{start}NO SUCH HEADER\nAT ALL\n{ends}{BODY}")
    assert (record.id, record.classification, record.origin) == ("06BOGOTA2076", "SECRET", "Embassy Bogota")
    assert (str(record.created), record.references) == ("2006-03-08 16:00:00+00:00", ("05BOGOTA8932", "05BOGOTA1"))
    assert (record.header, record.body) == ("NO SUCH HEADER\nAT ALL", BODY)


def test_keys_without_a_rule_below_the_header(tmp_path: Path) -> None:
    record = one(tmp_path, KEYS + f"{HEADER}\n{BODY}")
    assert (record.header, record.body) == (HEADER, BODY)


@pytest.mark.parametrize(
    ("values", "classified", "origin"),
    [
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY Embassy Bogota", "UNCLASSIFIED//FOR OFFICIAL USE ONLY", "Embassy Bogota"),
        ("UNCLASSIFIED Embassy Bogota", "UNCLASSIFIED", "Embassy Bogota"),
        ("SECRET//NOFORN Secretary of State", "SECRET//NOFORN", "Secretary of State"),
        ("CONFIDENTIAL", "CONFIDENTIAL", ""),
    ],
)
def test_a_page_saved_as_text(tmp_path: Path, values: str, classified: str, origin: str) -> None:
    record = one(tmp_path, FURNITURE.format(values=values) + f"{HEADER}\n{BODY}")
    assert (record.id, record.classification, record.origin) == ("06BOGOTA2076", classified, origin)
    assert str(record.released) == "2011-08-24 01:00:00+00:00"
    assert (record.header, record.body) == (HEADER, BODY)


def test_press_articles_of_a_page(tmp_path: Path) -> None:
    cited = "Appears in these articles:\nhttp://paper.example/a\nwww.paper.example/b\n"
    record = one(tmp_path, FURNITURE.format(values="SECRET Embassy Bogota") + cited + f"{HEADER}\n{BODY}")
    assert record.articles == ("http://paper.example/a", "http://www.paper.example/b")
    assert record.header == HEADER


@pytest.mark.parametrize("name", ["viewing-cable-10MOSCOW226.txt", "10MOSCOW226.txt"])
def test_the_seed_is_the_same_cable_as_a_page_and_alone(shared: Path, tmp_path: Path, name: str) -> None:
    text = (shared / "seed/10MOSCOW226.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    border = next(n for n, line in enumerate(lines) if line.startswith("UNCLAS SECTION 01"))
    (record,) = text_dump.read(shared / "seed" / name)
    assert isinstance(record, Record)
    assert record.header == "\n".join(lines[:border])
    assert record.body == "\n".join(lines[border:])
    assert (record.id, str(record.created)) == ("10MOSCOW226", "2010-01-29 15:33:00+00:00")
    if name.startswith("viewing"):
        assert str(record.released) == "2011-08-24 01:00:00+00:00"
        assert record.classification == "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
        assert record.origin == "Embassy Moscow"


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("¶1. (S) Text", "1. (S) Text"),
        ("  ¶12. Text", "  12. Text"),
        ("Â¶1. Text", "1. Text"),
        ("\ufffd1. Text", "1. Text"),
        ("¶B. Text", "B. Text"),
        ("see ¶1. Text", "see ¶1. Text"),
        ("¶ 3 and\n¶3", "¶ 3 and\n¶3"),
        ("\ufffdpenhagen", "\ufffdpenhagen"),
    ],
)
def test_the_old_sites_pilcrows(tmp_path: Path, printed: str, text: str) -> None:
    body = BODY.replace("1. (S) Summary.", "{}")
    assert one(tmp_path, f"{HEADER}\n" + body.format(printed)).body == body.format(text)


def test_what_is_not_utf8_is_windows_1252_and_that_is_said(tmp_path: Path) -> None:
    record = one(tmp_path, f"{HEADER}\n{BODY}¶2. “Bogotá”\n".encode("cp1252"))
    assert record.body == f"{BODY}2. “Bogotá”\n"
    assert "Windows-1252" in record.note
    assert one(tmp_path, f"\ufeff{HEADER}\n{BODY}“Bogotá”").note == ""
    (tmp_path / "content").mkdir()
    (tmp_path / "cable.txt").write_bytes(f"{HEADER}\n{BODY}é".encode("latin-1"))
    report = run_import(tmp_path / "cable.txt", tmp_path / "content")
    assert (report.imported, report.notes) == (1, 1)
    assert report.notes_file.read_text().startswith("cable.txt: is not UTF-8")


def test_line_ends(tmp_path: Path) -> None:
    record = one(tmp_path, f"{HEADER}\n{BODY}".replace("\n", "\r\n"))
    assert (record.header, record.body) == (HEADER, BODY)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello", "neither its name nor its text says the reference ID"),
        (f"{HEADER}\0\n{BODY}", "it holds a NUL character"),
        (BODY.encode("utf-16"), "it holds a NUL character"),
        (f"{HEADER}\n{BODY}".encode() + b"\x81", "neither UTF-8 nor Windows-1252 (byte 0x81)"),
        (f'+++\nid = "06BOGOTA1"\n+++\n{BODY}', "put it into content/cables as it is"),
        (FURNITURE.format(values="TOP HEAVY Embassy Bogota"), "no classification that is known"),
        (
            FURNITURE.format(values="SECRET X").replace("06BOGOTA2076 2006", "../../x 2006"),
            "the reference ID '../../x'",
        ),
        (KEYS.replace("06BOGOTA2076", "../../x") + BODY, "the reference ID '../../x'"),
    ],
)
def test_what_is_no_cable_is_rejected(tmp_path: Path, text: str | bytes, reason: str) -> None:
    assert reason in why(tmp_path, text)


@kinds
def test_a_folder_and_an_archive_of_texts(tmp_path: Path, kind: str) -> None:
    files = {"a/06BOGOTA1.txt": BODY.encode(), "b/06BOGOTA2.TXT": BODY.encode(), "notes.md": b"x", "c.txt": b"\0"}
    path = archive(tmp_path, kind, files)
    for name, raw in files.items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_bytes(raw)
    for source in (path, tmp_path / "folder"):
        assert detect(source) == "text"
        found = list(text_dump.read(source))
        assert {e.id for e in found if isinstance(e, Record)} == {"06BOGOTA1", "06BOGOTA2"}
        assert [e.place for e in found if isinstance(e, Rejected)] == ["c.txt"]
        assert positions(found)[-1] <= text_dump.size(source)


@given(st.text(st.sampled_from("0:.-/ \n¶1AIdref") | st.characters(codec="utf-8"), max_size=300), st.integers(0, 200))
def test_any_text_is_a_cable_or_rejected(tmp_path_factory: pytest.TempPathFactory, junk: str, at: int) -> None:
    whole = FURNITURE.format(values="SECRET Embassy Bogota") + f"{HEADER}\n{BODY}"
    take(tmp_path_factory.mktemp("any"), whole[:at] + junk + whole[at:])
    take(tmp_path_factory.mktemp("any"), junk)


PIECES = ["Reference ID Created ", " ", "¶", "\n \n", "id: 1\n", "-", "header ends ", "www.x\n"]
"""Repeated many times, what a careless pattern would try from each of them to the end: for days."""


def repeated(piece: str, length: int) -> list[str]:
    """Texts that are full of the piece, after each preface."""
    prefaces = (HEADER, FURNITURE.format(values="SECRET X") + "Appears in these articles:\n", KEYS)
    return [preface + piece * (length // len(piece)) + f"\n{HEADER}\n{BODY}" for preface in prefaces]


@pytest.mark.parametrize("piece", PIECES)
def test_of_repeated_pieces_no_character_is_lost(tmp_path: Path, piece: str) -> None:
    alone, page, _ = (one(tmp_path, text, "06BOGOTA2076.txt") for text in repeated(piece, 300_000))
    assert f"{alone.header}{alone.body}".count(piece.strip()) >= 300_000 // len(piece)
    assert page.body.endswith(BODY)
