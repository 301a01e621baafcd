"""Pictures of every kind of page, to be looked at: `python -m tests.browser.pictures --to FOLDER`.

By width, light and dark, and printed. Then README's own three: with `--readme` they go into docs/.
"""

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from generator.build.build import build
from generator.build.options import Options
from tests.browser.conftest import ARGUMENTS, serving
from tests.conftest import CHECKOUT

CABLE = "cable/2009/03/09OSTERWIK44.html"
PAGES = {
    "home": "index.html",
    "cable": CABLE,
    "long-cable": "cable/2008/02/08QUILLHAVEN71.html",
    "secret-cable": "cable/2009/05/09QUILLHAVEN133.html",
    "archive-record": "cable/1978/11/78OSTERWIK1206.html",
    "list": "origin/embassy-osterwik.html",
    "index": "tag/index.html",
    "days": "reldate/index.html",
    "absent-index": "absent/index.html",
    "absent": "absent/QUILLHAVEN/1978.html",
    "statistics": "statistics/index.html",
    "glossary": "glossary.html",
    "stations": "stations.html",
    "article": "article/a-village-in-the-margin.html",
    "page": "page/how-to-read.html",
    "nowhere": "404.html",
}
WIDTHS = (390, 768, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
README: tuple[tuple[str, str, int, int, Literal["light", "dark"]], ...] = (
    ("cable-page", CABLE, 1280, 720, "light"),
    ("cable-phone", CABLE, 390, 844, "dark"),
    ("statistics", "statistics/index.html", 1280, 800, "light"),
)


def take(browser: Browser, address: str, folder: Path) -> None:
    """Every page in every width and scheme, whole, and as it is printed."""
    for scheme in SCHEMES:
        for width in WIDTHS:
            with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
                page = context.new_page()
                for name, path in PAGES.items():
                    page.goto(address + path)
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
    with browser.new_context() as context:
        page = context.new_page()
        for name, path in PAGES.items():
            page.goto(address + path)
            page.pdf(path=folder / f"{name}-print.pdf", format="A4")


def take_for_readme(browser: Browser, address: str, folder: Path) -> None:
    """What one sees first of three pages."""
    for name, path, width, height, scheme in README:
        with browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(address + path)
            page.screenshot(path=folder / f"{name}.png")


def main() -> None:
    """Build the sample archive and look at it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, help="a folder for pictures of all kinds of pages")
    parser.add_argument("--readme", action="store_true", help="take README's pictures")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        content = shutil.copytree(CHECKOUT / "content", Path(work, "content"))
        site = Path(work, "site/archive")
        site.parent.mkdir()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        with serving(site) as address:
            # The page for what is not there has its style by the absolute address.
            build(Options(content, site, content / "site.toml", base_url=address))
            if given.to:
                given.to.mkdir(parents=True, exist_ok=True)
                take(browser, address, given.to)
            if given.readme:
                take_for_readme(browser, address, CHECKOUT / "docs")
        browser.close()


if __name__ == "__main__":
    main()
