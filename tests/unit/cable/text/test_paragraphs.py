import pytest

from generator import Cable, read_cable
from generator.cable.source.facts import Facts
from generator.cable.spans import Kind, MarkKind

OPENING = "C O N F I D E N T I A L MOSCOW 000226\n\nTAGS: PREL\nSUBJECT: X\n\n"


def cable(text: str) -> Cable:
    return read_cable(OPENING + text, Facts(id="10MOSCOW226", header_lines=0))


def numbers(text: str) -> list[str]:
    return [each.number for each in cable(text).paragraphs if each.number]


def kinds(text: str) -> list[Kind]:
    return [span.kind for span in cable(text).spans if span.start >= len(OPENING) and span.kind is not Kind.BLANK]


@pytest.mark.parametrize(
    ("line", "number", "mark"),
    [
        ("1.  (SBU) Summary: text", "1", "SBU"),
        ("1. TEXT", "1", ""),
        ("1.(C) TEXT", "1", "C"),
        ("1) TEXT", "1", ""),
        ("1 . (C) TEXT", "1", "C"),
        ("1 (C) TEXT", "1", "C"),
        ("1, (C) TEXT", "1", "C"),
        ("1: (SBU) TEXT", "1", "SBU"),
        ("1.\xa0(C) TEXT", "1", "C"),
        ("1 (USD) TEXT", "", ""),
        ("1. (C - ENTIRE TEXT).", "1", "C"),
        ("1. (S//NF) Text", "1", "S//NF"),
        ("1. (C/REL ISAF) Text", "1", "C/REL ISAF"),
        ("1. (C//REL TO USA, KEN, GBR//) Text", "1", "C//REL TO USA, KEN, GBR//"),
        ("1. (U//FOUO) Text", "1", "U//FOUO"),
        ("1. (SNF) Text", "1", "SNF"),
        ("1. (U.S.) Text", "1", ""),
        ("1. (IRAN) Text", "1", ""),
        ("¶1. (C) Text", "1", "C"),
        ("\ufffd1. (C) Text", "1", "C"),
        ("(C) Text without a number.", "", "C"),
    ],
)
def test_marks(line: str, number: str, mark: str) -> None:
    (paragraph,) = cable(f"{line}\nthat goes on.\n").paragraphs
    assert (paragraph.number, paragraph.mark) == (number, mark)
    assert paragraph.text == f"{line}\nthat goes on."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. A.\n\n2. B.\n\n3. C.", "1 2 3"),
        ("1. A.\n2. B.\n3. C.", "1 2 3"),
        ("1. A.\n\n2. It was signed in\n2006. Then no more.\n\n3. C.", "1 2 3"),
        ("1. Growth was 2.5 percent, and in\n3. 5 percent of it.\n\n2. C.", "1 2"),
        ("1. It cost USD\n4. 5 million.\n\n2. C.", "1 2"),
        ("1. A.\n\n2. 25 people came.", "1 2"),
        ("1. Growth was\n25.3 million and more.\n\n2. C.", "1 2"),
        ("1. The long line of text that goes on without an end of page\n3. of the report.\n\n2. C.", "1 2"),
        ("1. A.\n\n3. C.\n\n6. F.", "1 3 6"),
        ("1. A.\n\n6. F.\n\n2. B.", "1 2"),
        ("1. A.\n\n6. (C) F.\n\n7. G.", "1 6 7"),
        ("1. A.\n\n2. B.\n\n2. B again.\n\n3. C.", "1 2 2 3"),
        ("1. A.\n\n2. B.\n\nBEGIN TEXT\n\n1. Q.\n\n2. R.\n\nEND TEXT\n\n3. C.", "1 2 1 2 3"),
        ("1. A.\n\n200. (C) B.\n\n2. C.", "1 2"),
        ("74. (SBU) A.\n\n75. (SBU) B.", "74 75"),
        ("2. B.\n\n3. C.", "2 3"),
        ("1) A.\n\n2) B.", "1 2"),
        ("1. A: 1) one; 2) two;\n2) more of it\n\n2. B.", "1 2"),
    ],
)
def test_numbers(text: str, expected: str) -> None:
    assert " ".join(numbers(text)) == expected


