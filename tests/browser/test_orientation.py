"""Where a reader is in a cable, and the ways through it: contents, position, keys."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import BASE_URL, FOLLOW_UP, SEED, Site, Visit
from tests.browser.test_marking import BAR
from tests.browser.test_sharing import CLIPBOARD, pasted

pytestmark = pytest.mark.browser

WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
CURRENT = ".contents [aria-current]"
SCREENS: dict[str, dict[str, Any]] = {"wide": WIDE, "phone": PHONE}


def marked(page: Page, words: str) -> None:
    """Wait until the bar has the words."""
    page.wait_for_function(f"words => {BAR}.content.includes(words)", arg=words)


def top(page: Page, selector: str) -> float:
    return float(page.locator(selector).evaluate("e => e.getBoundingClientRect().top"))


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("screen", SCREENS)
def test_the_contents_lead_to_the_headings(visit: Visit, screen: str, scripts: bool) -> None:
    page = visit(SEED, java_script_enabled=scripts, **SCREENS[screen])
    link = page.locator(".contents a", has_text="Domestic and International")
    if screen == "phone" or not scripts:
        expect(link).to_be_hidden()
        page.locator(".contents summary").click()
    link.click()
    assert page.url.endswith("#par5")
    expect(page.locator("h3", has_text="Domestic and International")).to_be_in_viewport()
    assert top(page, "h3 >> text=Domestic and International") >= page.evaluate(f"parseFloat({BAR}.height)")


def test_on_a_wide_screen_the_contents_stay_beside_the_text(visit: Visit) -> None:
    page = visit(f"{SEED}#par8", **WIDE)
    contents, text = page.locator(".contents details").bounding_box(), page.locator("#par8").bounding_box()
    assert contents
    assert text
    assert contents["x"] > text["x"] + text["width"]
    assert 0 < contents["y"] < 200
    for _ in range(2):  # Whatever stands behind the text is not under them.
        page.evaluate("scrollTo(0, 1e6)")
        box = page.locator(".contents details").bounding_box()
        assert box
        assert box["y"] + box["height"] <= top(page, "aside") + 1


def test_from_a_long_header_it_is_one_step_to_the_text(site: Site, visit: Visit) -> None:
    page = visit(max(site.pages.values(), key=lambda path: header_length(site, path)), **PHONE)
    assert top(page, "#body") > 1.5 * 844
    page.get_by_role("link", name="Text", exact=True).click()
    expect(page.locator("#body .classification-line")).to_be_in_viewport()
    expect(visit(FOLLOW_UP).get_by_role("link", name="Text", exact=True)).to_have_count(0)


def header_length(site: Site, path: str) -> int:
    return site.cables[Path(path).stem].header_end


@pytest.mark.parametrize("screen", SCREENS)
def test_the_conversation_at_the_foot_is_one_step_from_the_top(visit: Visit, screen: str) -> None:
    page = visit(SEED, java_script_enabled=False, **SCREENS[screen])
    heading = page.get_by_role("heading", name="Conversation")
    expect(heading).not_to_be_in_viewport()
    page.get_by_role("link", name="Conversation").click()
    expect(heading).to_be_in_viewport()


def test_a_cable_alone_has_no_way_to_a_conversation(site: Site, visit: Visit) -> None:
    page = visit(site.pages["10NOWHERE1"])
    expect(page.get_by_text("Conversation")).to_have_count(0)


def test_a_reference_to_what_is_not_here_leads_to_its_place_in_the_conversation(visit: Visit) -> None:
    page = visit(FOLLOW_UP)
    references = page.locator("#body .references a")
    assert references.evaluate_all("all => all.map(a => a.getAttribute('href'))") == [
        "../../2010/01/10MOSCOW226.html",
        "#thread",
    ]
    assert [a.evaluate("a => getComputedStyle(a).textDecorationStyle") for a in references.all()] == ["solid", "dotted"]
    references.nth(1).click()
    expect(page.get_by_role("link", name="09 MOSCOW 3010 (NOTAL)")).to_be_in_viewport()


def test_a_cable_without_headings_has_the_numbers_of_its_paragraphs(site: Site, visit: Visit) -> None:
    page = visit(site.pages["09LONDON2121"], **WIDE)
    numbers = page.locator(".contents a[href^='#par']")
    assert numbers.all_text_contents() == [str(number) for number in range(1, 19)]
    numbers.nth(11).click()
    expect(page.locator("#par12")).to_be_in_viewport()


def test_numbers_that_begin_anew_stand_on_a_line_of_their_own(site: Site, visit: Visit) -> None:
    page = visit(site.pages["09BERLIN1626"], **WIDE)
    tops = page.locator(".contents a[href^='#par']").evaluate_all("all => all.map(a => a.getBoundingClientRect().top)")
    assert len(tops) == 10
    assert len(set(tops[:5])) == len(set(tops[5:])) == 1
    assert tops[0] < tops[5]


def test_a_short_cable_has_none_and_its_sides_beside_the_text(site: Site, visit: Visit) -> None:
    page = visit(site.pages["05SANJOSE2815"], **WIDE)
    assert page.locator(".contents").count() == 0
    body, aside = page.locator("#body").bounding_box(), page.locator("aside").bounding_box()
    assert body
    assert aside
    assert aside["x"] > body["x"] + body["width"]


def test_the_contents_weigh_little(site: Site) -> None:
    found = [
        re.search(r'<nav class="contents">.*?</nav>\s*', page.read_text("utf-8"), re.DOTALL) for page in long(site)
    ]
    weight = sum(len(each[0]) for each in found if each)
    assert weight <= 0.02 * sum(page.stat().st_size for page in long(site))


def long(site: Site) -> list[Path]:
    return [page for page in site.folder.glob("cable/*/*/*.html") if "contents" in page.read_text("utf-8")]


def test_the_position_is_told_while_one_reads(visit: Visit) -> None:
    page = visit(SEED, **WIDE)
    assert "¶" not in page.evaluate(f"{BAR}.content")
    page.locator("#par6").evaluate("p => p.scrollIntoView()")
    marked(page, "10MOSCOW226 · ¶ 6 / 11")
    expect(page.locator(CURRENT)).to_have_text(re.compile("Domestic and International"))
    page.evaluate("scrollTo(0, 1e6)")
    marked(page, "¶ 11 / 11")
    expect(page.locator(CURRENT)).to_have_text("Comment")
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(CURRENT)).to_have_count(0)
    assert "¶" not in page.evaluate(f"{BAR}.content")


def test_at_the_end_of_the_page_one_is_at_the_last_paragraph(visit: Visit) -> None:
    page = visit(SEED, viewport={"width": 1280, "height": 1600})
    page.evaluate("scrollTo(0, 1e6)")
    marked(page, "¶ 11 / 11")
    assert top(page, "#par11") > 200


PROGRESS = f"parseFloat({BAR}.backgroundSize)"


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_line_grows_with_what_was_read_unless_motion_is_unwanted(visit: Visit, motion: str) -> None:
    page = visit(SEED, java_script_enabled=False, reduced_motion=motion)
    assert page.evaluate(PROGRESS) == 0
    page.evaluate("scrollTo(0, 1e6)")
    page.wait_for_timeout(200)
    assert (page.evaluate(PROGRESS) > 90) == (motion == "no-preference")


def test_alt_and_c_copy_the_link_of_the_paragraph(visit: Visit) -> None:
    page = visit(SEED, **CLIPBOARD)
    page.keyboard.press("Alt+c")
    marked(page, "Copied the link of 10MOSCOW226")
    assert pasted(page) == BASE_URL + SEED
    page.locator("#par6").evaluate("p => p.scrollIntoView()")
    marked(page, "¶ 6")
    page.keyboard.press("Alt+c")
    expect(page.locator(".share [role=status]")).to_have_text("Copied the link of 10MOSCOW226 paragraph 6")
    assert pasted(page) == f"{BASE_URL}{SEED}#par6"
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+c")
    marked(page, "paragraph 7")
    assert pasted(page) == f"{BASE_URL}{SEED}#par7"
    marked(page, "¶ 7 / 11")
    expect(page.locator(".share [role=status]")).to_be_empty()


def test_a_menu_stands_on_the_screen_where_its_button_is_at_the_bottom(visit: Visit) -> None:
    page = visit(SEED, **WIDE)
    opener = page.get_by_role("button", name="Keys")
    opener.evaluate("button => button.scrollIntoView({ block: 'end' })")
    opener.click()
    told = page.get_by_role("group", name="Keys")
    expect(told).to_be_in_viewport(ratio=1)
    keys = told.locator("kbd").evaluate_all("all => all.map(key => key.getClientRects().length)")
    assert keys == [1] * 5


def test_where_one_is_is_told_under_a_theme_without_scroll_padding(server: str, visit: Visit) -> None:
    page = visit("index.html", **WIDE)

    def without_padding(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("scroll-padding-top", "--none"))

    page.route("**/site.css", without_padding)
    page.goto(server + SEED)
    page.locator("#par6").evaluate("p => p.scrollIntoView()")
    marked(page, "¶ 6")


def test_the_keys_are_told_where_there_is_a_keyboard(visit: Visit) -> None:
    page = visit(SEED)
    opener = page.get_by_role("button", name="Keys")
    opener.click()
    told = page.get_by_role("group", name="Keys")
    assert [line.split(": ")[1] for line in told.locator("div").all_text_contents()] == [
        *("Alt ↓", "Alt ↑", "Alt C", "Alt Page Down", "Alt Page Up"),
    ]
    page.keyboard.press("Escape")
    expect(told).to_have_count(0)
    expect(opener).to_be_focused()
    assert visit(SEED, **PHONE).get_by_role("button", name="Keys").count() == 0
