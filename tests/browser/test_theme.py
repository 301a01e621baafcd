"""A theme changes what it likes, and the promises hold: the example in tests/site/theme-example."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site, serving, watch
from tests.browser.test_axe import findings
from tests.browser.test_text import box

pytestmark = pytest.mark.browser

CABLE = "cable/2009/03/09OSTERWIK44.html"
ANCHORS = "[...document.querySelectorAll('[data-text] :is([id^=par], [id^=p-])')].map(e => e.id)"
GROUND = "getComputedStyle(document.documentElement).backgroundColor"


@pytest.fixture
def page(chromium: Browser, themed: Site) -> Iterator[Page]:
    """At the end no page may have asked another host for anything, broken its policy or complained."""
    complaints: list[str] = []
    with serving(themed.folder) as address, chromium.new_context(base_url=address) as context:
        page = context.new_page()
        watch(page, address, complaints)
        yield page
    assert complaints == []


def test_colours_masthead_footer_and_order_are_the_themes(page: Page) -> None:
    page.goto(CABLE)
    assert page.evaluate(GROUND) == "rgb(238, 243, 247)"
    assert page.locator(".masthead").text_content() == "An example masthead"
    assert "its own type" in page.locator("footer").inner_text()
    assert page.locator("section[id]").evaluate_all("all => all.map(s => s.id)")[:3] == ["body", "record", "header"]


def test_the_font_is_the_themes(page: Page) -> None:
    page.goto(CABLE)
    assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].map(f => [f.family, f.status]))") == [
        ["Example", "loaded"]
    ]


def test_texts_and_anchors_are_what_they_are_without_it(page: Page, themed: Site, sample: Site) -> None:
    assert themed.pages == sample.pages
    for name in themed.cables:
        path = themed.pages[name]
        page.goto(path)
        assert box(page, "header") == themed.cables[name].header, name
        assert box(page, "body") == themed.cables[name].body, name
        known = re.findall(r'\bid="?((?:par|p-)[\w-]+)', (sample.folder / path).read_text("utf-8"))
        assert page.evaluate(ANCHORS) == known, name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in (CABLE, "index.html", "article/a-village-in-the-margin.html", "tag/index.html"):
        page.goto(path)
        assert findings(page) == [], path
