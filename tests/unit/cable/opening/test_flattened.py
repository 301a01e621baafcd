"""Bodies that have lost their line breaks (CABLE-FORMAT 2.8)."""

import pytest

from generator import Cable, read_cable
from generator.cable.source.facts import Facts
from generator.cable.spans import Kind

SENTENCES = "The Minister received the Ambassador on June 3.  He was in good spirits, and said so in 2006 and 2007."


def cable(text: str) -> Cable:
    return read_cable(text, Facts(id="08TRIPOLI220", header_lines=0))


LABELS = (
    "E.O. 12958: DECL: 3/12/2018 TAGS: PREL, PGOV, LY SUBJECT: THE VISIT OF THE SHIP REF: A) TRIPOLI 100, B) 07 ROME 20"
)
BY = "CLASSIFIED BY: Chris Stevens, CDA, Embassy Tripoli, Dept of State. REASON: 1.4 (b), (d)"
OPENINGS = [
    f"C O N F I D E N T I A L SECTION 01 OF 03 TRIPOLI 000220 SIPDIS NOFORN DEPT FOR NEA/MAG {LABELS} {BY} ",
    f"C O N F I D E N T I A L SECTION 01 OF 03 TRIPOLI 000220\n\nSIPDIS NOFORN\n\nDEPT FOR NEA/MAG\n\n{LABELS} {BY} ",
    f"C O N F I D E N T I A L TRIPOLI 000220 NOFORN SIPDIS {LABELS}\n\n{BY}\n\n",
    f"C O N F I D E N T I A L TRIPOLI 000220 NOFORN SIPDIS {LABELS} TRIPOLI 00000220 001.2 OF 003 {BY}\n\n",
    f"C O N F I D E N T I A L TRIPOLI 000220 NOFORN SIPDIS\n\n{LABELS}  {BY}  ",
]


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("blank", ["", " "])
def test_openings(opening: str, blank: str) -> None:
    read = cable(f"{opening}1.{blank}(C) {SENTENCES}\n\n2.{blank}(C) {SENTENCES}\n\nSTEVENS\n")
    assert read.classification == "CONFIDENTIAL//NOFORN"
    assert read.eo is not None
    assert str(read.eo.declassify_on) == "2018-03-12"
    assert read.tags == ("PREL", "PGOV", "LY")
    assert read.subject == "THE VISIT OF THE SHIP"
    assert [(each.letter, each.id) for each in read.references] == [("A", "08TRIPOLI100"), ("B", "07ROME20")]
    assert read.classified_by is not None
    assert read.classified_by.name == "Chris Stevens"
    assert read.classified_by.title == "CDA, Embassy Tripoli, Dept of State"
    assert read.classified_by.reasons == ("1.4(b)", "1.4(d)")
    assert [(each.number, each.mark) for each in read.paragraphs] == [("1", "C"), ("2", "C")]
    assert read.signature == "STEVENS"


HEAD = f"C O N F I D E N T I A L TRIPOLI 000220 SIPDIS {LABELS} "


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (f"1. (C) {SENTENCES} 2. (C) {SENTENCES} 3. (C) {SENTENCES}", "1 2 3"),
        (f"1.(C) {SENTENCES} 2.(C) {SENTENCES} 3.(C) {SENTENCES}", "1 2 3"),
        (f"1. {SENTENCES} 2. {SENTENCES} 3. {SENTENCES}", "1 2 3"),
        (f"1. (C) {SENTENCES}\n\n2.(C) {SENTENCES}\n\n3.(C) {SENTENCES}", "1 2 3"),
        (f"1. (C) {SENTENCES} It grew by 2.5 percent. 2. (C) {SENTENCES}", "1 2"),
        (f"1. (C) {SENTENCES} It was signed in 2006. 2007 was worse. {SENTENCES}", "1"),
        (f"1. (C) {SENTENCES} See paragraph 3. The rest is in para 2. Nothing more. {SENTENCES}", "1"),
        (f"1. (C) {SENTENCES} -------------- HEADING -------------- 2. (C) {SENTENCES}", "1 2"),
    ],
)
def test_paragraphs(text: str, numbers: str) -> None:
    assert " ".join(each.number for each in cable(HEAD + text).paragraphs if each.number) == numbers


@pytest.mark.parametrize(
    "heading",
    [
        "WHY A NUCLEAR SUBMARINE? ------------------------",
        "WHY A NUCLEAR SUBMARINE? --------------------------------------------- ---",
        "------------------------ WHY A NUCLEAR SUBMARINE? ------------------------",
        "Why a Submarine? ----------------",
        "COMMENT -------",
        "Comment and Action Request --------------------------",
    ],
)
def test_headings(heading: str) -> None:
    read = cable(f"{HEAD}1. (C) {SENTENCES}\n\n{heading}\n\n2.(C) {SENTENCES}\n\nSTEVENS")
    assert [read.text[span.start : span.end].strip() for span in read.spans if span.kind is Kind.HEADING] == [heading]
    assert [each.number for each in read.paragraphs] == ["1", "2"]


