"""The Classified By line (CABLE-FORMAT 2.7): names, titles and reasons in all the ways that drafters found."""

import pytest

from generator import Cable, read_cable
from generator.cable.source.facts import Facts
from generator.cable.spans import Kind


def cable(lines: str) -> Cable:
    text = (
        f"C O N F I D E N T I A L BOGOTA 002076\n\nE.O. 12958: DECL: 05/01/2018\nTAGS: PREL\nSUBJECT: X\n\n{lines}\n\n"
    )
    return read_cable(f"{text}1. (C) The text of the cable.\n", Facts(id="08BOGOTA2076", header_lines=0))


NAME_AFTER_TITLE = [
    ("Classified By: Ambassador Clifford Sobel.  Reason 1.5 (b) (d)", "Clifford Sobel", "Ambassador", "1.5bd"),
    ("Classified By: CDA Carol van Voorst for reasons 1.4 (b) and (d)", "Carol van Voorst", "CDA", "1.4bd"),
    ("Classified By: Ambassador Jane Roe, reasons 1.4(b,d)", "Jane Roe", "Ambassador", "1.4bd"),
    ("Classified By: A/DCM Jane Q. Roe for reasons 1.4 (b) and (d).", "Jane Q. Roe", "A/DCM", "1.4bd"),
    ("CLASSIFIED BY: POLCOUNS JOHN SMITH, REASON: 1.4 (B) (D)", "JOHN SMITH", "POLCOUNS", "1.4bd"),
    ("Classified By: AMB. JANE ROE FOR REASONS 1.4 (B) AND (D)", "JANE ROE", "AMB.", "1.4bd"),
    ("Classified By: AMBASSADOR E. ANTHONY ROE FOR REASONS 1.4(B) AND (D).", "E. ANTHONY ROE", "AMBASSADOR", "1.4bd"),
    ("Classified By: AMBASSADOR A. DAVID ROE, REASON 1.4 B/D", "A. DAVID ROE", "AMBASSADOR", "1.4bd"),
    ("Classified By: DCM R. Barrie Roe per 1.4 (b) & (d)", "R. Barrie Roe", "DCM", "1.4bd"),
    (
        "Classified By: Political Minister-Counselor Robert W. Roe, reasons 1.4(b) and (d).",
        "Robert W. Roe",
        "Political Minister-Counselor",
        "1.4bd",
    ),
    ("Classified By: PolCouns Andrew O'Roe, for reasons 1.4 (b) and (d)", "Andrew O'Roe", "PolCouns", "1.4bd"),
    ("Classified By: ADCM Joshua Roe for reason 1.4 (d)", "Joshua Roe", "ADCM", "1.4d"),
    (
        "Classified By: Deputy Chief of Mission David H. Roe. Reasons 1.4 B/D",
        "David H. Roe",
        "Deputy Chief of Mission",
        "1.4bd",
    ),
    (
        "Classified By: Acting Principal Officer Casey Roe: 1.4 (b), (d)",
        "Casey Roe",
        "Acting Principal Officer",
        "1.4bd",
    ),
    ("Classified By: DCM, Anne Roe, reasons 1.4 (b), (d)", "Anne Roe", "DCM", "1.4bd"),
    ("Classified By: DCM Jane Roe (reasons 1.4 (b) and (d))", "Jane Roe", "DCM", "1.4bd"),
    (
        "Classified By: Charge d'Affaires a.i. Michael L. Roe for 1.4 (b,d)",
        "Michael L. Roe",
        "Charge d'Affaires a.i.",
        "1.4bd",
    ),
    (
        "Classified By: Charge d'Affaires, a.i., Mary Roe. Reasons: 1.4 (b) and (d).",
        "Mary Roe",
        "Charge d'Affaires, a.i.",
        "1.4bd",
    ),
    ("Classified By: Econ Counselor Ted Roe.  For Reason 1.4 (b) and (d).", "Ted Roe", "Econ Counselor", "1.4bd"),
    ("Classified By: Pol/Econ Chief Larry Roe; reasons 1.4 (b, d).", "Larry Roe", "Pol/Econ Chief", "1.4bd"),
    ("Classified By: POL M/C Alice Roe, Reasons 1.4 (b/d)", "Alice Roe", "POL M/C", "1.4bd"),
    (
        "Classified By: IO Acting Assistant Secretary James B. Roe. Reason: 1.4 (b) and (d)",
        "James B. Roe",
        "IO Acting Assistant Secretary",
        "1.4bd",
    ),
    ("Classified By: EUR/RUS Director Kyle Roe. Reason: 1.4 (b)", "Kyle Roe", "EUR/RUS Director", "1.4b"),
    ("Classified By: NEA A/S C. David Roe for reasons 1.4 (b) and (d)", "C. David Roe", "NEA A/S", "1.4bd"),
    ("Classified By: UNVIE AMB. GREGORY L. ROE FOR REASONS 1.4 B, D AND G", "GREGORY L. ROE", "UNVIE AMB.", "1.4bdg"),
    ("Classified By: USNATO Political Advisor Bruce Roe, per 1.4 b.", "Bruce Roe", "USNATO Political Advisor", "1.4b"),
    ("Classified By: Embassy Bogota DCM Jane Roe, reasons 1.4 (b,d)", "Jane Roe", "Embassy Bogota DCM", "1.4bd"),
    (
        "Classified By: Office of Caucasus Affairs Director Jane Roe for reasons 1.4 (b) and (d)",
        "Jane Roe",
        "Office of Caucasus Affairs Director",
        "1.4bd",
    ),
    (
        "Classified By: Consul General David E. Roe for E.O. 12958 reasons 1.4 (b) and (d).",
        "David E. Roe",
        "Consul General",
        "1.4bd",
    ),
    ("Classified By: Econoff John Roe under E.O. 12958 reasons 1.4 b/d.", "John Roe", "Econoff", "1.4bd"),
    ("Classified By: Acting DCM William Roe. Reasons 1.4 (b, d)", "William Roe", "Acting DCM", "1.4bd"),
    ("Classified By: Ambassador Roe for reasons 1.4 (b), (d)", "Roe", "Ambassador", "1.4bd"),
    ("Classified By: Ambassador Hugo Roe, Jr. for reasons 1.4 (b), (d)", "Hugo Roe, Jr", "Ambassador", "1.4bd"),
    ("Classified By: Principal Officer Hugo Roehoff for reasons 1.4 (b)", "Hugo Roehoff", "Principal Officer", "1.4b"),
    ("Classifed By: Ambassador Hugo Roe, for reasons 1.4 (b, d)", "Hugo Roe", "Ambassador", "1.4bd"),
    ("CLASSFIED BY: AMBASSADOR HUGO ROE, FOR REASONS 1.4 (B, D)", "HUGO ROE", "AMBASSADOR", "1.4bd"),
    ("Classified By: (U) Ambassador Hugo Roe, for reasons 1.4 (b, d)", "Hugo Roe", "Ambassador", "1.4bd"),
    ("Classified By: Econ M/C Hugo Roe, reasons 1.4(b) an\nd (d).", "Hugo Roe", "Econ M/C", "1.4bd"),
    ("Classified By: Ambassador Hugo\n\nRoe, for reasons 1.4 (b) and (d).", "Hugo Roe", "Ambassador", "1.4bd"),
    ("Classified By: Ambassador Hugo Roe III, reason 1.4(d)", "Hugo Roe III", "Ambassador", "1.4d"),
    ("Classified By: D/CM J. Roe, Reason:  E.O. 12958 1.4 (b).", "J. Roe", "D/CM", "1.4b"),
    ("Classified By: RSO John Roe, reasons 1.4 (c), (d) and (g)", "John Roe", "RSO", "1.4cdg"),
    ("Classified By: Charge Jane Roe in accordance with E.O. 12958, 1.4 (b)", "Jane Roe", "Charge", "1.4b"),
    ("Classified By: DCM Maria das Neves Roe, 1.4 (d)", "Maria das Neves Roe", "DCM", "1.4d"),
    ("Classified By: Bogota Iran Watcher Jane Roe, 1.4 (d)", "Jane Roe", "Bogota Iran Watcher", "1.4d"),
    ("Classified By: Consul-General Jane Roe, 1.4 (d)", "Jane Roe", "Consul-General", "1.4d"),
    ("Classified By: DCM Embassy Quito Jane Roe, 1.4 (d)", "Jane Roe", "DCM Embassy Quito", "1.4d"),
    ("Classified By: General Services Officer Jane Roe, 1.4 (d)", "Jane Roe", "General Services Officer", "1.4d"),
]
NAME_AFTER_TITLE += [
    ("Classified By: EMIN Jane Roe, reasons 1.4 (d)", "Jane Roe", "EMIN", "1.4d"),
    ("Classified By: PRT Leader Jane Roe, reasons 1.4 (d)", "Jane Roe", "PRT Leader", "1.4d"),
    ("Classified By: Ambassador Hugo Roe under Section 1.4 b/d", "Hugo Roe", "Ambassador", "1.4bd"),
    ("Classified By: Under Secretary Hugo Roe, reasons 1.4 (d)", "Hugo Roe", "Under Secretary", "1.4d"),
    ("Classified By: DCM Hugo Roe for 1.4 reasons (b) and (d)", "Hugo Roe", "DCM", "1.4bd"),
]
NAME_BEFORE_TITLE = [
    (
        "CLASSIFIED BY: Chris Stevens, CDA, Embassy Tripoli, Dept of State. REASON: 1.4 (b), (d)",
        "Chris Stevens",
        "CDA, Embassy Tripoli, Dept of State",
        "1.4bd",
    ),
    (
        "Classified By: Aubrey Roe, Political Section Chief. Reasons 1.4 (b), (d).",
        "Aubrey Roe",
        "Political Section Chief",
        "1.4bd",
    ),
    (
        "Classified By: Jane A. Roe, Ambassador, EXEC, Embassy Dushanbe. REASON: 1.4 (b), (d)",
        "Jane A. Roe",
        "Ambassador, EXEC, Embassy Dushanbe",
        "1.4bd",
    ),
    ("Classified By: Hugo Roe, Jr., Ambassador, reasons 1.4 (b,d)", "Hugo Roe, Jr", "Ambassador", "1.4bd"),
    ("Classified By: Jane Roe DCM for reasons 1.4 (d)", "Jane Roe", "DCM", "1.4d"),
    ("Classified By: Jane Roe, Charge d'Affaires, a.i. REASON: 1.4 (d)", "Jane Roe", "Charge d'Affaires, a.i.", "1.4d"),
    (
        "Classified By: ISN - Jane A. Roe, Acting Assistant Secretary. Reasons 1.4 (b), (c) and (d).",
        "Jane A. Roe",
        "ISN, Acting Assistant Secretary",
        "1.4bcd",
    ),
    ("Classified By: J. D. Roe, Director, EUR/NB, Reasons: 1.5 (B) and (D)", "J. D. Roe", "Director, EUR/NB", "1.5bd"),
    ("Classified By: Jane Roe, E.O. 12958, reasons 1.4(c)", "Jane Roe", "", "1.4c"),
    ("Classified By: Jane Roe, Reasons 1.4 (B) AND (D)", "Jane Roe", "", "1.4bd"),
    ("Classified By: Jane Roe-Doe. Reasons: 1.4 (b) and 1.4 (d)", "Jane Roe-Doe", "", "1.4bd"),
    ("Classified By: XXXXXXXXXXXX, Ambassador, reason 1.4 (d)", "XXXXXXXXXXXX", "Ambassador", "1.4d"),
    (
        "Classified By: Jane Roe, Counselor for Political Affairs; Reason 1.4(d)",
        "Jane Roe",
        "Counselor for Political Affairs",
        "1.4d",
    ),
]
LABELS = [
    (
        "Classified By: Classified by Political Counselor Jane Roe for Reasons\n1.4(b/d)",
        "Jane Roe",
        "Political Counselor",
        "1.4bd",
    ),
    ("Classified By: CLASSIFIED BY: DCM JANE ROE, REASONS: 1.4 (B/D).", "JANE ROE", "DCM", "1.4bd"),
    ("1. (U) CLASSIFIED BY DCM JOHN ROE, REASON 1.5 (D).", "JOHN ROE", "DCM", "1.5d"),
    ("1. CLASSIFIED BY DCM JOHN ROE. REASONS 1.5 B AND D", "JOHN ROE", "DCM", "1.5bd"),
    (
        "(U) Classified by Deputy Chief of Mission Nancy Roe; reasons 1.4 b and d.",
        "Nancy Roe",
        "Deputy Chief of Mission",
        "1.4bd",
    ),
    ("Classified by Ambassador Jane Roe; reasons 1.4 b, d.", "Jane Roe", "Ambassador", "1.4bd"),
    ("Classified By: (U) Classified by DCM Jane Roe, 1.4 (d)", "Jane Roe", "DCM", "1.4d"),
    ("classified by: ambassador jane roe for reasons 1.4 (b) and (d)", "jane roe", "ambassador", "1.4bd"),
    ("CLASSIFIED BY AMBASSADOR JANE ROE FOR REASONS: 1.5 (B) AND\n(D).", "JANE ROE", "AMBASSADOR", "1.5bd"),
    (
        "Classified By: Ambassador Hendrika van der Roe, \nEmbassy Bogota, for reasons \n1.4 (b) and (d).",
        "Hendrika van der Roe",
        "Ambassador, Embassy Bogota",
        "1.4bd",
    ),
    ("Classified By: DCM Jane Roe for reasons\n\n1.4 (b) and (d).", "Jane Roe", "DCM", "1.4bd"),
    ("CLASSIFIED BY: Jane Roe, DCM\nREASON: 1.4 (b), (d)", "Jane Roe", "DCM", "1.4bd"),
    ("CLASSIFIED BY: Jane Roe, DCM\n\nREASON: 1.4 (b), (d)", "Jane Roe", "DCM", "1.4bd"),
    ("Classified By: by DCM Jane Roe, 1.4 (d)", "Jane Roe", "DCM", "1.4d"),
    ("Classified By: DCM Jane Roe. Derived from: DSCG 05-1 B, D", "Jane Roe", "DCM", ""),
    ("Derived from: DSCG 05-1 B, D", "", "", ""),
    ("DERIVED FROM: MULTIPLE SOURCES, REASON 1.4 (B)", "", "", "1.4b"),
    ("Classified By: Derived from DSCG 05-1, reasons 1.4 (b,d)", "", "", "1.4bd"),
]
REASONS = [
    ("Classified By: DCM Jane Roe 1.4(b), (d). E.O. 12958", "Jane Roe", "DCM", "1.4bd"),
    ("Classified By: DCM Jane Roe for reasons 1.4 (b) through (d)", "Jane Roe", "DCM", "1.4bcd"),
    ("Classified By: DCM Jane Roe for reasons 1.4 (bd)", "Jane Roe", "DCM", "1.4bd"),
    ("Classified By: DCM Jane Roe for reasons 1.4 b+d", "Jane Roe", "DCM", "1.4bd"),
    ("Classified By: DCM Jane Roe for reasons 1.4 [b], [d]", "Jane Roe", "DCM", "1.4bd"),
    ("Classified By: DCM Jane Roe for reasons 1.4 (b) and (d). A copy goes to all.", "Jane Roe", "DCM", "1.4bd"),
    ("Classified By: DCM Jane Roe; Reason 1.4, paragraphs b and d", "Jane Roe", "DCM", "1.4bd"),
    ("Classified By: DCM Jane Roe; Section 1.4 (b)", "Jane Roe", "DCM", "1.4b"),
    ("Classified By: DCM Jane Roe", "Jane Roe", "DCM", ""),
    ("Classified By: DCM Jane Roe 1.4 (b) and (d) E. O. 12958", "Jane Roe", "DCM", "1.4bd"),
    ("Classified By: DCM Jane Roe 1.4 (b) and (d) A/DCM Smith", "Jane Roe", "DCM", "1.4bd"),
    ("Classified By: Reason 1.4 (b)", "", "", "1.4b"),
    ("Classified By: The Ambassador for reasons 1.4 (b)", "", "The Ambassador", "1.4b"),
]


