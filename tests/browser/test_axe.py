"""axe-core finds nothing on any kind of page, light and dark."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import FOLLOW_UP, SEED, Site, Visit, serving

pytestmark = pytest.mark.browser

PAGES = [
    *(SEED, FOLLOW_UP, "index.html", "tag/PGOV.html", "origin/embassy-moscow.html", "404.html"),
    *("absent/index.html", "absent/TRIPOLI/2008.html", "statistics/index.html", "glossary.html"),
    "stations.html",
    *(f"{family}/index.html" for family in ("tag", "origin", "date", "reldate", "classification")),
]


SAMPLE = [
    *("index.html", "article/a-village-in-the-margin.html", "page/faq.html", "page/how-to-read.html"),
    *("cable/2009/05/09QUILLHAVEN133.html", "cable/1978/11/78OSTERWIK1206.html"),
    *("classification/secret.html", "reldate/2011-04-19.html", "date/2008-02.html"),
    *("tag/PGOV_0.html", "cable/2008/02/08SECTION01OF06QUILLHAVEN71.html"),
]


def findings(page: Page) -> list[tuple[str, list[str]]]:
    """The rules that are broken, and where."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]][:5]) for rule in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit: Visit, path: str, scheme: str) -> None:
    assert findings(visit(path, color_scheme=scheme)) == []


def test_axe_finds_nothing_on_a_phone(site: Site, visit: Visit) -> None:
    for path in (site.pages["05SANJOSE2158"], SEED, "index.html", "statistics/index.html", "tag/PGOV.html"):
        assert findings(visit(path, viewport={"width": 390, "height": 844})) == [], path


def staying(route: Route) -> None:
    """A page that leads elsewhere by itself stays, to be looked at."""
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r'<meta http-equiv="refresh"[^>]*>', "", answer.text()))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_articles_pages_and_stubs(chromium: Browser, sample: Site, scheme: str) -> None:
    with serving(sample.folder) as address, chromium.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.route("**/{*_0,08SECTION*}.html", staying)
        for path in SAMPLE:
            page.goto(address + path)
            assert page.url == address + path
            assert findings(page) == [], path
