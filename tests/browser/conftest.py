"""A real Chromium, and a site of real cables that it visits from a server, below a folder, or as files."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, Response, sync_playwright

from generator import read_cable
from generator.build.build import build
from generator.build.options import Options
from generator.cable.model import Cable
from generator.cable.source.content_file import read_source, write_source
from generator.cable.source.facts import Facts
from generator.importers.run import run_import
from tests.conftest import CHECKOUT

SITE_TOML = """\
title = "The Cable Archive"
tagline = "Courage is contagious"
description = "Real cables, for the tests."
total = 251287
base_url = "{base_url}"

[[navigation]]
label = "About"
address = "page/about.html"

[[community]]
label = "Forum"
address = "https://forum.example.org/"
"""
BASE_URL = "https://cables.example.org/archive/"
SEED = "cable/2010/01/10MOSCOW226.html"
FOLLOW_UP = "cable/2010/02/10MOSCOW311.html"
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&lt; \u202e</pre></div>{{ page }}"

FOLLOW_UP_TEXT = """\
UNCLAS MOSCOW 000311

SUBJECT: FOLLOW-UP TO THE DRUG TRAFFICKING WORKING GROUP

REF: A. MOSCOW 226
     B. 09 MOSCOW 3010 (NOTAL)

1. (U) As 10 MOSCOW 226 foresaw, the group met.

A lettered remark without a number follows, and then a false start.

2006. Not a paragraph.

2. (C) First. <br>

2. (C) The number two again.

BEYRLE
"""

DEPARTMENT_HEADER = """\
                           CONFIDENTIAL

PAGE 01        OSTERW  01206  031012Z
ACTION SND-15

R 030915Z NOV 78
FM AMEMBASSY OSTERWIK
TO PAGE 02        OSTERW  01206  031012Z
SECSTATE WASHDC 4471
"""


def cables_in(content: Path) -> dict[str, Cable]:
    """The cables of a content folder by reference ID, as the program reads them."""
    found = {}
    for path in sorted(content.glob("cables/**/*.txt")):
        source = read_source(path.read_bytes(), path.name)
        found[path.stem] = read_cable(source.text, source.facts)
    return found


class Site:
    """A built site, the cables in it, and where each of them stands."""

    def __init__(self, folder: Path, content: Path) -> None:
        self.folder = folder
        self.cables = cables_in(content)
        self.pages = {page.stem: page.relative_to(folder).as_posix() for page in folder.glob("cable/*/*/*.html")}


def invented(shared: Path) -> dict[str, bytes]:
    """Content files beside the real ones."""
    header, _, body = (shared / "seed/10MOSCOW226.txt").read_text("utf-8").partition("UNCLAS SECTION")
    seed = Facts(
        released=datetime(2011, 8, 24, 1, tzinfo=UTC),
        classification="UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        origin="Embassy Moscow",
        articles=("https://news.example.com/2011/08/24/drugs",),
    )
    hostile = f"SUBJECT: {HOSTILE}\nTAGS: {HOSTILE}\n\n1. {HOSTILE}\n"
    return {
        "10MOSCOW226": write_source(seed, header.removesuffix("\n"), "UNCLAS SECTION" + body),
        "10MOSCOW311": write_source(Facts(created=date(2010, 2, 5)), "", FOLLOW_UP_TEXT),
        "10MOSCOW666": write_source(Facts(created=date(2010, 2, 6), origin=HOSTILE), "", hostile),
        "78OSTERWIK1206": write_source(Facts(), DEPARTMENT_HEADER.rstrip(), "C O N F I D E N T I A L OSTERWIK 01206\n"),
        "10NOWHERE1": write_source(Facts(), "", "Nothing is known of this cable."),
    }


def built(root: Path, shared: Path, base_url: str, real: bool = True) -> Site:
    content, output = root / "content", root / "site" / "archive"
    (content / "cables").mkdir(parents=True)
    output.parent.mkdir()
    if real:
        run_import(shared / "real/mirror", content)
    for name, raw in invented(shared).items():
        (content / "cables" / f"{name}.txt").write_bytes(raw)
    (content / "site.toml").write_text(SITE_TOML.format(base_url=base_url), "utf-8", newline="\n")
    result = build(Options(content=content, output=output, config=content / "site.toml", jobs=1))
    assert not result.failed, result.problems
    return Site(output, content)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Site:
    """The 53 real cables and the invented ones."""
    return built(tmp_path_factory.mktemp("real"), shared, BASE_URL)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample archive, which has articles, pages and a banner."""
    folder = tmp_path_factory.mktemp("sample")
    return _sample(folder, shutil.copytree(CHECKOUT / "content", folder / "content"))


@pytest.fixture(scope="session")
def themed(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample archive in the example of a theme, with a font of Debian's for its own."""
    folder = tmp_path_factory.mktemp("themed")
    content = shutil.copytree(CHECKOUT / "content", folder / "content")
    shutil.copytree(CHECKOUT / "tests/site/theme-example", content / "theme")
    shutil.copy("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", content / "theme/assets/Example.ttf")
    toml = (content / "site.toml").read_text("utf-8")
    (content / "site.toml").write_text(f'theme = "theme"\n{toml}', "utf-8")
    return _sample(folder, content)


def _sample(folder: Path, content: Path) -> Site:
    output = folder / "site" / "archive"
    output.parent.mkdir()
    assert not build(Options(content, output, content / "site.toml", base_url=BASE_URL, jobs=1)).failed
    return Site(output, content)


@pytest.fixture(scope="session")
def homeless(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Site:
    """A site that does not know where it will be: no base URL."""
    return built(tmp_path_factory.mktemp("homeless"), shared, "", real=False)


ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address below which a site is served: not the root of the host."""
    handler = partial(QuietHandler, directory=str(folder.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_address[1]}/{folder.name}/"
        http.shutdown()


@pytest.fixture(scope="session")
def server(site: Site) -> Iterator[str]:
    with serving(site.folder) as address:
        yield address


Visit = Callable[..., Page]


def watch(page: Page, start: str, complaints: list[str]) -> None:
    """Collect what a page must not do: ask for anything that is not below `start`, fail, complain, open a dialog."""

    def dialog(found: Dialog) -> None:
        complaints.append(f"dialog: {found.message}")
        found.dismiss()

    def request(found: Request) -> None:
        if not found.url.startswith(start):
            complaints.append(f"asked for {found.url}")

    def response(found: Response) -> None:
        if found.status >= 400:
            complaints.append(f"{found.status}: {found.url}")

    def failure(found: Request) -> None:
        # What was under way when the next page was asked for is given up.
        if found.failure != "net::ERR_ABORTED":
            complaints.append(f"{found.failure}: {found.url}")

    page.on("request", request)
    page.on("response", response)
    page.on("requestfailed", failure)
    page.on("console", lambda found: complaints.append(f"console: {found.text}"))
    page.on("pageerror", lambda found: complaints.append(f"error: {found}"))
    page.on("dialog", dialog)


@pytest.fixture
def visit(chromium: Browser, server: str, site: Site) -> Iterator[Visit]:
    """Opens a page of the site: `visit(path, files=False, **options of a browser context)`.

    At the end no page may have asked another host for anything, broken its policy, opened a dialog or complained.
    """
    complaints: list[str] = []
    contexts = []

    def open_page(path: str, files: bool = False, **options: Any) -> Page:
        start = f"{site.folder.as_uri()}/" if files else server
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        watch(page, start, complaints)
        page.goto(start + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