def test_a_page_marker_in_mid_sentence_cuts_no_paragraph() -> None:
    read = cable("1. (C) From prison and jail \n \nMOSCOW 00000226  002 OF 004 \n \n \ninto treatment.\n\n2. (C) B.\n")
    assert [each.text for each in read.paragraphs] == [
        "1. (C) From prison and jail \ninto treatment.",
        "2. (C) B.",
    ]
    first = [
        (span.kind, read.text[span.start : span.end])
        for span in read.spans
        if read.paragraphs[0].start <= span.start < read.paragraphs[0].end
    ]
    assert first == [
        (Kind.PARAGRAPH, "1. (C) From prison and jail \n"),
        (Kind.BLANK, " \n"),
        (Kind.PAGE_MARKER, "MOSCOW 00000226  002 OF 004 \n"),
        (Kind.BLANK, " \n \n"),
        (Kind.PARAGRAPH, "into treatment.\n"),
    ]


@pytest.mark.parametrize(
    "marker",
    [
        "MOSCOW 00000226  002 OF 004",
        "MOSCOW 00000226  002.2 OF 004",
        "                           CONFIDENTIAL\nPAGE 02        MOSCOW  02271  01 OF 07  271033Z",
        "CONFIDENTIAL\nPAGE 02 MOSCOW 00819 190632Z",
        "CONFIDENTIAL\n\nPAGE 02        MOSCOW  00819  190632Z",
        "LIMITED OFFICIAL USE\n\n\nLIMITED OFFICIAL USE\n\nPAGE 02        MOSCOW  00819  190632Z",
    ],
)
def test_forms_of_page_markers(marker: str) -> None:
    read = cable(f"1. (C) The sentence goes\n\n{marker}\n\non here.\n")
    assert read.paragraphs[0].text == "1. (C) The sentence goes\non here."
    (span,) = (span for span in read.spans if span.kind is Kind.PAGE_MARKER)
    assert read.text[span.start : span.end].strip() == marker.strip()


def test_of_what_stands_above_a_page_only_two_classifications_are_its_own() -> None:
    read = cable("1. (C) It is\n\nSECRET\n\nSECRET\n\nSECRET\n\nPAGE 02 MOSCOW 00819 190632Z\n\nand stays.\n")
    (span,) = (span for span in read.spans if span.kind is Kind.PAGE_MARKER)
    assert read.text[span.start : span.end].split() == ["SECRET", "SECRET", "PAGE", "02", "MOSCOW", "00819", "190632Z"]


def test_a_page_marker_in_a_line() -> None:
    read = cable("1. (C) A visit by Emboffs to a MOSCOW 00000226 002 OF 003 prison in January.\n")
    (span,) = (span for span in read.spans if span.kind is Kind.PAGE_MARKER)
    assert read.text[span.start : span.end] == "MOSCOW 00000226 002 OF 003"


def test_words_that_are_no_marker_stay() -> None:
    assert Kind.PAGE_MARKER not in kinds("1. (C) He read pages 001 OF 004 of the report in MOSCOW.\n")


@pytest.mark.parametrize(
    "text",
    [
        "-------\nHEADING\n-------\n\n1. A.",
        "Heading of Two\nLines\n---------------\n\n1. A.",
        "1. A.\n\nHEADING IN CAPITALS\n\n2. B.",
        "1. A.\n\nTitle in Mixed Case\n\n2. B.",
        "1. A.\n\nHEADING WITH RULE -------\n\n2. B.",
        "1. A.\n\n------- HEADING BETWEEN RULES -------\n\n2. B.",
        "1. A sentence that ends here.\nHeading below It\n----------------\n2. B.",
    ],
)
def test_headings(text: str) -> None:
    assert kinds(text).count(Kind.HEADING) == 1
    assert len([number for number in numbers(text) if number]) == text.count(". A") + text.count(". B")


@pytest.mark.parametrize(
    "text", ["1. A.\n\nThis is a sentence.\n\n2. B.", "1. A.\n\nEND TEXT.\n\n2. B.", "-----\n\n1. A."]
)
def test_what_is_no_heading(text: str) -> None:
    assert Kind.HEADING not in kinds(text)


def test_items_belong_to_their_paragraph() -> None:
    read = cable("1. (C) Points:\n\n-- One thing\ngoes on;\n\n-- another;\n\n(a) third\n\n2. (C) B.\n")
    assert [each.number for each in read.paragraphs] == ["1", "2"]
    assert sum(span.kind is Kind.ITEM for span in read.spans) == 3


def test_tables_are_cut_out() -> None:
    text = "1. (U) Figures:\n\nHidalgo         472.3      418.3\nJalisco         981.3      927.5\n\n2. (U) B.\n"
    assert kinds(text) == [Kind.PARAGRAPH, Kind.TABLE, Kind.PARAGRAPH]
    assert kinds("1. (U) Prose;   and more\nprose.   It goes on.\n") == [Kind.PARAGRAPH]


