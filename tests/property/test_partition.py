"""Whatever the text: the spans joined are the text, marks and anchors hold together, and the time is linear."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import Cable, read_cable
from generator.cable.facts import Facts
from generator.cable.printout import as_json, as_text
from generator.cable.source import read_source, write_source
from tests.real.cables import RealCable, real_cables

LINES = [
    "VZCZCXRO1600",
    "PP RUEHDBU RUEHLN",
    "DE RUEHMO #0226/01 0291533",
    "P 291533Z JAN 10",
    "FM AMEMBASSY MOSCOW",
    "TO RUEHC/SECSTATE WASHDC PRIORITY 6110",
    "INFO RUCNCIS/CIS COLLECTIVE",
    "This record is a partial extract of the original cable.",
    "UNCLAS SECTION 01 OF 04 MOSCOW 000226 ",
    "S E C R E T MOSCOW 000226",
    "SIPDIS",
    "STATE FOR EUR",
    "E.O. 12958: DECL: 01/29/2020",
    "TAGS: PREL OVIP (DOE, JOHN), RS",
    "SUBJECT: (C) A THING AND",
    "REF: A. 09 MOSCOW 3010 B. LIMA 120 AND 133",
    "     ¶B. DOE-ROE E-MAIL",
    "Classified By: DCM Jane Roe for reasons 1.4 (b) and (d)",
    "-------",
    "--------------------------------------------- ----",
    "HEADING",
    "1. (SBU) Summary: it goes",
    "2.(C) B. End Summary.",
    "2006.  And so on.",
    "MOSCOW 00000226  002 OF 004",
    "PAGE 02        MOSCOW  00226  02 OF 02  271033Z",
    "-- a point",
    "(a) a point",
    "Hidalgo         472.3      418.3",
    "the governmenQ of XXXXXXXXXXXX met &some8 people in STATE 12345",
    " \\",
    " ",
    "",
    "BEYRLE",
    "NNNN",
    "</table>",
]
cable_like = st.lists(st.sampled_from(LINES) | st.text(max_size=30), max_size=40).map("\n".join)


def assert_sound(cable: Cable) -> None:
    assert "".join(cable.text[span.start : span.end] for span in cable.spans) == cable.text
    assert all(span.start < span.end for span in cable.spans)
    assert cable.text[cable.header_end : cable.body_start] in ("", "\n")
    edges = {span.start for span in cable.spans} | {len(cable.text)}
    assert not cable.text or {0, cable.header_end, cable.body_start} <= edges
    assert_marks(cable)
    at = 0
    for paragraph in cable.paragraphs:
        assert at <= paragraph.start < paragraph.end
        assert {paragraph.start, paragraph.end} <= edges
        at = paragraph.end
    anchors = [each.anchor for each in cable.paragraphs] + [each.anchor for each in cable.silent_anchors]
    assert len(set(anchors)) == len(anchors)


def assert_marks(cable: Cable) -> None:
    spans = iter(cable.spans)
    span = next(spans, None)
    at = 0
    for mark in cable.marks:
        assert at <= mark.start < mark.end
        at = mark.end
        while span is not None and span.end <= mark.start:
            span = next(spans, None)
        assert span is not None
        assert span.start <= mark.start
        assert mark.end <= span.end


@given(st.text())
def test_any_text(text: str) -> None:
    assert_sound(read_cable(text))


@given(st.text(st.characters(codec=None)))
def test_any_text_with_surrogates_can_be_shown(text: str) -> None:
    cable = read_cable(text)
    as_json(cable)
    assert all(line.isprintable() for line in as_text(cable).split("\n"))


@given(cable_like, st.none() | st.integers(0, 30))
def test_text_made_of_the_lines_of_cables(text: str, header_lines: int | None) -> None:
    assert_sound(read_cable(text, Facts(header_lines=header_lines)))


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_bad_facts_never_raise(untrusted_id: str, classification: str, reference: str) -> None:
    facts = Facts(id=untrusted_id, classification=classification, references=(reference,), header_lines=10**9)
    assert_sound(read_cable("FM X\nTO Y\nUNCLAS X 1", facts))


@given(st.binary())
def test_any_file_can_be_read(raw: bytes) -> None:
    assert "\0" not in read_source(raw, "a.txt").text


@given(cable_like, cable_like)
def test_what_is_written_is_read_back(header: str, body: str) -> None:
    source = read_source(write_source(Facts(id="10MOSCOW226"), header, body), "a.txt")
    cable = read_cable(source.text, source.facts)
    expected = [part.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd") for part in (header, body)]
    assert source.problems == ()
    assert [cable.header, cable.body] == expected


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[RealCable]:
    return real_cables(shared)


@given(data=st.data())
def test_real_cables_cut_and_patched(rows: list[RealCable], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(rows)).text
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 40))
        text = text[:place] + data.draw(st.sampled_from(LINES) | st.text(max_size=5)) + text[place + length :]
    assert_sound(read_cable(text))


HEAD = "VZCZCXRO1600\nFM AMEMBASSY MOSCOW\nTO X\nUNCLAS MOSCOW 000226\n\nSUBJECT: "
UNITS = ["a", "a ", " ", "(", "1", "1. ", "X", "aQ", "&a", "-", ".", "\t", "\\", "A B ", "AAA 1 ", " OF 0"]
UNITS += [" 2. (C) ", " MOSCOW 00000226 002 OF 004 ", "PAGE 01 ", "A. LIMA 12 ", " TAGS: ", "RUEHC", "END SUMMARY "]
UNITS += ["\n", " \n", "\n1. a", "\nA. a", "-----\n", "AB\n-----\n", "a   b\n", "\nSIPDIS\n", "\nFM AMEMBASSY X\n"]


@pytest.mark.parametrize("head", ["", HEAD])
@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_length(head: str, unit: str) -> None:
    def seconds(size: int) -> float:
        text = head + unit * (size // len(unit))
        start = time.process_time()
        read_cable(text)
        return time.process_time() - start

    assert seconds(160_000) < 24 * seconds(20_000) + 0.3


def test_a_line_of_ten_megabytes() -> None:
    text = HEAD + "words that go on " * (10_000_000 // 17)
    start = time.process_time()
    cable = read_cable(text)
    assert time.process_time() - start < 10
    assert_sound(cable)
