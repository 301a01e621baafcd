"""A browser on a site that is being worked on, and one that is led to it by a page of somebody else."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.site.serving import Serve, served
from tests.site.support import SiteTest

pytestmark = pytest.mark.browser

CABLE = "cables/10MOSCOW1.txt"
PAGE = "cable/2010/01/10MOSCOW1.html"
SECRET = "Nobody else may read this"
SOON = 5000
"""Milliseconds within which a page has to follow."""


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    paragraphs = "\n\n".join(f"{number}. {SECRET}." for number in range(1, 60))
    site.cable("10MOSCOW1", f"{paragraphs}\n\n60. The first text.", subject="FIRST")
    return site


@pytest.fixture
def serve(site: SiteTest) -> Iterator[Serve]:
    with served(site) as running:
        yield running


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context()
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, serve: Serve) -> Iterator[Page]:
    """The cable's page, which must not complain of anything."""
    complaints: list[str] = []
    shown = context.new_page()
    shown.on("console", lambda message: complaints.append(message.text))
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    shown.goto(serve.url + PAGE)
    yield shown
    assert complaints == []


def troubles(page: Page) -> list[str]:
    return page.locator("#cablepress-troubles .place").all_inner_texts()


def test_an_edited_cable_is_shown_anew_in_its_place(page: Page, site: SiteTest) -> None:
    page.goto(f"{page.url}#par60")
    before = page.evaluate("scrollY")
    assert before > 0
    site.edit(CABLE, "The first text", "Another text")
    expect(page.locator("#body")).to_contain_text("Another text", timeout=SOON)
    assert page.url.endswith("#par60")
    page.wait_for_function("before => scrollY === before", arg=before, timeout=SOON)


def test_a_page_that_was_reloaded_follows_again(page: Page, site: SiteTest) -> None:
    for number in range(3):
        site.edit(CABLE, "The first text" if not number else f"Text {number}", f"Text {number + 1}")
        expect(page.locator("#body")).to_contain_text(f"Text {number + 1}", timeout=SOON)


def test_a_page_is_not_reloaded_without_need(page: Page, site: SiteTest) -> None:
    page.evaluate("window.mark = 1")
    site.write("drafts/note.txt", "not part of the site")
    site.edit(CABLE, "created", "craeted")
    expect(page.locator("#cablepress-troubles section")).to_be_visible(timeout=SOON)
    assert page.evaluate("window.mark") == 1


def test_a_faulty_cable_is_told_over_its_page_until_it_is_mended(page: Page, site: SiteTest) -> None:
    site.edit(CABLE, "created", "craeted")
    board = page.locator("#cablepress-troubles section")
    expect(board).to_be_visible(timeout=SOON)
    assert troubles(page) == ["content/cables/10MOSCOW1.txt:3"]
    assert board.evaluate("box => getComputedStyle(box).position") == "fixed"
    expect(page.locator("#body")).to_contain_text("The first text")
    page.reload()
    expect(board).to_be_visible(timeout=SOON)
    expect(page.locator("#body")).to_contain_text("The first text")
    site.edit(CABLE, "craeted", "created")
    expect(board).to_have_count(0, timeout=SOON)


def test_text_of_a_file_is_text_in_the_board_as_well(page: Page, site: SiteTest) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    site.cable("10MOSCOW2", front=f"'{hostile}' = 1")
    problem = page.locator("#cablepress-troubles .text")
    expect(problem).to_contain_text(hostile, timeout=SOON)
    assert page.locator("#cablepress-troubles img").count() == 0


def test_a_missing_page_is_shown_as_soon_as_it_is_there(page: Page, site: SiteTest, serve: Serve) -> None:
    missing = page.context.new_page()
    missing.goto(f"{serve.url}cable/2010/01/10MOSCOW2.html")
    site.cable("10MOSCOW2", "1. New here.")
    expect(missing.locator("#body")).to_contain_text("New here", timeout=SOON)


