"""The page for everybody: any place, any screen, paper, keyboard, no script, no other host."""

import itertools
import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import SEED, Site, Visit, serving
from tests.browser.contrast import CONTRAST

pytestmark = pytest.mark.browser

KINDS = [
    *(SEED, "index.html", "tag/PGOV.html", "tag/index.html", "origin/index.html", "date/index.html", "404.html"),
    *("absent/index.html", "absent/TRIPOLI/2008.html", "statistics/index.html", "glossary.html"),
]
CSP = (
    "default-src 'none';style-src 'self';script-src 'self';img-src 'self';connect-src 'self';"
    "base-uri 'none';form-action 'none'"
)


def is_styled(page: Page) -> bool:
    return "mono" in str(page.locator(".id").first.evaluate("e => getComputedStyle(e).fontFamily")).lower()


@pytest.mark.parametrize("files", [True, False], ids=["file", "sub-path"])
@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_the_site_can_be_walked(visit: Visit, files: bool, scripts: bool) -> None:
    page = visit("index.html", files=files, java_script_enabled=scripts)
    page.get_by_role("link", name="Tag").first.click()
    page.get_by_role("link", name="SNAR").click()
    page.locator("table.rows th a", has_text="10MOSCOW226").click()
    assert is_styled(page)
    page.locator("#record a", has_text="Embassy Moscow").click()
    page.get_by_role("link", name="The Cable Archive").click()
    assert page.url.endswith("index.html")


@pytest.mark.parametrize("width", [390, 320, 768])
def test_nothing_is_wider_than_the_screen(site: Site, server: str, visit: Visit, width: int) -> None:
    page = visit("index.html", viewport={"width": width, "height": 844}, is_mobile=True, has_touch=True)
    for path in [*KINDS, *(site.pages.values() if width == 390 else ())]:
        page.goto(server + path)
        page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        if path.startswith("cable/"):
            page.check("#wire")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", KINDS)
def test_colours_keep_their_contrast(visit: Visit, scheme: str, path: str) -> None:
    page = visit(path, color_scheme=scheme)
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", ground)[:3])) < 200) == (scheme == "dark")
    ratios = page.evaluate(CONTRAST, "h1, h2, p, dt, dd, a:not(.permalink), summary, small, b, pre, td, th, li")
    assert len(ratios) > 5
    assert min(ratios) >= 4.5


@pytest.mark.parametrize("path", [SEED, "index.html", "tag/PGOV.html", "404.html"])
def test_first_paint_needs_the_page_and_one_style_sheet(chromium: Browser, site: Site, path: str) -> None:
    """Whatever else is asked for never comes, and the page is painted."""
    asked: list[str] = []

    def held(route: Route) -> None:
        asked.append(route.request.resource_type)
        if asked[-1] in ("document", "stylesheet"):
            route.continue_()

    with serving(site.folder) as address, chromium.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.route("**/*", held)
        page.goto(address + path, wait_until="commit")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        expect(page.locator("h1")).to_be_visible()
    assert asked.count("document") == asked.count("stylesheet") == 1
    assert "script" in asked


def test_the_target_keeps_its_contrast(visit: Visit) -> None:
    for scheme in ("light", "dark"):
        page = visit(SEED + "#par3", color_scheme=scheme)
        assert min(page.evaluate(CONTRAST, "#par3, #par3 *")) >= 4.5


def test_on_paper_there_is_the_cable_and_its_address_and_no_furniture(visit: Visit) -> None:
    page = visit(SEED, color_scheme="dark")
    page.emulate_media(media="print")
    for kept in ("h1", "#record", "#header pre", "#par1", "#par11", "#citation"):
        expect(page.locator(kept)).to_be_visible()
    for dropped in ("header nav", ".counter", "aside", ".view", ".neighbours", "#par1 > .permalink"):
        expect(page.locator(dropped)).to_be_hidden()
    assert min(page.evaluate(CONTRAST, "h1, #par1")) >= 7


def test_the_keyboard_goes_from_the_skip_link_to_the_text(visit: Visit) -> None:
    page = visit(SEED)
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#body")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator("#reading")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#wire")).to_be_checked()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-text]') !== null")


@pytest.mark.parametrize("path", KINDS)
def test_what_has_the_focus_can_be_seen(visit: Visit, path: str) -> None:
    page = visit(path)
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"


@pytest.mark.parametrize("path", KINDS)
def test_every_page_has_one_heading_landmarks_and_a_language(visit: Visit, path: str) -> None:
    page = visit(path)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    levels = page.locator("h1, h2, h3").evaluate_all("all => all.map(h => Number(h.tagName[1]))")
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_heading_of_a_section_is_a_heading(visit: Visit) -> None:
    page = visit(SEED)
    expect(page.get_by_role("heading", level=3, name="Heroin Trafficking into Russia")).to_be_visible()


@pytest.mark.parametrize("path", KINDS)
def test_the_counter_is_on_every_page(visit: Visit, path: str) -> None:
    page = visit(path)
    if path == "index.html":
        expect(page.locator(".released")).to_contain_text("58 / 251,287")
    else:
        assert "58 / 251,287" in page.locator(".counter").evaluate("e => getComputedStyle(e, '::after').content")


def test_every_page_carries_the_policy_and_nothing_inline(site: Site) -> None:
    pages = [*site.folder.rglob("*.html")]
    assert len(pages) > 100
    for path in pages:
        markup = path.read_text("utf-8")
        assert re.search('<meta name="?referrer"? content="?no-referrer"?>', markup), path
        assert "default-src 'none'" in markup, path
        assert not re.search(
            r"<style|<[^>]* style=|<[^>]* on\w+=|<script(?![^>]* src=| type=application/ld\+json>)",
            markup.replace(HOSTILE_SHOWN, ""),
        ), path


HOSTILE_SHOWN = "onerror=alert(1)"


def test_the_policy_is_the_strict_one(visit: Visit) -> None:
    page = visit(SEED)
    assert page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content") == CSP


def test_forced_colours_keep_the_text_and_the_marks(visit: Visit) -> None:
    page = visit(SEED + "#par3", forced_colors="active")
    expect(page.locator("#par3")).to_be_visible()
    assert page.locator("#par3").evaluate("p => getComputedStyle(p).outlineStyle") == "solid"


def test_pages_weigh_little(site: Site) -> None:
    for name, path in site.pages.items():
        cable = site.cables[name]
        text = len("".join([cable.text, *cable.articles]).encode())
        # Around the shortest texts stands what does not shrink with them: tags, lists, neighbours.
        allowed = 1.5 * text + 6 * 1024 if text > 3000 else 10.5 * 1024
        assert (site.folder / path).stat().st_size <= allowed, name
    assert (site.folder / "assets/site.css").stat().st_size < 15 * 1024
    assert (site.folder / "assets/site.js").stat().st_size < 10 * 1024


def test_nothing_is_stored_but_a_view_that_was_chosen(visit: Visit) -> None:
    page = visit(SEED)
    page.locator("#par1 > .permalink").click(force=True)
    assert page.context.storage_state() == {"cookies": [], "origins": []}
    page.keyboard.press("Escape")
    page.check("#wire")
    state = page.context.storage_state()
    stored = [entry for origin in state["origins"] for entry in origin["localStorage"]]
    assert (state["cookies"], stored) == ([], [{"name": "view", "value": "wire"}])
