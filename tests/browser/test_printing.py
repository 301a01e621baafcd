"""A printed page: what it is and where it stands on every sheet, nothing cut, nothing dark."""

import io
import re

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import BASE_URL, SEED, Site, Visit
from tests.browser.test_marking import MARK

pytestmark = pytest.mark.browser

A4 = {"width": 700, "height": 1000}
"""What is between the margins, in CSS pixels."""


def sheets(page: Page) -> list[str]:
    """The text of each printed page, with single blanks."""
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]


def test_every_sheet_has_marking_address_and_number(visit: Visit) -> None:
    found = sheets(visit(SEED, color_scheme="dark"))
    assert 3 <= len(found) <= 5
    for number, sheet in enumerate(found, 1):
        assert MARK in sheet
        assert BASE_URL + SEED in sheet
        assert f"{number} / {len(found)}" in sheet


def test_every_paragraph_is_printed_with_its_number_and_mark_and_no_link_is_spelled_out(
    site: Site, visit: Visit
) -> None:
    printed = " ".join(sheets(visit(SEED)))
    for paragraph in site.cables["10MOSCOW226"].paragraphs:
        assert " ".join(paragraph.text.split())[:25] in printed
    assert "4. (SBU) Director Ivanov" in printed
    assert set(re.findall(r"https://\S+", printed)) == {BASE_URL + SEED}
    assert "What the codes mean" not in printed


def test_the_position_on_the_screen_is_not_printed(visit: Visit) -> None:
    page = visit(f"{SEED}#par6")
    page.wait_for_function("document.body.dataset.at")
    assert "¶" not in " ".join(sheets(page))


def test_a_list_and_the_glossary_have_their_address_on_every_sheet(visit: Visit) -> None:
    for path in ("tag/PGOV.html", "glossary.html"):
        found = sheets(visit(path))
        assert len(found) > 1
        assert all(BASE_URL + path in sheet for sheet in found)


def test_codes_and_meanings_are_printed_in_columns(visit: Visit) -> None:
    assert len(sheets(visit("stations.html"))) < 40
    assert "Portion marks" in sheets(visit("glossary.html"))[0]


def test_no_table_is_cut(site: Site, visit: Visit) -> None:
    page = visit(site.pages["05SANJOSE2158"], viewport=A4)
    # Twice as wide as any that we have seen.
    page.locator(".table").first.evaluate("table => { table.firstChild.data = `${'-- '.repeat(45)} end\n` }")
    page.emulate_media(media="print")
    widths = page.locator(".table").evaluate_all("all => all.map(table => [table.scrollWidth, table.clientWidth])")
    assert len(widths) == 2
    assert all(inner <= outer for inner, outer in widths)


def test_no_letter_of_an_index_stands_alone_at_the_foot_of_a_sheet(visit: Visit) -> None:
    page = visit("tag/index.html")
    for space in range(0, 300, 50):
        page.locator("h1").evaluate("(h1, space) => h1.style.paddingTop = `${space}px`", space)
        assert not [sheet for sheet in sheets(page) if re.search(rf"\b[A-Z] {BASE_URL}", sheet)]
