"""The published site behind a real nginx that was told what we print for it: pages work under all its headers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import SEED, Site
from tests.browser.hosting import hosted

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def published(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site."""
    with hosted({"archive": site}, tmp_path_factory.mktemp("published")) as address:
        yield f"{address}archive/"


@pytest.mark.parametrize("path", ["", SEED, "tag/PREL.html", "404.html"])
def test_pages_work_under_the_headers(chromium: Browser, published: str, path: str) -> None:
    complaints: list[str] = []
    page = chromium.new_page()
    page.on("console", lambda found: complaints.append(found.text))
    page.on("pageerror", lambda found: complaints.append(str(found)))
    page.on("requestfailed", lambda found: complaints.append(found.url))
    page.add_init_script("addEventListener('securitypolicyviolation', e => console.log(e.violatedDirective))")
    page.goto(published + path)
    expect(page.locator("h1").first).to_be_visible()
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 10
    assert complaints == []
    page.close()


def test_nobody_puts_a_page_into_a_frame(chromium: Browser, published: str, tmp_path: Path) -> None:
    (tmp_path / "thief.html").write_text(f'<!doctype html><iframe src="{published}{SEED}"></iframe>')
    page = chromium.new_page()
    with page.expect_console_message(lambda found: "frame-ancestors" in found.text):
        page.goto((tmp_path / "thief.html").as_uri())
    page.frames[1].wait_for_url("chrome-error:**")
    page.close()