@pytest.mark.parametrize("marker", ["TRIPOLI 00000220 002 OF 003", "TRIPOLI 00000220  002.2 OF 003"])
def test_page_markers_in_a_sentence(marker: str) -> None:
    read = cable(f"{HEAD}1. (C) {SENTENCES} A visit by {marker} Emboffs to TRIPOLI prison. {SENTENCES}")
    markers = [read.text[span.start : span.end] for span in read.spans if span.kind is Kind.PAGE_MARKER]
    assert markers == [marker]
    assert "002" not in read.paragraphs[-1].text
    assert len(read.paragraphs) == 1


HEADING_END = [
    ("It grew. TAKE THAT TO THE BANK 2. The second one.", "1 2"),
    ("It grew. Foreign Policy and Trade 2. The second one.", "1 2"),
    ("It grew. END TEXT 2. COMMENT: The second one.", "1 2"),
    ("He spoke of peace;\u201d 2. The second one.", "1 2"),
    ("It was read again and again in Chapter 2. The law says so.", "1"),
    ("They met again on June 2. The Minister was there.", "1"),
    ("It was signed. Later on May 2. The Minister was there.", "1"),
    ("The price of it rose to 2. The Minister was there.", "1"),
    ("Signed under Resolution 2. The Minister was there.", "1"),
    ("They agreed: 1) The tax; 2) The law; 3) The rest. 2. The second one.", "1 2"),
]


@pytest.mark.parametrize(("middle", "numbers"), HEADING_END)
def test_numbers_behind_headings_without_lines(middle: str, numbers: str) -> None:
    text = f"{HEAD}1. Summary: {SENTENCES} {middle} {SENTENCES}"
    assert " ".join(each.number for each in cable(text).paragraphs if each.number) == numbers


ONE_LINE = "E.O. 12958: N/A TAGS: PREL, PGOV, LY SUBJECT: THE VISIT OF THE SHIP REF: TRIPOLI 100"
BEGINNINGS = [
    f"1. (C) {SENTENCES}",
    f"1. USUN is authorized to say so. {SENTENCES} 2. {SENTENCES}",
    f"1. THE MINISTER RECEIVED THE AMBASSADOR. {SENTENCES.upper()} 2. {SENTENCES.upper()}",
    f"1) SUMMARY: {SENTENCES} 2) {SENTENCES}",
    f"(U) On June 3, Libya's Chief Epidemiologist Dr. John Roe said so. {SENTENCES}",
    f"------- SUMMARY ------- 1. (C) {SENTENCES}",
    f"Summary: {SENTENCES}",
    f"The Minister received the Ambassador on June 3 and said so to him. {SENTENCES}",
    f"C O R R E C T E D  C O P Y (ADDED TAGS) 1. (C) {SENTENCES}",
]


@pytest.mark.parametrize("ref", [" REF: TRIPOLI 100", ""])
@pytest.mark.parametrize("text", BEGINNINGS)
def test_where_the_text_begins_in_one_line(text: str, ref: str) -> None:
    fields = f"E.O. 12958: N/A TAGS: PREL, PGOV, LY SUBJECT: THE VISIT OF THE SHIP{ref}"
    read = cable(f"UNCLAS TRIPOLI 000220 SIPDIS {fields} {text} STEVENS")
    assert read.subject == "THE VISIT OF THE SHIP"
    assert [each.id for each in read.references] == (["08TRIPOLI100"] if ref else [])
    assert read.signature == "STEVENS"


@pytest.mark.parametrize(
    "subject",
    [
        "MEDIA SUMMARY: IRAN AND THE ELECTIONS, AND WHAT ALL OF THE NEWSPAPERS OF TRIPOLI SAID IN THE WEEK",
        "FRAUD SUMMARY - TRIPOLI - SEPTEMBER 2009, AND WHAT ALL OF THE OFFICES OF THE MISSION HAD TO SAY OF IT IN JUNE",
        "UK: Brown on the Defensive over the Economy, and what the others said of it in the House of Commons on June 3",
    ],
)
def test_long_subjects_stay_whole(subject: str) -> None:
    read = cable(f"UNCLAS TRIPOLI 000220\n\nTAGS: PREL\nSUBJECT: {subject}\n\n1. {SENTENCES}\n")
    assert read.subject == subject


def test_a_number_behind_a_page_marker_is_one() -> None:
    marker = "\n\nTRIPOLI 00000220  002 OF 003 \n\n\n"
    text = f"1. Points of contact: John Roe, Office (965) 259-1419 Cell (965) 973-9854{marker}2. Rooms are reserved."
    assert [each.number for each in cable(HEAD + text).paragraphs] == ["1", "2"]


def test_a_classification_line_behind_residue_in_one_line() -> None:
    read = cable(
        f"174485 2008-10-20 08TRIPOLI220 header ends ---- UNCLAS TRIPOLI 000220 SIPDIS {ONE_LINE} 1. (U) {SENTENCES}"
    )
    assert read.classification == "UNCLASSIFIED"
    assert (read.spans[0].kind, read.subject) == (Kind.RESIDUE, "THE VISIT OF THE SHIP")


def test_the_end_of_a_summary_is_no_name() -> None:
    assert cable(f"{HEAD}1. (C) {SENTENCES} END COMMENT STEVENS").signature == "STEVENS"
    assert cable(f"{HEAD}1. (C) {SENTENCES} STEVENS STEVENS").signature == "STEVENS"