TABLES = [
    "Name            Votes\n----            -----\nHidalgo           472\nJalisco           981",
    "Name            Votes\n----            -----\n\nHidalgo           472\n\nJalisco           981",
    "Name  Votes\n----  -----\nHidalgo           472\nJalisco           981",
    "Province       2004    2005\n--------       ----    ----\nHidalgo         472     418",
    "COUNTRY        VOTES\n-------        -----\n\nHIDALGO          472\n \nJALISCO          981",
    "Year    Sum\n\n2004    472\n\n2005    981",
    "Hidalgo .......... 472\nJalisco .......... 981",
    "Name\tVotes\nHidalgo\t472",
]


@pytest.mark.parametrize("table", TABLES)
def test_all_rows_are_tables(table: str) -> None:
    read = cable(f"1. (U) Figures:\n\n{table}\n\n2. (U) B.\n")
    rows = [read.text[span.start : span.end] for span in read.spans if span.kind is Kind.TABLE]
    assert "".join(rows).split() == table.split()
    assert [each.number for each in read.paragraphs] == ["1", "2"]


@pytest.mark.parametrize("rule", ["-------", f"{'-' * 45} ---", "=======", "- - - -"[:1] * 5])
def test_a_rule_of_one_or_two_parts_makes_a_heading(rule: str) -> None:
    assert Kind.TABLE not in kinds(f"1. A.\n\nHeading of It\n{rule}\n\n2. B.\n")


def test_damage_is_marked() -> None:
    read = cable(
        "1. (C) XXXXXXXXXXXX(STRICTLY PROTECT) said the governmenQ community of Qatar met &troublemakers8 at AT&T.\n"
    )
    marks = [(mark.kind, read.text[mark.start : mark.end]) for mark in read.marks]
    assert (MarkKind.REDACTION, "XXXXXXXXXXXX") in marks
    assert [words for kind, words in marks if kind is MarkKind.GARBLE] == ["governmenQ", "&", "8"]


def test_letters_lost_at_the_beginning_of_a_line_are_marked() -> None:
    read = cable("1. (C) It was on Februar\nQy 10 that agenQ met in Qatar and\nQom about Q and A and Qs.\n")
    assert [read.text[mark.start : mark.end] for mark in read.marks if mark.kind is MarkKind.GARBLE] == ["Qy", "agenQ"]


def test_a_sentence_goes_on_over_a_blank_line_where_its_last_word_wants_more() -> None:
    read = cable(
        "1. (U) All papers carry reports on the attack on a\n\nDelta Airlines jet.\n\nThe next one is a paragraph.\n"
    )
    assert [each.text for each in read.paragraphs][1:] == ["The next one is a paragraph."]


def test_repeated_opening_in_a_section_is_no_prose() -> None:
    read = cable(
        "1. (C) The list:\n\n-- one;\n\n                           CONFIDENTIAL\n\nPTQ1234\n\n"
        "PAGE 01        MOSCOW  00226  02 OF 02  271033Z\nACTION AID-00\n\nINFO  LOG-00   NP-00\n"
        "                  ------------------507B47  271033Z /38\nR 270853Z APR 00\nFM AMEMBASSY MOSCOW\n"
        "TO SECSTATE WASHDC 5512\n\nC O N F I D E N T I A L SECTION 02 OF 02 MOSCOW 000226\n\nTAGS: PREL\n"
        "SUBJECT: X\n\n-- two.\n\n2. (C) B.\n"
    )
    assert [each.number for each in read.paragraphs] == ["1", "2"]
    assert "PTQ" not in "".join(each.text for each in read.paragraphs)
    assert any(span.kind is Kind.RESIDUE for span in read.spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(C) One.\n\n(C) Two.\nMore.\n\n(U) Three.\n", ["C", "C", "U"]),
        ("(U) A.\n\n(S) B:\n\n- c\n- d\n\n(C) E.\n", ["U", "S", "C"]),
        ("1. (C) A:\n\n(A) one\n\n(B) two\n\n(C) three\n\n2. (U) B.\n", ["C", "U"]),
        ("1. (U) A:\n(C) one\n\n2. (U) B.\n", ["U", "U"]),
    ],
)
def test_a_portion_mark_without_number_begins_a_paragraph(text: str, expected: list[str]) -> None:
    assert [each.mark for each in cable(text).paragraphs] == expected
