"""Every paragraph can be linked to, and every link of the old site still arrives."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import FOLLOW_UP, SEED, Site, Visit

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
OLD_RULE = re.compile(r"^ *(\d+|[A-Z])\. ", re.MULTILINE)
"""The old site's own rule for anchors (CABLE-FORMAT 8.1)."""


def opacity(link: Locator) -> float:
    link.evaluate("async link => { await Promise.all(link.getAnimations().map(a => a.finished)) }")
    return float(link.evaluate("link => getComputedStyle(link).opacity"))


def test_each_numbered_paragraph_has_one_permalink(site: Site, visit: Visit) -> None:
    page = visit(SEED)
    for paragraph in site.cables["10MOSCOW226"].paragraphs:
        element = page.locator(f"[id='{paragraph.anchor}']")
        assert element.count() == 1
        permalink = element.locator("> a.permalink")
        expect(permalink).to_have_attribute("href", f"#{paragraph.anchor}")
        assert permalink.text_content() == ""
        assert permalink.evaluate("a => getComputedStyle(a, '::before').content").startswith('"¶"')


def test_the_element_of_a_paragraph_holds_its_text(site: Site, visit: Visit) -> None:
    page = visit(SEED)
    cable = site.cables["10MOSCOW226"]
    for paragraph in cable.paragraphs:
        assert page.locator(f"[id='{paragraph.anchor}']").text_content() == cable.text[paragraph.start : paragraph.end]


def test_a_permalink_shows_on_hover(visit: Visit) -> None:
    page = visit(SEED)
    permalink = page.locator("#par2 > .permalink")
    assert opacity(permalink) == 0
    page.locator("#par2").hover()
    expect(permalink).to_have_css("opacity", "1")


def test_a_permalink_shows_on_keyboard_focus(visit: Visit) -> None:
    page = visit(SEED)
    page.locator("#wire").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.hash") == "#par1":
            break
    expect(page.locator("#par1 > .permalink")).to_be_focused()
    expect(page.locator("#par1 > .permalink")).to_have_css("opacity", "1")


def test_permalinks_show_on_touch_screens_and_are_large_enough(visit: Visit) -> None:
    page = visit(SEED, **PHONE)
    permalink = page.locator("#par2 > .permalink")
    assert opacity(permalink) > 0.5
    place = permalink.bounding_box()
    assert place is not None
    assert min(place["width"], place["height"]) >= 24
    assert place["x"] >= 0


@pytest.mark.parametrize("reading", ["reading", "wire"])
def test_the_target_is_highlighted(visit: Visit, reading: str) -> None:
    page = visit(SEED + "#par3", reduced_motion="reduce")
    page.check(f"#{reading}")
    background = "p => getComputedStyle(p).backgroundColor"
    assert page.locator("#par3").evaluate(background) != page.locator("#par2").evaluate(background)
    assert opacity(page.locator("#par3 > .permalink")) == 1


def test_ids_are_unique_on_every_page(site: Site, visit: Visit) -> None:
    page = visit("index.html", files=True)
    for name, path in site.pages.items():
        page.goto(f"{site.folder.as_uri()}/{path}")
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids)), name


def test_every_anchor_of_the_old_site_is_there(site: Site, visit: Visit) -> None:
    page = visit("index.html", files=True)
    for name, path in site.pages.items():
        page.goto(f"{site.folder.as_uri()}/{path}")
        ids = set(page.evaluate("[...document.querySelectorAll('#body [data-text] [id]')].map(e => e.id)"))
        assert {f"par{mark}" for mark in OLD_RULE.findall(site.cables[name].body)} <= ids, name


def test_false_anchors_are_silent_and_repeated_numbers_unique(visit: Visit) -> None:
    page = visit(FOLLOW_UP)
    for silent in ("parB", "par2006"):
        anchor = page.locator(f"#{silent}")
        assert anchor.text_content() == ""
        assert anchor.locator("a").count() == 0
    assert "First" in (page.locator("#par2").text_content() or "")
    assert "again" in (page.locator("#par2-2").text_content() or "")


def test_a_paragraph_without_number_has_a_permalink(visit: Visit) -> None:
    page = visit(FOLLOW_UP)
    remark = page.locator("[data-text] > p", has_text="A lettered remark")
    anchor = remark.get_attribute("id") or ""
    assert re.fullmatch(r"p-[0-9a-f]{8}", anchor)
    expect(remark.locator("> a.permalink")).to_have_attribute("href", f"#{anchor}")
