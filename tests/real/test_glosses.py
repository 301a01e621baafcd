"""The codes of the real cables: each is explained, or stands here with the reason why it is not."""

import re
from collections import Counter
from pathlib import Path

import pytest

from generator import read_cable
from generator.cable.model import Cable
from generator.cable.spans import Kind, MarkKind
from generator.cable.vocabulary import BUILT_IN
from generator.site.glosses.body import MarkGlosses, body_glosses
from generator.site.glosses.meanings import Meanings
from generator.site.markup import body_markup, header_markup
from generator.site.sentences import UNKNOWN
from tests.real.cables import real_cables

MEANINGS = Meanings(BUILT_IN)
LINES = (Kind.ROUTING, Kind.SENDER, Kind.SECURITY, Kind.DATE_TIME_GROUP)


@pytest.fixture(scope="module")
def cables(shared: Path) -> list[Cable]:
    return [read_cable(row.text) for row in real_cables(shared)]


def header(cable: Cable) -> str:
    return str(header_markup(cable, MEANINGS))


def body(cable: Cable) -> str:
    tag_links = dict.fromkeys(cable.tags, "a.html")
    glosses = MarkGlosses(cable, 2009, MEANINGS), body_glosses(cable, MEANINGS)
    return str(body_markup(cable, {}, tag_links, *glosses))


def test_every_line_that_the_relays_worked_with_is_explained(cables: list[Cable]) -> None:
    spans = Counter(span.kind for cable in cables for span in cable.spans if span.kind in LINES)
    shown = Counter(kind for cable in cables for kind in re.findall(r"<span class=([\w-]+) title=", header(cable)))
    assert spans.total() > 150
    assert shown == spans


def test_every_date_time_group_is_a_moment(cables: list[Cable]) -> None:
    groups = [found for cable in cables for found in re.findall(r'date-time-group title="(.*?)"', header(cable))]
    assert len(groups) > 40
    assert all(
        re.match(r"\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d UTC, (immediate|priority|routine)", words) for words in groups
    )


def test_every_name_of_an_addressee_is_shown(cables: list[Cable]) -> None:
    for cable in cables:
        names = [recipient.name for recipient in cable.recipients]
        shown = re.findall("<b>(.*?)</b>", header(cable))
        expected = [name for name in names if name != cable.originator]
        assert [name for name in shown if name != cable.originator] == expected, cable.id
        assert not cable.originator or cable.originator in shown


def test_every_caption_and_order_is_explained(cables: list[Cable]) -> None:
    for cable in cables:
        shown = body(cable)
        for caption in cable.captions:
            said = MEANINGS.caption(caption.partition(" (")[0])
            assert said, caption
            assert f'title="{said}"' in shown, (cable.id, caption)
        assert (cable.eo is not None) == ("Executive Order of " in shown), cable.id


def test_every_tag_is_explained_and_one_that_is_in_no_list_says_so(cables: list[Cable]) -> None:
    unexplained = Counter(
        mark.value
        for cable in cables
        for mark in cable.marks
        if mark.kind is MarkKind.TAG and MEANINGS.tag(mark.value, 2009) in ("", UNKNOWN)
    )
    assert unexplained == {"BTIU": 1, "COUNTRY CLEARANCE": 1, "KFSC": 1}, "codes that no list explains"
    said = [code for cable in cables for code in re.findall(f'title="{UNKNOWN}">([^<]*)</a>', body(cable))]
    assert sorted(" ".join(code.split()) for code in said) == sorted(unexplained)


def test_every_portion_mark_redaction_and_garble_is_explained_once(cables: list[Cable]) -> None:
    for cable in cables:
        shown = body(cable)
        for kind in (MarkKind.PORTION, MarkKind.REDACTION, MarkKind.GARBLE):
            marks = {mark.value if kind is MarkKind.PORTION else "" for mark in cable.marks if mark.kind is kind}
            found = re.findall(rf'class="?{kind}[^>]* title="(.*?)"', shown)
            assert len(found) == len(set(found)) >= len(marks), (cable.id, kind)
