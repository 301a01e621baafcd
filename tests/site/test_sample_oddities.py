"""The sample archive holds every oddity that it is there to show.

The tables are written by hand from the cables' texts, never from what the reader made of them.
"""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from generator.cable.model import Cable, ExecutiveOrder
from generator.cable.spans import Kind, MarkKind
from tests.site.sample import Archive, cable_files, read_sample, words

SUBJECTS = {
    "94PORTANSELM88": "THE FERRY IS PAINTED",
    "05QUILLHAVEN377": "HESTRIA DISCOVERS THE TIMER",
    "08SELTANNE130": "",
    "08SELTANNE151": "THE PANEL TASTES THE EVIDENCE",
    "08OSTERWIK102": "ORAVEL'S CABINET DEBATES THE FOG",
    "08KELDERMARK388": "SCENESETTER FOR UNDER SECRETARY PEMBERLEIGH'S VISIT TO UPPER BRAMOVIA, SEPTEMBER 22-24",
    "09OSTERWIK44": "PORT ANSELM: TWO HUNDRED NINETY-SIX DAYS LEFT OF NINETY-NINE YEARS",
    "09KELDERMARK270": "NETHER AMBRY'S SCHOOLTEACHER ON LINES, NAMES AND THE CROSS-BORDER MOVEMENT OF STAKES, "
    "WITH SOME ACCOUNT OF HIS OWN PAPERS, SUCH AS THEY ARE",
}
NUMBERS = {
    "08PORTANSELM23": "1 2 3 4 5 6 6 7",
    "08OSTERWIK102": "1 2 3 6 5 4 7",
    "08LINDENHALL98112": "1 2 3 4",
    "09QUILLHAVEN133": "1 2 3 4 5 6 7",
    "08THREEMILLS9": "",
    "08SELTANNE151": "1 2 3 4 5",
    "09PORTANSELM61": "1 2 3 4 5 6",
    "02KELDERMARK611": "1 2 3 4 5",
    "08QUILLHAVEN71": " ".join(str(number) for number in range(1, 35)),
}
TAGS = {
    "78OSTERWIK1206": "PBOR EWWT PDIP OV HS",
    "05QUILLHAVEN377": "ELAB EWWT PGOV HS",
    "08SELTANNE151": "ETRD EAGR PREL TY UB",
    "09OSTERWIK44": "PREL EWWT KTIA PBTS ECON EINV ELTN OV HS",
}
ORDERS = {
    "78OSTERWIK1206": ExecutiveOrder("11652", "GDS"),
    "94PORTANSELM88": ExecutiveOrder("12356", "N/A"),
    "05QUILLHAVEN377": ExecutiveOrder("12958", "N/A"),
    "07LINDENHALL160233": ExecutiveOrder("12958", date(2017, 11, 28)),
    "08KELDERMARK12": ExecutiveOrder("12958", "AFTER THE NEXT BRAMOVIAN GENERAL ELECTION"),
    "08KELDERMARK388": ExecutiveOrder("12958", date(2018, 9, 11)),
    "09QUILLHAVEN133": ExecutiveOrder("12958", "TWENTY YEARS"),
    "10QUILLHAVEN9": ExecutiveOrder("13526", "N/A"),
}
CLASSIFIED_BY = {
    "07KELDERMARK903": ("Wendell Oakshott Jr", ("1.4(b)", "1.4(d)")),
    "07LINDENHALL160233": ("Ludovica Strand", ("1.4(d)",)),
    "08KELDERMARK388": ("Wendell Oakshott Jr", ("1.4(b)", "1.4(d)")),
    "09OSTERWIK198": ("Hendrika van der Loom", ("1.4(b)", "1.4(d)")),
    "09QUILLHAVEN133": ("Thaddeus Orme", ("1.4(b)", "1.4(c)", "1.4(d)")),
}
SIGNATURES = {
    "78OSTERWIK1206": "HALVERNON",
    "08KELDERMARK12": "OAKSHOTT JR",
    "09KELDERMARK270": "HARROW OAKSHOTT JR",
    "09OSTERWIK198": "van der Loom",
    "09QUILLHAVEN133": "Pellwright",
    "10SELTANNE22": "QUINCE",
}


