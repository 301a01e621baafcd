"""axe-core finds nothing on any kind of page, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import FOLLOW_UP, SEED, Visit

pytestmark = pytest.mark.browser

PAGES = [
    *(SEED, FOLLOW_UP, "index.html", "tag/PGOV.html", "origin/embassy-moscow.html", "404.html"),
    *("absent/index.html", "absent/TRIPOLI/2008.html", "statistics/index.html", "glossary.html"),
    *(f"{family}/index.html" for family in ("tag", "origin", "date", "reldate", "classification")),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit: Visit, path: str, scheme: str) -> None:
    page = visit(path, color_scheme=scheme)
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]][:5]) for rule in found] == []
