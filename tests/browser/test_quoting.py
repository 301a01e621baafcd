"""What a reader selects can be copied with its source, and the address leads back to the words."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BASE_URL, SEED, Visit
from tests.browser.test_sharing import CLIPBOARD, pasted

pytestmark = pytest.mark.browser

SELECT = """([id, from, to]) => {
    const walker = document.createTreeWalker(document.getElementById(id), NodeFilter.SHOW_TEXT);
    const found = [from, to].map(() => null);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!found[0] && node.data.includes(from)) found[0] = [node, node.data.indexOf(from)];
        if (node.data.includes(to)) found[1] = [node, node.data.indexOf(to) + to.length];
    }
    getSelection().setBaseAndExtent(...found[0], ...found[1]);
}"""


def selected(page: Page, paragraph: str, first: str, last: str) -> None:
    page.evaluate(SELECT, [paragraph, first, last])


def copied_quote(page: Page) -> tuple[str, str]:
    """The two lines that the button copies: the words, and where they stand."""
    page.get_by_role("button", name="Copy quote with source").click()
    expect(page.locator("button.quote")).to_have_text("Copied")
    words, source = pasted(page).split("\n")
    return words, source


def test_a_quotation_has_the_words_the_paragraph_and_an_address(visit: Visit) -> None:
    page = visit(SEED, **CLIPBOARD)
    text = " ".join((page.locator("#par2").text_content() or "").split())
    first, last = text.split()[3], text.split()[-1]
    selected(page, "par2", first, last)
    words, source = copied_quote(page)
    assert words == f"“{text[text.index(first) :]}”"
    assert "cable 10MOSCOW226 paragraph 2, " in source
    address = source[source.index("http") :]
    assert address.startswith(f"{BASE_URL}{SEED}#par2:~:text=")
    start, _, end = unquote(address.partition(":~:text=")[2]).partition(",")
    assert text[text.index(first) :].startswith(start)
    assert text.endswith(end)


def test_the_address_leads_the_browser_to_the_words(visit: Visit) -> None:
    page = visit(SEED, **CLIPBOARD)
    last = page.locator("#body p[id^=par]").last
    word = max((last.text_content() or "").split(), key=len)
    selected(page, last.get_attribute("id") or "", word, word)
    directive = copied_quote(page)[1].partition(":~:")[2]
    address = page.url
    page.goto("about:blank")
    page.goto(f"{address}#:~:{directive}")
    page.wait_for_function("scrollY > 0")


def test_nothing_is_offered_for_what_is_not_the_text(visit: Visit) -> None:
    page = visit(SEED)
    page.evaluate("getSelection().selectAllChildren(document.getElementById('record'))")
    expect(page.locator("button.quote")).to_be_hidden()
    page.evaluate("getSelection().selectAllChildren(document.getElementById('par2'))")
    expect(page.locator("button.quote")).to_be_visible()
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator("button.quote")).to_be_hidden()


def test_alt_and_an_arrow_go_from_paragraph_to_paragraph(visit: Visit) -> None:
    page = visit(SEED)
    ids = page.locator("#body p[id]").evaluate_all("all => all.map(p => p.id)")
    for expected in ids[:3]:
        page.keyboard.press("Alt+ArrowDown")
        assert page.evaluate("document.activeElement.parentElement.id") == expected
    page.keyboard.press("Alt+ArrowUp")
    assert page.evaluate("document.activeElement.parentElement.id") == ids[1]
    expect(page.locator(f"#{ids[1]} > .permalink")).to_be_in_viewport()


def test_alt_and_page_up_go_to_the_cable_before(visit: Visit) -> None:
    page = visit(SEED)
    address = page.locator("a[rel=next]").evaluate("link => link.href")
    page.keyboard.press("Alt+PageDown")
    page.wait_for_url(address)
    page.keyboard.press("Alt+PageUp")
    page.wait_for_url(f"**/{SEED}")


def test_the_view_is_remembered_where_storage_is_allowed(visit: Visit) -> None:
    page = visit(SEED)
    page.get_by_label("As transmitted").check()
    page.reload()
    expect(page.get_by_label("As transmitted")).to_be_checked()
    page.get_by_label("Reading").check()
    page.reload()
    expect(page.get_by_label("Reading")).to_be_checked()


def test_without_storage_the_page_works_as_ever(visit: Visit) -> None:
    page = visit("index.html")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page.goto(page.url.replace("index.html", SEED))
    page.get_by_label("As transmitted").check()
    expect(page.get_by_label("As transmitted")).to_be_checked()
