import itertools
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator import read_cable
from generator.cable.controls import CONTROL
from generator.cable.model import Paragraph, Partition, SilentAnchor
from generator.cable.spans import Kind, Mark, MarkKind, Span
from generator.cable.vocabulary import BUILT_IN
from generator.site import markup
from generator.site.glosses.body import MarkGlosses, body_glosses
from generator.site.glosses.meanings import Meanings

MEANINGS = Meanings(BUILT_IN)
HOSTILE = "<script>alert(1)</script>&lt;&#60;\"'</pre></div><!-- ]]> \u202e\ufffd"
# What no parser of HTML gives back is left out: NUL is dropped, and a surrogate is no character of UTF-8.
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])) | st.text("a1.\r\n <&\"'-(")


def cable(
    text: str,
    header_end: int = 0,
    body_start: int = 0,
    spans: tuple[Span, ...] = (),
    marks: tuple[Mark, ...] = (),
    paragraphs: tuple[Paragraph, ...] = (),
    silent_anchors: tuple[SilentAnchor, ...] = (),
) -> Partition:
    return Partition(
        text=text,
        header_end=header_end,
        body_start=body_start,
        spans=spans,
        marks=marks,
        paragraphs=paragraphs,
        silent_anchors=silent_anchors,
    )


def header_markup(cable: Partition) -> Markup:
    return markup.header_markup(cable, MEANINGS)


def body_markup(cable: Partition, links: dict[str, str], tag_links: dict[str, str]) -> Markup:
    return markup.body_markup(
        cable, links, tag_links, MarkGlosses(cable, 2010, MEANINGS), body_glosses(cable, MEANINGS)
    )


@st.composite
def cables(draw: st.DrawFn) -> Partition:
    """Any text, cut anywhere into spans of any kind, with marks, paragraphs and anchors wherever they may stand."""
    text = draw(TEXTS)
    size = len(text)
    header_end = draw(st.integers(0, size))
    body_start = header_end + (text[header_end : header_end + 1] == "\n")
    cuts = sorted(draw(st.sets(st.integers(0, size))) | {0, body_start, size})
    bounds = list(itertools.pairwise(cuts))
    spans = tuple(Span(draw(st.sampled_from(Kind)), start, end) for start, end in bounds)
    return cable(
        text,
        header_end,
        body_start,
        spans=spans,
        marks=tuple(mark for span in spans for mark in draw(marks_in(span, header_end, body_start))),
        paragraphs=draw(paragraphs_over([span for span in spans if span.start >= body_start])),
        silent_anchors=tuple(SilentAnchor(f"par{n}", n) for n in draw(st.sets(st.integers(body_start, size)))),
    )


def marks_in(span: Span, header_end: int, body_start: int) -> st.SearchStrategy[list[Mark]]:
    end = min(span.end, header_end) if span.start < body_start else span.end
    offsets = st.lists(st.integers(span.start, max(span.start, end)), unique=True).map(sorted)
    return offsets.flatmap(
        lambda places: st.tuples(
            *(
                st.builds(
                    Mark, st.sampled_from(MarkKind), st.just(a), st.just(b), st.sampled_from(["PGOV", "C//NF", "<"])
                )
                for a, b in zip(places[::2], places[1::2], strict=False)
            )
        ).map(list)
    )


def paragraphs_over(spans: list[Span]) -> st.SearchStrategy[tuple[Paragraph, ...]]:
    def made(chosen: list[int]) -> tuple[Paragraph, ...]:
        pairs = zip(sorted(chosen)[::2], sorted(chosen)[1::2], strict=False)
        return tuple(Paragraph("1" if a % 2 else "", "", f"p-{a}", "", spans[a].start, spans[b].end) for a, b in pairs)

    return st.lists(st.integers(0, max(0, len(spans) - 1)), unique=True, max_size=len(spans)).map(made)


