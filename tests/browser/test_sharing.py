"""Share links are plain addresses; the script adds copying and the paragraphs' own links."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BASE_URL, SEED, Site, Visit

pytestmark = pytest.mark.browser

NETWORKS = ["mastodon", "bluesky", "x", "reddit", "email"]
ADDRESS = BASE_URL + SEED
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
KEPT_CLIPBOARD = """Object.defineProperty(navigator, 'clipboard', {
    value: { writeText: async text => { window.copied = text } }
})"""
SHARED = "window.shared = []; navigator.share = async thing => { window.shared.push(thing) }"


def pasted(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def links(page: Page, place: str) -> dict[str, str]:
    found = page.locator(f"{place} a[data-share]").evaluate_all("all => all.map(a => [a.dataset.share, a.href])")
    return {network: unquote(href) for network, href in found}


@pytest.mark.parametrize("scripts", [True, False])
def test_each_link_has_both_hashtags_and_the_address(visit: Visit, scripts: bool) -> None:
    page = visit(SEED, java_script_enabled=scripts)
    found = links(page, ".share")
    assert list(found) == NETWORKS
    for words in found.values():
        assert "#cablegate" in words
        assert "#10MOSCOW226" in words
        assert ADDRESS in words
    for network in NETWORKS:
        expect(page.locator(f"a[data-share={network}]")).to_be_visible()


def test_the_cables_link_and_citation_can_be_copied(visit: Visit) -> None:
    page = visit(SEED, **CLIPBOARD)
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".share [role=status]")).to_have_text("Copied")
    assert pasted(page) == ADDRESS
    page.get_by_role("button", name="Copy citation").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('cable 10MOSCOW226'))")
    assert pasted(page) == page.locator("#citation").text_content()


def test_copying_works_where_there_is_no_clipboard(visit: Visit) -> None:
    page = visit("index.html", **CLIPBOARD)
    page.add_init_script(NO_CLIPBOARD)
    page.goto(page.url.replace("index.html", SEED))
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".share [role=status]")).to_have_text("Copied")
    assert page.locator("textarea").count() == 0


def test_the_citation_is_text_without_scripts(visit: Visit) -> None:
    page = visit(SEED, java_script_enabled=False)
    page.get_by_text("How to cite it").click()
    expect(page.locator("#citation")).to_be_visible()
    expect(page.locator("#citation")).to_contain_text(ADDRESS)
    assert page.get_by_role("button").count() == 0


def test_a_paragraphs_menu_has_the_paragraphs_own_links(visit: Visit) -> None:
    page = visit(SEED, **CLIPBOARD)
    page.locator("#par4").hover()
    page.locator("#par4 > .permalink").click()
    menu = page.get_by_role("group", name="Paragraph 4")
    expect(menu).to_be_visible()
    assert page.url.endswith("#par4")
    found = links(page, ".menu")
    assert list(found) == NETWORKS
    for words in found.values():
        assert f"{ADDRESS}#par4" in words
        assert "#cablegate #10MOSCOW226 paragraph 4" in words
    menu.get_by_role("button", name="Copy link").click()
    expect(menu.get_by_role("status")).to_have_text("Copied")
    assert pasted(page) == f"{ADDRESS}#par4"
    menu.get_by_role("button", name="Copy citation").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('paragraph 4'))")
    assert "cable 10MOSCOW226 paragraph 4, " in pasted(page)
    assert pasted(page).endswith(f"{ADDRESS}#par4")


def test_the_menu_never_touches_the_text(visit: Visit) -> None:
    page = visit(SEED)
    before = page.locator("#body [data-text]").inner_html()
    page.locator("#par4 > .permalink").click(force=True)
    expect(page.locator(".menu")).to_be_visible()
    assert page.locator("#body [data-text]").inner_html() == before
    page.keyboard.press("Escape")
    expect(page.locator(".menu")).to_have_count(0)


def test_the_menu_by_keyboard(visit: Visit) -> None:
    page = visit(SEED)
    page.locator("#par4 > .permalink").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".menu button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#par4 > .permalink")).to_be_focused()


def test_the_device_shares_where_it_can(visit: Visit) -> None:
    page = visit(SEED)
    page.add_init_script(SHARED)
    page.reload()
    page.get_by_role("button", name="Share…").click()
    assert page.evaluate("window.shared") == [{"title": "10MOSCOW226", "url": ADDRESS}]
    page.locator("#par1 > .permalink").click(force=True)
    page.locator(".menu").get_by_role("button", name="Share…").click()
    assert page.evaluate("window.shared[1].url") == f"{ADDRESS}#par1"


def test_the_device_button_stays_away_where_it_can_not(visit: Visit) -> None:
    page = visit("index.html")
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(page.url.replace("index.html", SEED))
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()
    expect(page.get_by_role("button", name="Share…")).to_have_count(0)


def test_without_scripts_a_permalink_goes_to_its_paragraph(visit: Visit) -> None:
    page = visit(SEED, java_script_enabled=False)
    page.locator("#par4 > .permalink").click(force=True)
    assert page.url.endswith("#par4")
    assert page.locator(".menu").count() == 0


def test_without_a_base_url_links_carry_the_hashtags_and_copies_the_address_at_hand(
    homeless: Site, chromium: Browser
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.add_init_script(KEPT_CLIPBOARD)
        page.goto(f"{homeless.folder.as_uri()}/{SEED}")
        assert page.locator("link[rel=canonical]").count() == 0
        for words in links(page, ".share").values():
            assert "#cablegate #10MOSCOW226" in words
            assert "https://cables" not in words
            assert "file:" not in words
        page.locator("#par4 > .permalink").click(force=True)
        assert all("#10MOSCOW226 paragraph 4" in words for words in links(page, ".menu").values())
        page.locator(".menu").get_by_role("button", name="Copy link").click()
        expect(page.locator(".menu [role=status]")).to_have_text("Copied")
        assert page.evaluate("window.copied") == f"{homeless.folder.as_uri()}/{SEED}#par4"
