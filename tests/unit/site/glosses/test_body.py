"""Codes, marks and acronyms of a body, each where it stands first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import read_cable
from generator.cable.spans import Kind
from generator.cable.vocabulary import TERM_KINDS, Vocabulary
from generator.site.glosses.body import LOST_LETTERS, QUOTATION, REDACTION
from generator.site.glosses.gloss import LONGEST, short
from tests.unit.site.glosses.explained import body, explained

OPENING = """UNCLAS SECTION 01 OF 04 MOSCOW 000226

SENSITIVE
SIPDIS

EUR-RS FOR SAVAGE

E.O. 12958: DECL: 01/29/2020
TAGS: PGOV, XQZZ, RS
SUBJECT: UN AND EU
REF: 09 MOSCOW 1 (NOTAL)

Classified By: Ambassador John Beyrle. Reasons 1.4 (b) and (d).

1. (C) Text.
"""
ABROAD = "Foreign relations or activities of the United States, confidential sources included"
ORDER = "Executive Order of 1995 on classified information"
OADR = "originating agency's determination required: no date was set for its declassification"


def test_an_opening_is_explained_from_the_first_line_to_the_last() -> None:
    assert explained(f"{OPENING}\n{'And so on. ' * 60}") == [
        ("SECTION 01 OF 04", "Part 1 of 4 that it was sent in"),
        ("SENSITIVE", "Not for the public, though unclassified"),
        ("SIPDIS", "Cleared for SIPRNet, the classified network other departments read"),
        ("EUR", "The Department's bureau for Europe and Eurasia"),
        ("E.O. 12958:", f"{ORDER}; to be declassified on 29 January 2020"),
        ("PGOV", "Internal Governmental Affairs"),
        ("XQZZ", "Meaning not known"),
        ("RS", "Russia"),
        ("NOTAL", "Not to all addressees: some of those who get this cable did not get that one"),
        ("1.4 (b) and (d)", f"Foreign government information; {ABROAD}"),
        ("C", "This paragraph is confidential"),
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("E.O. 12958: N/A", f"{ORDER}; not classified by it"),
        ("EO 12958 DECL: 10/16/2017", f"{ORDER}; to be declassified on 16 October 2017"),
        ("E.O. 12958: DNG: CO 12/25/2018", f"{ORDER}; to be downgraded on 25 December 2018"),
        ("E.O. 12958: DECL: X1", ORDER),
        ("E.O. 13526: N/A", "Executive Order of 2009 on classified information; not classified by it"),
        (
            "E.O. 12356: DECL: OADR",
            f"{ORDER.replace('1995', '1982')}; {OADR}",
        ),
        ("E.O. 12958: DECL: 01/29/2020, DNG: CO 12/25/2018", f"{ORDER}; to be declassified on 29 January 2020"),
        ("E.O. 12099: N/A", "An executive order (not certain which); not classified by it"),
    ],
)
def test_the_executive_order(line: str, words: str) -> None:
    found = explained(f"UNCLAS MOSCOW 000226\n\n{line}\nSUBJECT: X\n\n1. Y.\n")
    assert [said for _, said in found] == [words]


@pytest.mark.parametrize(
    ("words", "code", "count"),
    [
        ("Reason 1.5 (b) (d)", "1.5 (b) (d)", 2),
        ("for reasons 1.4 b and d", "1.4 b and d", 2),
        ("REASON: 1.4 (B), (C), (D)", "1.4 (B), (C), (D)", 3),
        ("Reasons: 1.4(h)", "1.4(h)", 1),
        ("Reasons: 1.4 (b) and (d) E.O. 12958", "1.4 (b) and (d)", 2),
        ("reasons 1.4 (b) and (d) E. O. 12958", "1.4 (b) and (d)", 2),
        ("1.4 (b) and (d) A/DCM Smith", "1.4 (b) and (d)", 2),
        ("1.4 (b/d) and so on", "1.4 (b/d)", 2),
        ("1.4 (b) through (d)", "1.4 (b) through (d)", 3),
        ("(reasons 1.4 b an\nd d)", "1.4 b an\nd d", 2),
        ("1.4 (bd), by rule", "1.4 (bd)", 2),
    ],
)
def test_reasons(words: str, code: str, count: int) -> None:
    text = f"S E C R E T MOSCOW 000226\n\nSUBJECT: X\n\nClassified By: DCM Eric Rubin {words}\n\n1. Y.\n"
    said = dict(explained(text))[code]
    assert said.count("; ") == count - 1


def test_a_reason_that_its_section_did_not_have_is_not_certain() -> None:
    text = "S E C R E T MOSCOW 000226\n\nSUBJECT: X\n\nClassified By: DCM Eric Rubin 1.{} (b), (h)\n\n1. Y.\n"
    said = "Foreign government information; Weapons of mass destruction"
    assert explained(text.format(4)) == [("1.4 (b), (h)", said)]
    assert explained(text.format(5)) == [("1.5 (b), (h)", f"{said} (not certain)")]


def test_reasons_that_are_said_one_by_one() -> None:
    text = "S E C R E T MOSCOW 000226\n\nSUBJECT: X\n\nClassified By: DCM Eric Rubin 1.4 (b), 1.4 (d)\n\n1. Y.\n"
    assert explained(text) == [("1.4 (b)", "Foreign government information"), ("1.4 (d)", ABROAD)]


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("U", "This paragraph is unclassified"),
        ("S/NF", "This paragraph is secret, and not for foreign nationals (NOFORN)"),
        ("C//NF", "This paragraph is confidential, and not for foreign nationals (NOFORN)"),
        ("C/REL ISAF", "This paragraph is confidential, and may be released to the countries or alliances named there"),
        ("C - ENTIRE TEXT", "This paragraph is confidential"),
        ("S/NOFORN", "This paragraph is secret, not for foreign nationals"),
        ("S//ORCON/REL", "This paragraph is secret, its originator controls who gets it, and may be released to the"),
        ("S/RELIDO", "This paragraph is secret (not certain)"),
        ("S/QQ", "This paragraph is secret (not certain)"),
    ],
)
def test_portion_marks(mark: str, words: str) -> None:
    (said,) = body(f"1. ({mark}) Text.").values()
    assert said.startswith(words)
    assert said.endswith("(not certain)") == words.endswith("(not certain)")


def test_a_mark_is_explained_where_it_stands_first() -> None:
    found = explained("UNCLAS MOSCOW 000226\n\n1. (U) One XXXXXXXXXXXX.\n\n2. (U) XXXXXXXXXXXX.\n\n3. (C) Three.\n")
    assert [code for code, _ in found] == ["U", "XXXXXXXXXXXX", "C"]
    assert found[1][1] == REDACTION


def test_damage_is_said_to_be_uncertain() -> None:
    found = body("1. The governmenQ said &yes8 to anti-narcotQ.")
    assert found["governmenQ"] == LOST_LETTERS
    assert found["&"] == QUOTATION
    assert all(words.startswith("Perhaps ") for words in found.values())
    assert len(found) == 2


def test_a_page_marker_is_explained_once() -> None:
    pages = "1. One\n\nMOSCOW 00000226  002 OF 003\n\n\ntwo\n\nMOSCOW 00000226  003 OF 003\n\n\nthree."
    text = f"UNCLAS MOSCOW 000226\n\n{pages}\n"
    assert explained(text) == [("MOSCOW 00000226  002 OF 003", "A page of the transmission begins here")]


FILL = "and " * 63


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("The EU and the UN met.", ["EU", "UN"]),
        ("(EU), EU's EU/US", ["EU"]),
        ("Two NGOs and an MP", ["NGOs", "MP"]),
        ("A/S Fried, Poloff and Econoffs", ["A/S", "Poloff", "Econoffs"]),
        ("EUROPE UNDER NATOx xNATO NATO1 _", []),
        ("At 3 PM, 20 PM", []),
        ("The PM of 2009", ["PM"]),
        ("EUR 5 million and 5 million EUR", []),
        ("EUR million, 20 EUR, EUR\n30", []),
        ("The EUR bureau of 5 million", ["EUR"]),
        ("In 2009 UN forces", ["UN"]),
        ("the un and the eu", []),
        ("USAID of the [EU], {UN} and @NATO", ["USAID", "EU", "UN", "NATO"]),
        ("NATO&yes8 of the EU", ["NATO", "&", "EU"]),
    ],
)
def test_acronyms_are_whole_words(words: str, codes: list[str]) -> None:
    assert list(body(f"1. We saw this: {words}. {FILL * 4}")) == codes


def test_words_of_the_trade_that_are_plain_enough_are_not_explained() -> None:
    text = f"1. Ref A (NOTAL) and the REFTEL have TAGS and a SIGNATURE. {FILL * 4}"
    assert list(body(text)) == ["NOTAL"]


def test_an_acronym_may_follow_a_mark_at_once() -> None:
    assert list(body(f"1. (C)NATO met. {FILL}")) == ["C", "NATO"]


def test_the_last_word_of_a_text_is_a_word() -> None:
    assert list(dict(explained(f"UNCLAS MOSCOW 000226\n\nSUBJECT: ONE\n\n1. {FILL * 4}NATO"))) == ["NATO"]


def test_in_a_text_all_in_capitals_only_clear_acronyms_are_explained() -> None:
    text = f"1. THE TIP OF THE POST IN CT WAS THAT NATO, THE UN AND PM OF FM. {FILL.upper() * 4}"
    assert list(body(text)) == ["NATO"]


@pytest.mark.parametrize("words", ["then the PM MET", "THEN THE PM met"])
def test_small_letters_on_either_side_tell_that_a_text_is_not_all_in_capitals(words: str) -> None:
    before, after = ("X " * 40 if part.isupper() else "x " * 40 for part in (words[:8], words[-3:]))
    assert list(body(f"1. {before}{words} {after}. {FILL.upper() * 4}")) == ["PM"]


def test_a_long_header_makes_no_room_for_acronyms() -> None:
    header = "P 291533Z JAN 10\nTO AMEMBASSY LIMA\n" + "AMEMBASSY QUITO\n" * 60
    assert list(dict(explained(f"{header}UNCLAS MOSCOW 000226\n\n1. The EU met.\n"))) == ["P 291533Z JAN 10"]


def test_what_is_not_certain_says_so() -> None:
    assert body(f"1. The FM said: no. {FILL}")["FM"] == "Foreign minister (not certain)"


def test_no_more_acronyms_than_the_length_of_the_text_allows() -> None:
    text = "1. The EU, the UN, NATO, the IMF, the FBI and the DEA."
    assert list(body(text)) == []
    assert list(body(f"{text} {FILL * 2}")) == ["EU", "UN"]


def test_an_acronym_within_a_mark_stays_as_it_is() -> None:
    assert body(f"1. See USUN 12345 of XXXXXXXXXXXX. {FILL}") == {"XXXXXXXXXXXX": REDACTION}


def test_an_acronym_within_a_table_stays_as_it_is() -> None:
    rows = "NATO          12          13\nNATO           4           5\nNATO           6           7"
    text = f"1. We saw: {FILL * 2}\n\n{rows}\n\n2. The end of it."
    assert Kind.TABLE in {span.kind for span in read_cable(f"UNCLAS MOSCOW 000226\n\n{text}\n").spans}
    assert body(text) == {}
    assert list(body(f"{text} NATO.")) == ["NATO"]


def test_of_two_terms_in_one_place_the_longer_is_explained() -> None:
    own = Vocabulary({"glossary": ({"kind": "acronym", "term": "EUR/RPM", "meaning": "An office"},)})
    for length in (1, 2):
        assert body(f"1. The EUR/RPM said: no. {FILL * length}", own) == {"EUR/RPM": "An office"}


def test_a_long_meaning_that_is_not_certain_says_so() -> None:
    own = Vocabulary(
        {
            "glossary": ({"kind": "acronym", "term": "HESTCO", "meaning": "word " * 60, "confidence": "low"},),
            "tags": ({"tag": "XQZZ", "description": "word " * 60, "confidence": "low"},),
        }
    )
    found = dict(explained(f"UNCLAS MOSCOW 000226\n\nTAGS: XQZZ\nSUBJECT: ONE\n\n1. HESTCO. {FILL}\n", own))
    assert set(found) == {"HESTCO", "XQZZ"}
    assert all(said.endswith("word … (not certain)") for said in found.values())


def test_a_meaning_that_goes_on_a_sentence_keeps_its_abbreviations() -> None:
    own = Vocabulary(
        {
            "glossary": (
                {"kind": "portion", "term": "/UKO", "meaning": "UK only"},
                {"kind": "portion", "term": "/USC", "meaning": "U.S. citizens only"},
            )
        }
    )
    assert list(body("1. (C/UKO/USC) Text.", own).values()) == [
        "This paragraph is confidential, UK only, U.S. citizens only"
    ]


def test_a_sites_own_terms() -> None:
    own = Vocabulary(
        {
            "glossary": (
                {"kind": "acronym", "term": "HESTCO", "meaning": '<b>"A" & ferry</b>'},
                {"kind": "acronym", "term": "G-8", "meaning": "Eight states", "confidence": "low"},
                {"kind": "caption", "term": "QUIETLY", "meaning": "Hush"},
            )
        }
    )
    found = body(f"1. HESTCO and the G-8 met the EU. {FILL * 2}", own)
    assert found == {"HESTCO": '<b>"A" & ferry</b>', "G-8": "Eight states (not certain)"}


def test_a_meaning_that_fits_is_not_cut() -> None:
    words = "w" * LONGEST
    own = Vocabulary({"glossary": ({"kind": "acronym", "term": "HESTCO", "meaning": words},)})
    assert body(f"1. The HESTCO sails. {FILL}", own) == {"HESTCO": words}


def test_a_long_meaning_is_cut_at_a_word() -> None:
    own = Vocabulary({"glossary": ({"kind": "acronym", "term": "HESTCO", "meaning": "word " * 60},)})
    said = body(f"1. HESTCO. {FILL}", own)["HESTCO"]
    assert said.endswith("word …")
    assert len(said) <= LONGEST + len(" …")


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30) | st.sampled_from(
    ["EU", "SIPDIS", '"><script>alert(1)</script>', "A&B", "'", "1.", "(C)", "E.O. 12958", "a\u202eb"]
)
TERMS = st.lists(
    st.fixed_dictionaries({"kind": st.sampled_from(TERM_KINDS), "term": WORDS, "meaning": WORDS}), max_size=6
)


@given(TERMS, st.lists(WORDS, max_size=20))
def test_whatever_the_vocabulary_says_the_text_stays_the_source(terms: list[dict[str, str]], words: list[str]) -> None:
    text = f"{OPENING}\n2. {' '.join(words + [row['term'] for row in terms])} {FILL * 2}\n"
    said = {words for _, words in explained(text, Vocabulary({"glossary": tuple(terms)}))}
    own = [short(row["meaning"]).casefold() for row in terms if "<" in row["meaning"]]
    assert all(any(meaning in words.casefold() for meaning in own) for words in said if "<" in words)
