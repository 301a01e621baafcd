"""The page as people set up their screens: larger, in their own colours, without motion."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SEED, Site, Visit
from tests.browser.test_everyone import KINDS

pytestmark = pytest.mark.browser

LONG_TABLE = "05SANJOSE2158"
ANIMATED = """() => [
    ...document.getAnimations().map(a => a.animationName ?? a.transitionProperty),
    ...[...document.querySelectorAll("*")].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0),
].length"""
OPEN = "document.querySelectorAll('details').forEach(folded => { folded.open = true })"


def fits(page: Page) -> bool:
    """Whether nobody has to scroll sideways, all being unfolded."""
    page.evaluate(OPEN)
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("path", [*KINDS, LONG_TABLE])
def test_at_twice_the_size_nobody_scrolls_sideways(site: Site, visit: Visit, path: str) -> None:
    page = visit(site.pages.get(path, path), viewport={"width": 640, "height": 480}, device_scale_factor=2)
    assert fits(page)
    page.set_viewport_size({"width": 320, "height": 256})  # WCAG 1.4.10: at four times the size
    assert fits(page)


@pytest.mark.parametrize("path", KINDS)
def test_nothing_moves_where_motion_is_unwanted(visit: Visit, path: str) -> None:
    assert visit(path, reduced_motion="reduce").evaluate(ANIMATED) == 0


def test_something_moves_elsewhere(visit: Visit) -> None:
    assert visit(SEED, reduced_motion="no-preference").evaluate(ANIMATED) > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_what_colour_said_is_told_otherwise(visit: Visit, scheme: str) -> None:
    page = visit(f"{SEED}#par3", forced_colors="active", color_scheme=scheme)
    words = page.evaluate("getComputedStyle(document.documentElement).color")
    for told in ("h1", "dd.level a", "#par3", "aside ol li"):
        assert page.locator(told).first.is_visible()
    assert page.locator("#par3").evaluate("p => getComputedStyle(p).outlineStyle") == "solid"
    assert page.locator("#par3 .portion").evaluate("b => getComputedStyle(b).color") == words
    assert "UNCLASSIFIED" in page.evaluate("getComputedStyle(document.body, '::before').content")
    expect(page.locator(".contents [aria-current]")).to_have_css("font-weight", "650")
