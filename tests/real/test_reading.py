import re
import tomllib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator import Cable, read_cable
from generator.cable.model import Recipient, SecurityLine, SenderLine
from generator.cable.source.facts import Facts
from generator.cable.spans import Kind, MarkKind
from tests.real.cables import RealCable, real_cables

HERE = Path(__file__).parent
EXPECTED = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
FROZEN = tomllib.loads((HERE / "anchors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rows(shared: Path) -> dict[str, RealCable]:
    return {row.id: row for row in real_cables(shared)}


@pytest.fixture(scope="module")
def cables(rows: dict[str, RealCable]) -> dict[str, Cable]:
    return {row.id: read(row) for row in rows.values()}


def read(row: RealCable) -> Cable:
    return read_cable(row.text, Facts(id=row.id, header_lines=row.header_lines))


@pytest.fixture(scope="module")
def seed(shared: Path) -> Cable:
    return read_cable((shared / "seed/10MOSCOW226.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("reference", EXPECTED)
def test_fields_are_what_a_careful_person_reads(cables: dict[str, Cable], reference: str) -> None:
    cable, expected = cables[reference], EXPECTED[reference]
    assert cable.subject == expected["subject"]
    assert cable.tags == tuple(tag.replace("+", " ") for tag in expected["tags"].split())
    assert [each.id for each in cable.references if each.id] == expected.get("references", "").split()
    assert cable.signature == expected["signature"]
    assert sum(paragraph.number != "" for paragraph in cable.paragraphs) == expected["numbers"]
    assert cable.eo is not None
    assert cable.eo.order == expected.get("order", "12958")
    assert cable.eo.declassify_on == expected.get("declassify_on", "N/A")
    assert cable.classified_by is None


@pytest.mark.parametrize("reference", EXPECTED)
def test_addressees_are_what_a_careful_person_reads(cables: dict[str, Cable], reference: str) -> None:
    for word, key in (("TO", "action"), ("INFO", "info")):
        names = [each.name for each in cables[reference].recipients if each.action == word]
        assert [len(names), *names[:1]] == EXPECTED[reference].get(key, [0])


@pytest.mark.parametrize("reference", EXPECTED)
def test_captions_references_and_summary_are_what_a_careful_person_reads(
    cables: dict[str, Cable], reference: str
) -> None:
    cable, expected = cables[reference], EXPECTED[reference]
    assert list(cable.captions) == expected.get("captions", ["SIPDIS"])
    assert [each.letter for each in cable.references if each.letter] == expected.get("letters", "").split()
    kinds = expected.get("kinds", " ".join(["cable"] * len(cable.references)))
    assert [each.kind for each in cable.references] == kinds.split()
    beginning = expected.get("summary", "")
    assert cable.summary.startswith(beginning)
    assert bool(cable.summary) == bool(beginning)


@pytest.mark.parametrize("reference", EXPECTED)
def test_comments_are_what_a_careful_person_reads(cables: dict[str, Cable], reference: str) -> None:
    comments, expected = cables[reference].comments, EXPECTED[reference].get("comments", [])
    assert len(comments) == len(expected)
    for comment, (beginning, end) in zip(comments, expected, strict=True):
        assert comment.startswith(beginning)
        assert comment.endswith(end)


def test_headers_are_what_a_careful_person_reads(rows: dict[str, RealCable], cables: dict[str, Cable]) -> None:
    """Each line is searched for in the text by itself, not by what stands around it."""
    for reference, cable in cables.items():
        header = rows[reference].header
        identifier = re.match(r"VZCZC\w+", header)
        assert cable.identifier == (identifier[0] if identifier else ""), reference
        group = re.search(r"(?m)^([ZOPR])(?: ([ZOPR]))? \d{6}Z [A-Z]{3} \d\d ?(.*?) *$", header)
        assert cable.is_extract == (group is None) == header.startswith("This record is a partial extract"), reference
        words = {"O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE", None: "", "": ""}
        letters = group.groups() if group else ("", "", "")
        said = (cable.precedence, cable.info_precedence, cable.remarks)
        assert said == (words[letters[0]], words[letters[1]], letters[2]), reference
        sender = re.search(r"(?m)^DE (\w+) #(\d{4})(?:/(\d\d))? (\d{7})$", header)
        said_too = cable.sender and (cable.sender.ri, cable.sender.serial, cable.sender.section)
        assert said_too == (sender and (sender[1], int(sender[2]), int(sender[3] or 0))), reference
        assert (cable.sender and f"{cable.sender.sent:%j%H%M}") == (sender and sender[4]), reference
        assert (cable.security and cable.security.level) == (sender and "UNCLASSIFIED"), reference
        assert f"FM {cable.originator}" in header or cable.is_extract, reference
        assert cable.distribution == (), reference


def test_every_real_cable_is_expected(rows: dict[str, RealCable]) -> None:
    assert set(rows) == set(EXPECTED) == set(FROZEN)


def test_id_and_classification_stand_in_the_text_too(rows: dict[str, RealCable]) -> None:
    for row in rows.values():
        cable = read_cable(row.text, Facts(header_lines=row.header_lines))
        assert cable.classification == row.classification, row.id
        if cable.created:
            assert cable.id == row.id
            assert cable.origin == row.origin


def test_the_rule_finds_the_border_where_nothing_stands_before_the_classification_line(
    rows: dict[str, RealCable],
) -> None:
    missed = set()
    for row in rows.values():
        cable = read_cable(row.text)
        if (cable.header, cable.body) != (row.header, row.body):
            missed.add(row.id)
    # these five bodies begin with what a database or a newspaper left before the classification line (2.1)
    assert missed == {"06BOGOTA2554", "07GENEVA2626", "07LISBON2605", "08MEXICO3108", "09ASUNCION561"}


@pytest.mark.parametrize("reference", FROZEN)
def test_no_anchor_moves(cables: dict[str, Cable], reference: str) -> None:
    cable = cables[reference]
    assert [paragraph.anchor for paragraph in cable.paragraphs] == FROZEN[reference]["paragraphs"]
    assert [anchor.anchor for anchor in cable.silent_anchors] == FROZEN[reference].get("silent", [])


def test_every_anchor_of_the_old_site_is_kept_at_its_place(shared: Path, cables: dict[str, Cable]) -> None:
    seen = 0
    for page in (shared / "real/mirror").rglob("*.html"):
        old = re.findall(r"<a id='(par\w+)' href='#\1'>¶</a>([^<]*)", page.read_text(encoding="utf-8"))
        cable = cables[page.stem]
        ours = {paragraph.anchor: paragraph.start for paragraph in cable.paragraphs}
        ours |= {silent.anchor: silent.start for silent in cable.silent_anchors}
        for anchor, words in dict(reversed(old)).items():
            start = words.replace("&#x000A;", "\n").split("\n", maxsplit=1)[0][:30]
            assert cable.text[ours[anchor] :].lstrip().startswith(start.rstrip()), (page.stem, anchor)
            seen += 1
    assert seen > 350


def test_years_and_amounts_at_line_starts_are_no_paragraphs(cables: dict[str, Cable]) -> None:
    for reference, anchor in (("05SANJOSE2047", "par2005"), ("06REYKJAVIK88", "par16"), ("09STATE60608", "par3-2")):
        assert anchor in {each.anchor for each in cables[reference].silent_anchors}


def test_residue_before_the_classification_line_is_seen(cables: dict[str, Cable]) -> None:
    for reference in ("06BOGOTA2554", "07GENEVA2626", "08MEXICO3108", "09ASUNCION561", "09QUITO1206", "05MINSK851"):
        kinds = [span.kind for span in cables[reference].spans if span.start >= cables[reference].body_start]
        assert kinds[0] is Kind.RESIDUE, reference


def test_flattened_lines_are_cut_at_their_numbers(cables: dict[str, Cable]) -> None:
    assert [each.number for each in cables["08TRIPOLI467"].paragraphs] == list("123456789")
    assert {each.mark for each in cables["08TRIPOLI467"].paragraphs} == {"C"}
    assert cables["10JAKARTA186"].paragraphs[0].text == "1. Action/funding request in paragraph 5."


def test_a_telephone_call_is_one_reference(cables: dict[str, Cable]) -> None:
    (reference,) = cables["09MALABO13"].references
    assert reference.kind == "telcon"
    assert reference.text.startswith("TELCON: O. MOSS")


def test_documents_in_the_reference_list_keep_their_letters(cables: dict[str, Cable]) -> None:
    assert [(each.letter, each.kind) for each in cables["09CAIRO125"].references] == [
        ("A", "document"),
        ("B", "document"),
        ("C", "document"),
    ]


def test_garbles_and_redactions_are_marked(cables: dict[str, Cable]) -> None:
    def marked(reference: str, kind: MarkKind) -> list[str]:
        cable = cables[reference]
        return [cable.text[mark.start : mark.end] for mark in cable.marks if mark.kind is kind]

    assert "postQs" in marked("07KUWAIT624", MarkKind.GARBLE)
    assert marked("09LONDON2571", MarkKind.REDACTION) == ["XXXXXXXXXXXX"]
    assert "xxxxxxxxxxxx" in marked("08TRIPOLI467", MarkKind.REDACTION)


def test_tables_are_cut_out(cables: dict[str, Cable]) -> None:
    for reference in ("05SANJOSE2158", "05SANJOSE2815", "08MEXICO3108"):
        assert any(span.kind is Kind.TABLE for span in cables[reference].spans), reference
    assert all(span.kind is not Kind.TABLE for span in cables["09BRASILIA1540"].spans)


def test_seed_record(seed: Cable) -> None:
    assert seed.id == seed.canonical_id == "10MOSCOW226"
    assert seed.created == datetime(2010, 1, 29, 15, 33, tzinfo=UTC)
    assert seed.classification == "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
    assert seed.origin == "Embassy Moscow"
    assert seed.released is None
    assert seed.captions == ("SENSITIVE", "SIPDIS")
    assert seed.silent_anchors == ()
    assert [*seed.aliases, *seed.articles, *seed.glued_tags] == []


def test_seed_boxes(seed: Cable) -> None:
    assert seed.header.startswith("VZCZCXRO1600\n")
    assert seed.header.endswith("RUEKJCS/SECDEF WASHDC")
    assert seed.body.startswith("UNCLAS SECTION 01 OF 04 MOSCOW 000226 \n")


def test_seed_opening(seed: Cable) -> None:
    assert seed.subject == (
        "SCENESETTER FOR FEBRUARY 4 U.S.-RUSSIA BILATERAL PRESIDENTIAL DRUG TRAFFICKING WORKING GROUP MEETING"
    )
    assert seed.tags == ("PGOV", "PREL", "SNAR", "KCRM", "RS", "AF")
    assert seed.eo is not None
    assert seed.eo.order == "12958"
    assert seed.eo.declassify_on == "N/A"
    assert seed.references == ()
    assert seed.classified_by is None
    slug = next(span for span in seed.spans if span.kind is Kind.SLUG)
    assert seed.text[slug.start : slug.end] == (
        "FOR ONDCP DIRECTOR DIRECTOR KERLIKOWSKE FROM AMB. BEYRLE \nEUR-RS FOR CAROLINE SAVAGE \n"
    )


def test_seed_recipients(seed: Cable) -> None:
    assert len(seed.recipients) == 9
    assert seed.recipients[0] == Recipient("TO", "PRIORITY", "RHEHAAA", "WHITE HOUSE WASHDC")
    assert seed.recipients[1] == Recipient("TO", "PRIORITY", "RUEHC", "SECSTATE WASHDC", "6110")
    assert seed.recipients[2] == Recipient("INFO", "", "RUCNAFG", "AFGHANISTAN COLLECTIVE")
    assert seed.recipients[8] == Recipient("INFO", "", "RUEKJCS", "SECDEF WASHDC")


def test_seed_header(seed: Cable) -> None:
    assert seed.identifier == "VZCZCXRO1600"
    assert seed.relays == ("RUEHDBU", "RUEHLN", "RUEHPOD", "RUEHPW", "RUEHSK", "RUEHSL", "RUEHVK", "RUEHYG")
    moment = datetime(2010, 1, 29, 15, 33, tzinfo=UTC)
    assert seed.sender == SenderLine("RUEHMO", 226, 1, moment)
    assert seed.security == SecurityLine("ZNR", "UNCLASSIFIED", "", "ZZH")
    assert seed.date_time_group == moment
    assert (seed.precedence, seed.info_precedence, seed.remarks) == ("PRIORITY", "", "")
    assert seed.originator == "AMEMBASSY MOSCOW"
    assert seed.slugs == ("FOR ONDCP DIRECTOR DIRECTOR KERLIKOWSKE FROM AMB. BEYRLE", "EUR-RS FOR CAROLINE SAVAGE")


def test_seed_text(seed: Cable) -> None:
    numbered = [each for each in seed.paragraphs if each.number]
    assert [each.number for each in numbered] == [str(number) for number in range(1, 12)]
    assert {each.mark for each in numbered} == {"SBU"}
    assert [each.anchor for each in numbered] == [f"par{number}" for number in range(1, 12)]
    assert seed.paragraphs[0].text == (
        "This information is Sensitive But Unclassified.  Do Not \nRelease to Public Internet."
    )
    assert "offenders from prison and jail \ninto treatment." in numbered[3].text
    assert seed.summary.startswith("The U.S. and Russia have powerful reasons to work together")
    assert seed.summary.endswith("are too severe, particularly for Russia.")
    assert seed.signature == "Beyrle"


def test_seed_spans(seed: Cable) -> None:
    kinds = Counter(span.kind for span in seed.spans)
    assert kinds[Kind.PAGE_MARKER] == 3
    assert kinds[Kind.RULE] == 2 * kinds[Kind.HEADING]
    assert kinds[Kind.TEXT] == 0
    garbles = [seed.text[mark.start : mark.end] for mark in seed.marks if mark.kind is MarkKind.GARBLE]
    assert garbles[:3] == ["anti-narcotQ", "governmenQ", "intQational"]