@pytest.fixture(scope="module")
def archive() -> Archive:
    return read_sample()


def _spans(cable: Cable, kind: Kind) -> list[str]:
    return [cable.text[span.start : span.end] for span in cable.spans if span.kind is kind]


def _marks(cable: Cable, kind: MarkKind) -> list[str]:
    return [cable.text[mark.start : mark.end] for mark in cable.marks if mark.kind is kind]


def _numbers(cable: Cable) -> str:
    return " ".join(paragraph.number for paragraph in cable.paragraphs if paragraph.number)


@pytest.mark.parametrize(("name", "subject"), SUBJECTS.items())
def test_subject(archive: Archive, name: str, subject: str) -> None:
    assert archive[name].subject == subject


@pytest.mark.parametrize(("name", "numbers"), NUMBERS.items())
def test_paragraph_numbers(archive: Archive, name: str, numbers: str) -> None:
    assert _numbers(archive[name]) == numbers


@pytest.mark.parametrize(("name", "tags"), TAGS.items())
def test_tags(archive: Archive, name: str, tags: str) -> None:
    assert " ".join(archive[name].tags) == tags


@pytest.mark.parametrize(("name", "order"), ORDERS.items())
def test_executive_order(archive: Archive, name: str, order: ExecutiveOrder) -> None:
    assert archive[name].eo == order


@pytest.mark.parametrize(("name", "expected"), CLASSIFIED_BY.items())
def test_classified_by(archive: Archive, name: str, expected: tuple[str, tuple[str, ...]]) -> None:
    by = archive[name].classified_by
    assert by is not None
    assert (by.name, by.reasons) == expected


@pytest.mark.parametrize(("name", "signature"), SIGNATURES.items())
def test_signature(archive: Archive, name: str, signature: str) -> None:
    assert archive[name].signature == signature


def _has(kind: Kind, *texts: str) -> Callable[[Cable], bool]:
    return lambda cable: all(any(text in words(span) for span in _spans(cable, kind)) for text in texts)


def _paragraph(number: str, text: str) -> Callable[[Cable], bool]:
    return lambda cable: any(p.number == number and text in words(p.text) for p in cable.paragraphs)


ODDITIES: dict[str, tuple[str, Callable[[Cable], bool]]] = {
    "a page marker in mid-sentence": ("07KELDERMARK903", _paragraph("4", "the mayor, Dame Ottoline Pirk, divides")),
    "page markers with parts": ("08QUILLHAVEN71", _has(Kind.PAGE_MARKER, "002.2 OF 006", "006.2 OF 006")),
    "page markers of the Department": ("78OSTERWIK1206", _has(Kind.PAGE_MARKER, "PAGE 02 OSTERW 01206")),
    "a page marker inside a line": ("08SELTANNE151", _has(Kind.PAGE_MARKER, "SELTANNE 00000151 002 OF 002")),
    "a distribution block": ("02KELDERMARK611", _has(Kind.DISTRIBUTION, "ACTION MAP-00")),
    "a partial extract": ("05QUILLHAVEN377", _has(Kind.NOTICE, "partial extract")),
    "posts that do not get it": ("09OSTERWIK44", _has(Kind.EXEMPT, "AMCONSUL THREE MILLS")),
    "a table": ("07SELTANNE214", _has(Kind.TABLE, "Tamarque 1,812 1,790 1,804", "Total 2,670 2,664 2,733")),
    "a caption of correction": ("08QUILLHAVEN80", _has(Kind.CAPTION, "C O R R E C T E D C O P Y")),
    "a heading between two-part rules": ("09OSTERWIK44", _has(Kind.RULE, "-" * 45 + " ---")),
    "a heading between one-part rules": ("08QUILLHAVEN71", _has(Kind.HEADING, "The Missing Weather")),
    "a heading above one rule": ("09OSTERWIK198", _has(Kind.HEADING, "What They Know")),
    "items with dashes": ("07LINDENHALL160233", _has(Kind.ITEM, "-- what time it keeps;")),
    "items with small letters": ("07KELDERMARK947", _has(Kind.ITEM, "b. Drains are governed by gravity.")),
    "items with capital letters": ("09PORTANSELM61", _has(Kind.ITEM, "B. 1940, June: two days.")),
    "a name from right to left": ("09KELDERMARK270", _paragraph("2", "(إدريس حلڤاني)")),
    "curly quotes": ("09KELDERMARK270", _paragraph("3", "“Where are we?”")),
    "an end of cable": ("09QUILLHAVEN133", _has(Kind.CLOSING, "CABLE ENDS")),
    "slug lines": ("07KELDERMARK903", _has(Kind.SLUG, "LINDENHALL FOR OFFICE OF MAPS")),
}


