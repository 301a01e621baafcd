"""Whatever the text: the spans joined are the text, marks and anchors hold together, and the time is linear."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import read_cable
from generator.cable.printout import as_json, as_text
from generator.cable.source.content_file import read_source, write_source
from generator.cable.source.facts import Facts
from tests.property.soundness import LINES, assert_sound
from tests.real.cables import RealCable, real_cables

cable_like = st.lists(st.sampled_from(LINES) | st.text(max_size=30), max_size=40).map("\n".join)


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
UNITS += ["SECRET\n", "  SECRET\nPAGE 02 LIMA 12345\n"]


PAGED = f"{HEAD}A\n\n1. (C) A\nPAGE 02 MOSCOW 00226 271033Z\n"


@pytest.mark.parametrize("head", ["", HEAD, PAGED])
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
    assert time.process_time() - start < 30
    assert_sound(cable)
