"""A browser on a site that is being worked on, and one that is led to it by a page of somebody else."""

import re
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from generator.site.theme import builtin_templates
from tests.browser.conftest import ARGUMENTS
from tests.site.serving import Serve, served
from tests.site.support import SiteTest

pytestmark = pytest.mark.browser

CABLE = "cables/10MOSCOW1.txt"
PAGE = "cable/2010/01/10MOSCOW1.html"
SECRET = "Nobody else may read this"
MOMENT = "2010-01-29T15:33:00Z"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="10"/>'
SOON = 20_000
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


def test_a_page_is_not_reloaded_without_need(page: Page, site: SiteTest, serve: Serve) -> None:
    page.evaluate("window.mark = 1")
    site.write("drafts/note.txt", "not part of the site")
    site.cable("10PARIS1", created="2001-01-01", origin="Embassy Paris")
    serve.until("10PARIS1.txt and 1 more →")
    site.edit(CABLE, "created", "craeted")
    expect(page.locator("#cablepress-troubles section")).to_be_visible(timeout=SOON)
    assert page.evaluate("window.mark") == 1


def test_a_changed_style_is_put_on_the_page_as_it_stands(page: Page, site: SiteTest) -> None:
    site.edit("site.toml", "title", 'theme = "theme"\ntitle')
    style = (builtin_templates() / "assets/site.css").read_text("utf-8")
    site.write("theme/assets/site.css", f"{style}\nbody {{ background: rgb(1, 2, 3) }}")
    expect(page.locator("body")).to_have_css("background-color", "rgb(1, 2, 3)", timeout=SOON)
    page.goto(f"{page.url}#par30")
    page.evaluate("window.mark = 1; scrollBy(0, 7)")
    before = page.evaluate("scrollY")
    for number in (4, 5):
        site.write("theme/assets/site.css", f"{style}\nbody {{ background: rgb(1, 2, {number}) }}")
        expect(page.locator("body")).to_have_css("background-color", f"rgb(1, 2, {number})", timeout=SOON)
    expect(page.locator("link[rel=stylesheet]")).to_have_count(1)
    assert page.evaluate("[window.mark, scrollY, document.querySelector(':target').id]") == [1, before, "par30"]


def test_a_style_that_changes_while_the_page_is_loading_is_not_missed(page: Page, site: SiteTest, serve: Serve) -> None:
    site.edit("site.toml", "title", 'theme = "theme"\ntitle')
    site.write("theme/assets/site.css", "body { background: rgb(1, 2, 3) }")
    expect(page.locator("body")).to_have_css("background-color", "rgb(1, 2, 3)", timeout=SOON)
    late = page.context.new_page()

    def change(route: Route) -> None:
        """Between the page and its client's first question."""
        site.write("theme/assets/site.css", "body { background: rgb(4, 5, 6) }")
        serve.until("site.css →", after=changed)
        route.continue_()

    changed = len(serve.lines)
    late.route("**/-/news*", change, times=1)
    late.goto(serve.url + PAGE)
    expect(late.locator("body")).to_have_css("background-color", "rgb(4, 5, 6)", timeout=SOON)


def test_a_page_whose_picture_changes_is_loaded_anew(page: Page, site: SiteTest, serve: Serve) -> None:
    site.write("static/mark.svg", SVG % 10)
    site.write("articles/why.md", "# Why\n\n![A mark](../static/mark.svg)\n")
    shown = page.context.new_page()
    serve.until("why.md")
    shown.goto(f"{serve.url}article/why.html")
    width = "document.images[0].naturalWidth"
    assert shown.evaluate(width) == 10
    site.write("static/mark.svg", SVG % 20)
    shown.wait_for_function(f"() => {width} === 20", timeout=SOON)


