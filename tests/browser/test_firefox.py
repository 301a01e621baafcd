"""What matters most, in Debian's Firefox."""

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import SEED, Site, serving
from tests.browser.firefox import Firefox, firefox
from tests.browser.test_text import SELECTED, shown, squeezed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("firefox")]

TEXT = "document.querySelector('#{} [data-text]').textContent"
TOP = "document.querySelector('{}').getBoundingClientRect().top"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(window: Firefox, server: str) -> Iterator[Firefox]:
    """At the end no page may have asked another host for anything, broken its policy or complained."""
    window.events.clear()
    yield window
    assert [address for address in window.requests() if not address.startswith((server, "data:"))] == []
    assert window.complaints() == []


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def eventually(browser: Firefox, expression: str) -> None:
    for _ in range(200):
        if browser.evaluate(expression):
            return
        time.sleep(0.05)
    raise AssertionError(f"never came true: {expression}")


def test_the_text_of_every_page_is_the_source(browser: Firefox, site: Site, server: str) -> None:
    for name, path in site.pages.items():
        browser.visit(server + path)
        assert browser.evaluate(TEXT.format("header")) == site.cables[name].header, name
        assert browser.evaluate(TEXT.format("body")) == site.cables[name].body, name


def test_what_is_copied_is_the_text_in_both_views(browser: Firefox, site: Site, server: str) -> None:
    cable = site.cables["10MOSCOW226"]
    browser.visit(server + SEED)
    assert squeezed(browser.evaluate(f"({SELECTED})('body')")) == squeezed(shown(cable))
    browser.click("#wire")
    # Whatever their style, Firefox copies no blanks at the ends of lines, and line feeds of its own around paragraphs.
    assert lines(browser.evaluate(f"({SELECTED})('body')")) == lines(cable.body)
    browser.click("#reading")


def test_an_anchor_leads_to_its_paragraph(browser: Firefox, server: str) -> None:
    browser.visit(f"{server}{SEED}#par9")
    eventually(browser, f"Math.abs({TOP.format('#par9')}) < 200")
    assert browser.evaluate("document.querySelector(':target').id") == "par9"


def test_the_view_is_switched_without_a_script(browser: Firefox, server: str, site: Site, tmp_path: Path) -> None:
    page = tmp_path / "archive" / SEED
    page.parent.mkdir(parents=True)
    page.write_text(re.sub("<script.*?</script>", "", (site.folder / SEED).read_text("utf-8")), "utf-8")
    shutil.copytree(site.folder / "assets", tmp_path / "archive/assets")
    with serving(tmp_path / "archive") as address:
        browser.visit(address + SEED)
        space = "getComputedStyle(document.querySelector('#par1')).whiteSpace"
        assert browser.evaluate(space) == "normal"
        browser.click("#wire")
        assert browser.evaluate(space).startswith("pre-wrap")
        browser.events = [e for e in browser.events if address not in str(e)]


def test_the_menu_of_a_paragraph_shares_it(browser: Firefox, server: str) -> None:
    browser.visit(server + SEED)
    browser.click("#par1 > .permalink")
    eventually(browser, "document.querySelector('.menu a[data-share]')?.checkVisibility()")
    assert "%23cablegate" in browser.evaluate("document.querySelector('.menu a[data-share]').href")


def test_the_keyboard_skips_to_the_text_and_goes_from_paragraph_to_paragraph(browser: Firefox, server: str) -> None:
    browser.visit(server + SEED)
    browser.press("Tab")
    assert browser.evaluate("document.activeElement.className") == "skip"
    browser.press("Enter")
    eventually(browser, "location.hash === '#body'")
    browser.press("Alt", "ArrowDown")
    eventually(browser, "/^(p-|par)/.test(document.activeElement.closest('[id]').id)")