@pytest.mark.parametrize(("lines", "name", "title", "reasons"), NAME_AFTER_TITLE + NAME_BEFORE_TITLE + LABELS + REASONS)
def test_who_and_why(lines: str, name: str, title: str, reasons: str) -> None:
    found = cable(lines).classified_by
    assert found is not None
    assert (found.name, found.title) == (name, title)
    assert found.reasons == tuple(f"{reasons[:3]}({letter})" for letter in reasons[3:])


@pytest.mark.parametrize("lines", [case[0] for case in NAME_AFTER_TITLE[:3] + LABELS])
def test_the_line_is_one_span_and_the_text_begins_behind_it(lines: str) -> None:
    read = cable(lines)
    spans = [read.text[span.start : span.end] for span in read.spans if span.kind is Kind.CLASSIFIED_BY]
    assert "".join("".join(spans).split()) == "".join(lines.split())
    assert [each.text for each in read.paragraphs] == ["1. (C) The text of the cable."]


@pytest.mark.parametrize(
    "text",
    [
        "1. (C) The report was classified by the Ministry.",
        "The list is\nClassified as secret.",
        "1. CONFIDENTIAL - ENTIRE TEXT.",
    ],
)
def test_no_such_line(text: str) -> None:
    assert cable(text).classified_by is None
