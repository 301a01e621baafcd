"""Page markers in odd places (CABLE-FORMAT 3.1, 3.2)."""

from generator import Cable, read_cable
from generator.cable.source.facts import Facts
from generator.cable.spans import Kind

OPENING = "C O N F I D E N T I A L MOSCOW 000226\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: X\n\n"


def cable(text: str) -> Cable:
    return read_cable(OPENING + text, Facts(id="10MOSCOW226", header_lines=0))


def test_a_marker_of_two_lines_that_begins_in_mid_line_ends_no_paragraph() -> None:
    read = cable("1. (C) The sentence goes  CONFIDENTIAL\nPAGE 02 MOSCOW  00226  271033Z on here.\n\n2. (C) B.\n")
    assert [" ".join(each.text.split()) for each in read.paragraphs] == [
        "1. (C) The sentence goes on here.",
        "2. (C) B.",
    ]
    edges = {span.start for span in read.spans} | {span.end for span in read.spans}
    assert all({each.start, each.end} <= edges for each in read.paragraphs)


def test_no_paragraph_begins_inside_a_marker() -> None:
    text = "UNCLAS MOSCOW 000226\n\nRef A: PAGE 02 MOSCOW  0002 271033ZSummary: It is so.\n"
    read = read_cable(text, Facts(id="10MOSCOW226", header_lines=0))
    markers = [span for span in read.spans if span.kind is Kind.PAGE_MARKER]
    assert [each for each in read.paragraphs if any(m.start < each.start < m.end for m in markers)] == []
