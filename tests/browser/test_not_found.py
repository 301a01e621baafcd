"""The page of a host that has none at an address: it finds the cable that was meant."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BASE_URL, HOSTILE, SEED, QuietHandler, Site

pytestmark = pytest.mark.browser

PREFIX = urlsplit(BASE_URL).path


class Host(QuietHandler):
    """A static host: below the folder that the base URL names, with the site's own page for what is not there."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, PREFIX.strip("/"), "404.html").read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)


Ask = Callable[..., Page]


@pytest.fixture
def ask(chromium: Browser, site: Site) -> Iterator[Ask]:
    """Asks the host for an address below the site; at the end nothing may have been asked of another host."""
    contexts, strangers = [], []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(site.folder.parent))) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        host = f"http://127.0.0.1:{http.server_address[1]}"

        def open_page(path: str, **options: Any) -> Page:
            contexts.append(chromium.new_context(**options))
            page = contexts[-1].new_page()
            page.on("request", lambda found: strangers.append(found.url) if not found.url.startswith(host) else None)
            page.on("pageerror", lambda found: strangers.append(str(found)))
            page.goto(f"{host}{PREFIX}{path}")
            return page

        yield open_page
        for context in contexts:
            context.close()
        http.shutdown()
    assert strangers == []


@pytest.mark.parametrize(
    "asked",
    [
        "10MOSCOW226",
        "10moscow226.html",
        "10 Moscow 000226",
        "2010MOSCOW00226",
        "cable/2010/01/10moscow226.html",
        "cable/2010/03/10MOSCOW226.html",
        "cable/2010/01/10MOSCOW226.htm",
        "cable/10MOSCOW226_a",
        "cable/2010/01/10MOSCOV226.html",
        "10MOSCW226",
        "cable/2010/01/10MOSCOW2226.html",
        "cable/2010/01/10MOSCOW262.html",
    ],
)
def test_a_mistyped_id_finds_its_cable(ask: Ask, asked: str) -> None:
    page = ask(asked)
    link = page.locator(".found a").first
    expect(link).to_contain_text("10MOSCOW226: SCENESETTER FOR FEBRUARY 4 U.S.-RUSSIA BILATERAL PRESIDENTIAL DRUG")
    link.click()
    assert page.url.endswith(f"{PREFIX}{SEED}")
    expect(page.locator("#record")).to_be_visible()


def test_an_id_can_be_typed_in(ask: Ask) -> None:
    page = ask("somewhere/else")
    page.get_by_label("Reference ID").fill("78 osterwik 01206")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".found a").first).to_have_attribute("href", f"{PREFIX}cable/1978/11/78OSTERWIK1206.html")


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_button_stands_beside_its_field(ask: Ask, width: int) -> None:
    page = ask("somewhere/else", viewport={"width": width, "height": 844})
    field = page.get_by_label("Reference ID").bounding_box()
    button = page.get_by_role("button", name="Find").bounding_box()
    assert field
    assert button
    assert button["x"] >= field["x"] + field["width"] >= field["x"] + 80
    assert abs(button["y"] - field["y"]) < 5


def test_what_is_not_there_leads_to_the_lists_around_it(ask: Ask) -> None:
    page = ask("cable/2010/01/10MOSCOW99999.html")
    expect(page.locator(".found")).to_contain_text("There is no cable 10MOSCOW99999 here")
    assert page.locator(".found a").all_text_contents() == ["All of MOSCOW", "Cables of 2010-01"]
    page.get_by_role("link", name="All of MOSCOW").click()
    expect(page.locator("h1")).to_have_text("Embassy Moscow")


def test_no_address_is_taken_for_markup(ask: Ask) -> None:
    page = ask(f"10MOSCOW226{HOSTILE.replace('/', '').replace('?', '')}")
    expect(page.locator("h1")).to_have_text("There is no such page")
    expect(page.get_by_label("Reference ID")).to_be_visible()
    assert page.locator("main img, main script").count() == 0


@pytest.mark.parametrize("asked", ["10MOSCOW226", "cable/2010/01/10MOSCOV226.html"])
def test_without_a_script_it_says_where_to_look(ask: Ask, asked: str) -> None:
    page = ask(asked, java_script_enabled=False)
    expect(page.locator("form")).to_be_hidden()
    expect(page.locator(".lead")).to_contain_text("cable/2010/01/10MOSCOW226.html")
    page.get_by_role("main").get_by_role("link", name="Origins").click()
    expect(page.locator("h1")).to_have_text("Browse by origin")