def test_a_page_that_nobody_sees_asks_nothing_until_it_is_seen(
    context: BrowserContext, serve: Serve, site: SiteTest
) -> None:
    page = context.new_page()
    page.add_init_script("window.away = true; Object.defineProperty(document, 'hidden', { get: () => window.away })")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(serve.url + PAGE)
    site.edit(CABLE, "The first text", "Another text")
    serve.until("10MOSCOW1.txt →")
    page.wait_for_timeout(300)
    assert not any("/-/news" in url for url in asked)
    page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#body")).to_contain_text("Another text", timeout=SOON)


def test_many_pages_do_not_keep_each_other_waiting(page: Page, serve: Serve) -> None:
    for _ in range(12):
        other = page.context.new_page()
        other.goto(serve.url, timeout=2 * SOON)
    other.goto(serve.url + PAGE, timeout=2 * SOON)


def test_a_page_finds_the_preview_again_after_a_restart(context: BrowserContext, site: SiteTest) -> None:
    with served(site) as first:
        page = context.new_page()
        page.goto(first.url + PAGE)
    site.edit(CABLE, "The first text", "Another text")
    with served(site, "--port", str(first.port)) as second:
        assert second.port == first.port
        expect(page.locator("#body")).to_contain_text("Another text", timeout=SOON)


# Pages of others

STRANGER = b"<!doctype html><title>Elsewhere</title><p>Hello"

READ = """async ([url, options]) => {
  try {
    const answer = await fetch(url, options);
    return [answer.type, answer.type === "opaque" ? "" : await answer.text()];
  } catch (error) {
    return ["refused", ""];
  }
}"""

EMBED = """([tag, attribute, url]) => new Promise((resolve) => {
  const made = document.createElement(tag);
  if (tag === "link") made.rel = "stylesheet";
  made.onload = () => resolve("loaded");
  made.onerror = () => resolve("refused");
  made[attribute] = url;
  document.body.append(made);
})"""


class Elsewhere(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(STRANGER)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(params=["127.0.0.1", "localhost"])
def stranger(request: pytest.FixtureRequest, context: BrowserContext, serve: Serve) -> Iterator[Page]:
    """A page from another port of this machine: the same site to the browser, or another one by another name."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        shown = context.new_page()
        shown.goto(f"http://{request.param}:{http.server_address[1]}/")
        yield shown
        http.shutdown()


def test_a_page_of_others_fetches_nothing(stranger: Page, serve: Serve) -> None:
    for target in ("", PAGE, "-/news", "-/reload.js", "assets/site.js"):
        for options in ({}, {"mode": "no-cors"}, {"method": "POST", "mode": "no-cors", "body": "x"}):
            assert stranger.evaluate(READ, [serve.url + target, options]) == ["refused", ""], (target, options)


def test_a_page_of_others_embeds_nothing(stranger: Page, serve: Serve) -> None:
    scripts = [("script", "src", path) for path in ("assets/site.js", "-/reload.js", "-/news")]
    for tag, attribute, path in (*scripts, ("link", "href", "assets/site.css"), ("img", "src", "assets/icon.svg")):
        assert stranger.evaluate(EMBED, [tag, attribute, serve.url + path]) == "refused", path


def test_a_page_of_others_frames_nothing(stranger: Page, serve: Serve) -> None:
    stranger.evaluate(EMBED, ["iframe", "src", serve.url + PAGE])
    texts = [frame.evaluate("document.documentElement.textContent") for frame in stranger.frames]
    assert not any(SECRET in text for text in texts)


def test_a_page_of_others_opens_a_window_and_learns_nothing(stranger: Page, serve: Serve) -> None:
    with stranger.context.expect_page() as opening:
        stranger.evaluate("url => { window.opened = window.open(url) }", serve.url + PAGE)
    opening.value.wait_for_load_state()
    assert SECRET not in opening.value.content()