def test_a_picture_that_is_loaded_late_is_followed_too(page: Page, site: SiteTest, serve: Serve) -> None:
    """It comes late each time that the page is loaded: the news of its own file may already have been one."""
    add = "document.body.append(Object.assign(new Image(), { src: '/static/mark.svg' }))"
    page.add_init_script(f"addEventListener('load', () => {add})")
    site.write("static/mark.svg", SVG % 10)
    serve.until("mark.svg")
    with page.expect_request(re.compile(r"/-/news\?seen=[^&].*mark\.svg"), timeout=SOON):
        page.evaluate(add)
    site.write("static/mark.svg", SVG % 20)
    page.wait_for_function("() => document.images[0]?.naturalWidth === 20", timeout=SOON)


def test_a_faulty_cable_is_told_over_its_page_until_it_is_mended(page: Page, site: SiteTest) -> None:
    site.edit(CABLE, "created", "craeted")
    board = page.locator("#cablepress-troubles section")
    expect(board).to_be_visible(timeout=SOON)
    assert troubles(page) == ["content/cables/10MOSCOW1.txt:3"]
    assert page.locator("#cablepress-troubles .fault").inner_text().split() == ["3", "craeted", "=", MOMENT]
    expect(page.locator("#cablepress-troubles .hint")).to_contain_text("created")
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
    assert hostile in page.locator("#cablepress-troubles .excerpt").inner_text()
    assert page.locator("#cablepress-troubles img").count() == 0


@pytest.mark.parametrize(
    ("path", "broken", "place"),
    [
        ("theme/cable.html", "<p>\n{% if %}\n", "content/theme/cable.html:2"),
        ("site.toml", 'title = "', "content/site.toml:1"),
    ],
)
def test_a_faulty_template_or_configuration_is_told_over_the_last_good_page_until_it_is_mended(
    page: Page, site: SiteTest, path: str, broken: str, place: str
) -> None:
    site.write("theme/cable.html", (builtin_templates() / "cable.html").read_text("utf-8"))
    site.edit("site.toml", "title", 'theme = "theme"\ntitle')
    sound = site.read(path)
    site.write(path, broken)
    board = page.locator("#cablepress-troubles section")
    expect(board.locator(".place").first).to_have_text(place, timeout=SOON)
    site.edit(CABLE, "The first text", "Another text")
    page.reload()
    expect(page.locator("#body")).to_contain_text("The first text")
    site.write(path, sound)
    expect(board).to_have_count(0, timeout=SOON)
    expect(page.locator("#body")).to_contain_text("Another text", timeout=SOON)


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


CONNECT = """(url) => new Promise((resolve) => {
  const socket = new WebSocket(url);
  socket.onmessage = (event) => resolve(event.data);
  socket.onopen = () => resolve("opened");
  socket.onerror = () => resolve("refused");
})"""


def test_a_page_of_others_opens_no_connection(stranger: Page, serve: Serve) -> None:
    for target in ("", PAGE, "-/news"):
        assert stranger.evaluate(CONNECT, f"ws://127.0.0.1:{serve.port}/{target}") == "refused"


STREAM = """(url) => new Promise((resolve) => {
  const source = new EventSource(url);
  source.onmessage = (event) => resolve(event.data);
  source.onerror = () => resolve("refused");
})"""


def test_a_page_of_others_hears_no_events(stranger: Page, serve: Serve) -> None:
    assert stranger.evaluate(STREAM, f"{serve.url}-/news") == "refused"


def test_another_name_that_leads_to_this_machine_is_no_way_in(chromium: Browser, serve: Serve) -> None:
    """A stranger's DNS may say that his name is this machine's: then his pages and the preview are one origin."""
    url = f"http://evil.test:{serve.port}/{PAGE}"
    arguments = [*ARGUMENTS, "--host-resolver-rules=MAP evil.test 127.0.0.1"]
    misled = chromium.browser_type.launch(executable_path=shutil.which("chromium"), args=arguments)
    try:
        page = misled.new_page()
        answer = page.goto(url)
        assert answer is not None
        assert answer.status == 421
        kind, text = page.evaluate(READ, [url, {}])
        assert kind == "basic"
        assert SECRET not in page.content() + text
    finally:
        misled.close()
