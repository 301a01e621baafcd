"""What codes mean: by keyboard, touch and pointer, without a script, and never in the text."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SEED, Site, Visit
from tests.browser.contrast import CONTRAST

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
CARD = """code => {
    const card = getComputedStyle(code, "::after");
    if (card.content === "none" || card.position !== "absolute") return null;
    const box = code.closest("[data-text]").getBoundingClientRect();
    const width = parseFloat(card.width), left = box.left + parseFloat(card.left);
    return { words: card.content, left, right: left + width, width: document.documentElement.clientWidth };
}"""
"""The card of a code, as the style sheet gives it: a pseudo-element has no rectangle to ask for."""


def card(code: Locator) -> dict[str, object] | None:
    found = code.evaluate(CARD)
    assert found is None or isinstance(found, dict)
    return found


def code(page: Page, words: str) -> Locator:
    return page.locator("#body [tabindex]", has_text=words).first


@pytest.mark.parametrize("view", ["reading", "wire"])
def test_a_code_with_the_focus_shows_its_card_on_a_phone_without_a_script(visit: Visit, view: str) -> None:
    page = visit(SEED, **PHONE, java_script_enabled=False)
    page.check(f"#{view}")
    for words in ("SECTION 01 OF 04", "SIPDIS", "EUR", "E.O. 12958", "SBU", "anti-narcotQ"):
        place = code(page, words)
        assert card(place) is None
        place.tap()
        shown = card(place)
        assert shown is not None, words
        assert str(place.get_attribute("title")) in str(shown["words"])
        assert 0 <= float(str(shown["left"])) < float(str(shown["right"])) <= float(str(shown["width"])), words
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("h1").tap()
    assert card(code(page, "anti-narcotQ")) is None


@pytest.mark.parametrize("view", ["reading", "wire"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_card_stands_at_its_word_and_on_the_screen(visit: Visit, view: str, width: int) -> None:
    page = visit(SEED, viewport={"width": width, "height": 900})
    page.check(f"#{view}")
    offsets = []
    for place in page.locator("#body [tabindex]:visible").all()[:30]:
        place.focus()
        shown = card(place)
        assert shown is not None
        left, right, word = float(str(shown["left"])), float(str(shown["right"])), place.bounding_box()
        assert word
        assert 0 <= left < right <= width
        assert left <= word["x"] + 1
        assert right > word["x"]
        offsets.append(round(word["x"] - left))
    assert width == 390 or offsets.count(0) > len(offsets) / 2


def test_the_keyboard_comes_to_every_code_and_escape_puts_its_card_away(visit: Visit) -> None:
    page = visit(SEED)
    page.locator("#wire").focus()
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("SECTION 01 OF 04")
    assert card(focused) is not None
    assert focused.evaluate("code => getComputedStyle(code).outlineStyle") == "solid"
    page.keyboard.press("Escape")
    expect(focused).to_have_count(0)
    assert card(code(page, "SECTION 01")) is None


def test_a_pointer_is_told_by_the_title(visit: Visit) -> None:
    page = visit(SEED)
    assert code(page, "SIPDIS").get_attribute("title") == (
        "Cleared for SIPRNet, the classified network other departments read"
    )
    assert code(page, "SIPDIS").evaluate("code => getComputedStyle(code).cursor") == "help"


def test_the_header_is_a_table_of_who_got_it_and_its_raw_text_one_click_away(site: Site, visit: Visit) -> None:
    page = visit(SEED, java_script_enabled=False)
    label = "line => getComputedStyle(line, '::before').content"
    said = "line => getComputedStyle(line, '::after').content"
    names = {"date-time-group": "Sent", "from": "From", "action": "For action", "info": "For information"}
    for kind, words in names.items():
        assert page.locator(f"#header .{kind}").evaluate(label) == f'"{words}"'
    assert "29 January 2010, 15:33 UTC, priority" in page.locator("#header .date-time-group").evaluate(said)
    assert page.locator("#header b").all_text_contents()[:3] == [
        "AMEMBASSY MOSCOW",
        "WHITE HOUSE WASHDC",
        "SECSTATE WASHDC",
    ]
    assert page.locator("#header pre").inner_text().split() == site.cables["10MOSCOW226"].header.split()
    page.check("#wire")
    for kind in names:
        assert page.locator(f"#header .{kind}").evaluate(label) == "none"
    assert page.locator("#header .date-time-group").evaluate(said) == "none"
    assert page.locator("#header pre").inner_text() == site.cables["10MOSCOW226"].header
    assert page.locator("#header .date-time-group").get_attribute("title") == "29 January 2010, 15:33 UTC, priority"


@pytest.mark.parametrize("pointer", ["touch", "keyboard"])
def test_as_transmitted_the_header_explains_its_lines_while_it_has_the_focus(visit: Visit, pointer: str) -> None:
    page = visit(SEED, **PHONE, java_script_enabled=False)
    header, said = page.locator("#header pre"), "line => getComputedStyle(line, '::after').content"
    lines = [page.locator(f"#header .{kind}") for kind in ("routing", "sender", "security", "date-time-group")]
    page.check("#wire")
    height = header.bounding_box()
    if pointer == "touch":
        header.tap()
    else:
        while not header.evaluate("header => header === document.activeElement"):
            page.keyboard.press("Shift+Tab")
    for line in lines:
        assert str(line.get_attribute("title")) in line.evaluate(said)
    opened = header.bounding_box()
    assert height
    assert opened
    assert opened["height"] > height["height"] + 4 * 12  # Each explanation is a line of its own.
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("h1").tap()
    assert lines[0].evaluate(said) == "none"


def test_escape_puts_the_explanations_of_the_header_away(visit: Visit) -> None:
    page = visit(SEED)
    page.check("#wire")
    page.locator("#header pre").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#header pre")).not_to_be_focused()


def test_on_a_phone_labels_stand_above_and_a_long_name_keeps_its_column(visit: Visit) -> None:
    page = visit(SEED, **PHONE)
    edge = page.locator("#header pre").bounding_box()
    line = page.locator("#header .from").bounding_box()
    names = page.locator("#header b").evaluate_all("all => all.map(name => name.getClientRects().length)")
    assert edge
    assert line
    assert page.locator("#header .from").evaluate("line => getComputedStyle(line).paddingLeft") == "0px"
    assert line["x"] == edge["x"]
    assert line["height"] > 40  # The label and the name.
    assert set(names) == {1}  # A name that wraps is one box, behind its routing indicator.
    columns = page.locator("#record dl > div").evaluate_all("all => all.map(e => e.getBoundingClientRect().top)")
    assert columns[0] == columns[1] < columns[2] == columns[3] < columns[4]


@pytest.mark.parametrize("width", range(320, 400, 10))
def test_a_tag_is_never_without_its_meaning_at_the_end_of_a_line(visit: Visit, width: int) -> None:
    page = visit(SEED, viewport={"width": width, "height": 844})
    alone = page.locator("#body .tag").evaluate_all(
        """tags => tags.filter(tag => {
            const code = document.createRange();
            code.selectNodeContents(tag);
            return tag.getClientRects()[0].right < code.getBoundingClientRect().right + 10;
        }).map(tag => tag.textContent)"""
    )
    assert alone == []


def test_tags_say_what_they_mean_where_they_are_read(visit: Visit) -> None:
    page = visit(SEED)
    tag = page.locator("#body .tag").first
    said = "tag => getComputedStyle(tag, '::after').content"
    assert "Internal Governmental Affairs" in tag.evaluate(said)
    assert "Internal Governmental Affairs" not in page.locator("#body").inner_text()
    page.check("#wire")
    assert tag.evaluate(said) == "none"


def test_a_cable_without_header_shows_nothing_of_this(site: Site, visit: Visit) -> None:
    name = next(name for name, cable in site.cables.items() if not cable.header)
    page = visit(site.pages[name])
    expect(page.locator("#header span")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_codes_and_header_keep_their_contrast(visit: Visit, scheme: str) -> None:
    page = visit(SEED, color_scheme=scheme)
    assert min(page.evaluate(CONTRAST, "#header span, #header b, #body [tabindex], #body .tag")) >= 4.5


def test_no_card_is_printed(visit: Visit) -> None:
    page = visit(SEED)
    place = code(page, "SIPDIS")
    place.focus()
    page.emulate_media(media="print")
    assert place.evaluate("code => getComputedStyle(code, '::after').display") == "none"
    assert "underline" not in place.evaluate("code => getComputedStyle(code).textDecorationLine")
