"""The pages that are not cables."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

READABLE = "Scenesetter for February 4 U.S.-Russia Bilateral Presidential Drug Trafficking Working Group Meeting"


def test_a_list_shows_the_record_and_the_subject(visit: Visit) -> None:
    page = visit("tag/SNAR.html")
    row = page.locator("table.rows tbody tr", has_text="10MOSCOW226")
    assert [cell.strip() for cell in row.locator("th, td").all_text_contents()] == [
        "10MOSCOW226",
        READABLE + READABLE.upper(),
        "2010-01-29",
        "2011-08-24",
        "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        "Embassy Moscow",
    ]
    expect(page.locator(".lead")).not_to_be_empty()


def test_a_list_on_a_phone_leaves_out_what_is_not_known_and_what_its_heading_says(visit: Visit) -> None:
    for width, shown in ((1280, True), (390, False)):
        page = visit("origin/embassy-moscow.html", viewport={"width": width, "height": 844})
        row = page.locator("table.rows tbody tr", has_text="10MOSCOW226")
        expect(row.locator("td").last).to_be_visible(visible=shown)
        expect(row.locator("td", has_text="2011-08-24")).to_be_visible()
        page = visit("classification/unclassified.html", viewport={"width": width, "height": 844})
        unknown = page.locator("table.rows td", has_text="not known").first
        expect(unknown).to_be_visible(visible=shown)


def test_the_index_of_classifications_has_their_colours(visit: Visit) -> None:
    page = visit("classification/index.html")
    found = {
        link.inner_text(): link.evaluate("link => getComputedStyle(link).color")
        for link in page.locator(".group a").all()
    }
    assert found["UNCLASSIFIED"] == "rgb(0, 122, 51)"
    assert found["CONFIDENTIAL"] == "rgb(0, 51, 160)"
    assert found["UNCLASSIFIED//FOR OFFICIAL USE ONLY"] == "rgb(80, 43, 133)"


def test_an_index_jumps_to_its_letters(visit: Visit) -> None:
    page = visit("tag/index.html")
    letter = page.get_by_role("navigation", name="Jump to").get_by_role("link", name="S", exact=True)
    letter.click()
    expect(page.get_by_role("heading", name="S", exact=True)).to_be_in_viewport()
    page.get_by_role("link", name="SNAR").click()
    expect(page.locator("h1")).to_have_text("SNAR")


def test_a_list_jumps_to_a_year(visit: Visit) -> None:
    page = visit("classification/unclassified.html", viewport={"width": 800, "height": 300})
    years = page.get_by_role("navigation", name="Jump to a year")
    expect(years.get_by_role("img", name="Cables by year")).to_be_visible()
    years.get_by_role("link", name="2005", exact=True).click()
    expect(page.locator("#y2005 tr").first).to_be_in_viewport()


def test_home_has_the_ways_in(visit: Visit) -> None:
    page = visit("index.html")
    expect(page.locator("h1")).to_have_text("The Cable Archive")
    expect(page.locator(".tagline")).to_have_text("Courage is contagious")
    expect(page.get_by_role("link", name="Forum")).to_have_attribute("href", "https://forum.example.org/")
    for family in ("reldate", "date", "origin", "tag", "classification"):
        assert page.locator(f"main a[href='{family}/index.html']").count() == 1
    page.locator(".latest li a").first.click()
    expect(page.locator("#record")).to_be_visible()


def test_an_old_address_leads_to_the_new_page_without_a_script(visit: Visit) -> None:
    page = visit("tag/SNAR_0.html", java_script_enabled=False)
    page.wait_for_url("**/tag/SNAR.html")
    expect(page.locator("h1")).to_have_text("SNAR")


@pytest.mark.parametrize(("path", "place"), [("tag/PGOV.html", ".rows .topic"), ("index.html", ".latest li")])
def test_on_a_phone_a_subject_is_seen_once_and_copied_with_its_original(visit: Visit, path: str, place: str) -> None:
    seen = "small => getComputedStyle(small).clipPath === 'none'"
    desk = visit(path, viewport={"width": 1280, "height": 900})
    assert desk.locator(f"{place} a + small").first.evaluate(seen)
    phone = visit(path, viewport={"width": 320, "height": 640}, is_mobile=True, has_touch=True)
    row = phone.locator(place, has=phone.locator("a + small")).first
    assert not row.locator("a + small").evaluate(seen)
    original = row.locator("a + small").text_content() or ""
    assert original == original.upper()
    row.evaluate("row => getSelection().selectAllChildren(row)")
    assert original in phone.evaluate("getSelection().toString()")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    for count in phone.locator("h3 small").all():
        assert count.evaluate(seen)