@pytest.mark.parametrize("oddity", ODDITIES)
def test_oddity(archive: Archive, oddity: str) -> None:
    name, shows = ODDITIES[oddity]
    assert shows(archive[name])


def test_damage_and_redactions(archive: Archive) -> None:
    garbles = _marks(archive["08PORTANSELM19"], MarkKind.GARBLE)
    assert garbles == ["accordQ", "Qy", "&", "8", "agenQ", "&", "8", "accepQed", "differQce"]
    assert _marks(archive["08KELDERMARK12"], MarkKind.REDACTION) == ["X" * 12] * 6


def test_a_copy_of_the_department_repeats_its_opening_within_a_list(archive: Archive) -> None:
    cable = archive["02KELDERMARK611"]
    assert cable.body.count("SUBJECT: UPPER BRAMOVIA: A GAP BETWEEN SHEETS 14 AND 15\n") == 2
    assert [words(item)[:20] for item in _spans(cable, Kind.ITEM)] == [
        "-- the strip holds n",
        "-- the frontier with",
        "-- and walkers who e",
    ]


def test_a_year_at_the_start_of_a_line_is_only_a_silent_anchor(archive: Archive) -> None:
    cable = archive["09PORTANSELM61"]
    assert "par1997" in {silent.anchor for silent in cable.silent_anchors}
    assert "par1997" not in {paragraph.anchor for paragraph in cable.paragraphs}


def test_repeated_numbers_have_anchors_of_their_own(archive: Archive) -> None:
    anchors = [paragraph.anchor for paragraph in archive["08PORTANSELM23"].paragraphs if paragraph.number == "6"]
    assert anchors == ["par6", "par6-2"]


def test_a_cable_without_numbers_has_paragraphs(archive: Archive) -> None:
    paragraphs = archive["08THREEMILLS9"].paragraphs
    assert sum(bool(re.fullmatch("p-[0-9a-f]{8}", paragraph.anchor)) for paragraph in paragraphs) >= 6


def test_a_long_header(archive: Archive) -> None:
    recipients = archive["09OSTERWIK44"].recipients
    assert Counter(to.action for to in recipients) == {"TO": 2, "INFO": 10, "XMT": 1}
    assert Counter(to.precedence for to in recipients) == {"IMMEDIATE": 2, "PRIORITY": 5, "": 6}
    flash = archive["08QUILLHAVEN64"].recipients
    assert [to.precedence for to in flash] == ["FLASH", "NIACT IMMEDIATE", "IMMEDIATE", "IMMEDIATE"]


def test_a_very_short_cable_and_a_long_one(archive: Archive) -> None:
    (only,) = (paragraph for paragraph in archive["08QUILLHAVEN64"].paragraphs if paragraph.number)
    assert words(only.text) == "1. As of 1715Z we can see none."
    assert len(archive["08QUILLHAVEN71"].body.split()) > 3000


def test_two_cables_have_no_front_matter(archive: Archive) -> None:
    bare = {path.stem for path in cable_files() if not path.read_text("utf-8").startswith("+++")}
    assert bare == {"94PORTANSELM88", "08THREEMILLS9"}
    assert {archive[name].classification for name in bare} == {"UNCLASSIFIED"}
