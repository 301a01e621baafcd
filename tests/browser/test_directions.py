"""Names and subjects in scripts that run from right to left, and characters that turn a line around."""

import pytest
from playwright.sync_api import Browser, Page

from tests.site.support import SITE_TOML, SiteTest

pytestmark = pytest.mark.browser

ORIGIN = "שגרירות מוסקבה"
SUBJECT = "שיחות 5 על 2010"
RLO = "\u202e"
PAGES = [
    *("index.html", "cable/2010/01/10MOSCOW1.html", "cable/2010/02/10MOSCOW2.html", "tag/PGOV.html"),
    *("origin/index.html", "date/2010-01.html", "statistics/index.html", "absent/MOSCOW/2009.html", "article/a.html"),
]

NOT_ALONE = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!/[\\u0590-\\u08ff]/.test(node.data) || node.parentElement.closest("[data-text]")) continue;
        let holder = node.parentElement;
        while (holder.textContent.trim() === node.data.trim() && getComputedStyle(holder).unicodeBidi !== "isolate") {
            holder = holder.parentElement;
        }
        if (holder.textContent.trim() !== node.data.trim()) found.push(node.parentElement.outerHTML);
    }
    return found;
}"""

LEFT = """words => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0 || !node.parentElement.closest("[data-text]")) continue;
        const range = document.createRange();
        return [...words].map((_, i) => {
            range.setStart(node, at + i);
            range.setEnd(node, at + i + 1);
            return range.getBoundingClientRect().left;
        });
    }
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    site = SiteTest(tmp_path_factory.mktemp("directions"), SITE_TOML)
    body = f"1. (U) The {RLO}evil has no power.\n\n2. (U) \u2067He said abc.\n"
    site.cable("10MOSCOW1", body, subject=SUBJECT, tags="PGOV", ref="09 MOSCOW 7", origin=ORIGIN, released="2011-08-24")
    site.cable(
        "10MOSCOW2", "1. So.", subject=SUBJECT, tags="PGOV", ref="10 MOSCOW 1", origin=ORIGIN, created="2010-02-01"
    )
    site.write("articles/a.md", f'+++\ntitle = "{SUBJECT}"\nauthor = "{ORIGIN}"\n+++\n[[10MOSCOW1]]\n')
    assert not site.build().failed
    return site


@pytest.fixture
def page(chromium: Browser, site: SiteTest) -> Page:
    return chromium.new_page()


@pytest.mark.parametrize("path", PAGES)
def test_what_runs_from_right_to_left_turns_nothing_around_it(page: Page, site: SiteTest, path: str) -> None:
    page.goto((site.output / path).as_uri())
    words = page.locator("body").text_content() or ""
    assert SUBJECT in words or ORIGIN in words
    assert page.evaluate(NOT_ALONE) == []


@pytest.mark.parametrize("words", ["evil has no power", "He said abc"])
@pytest.mark.parametrize("view", ["reading", "wire"])
def test_what_turns_a_line_around_is_shown_and_not_obeyed(page: Page, site: SiteTest, words: str, view: str) -> None:
    page.goto((site.output / "cable/2010/01/10MOSCOW1.html").as_uri())
    page.check(f"#{view}")
    left = page.evaluate(LEFT, words)
    assert left == sorted(left)
    assert page.locator("#par1 bdi").evaluate("b => getComputedStyle(b, '::before').content") == '"U+202E"'