class Page(HTMLParser):
    """Reads text, elements and nesting as a browser would: what is closed must be what was opened last."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.path: list[str] = []
        self.feed(str(markup))
        self.close()
        assert self.path == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (self.path and self.path[-1] in {"p", "h3"} and tag in {"p", "div", "h3"}), (
            "the parser would close it"
        )
        self.path.append(tag)
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.path.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, name: str, value: str) -> list[dict[str, str | None]]:
        return [attrs for _, attrs in self.elements if attrs.get(name) == value]


@given(cables())
def test_any_cut_of_any_text_gives_the_text(cable: Partition) -> None:
    assert Page(header_markup(cable)).text == cable.header
    assert Page(body_markup(cable, {"PGOV": "a.html"}, {"PGOV": "b.html"})).text == cable.body


@given(TEXTS)
def test_a_cable_as_it_is_read_gives_the_text(text: str) -> None:
    cable = read_cable(text)
    assert Page(header_markup(cable)).text == cable.header
    assert Page(body_markup(cable, {}, {})).text == cable.body


@given(cables())
def test_no_markup_comes_from_the_text(cable: Partition) -> None:
    for made in (header_markup(cable), body_markup(cable, {}, {})):
        for tag, attrs in Page(made).elements:
            assert tag in {"p", "div", "h3", "span", "b", "a", "i", "bdi", "abbr"}
            assert attrs.keys() <= {"class", "id", "href", "aria-label", "title", "hidden", "tabindex"}


@given(cables())
def test_each_paragraph_holds_its_permalink_and_its_text(cable: Partition) -> None:
    page = Page(body_markup(cable, {}, {}))
    for paragraph in cable.paragraphs:
        assert len(page.all("id", paragraph.anchor)) == 1
        assert len(page.all("href", f"#{paragraph.anchor}")) == 1
    for anchor in cable.silent_anchors:
        assert len(page.all("id", anchor.anchor)) == 1


def test_a_header_never_begins_with_a_bare_line_feed() -> None:
    text = "\n\nFM AMEMBASSY MOSCOW"
    blank = cable(text, len(text), len(text), spans=(Span(Kind.BLANK, 0, 2), Span(Kind.FROM, 2, len(text))))
    assert header_markup(blank).startswith("<span class=blank>\n\n</span>")


def test_a_blank_line_within_the_header_is_no_element() -> None:
    text = "OO RUEHWEB\n\nFM AMEMBASSY MOSCOW\n"
    spans = (Span(Kind.ROUTING, 0, 11), Span(Kind.BLANK, 11, 12), Span(Kind.FROM, 12, len(text)))
    shown = header_markup(cable(text, len(text), len(text), spans=spans))
    assert "</span>\n<span class=from>" in shown
    assert re.sub("<[^>]*>", "", shown) == text


def test_a_carriage_return_survives_the_parser() -> None:
    assert body_markup(cable("a\rb"), {}, {}) == "a&#13;b"


def test_a_paragraph_encloses_its_spans() -> None:
    text = "1. (C//NF) One \n\nMOSCOW 00000226  002 OF 004 \n\ntwo.\nBEYRLE"
    marker, after, end = text.index("MOSCOW"), text.index("two"), text.index("BEYRLE")
    spans = (
        Span(Kind.PARAGRAPH, 0, marker),
        Span(Kind.PAGE_MARKER, marker, after),
        Span(Kind.PARAGRAPH, after, end),
        Span(Kind.SIGNATURE, end, len(text)),
    )
    marks = (Mark(MarkKind.NUMBER, 0, 1, "1"), Mark(MarkKind.PORTION, 3, 10, "C//NF"))
    paragraphs = (Paragraph("1", "C//NF", "par1", "", 0, end),)
    assert body_markup(cable(text, spans=spans, marks=marks, paragraphs=paragraphs), {}, {}) == (
        '<p id=par1><a class=permalink href=#par1 title="Paragraph 1"></a>1. <b class="portion c" tabindex=0 '
        'title="This paragraph is confidential, and not for foreign nationals (NOFORN)">(C//NF)</b> One \n\n'
        '<span class=page-marker><abbr tabindex=0 title="A page of the transmission begins here">'
        "MOSCOW 00000226  002 OF 004</abbr> \n\n</span>two.\n</p><p class=signature>BEYRLE</p>"
    )


@pytest.mark.parametrize(
    "marked",
    [
        "[-------- ]TEST RESULTS CONFIRM[ --------] \n",
        "[------ ---- ]STATE TO PUSH FOR TRAINING [------ ----] \n",
        "[-------- ]...AND LACK OF FOCUS [--------] \n",
        "Fair Treatment of Seafarers [-----------]  \n",
        "MISSION SUPPORT\\\n[---------------]\\\n",
        "[---------------]\nMISSION SUPPORT\n[===============]\n",
        "TWO GREAT CHALLENGES -- AND --- THE NEED FOR UNITY--- \n",
        "- A BRIEF HISTORY -\n",
    ],
)
def test_the_rules_around_the_words_of_a_heading_step_back(marked: str) -> None:
    text = re.sub(r"[][]", "", marked)
    made = body_markup(cable(text, spans=(Span(Kind.HEADING, 0, len(text)),)), {}, {})
    assert Page(made).text == text
    inner = made.removeprefix("<h3 class=heading>").removesuffix("</h3>")
    words = re.sub(r"(?s)<span class=rule>(.*?)</span>", r"[\1]", inner)
    assert re.sub(r"\s*([][])\s*", r"\1", words) == re.sub(r"\s*([][])\s*", r"\1", marked)


def test_tags_and_references_link_where_there_is_something_to_link_to() -> None:
    text = "PGOV XYZW 09MOSCOW3010 09MOSCOW1"
    marks = (
        Mark(MarkKind.TAG, 0, 4, "PGOV"),
        Mark(MarkKind.TAG, 5, 9, "XYZW"),
        Mark(MarkKind.REFERENCE, 10, 22, "09MOSCOW3010"),
        Mark(MarkKind.REFERENCE, 23, 32, "09MOSCOW1"),
    )
    links, tag_links = {"09MOSCOW3010": "../09/a.html?a=1&b=2"}, {"PGOV": "../tag/PGOV.html"}
    assert body_markup(cable(text, marks=marks), links, tag_links) == (
        '<a class=tag href=../tag/PGOV.html title="Internal Governmental Affairs">PGOV</a> '
        '<span class=tag tabindex=0 title="Meaning not known">XYZW</span> '
        '<a class=reference href="../09/a.html?a=1&amp;b=2">09MOSCOW3010</a> <span class=reference>09MOSCOW1</span>'
    )


def test_hostile_strings_stay_text_in_every_field() -> None:
    end = len(HOSTILE)
    paragraph = Paragraph(HOSTILE, HOSTILE, HOSTILE, "", 0, end)
    marks = (Mark(MarkKind.PORTION, 0, end, HOSTILE),)
    spans = (Span(Kind.PARAGRAPH, 0, end),)
    page = Page(
        body_markup(
            cable(
                HOSTILE, spans=spans, marks=marks, paragraphs=(paragraph,), silent_anchors=(SilentAnchor(HOSTILE, 0),)
            ),
            {},
            {},
        )
    )
    assert page.text == HOSTILE
    assert [tag for tag, _ in page.elements] == ["p", "a", "span", "b", "bdi"]
    assert page.all("id", HOSTILE)


@given(cables())
def test_a_control_character_is_obeyed_by_nothing_around_it_and_named(cable: Partition) -> None:
    for made in (header_markup(cable), body_markup(cable, {}, {})):
        for found in CONTROL.finditer(made):
            assert made[: found.start()].endswith(f'<bdi title="U+{ord(found[0]):04X}">')
            assert made[found.end() :].startswith("</bdi>")


def test_the_result_is_markup() -> None:
    assert type(header_markup(cable("a"))) is Markup
    assert type(body_markup(cable("a"), {}, {})) is Markup


def test_no_paragraph_is_called_as_another() -> None:
    numbers = ["1", "2", "", "2", "", *["1"] * 21]
    paragraphs = [Paragraph(number, "", "", "", 0, 0) for number in numbers]
    names = list(markup.labels(paragraphs))
    assert len(set(names)) == len(names)
    assert names[:5] == ["Paragraph 1", "Paragraph 2", "Block 1", "Paragraph 2 (2nd)", "Block 2"]
    assert names[5:7] == ["Paragraph 1 (2nd)", "Paragraph 1 (3rd)"]
    assert [names[place].split("(")[1] for place in (7, 14, 15, 16, 24, 25)] == [
        *("4th)", "11th)", "12th)", "13th)", "21st)", "22nd)"),
    ]


def test_the_parts_of_a_table_are_one_unless_a_paragraph_begins_or_ends_between_them() -> None:
    text = "A  1\n\nB  2\n\nC  3\n"
    spans = tuple(
        Span(Kind.TABLE if place % 2 == 0 else Kind.BLANK, start, end)
        for place, (start, end) in enumerate(((0, 5), (5, 6), (6, 11), (11, 12), (12, 17)))
    )
    table = "<div class=table tabindex=0>"
    assert body_markup(cable(text, spans=spans), {}, {}) == f"{table}{text}</div>"
    for paragraph in (Paragraph("", "", "p-1", "", 0, 11), Paragraph("", "", "p-1", "", 0, 12)):
        split = body_markup(cable(text, spans=spans, paragraphs=(paragraph,)), {}, {})
        assert split.count("<span class=table tabindex=0>A  1\n\nB  2\n</span>") == 1
        assert split.count(f"{table}C  3\n</div>") == 1
