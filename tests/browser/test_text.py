"""What the boxes show is the source's text, in both readings, copied or read."""

import re

import pytest
from playwright.sync_api import Page

from generator.cable.controls import named
from generator.cable.model import Cable
from generator.cable.spans import Kind, MarkKind
from tests.browser.conftest import HOSTILE, SEED, Site, Visit

pytestmark = pytest.mark.browser

HIDDEN = {Kind.PAGE_MARKER, Kind.RULE}
"""What the reading view leaves out, besides `<br>`, backslashes at line ends and the rules around a heading's words."""

SELECTED = """name => {
    const box = document.querySelector(`#${name} [data-text]`);
    getSelection().selectAllChildren(box);
    return getSelection().toString();
}"""


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def shown(cable: Cable) -> str:
    spans = [span for span in cable.spans if span.start >= cable.body_start and span.kind not in HIDDEN]
    out = {at for mark in cable.marks if mark.kind is MarkKind.RESIDUE for at in range(mark.start, mark.end)}
    for span in spans:
        if span.kind is Kind.HEADING:
            for rule in re.finditer(r"^---[- ]*|(?<= )---[- ]*$", cable.text[span.start : span.end], re.MULTILINE):
                out.update(range(span.start + rule.start(), span.start + rule.end()))
    return "".join(cable.text[at] for span in spans for at in range(span.start, span.end) if at not in out)


def box(page: Page, name: str) -> str:
    found = page.locator(f"#{name} [data-text]")
    assert found.count() == 1
    text = found.text_content()
    assert text is not None
    return text


def test_the_text_of_every_page_is_the_source(site: Site, visit: Visit) -> None:
    page = visit("index.html", files=True)
    assert len(site.pages) == len(site.cables) == 58
    for name, path in site.pages.items():
        page.goto(f"{site.folder.as_uri()}/{path}")
        assert box(page, "header") == site.cables[name].header, name
        assert box(page, "body") == site.cables[name].body, name


def test_the_reading_view_shows_all_but_page_markers_and_rules(site: Site, visit: Visit) -> None:
    page = visit("index.html", files=True)
    for name, path in site.pages.items():
        page.goto(f"{site.folder.as_uri()}/{path}")
        assert squeezed(page.locator("#body [data-text]").inner_text()) == squeezed(shown(site.cables[name])), name
        assert squeezed(page.locator("#header [data-text]").inner_text()) == squeezed(site.cables[name].header), name


def test_what_is_copied_from_the_reading_view_is_the_text(site: Site, visit: Visit) -> None:
    page = visit(SEED)
    copied = page.evaluate(SELECTED, "body")
    assert "¶" not in copied
    assert squeezed(copied) == squeezed(shown(site.cables["10MOSCOW226"]))


def test_what_is_copied_as_transmitted_is_the_text_to_the_character(site: Site, visit: Visit) -> None:
    page = visit(SEED)
    page.check("#wire")
    # A selection never includes the line feed that ends the last line.
    assert page.evaluate(SELECTED, "body") == site.cables["10MOSCOW226"].body.removesuffix("\n")
    assert page.evaluate(SELECTED, "header") == site.cables["10MOSCOW226"].header


def test_the_two_readings_are_one_dom(visit: Visit) -> None:
    page = visit(SEED, java_script_enabled=False)
    before = page.locator("#body [data-text]").inner_html()
    marker = page.locator(".page-marker").first
    paragraph = page.locator("#par1")
    assert not marker.is_visible()
    assert paragraph.evaluate("p => getComputedStyle(p).whiteSpace") == "normal"
    page.check("#wire")
    assert marker.is_visible()
    assert paragraph.evaluate("p => getComputedStyle(p).whiteSpace") == "pre-wrap"
    assert "mono" in paragraph.evaluate("p => getComputedStyle(p).fontFamily").lower()
    assert page.locator("#body [data-text]").inner_html() == before


def test_lines_stand_as_they_were_sent(site: Site, visit: Visit) -> None:
    page = visit(SEED, viewport={"width": 1280, "height": 900})
    page.check("#wire")
    rows = page.evaluate("""() => {
        const box = document.querySelector("#body [data-text]");
        return box.clientHeight / parseFloat(getComputedStyle(box).lineHeight);
    }""")
    assert round(rows) == len(site.cables["10MOSCOW226"].body.splitlines())


def test_hostile_text_stays_text_everywhere(site: Site, visit: Visit) -> None:
    page = visit(site.pages["10MOSCOW666"])
    assert box(page, "body") == site.cables["10MOSCOW666"].body
    assert named(HOSTILE) in (page.locator("h1").text_content() or "")
    assert page.locator("main img, main script, main iframe").count() == 0
    origin = page.locator("#record dd").nth(4).locator("a")
    assert origin.text_content() == named(HOSTILE)
    origin.click()
    assert named(HOSTILE) in (page.locator("h1").text_content() or "")
    assert page.locator("main img, main script").count() == 0


@pytest.mark.parametrize("cable", ["10MOSCOW226", "07GENEVA2626"])
def test_a_rule_parts_the_text_from_the_fields(site: Site, visit: Visit, cable: str) -> None:
    """Also where a database put a backslash before the end of each line (CABLE-FORMAT 8.4)."""
    page = visit(site.pages[cable])
    width = page.locator("#body p").first.evaluate("p => getComputedStyle(p).borderTopWidth")
    assert width == "1px"
    assert page.locator("#body p").nth(1).evaluate("p => getComputedStyle(p).borderTopWidth") == "0px"
