"""The classification is always in sight on every screen while one reads, in colours and words."""

import re

import pytest
from playwright.sync_api import Page

from generator.cable.vocabulary import classifications
from tests.browser.conftest import SEED, Site, Visit
from tests.browser.contrast import CONTRAST

pytestmark = pytest.mark.browser

MARK = "UNCLASSIFIED//FOR OFFICIAL USE ONLY · 10MOSCOW226"
BAR = "getComputedStyle(document.body, '::before')"
HEIGHT = f"parseFloat({BAR}.height)"
COLOURS = {  # of US marking: green, purple of controlled unclassified information, blue, red, orange
    "UNCLASSIFIED": "rgb(0, 122, 51)",
    "UNCLASSIFIED//FOR OFFICIAL USE ONLY": "rgb(80, 43, 133)",
    "LIMITED OFFICIAL USE": "rgb(80, 43, 133)",
    "CONFIDENTIAL": "rgb(0, 51, 160)",
    "SECRET": "rgb(200, 16, 46)",
    "TOP SECRET": "rgb(255, 140, 0)",
}
PHONE = {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True}
"""The narrowest of screens."""


def marked(page: Page) -> str:
    """The words in the bar."""
    found = re.match(r'"([^"]*)"', str(page.evaluate(f"{BAR}.content")))
    assert found
    return found[1]


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desk", "phone"])
def test_the_marking_stays_in_sight_and_is_low(visit: Visit, screen: dict[str, object]) -> None:
    page = visit(SEED, java_script_enabled=False, **screen)
    assert marked(page) == MARK
    page.evaluate("scrollTo(0, 3000)")
    assert page.evaluate("scrollY") > 1000
    assert page.evaluate("document.elementFromPoint(innerWidth / 2, 4)?.tagName") == "BODY"
    assert page.evaluate(HEIGHT) <= 48


def test_the_marking_covers_no_paragraph_that_one_goes_to(visit: Visit) -> None:
    page = visit(f"{SEED}#par7", **PHONE)
    page.wait_for_function("scrollY > 1000")
    assert page.locator("#par7").evaluate("p => p.getBoundingClientRect().top") > page.evaluate(HEIGHT)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_level_has_the_colour_of_us_marking_and_can_be_read(visit: Visit, scheme: str) -> None:
    page = visit(SEED, color_scheme=scheme)
    for level in (*classifications(), None):
        page.evaluate("slug => document.body.dataset.level = slug", level.slug if level else "")
        # A canvas knows the colours of elements, not those of generated content.
        page.evaluate(f"""() => {{
            const bar = document.querySelector("main").appendChild(document.createElement("p"));
            bar.id = "bar";
            bar.style.color = {BAR}.color;
            bar.style.background = {BAR}.backgroundColor;
        }}""")
        assert min(page.evaluate(CONTRAST, "#bar, dd.level a")) >= 4.5, level
        if level:
            assert page.evaluate(f"{BAR}.backgroundColor") == COLOURS[level.value.removesuffix("//NOFORN")]
        page.evaluate("document.getElementById('bar').remove()")


def test_in_forced_colours_the_words_are_there_and_the_bar_has_an_edge(visit: Visit) -> None:
    page = visit(SEED, forced_colors="active")
    assert marked(page) == MARK
    assert page.evaluate(f"{BAR}.borderBottomStyle") == "solid"


def test_a_screen_reader_is_told_the_classification_once(visit: Visit) -> None:
    page = visit(SEED)
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    texts = [node["name"]["value"] for node in nodes if node["role"]["value"] == "StaticText"]
    assert "10MOSCOW226" in texts
    assert not [text for text in texts if MARK in text]


def test_a_cable_of_which_no_classification_is_known_says_so(site: Site, visit: Visit) -> None:
    assert marked(visit(site.pages["10NOWHERE1"])) == "Classification not known · 10NOWHERE1"
