"""What stands around the text: the record, references, neighbours, lists, help."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import FOLLOW_UP, SEED, Site, Visit

pytestmark = pytest.mark.browser

SUBJECT = "SCENESETTER FOR FEBRUARY 4 U.S.-RUSSIA BILATERAL PRESIDENTIAL DRUG TRAFFICKING WORKING GROUP MEETING"


def texts(found: Locator) -> list[str]:
    return [text.strip() for text in found.all_text_contents()]


def test_the_heading_is_that_of_the_old_site_with_the_whole_subject(visit: Visit) -> None:
    page = visit(SEED)
    assert page.locator("h1").text_content() == f"Viewing cable 10MOSCOW226, {SUBJECT}"
    assert page.title() == f"10MOSCOW226: {SUBJECT}"


def test_the_record_has_five_columns_that_lead_to_their_lists(visit: Visit) -> None:
    page = visit(SEED)
    assert texts(page.locator("#record dt")) == ["Reference ID", "Created", "Released", "Classification", "Origin"]
    values = page.locator("#record dd a")
    assert texts(values) == [
        "10MOSCOW226",
        "2010-01-29 15:33",
        "2011-08-24 01:00",
        "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        "Embassy Moscow",
    ]
    for number in range(1, 5):
        values.nth(number).click()
        expect(page.locator("table.rows")).to_contain_text("10MOSCOW226")
        page.go_back()


def test_what_is_unknown_says_so(site: Site, visit: Visit) -> None:
    page = visit(site.pages["10NOWHERE1"])
    assert texts(page.locator("#record dd")) == ["10NOWHERE1", "2010", *["not known"] * 3]
    expect(page.locator("#header")).to_contain_text("no header")
    assert page.locator("#header [data-text]").text_content() == ""
    assert page.locator("h1").text_content() == "Viewing cable 10NOWHERE1"
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert page.locator("h1 .id").evaluate(size) >= page.locator("h1").evaluate(size)


def test_the_three_boxes_stand_in_order(visit: Visit) -> None:
    page = visit(SEED)
    assert page.locator("section[id]").evaluate_all("all => all.map(s => s.id)") == ["record", "header", "body"]


def test_references_lead_to_the_cable_that_the_archive_holds(visit: Visit) -> None:
    page = visit(FOLLOW_UP)
    references = page.locator("#body a.reference")
    assert texts(references) == ["MOSCOW 226", "09 MOSCOW 3010", "10 MOSCOW 226"]
    references.last.click()
    expect(page.locator("h1")).to_contain_text("10MOSCOW226")


def test_the_conversation_leads_back_and_forth_and_says_in_words_what_stands_where(visit: Visit) -> None:
    page = visit(SEED)
    thread = page.locator("aside ol > li")
    assert texts(thread)[0].startswith("This cable")
    expect(thread.first).to_have_attribute("aria-current", "true")
    expect(thread.last).to_contain_text("Referred to by 10MOSCOW311")
    thread.last.locator("a").click()
    expect(page.locator("h1")).to_contain_text("10MOSCOW311")
    assert [line.split()[:2] for line in texts(thread)] == [
        ["Refers", "to"],
        ["A.", "10MOSCOW226"],
        ["This", "cable"],
    ]
    generated = "a => getComputedStyle(a, '::after').content"
    assert "not in this archive" in thread.first.locator("a").evaluate(generated)
    assert "not in this archive" not in thread.nth(1).locator("a").evaluate(generated)
    thread.nth(1).locator("a").click()
    expect(page.locator("h1")).to_contain_text("10MOSCOW226")
    page.go_back()
    thread.first.locator("a").click()
    expect(page.locator("h1")).to_have_text("Not in this archive: MOSCOW 2009")
    expect(page.locator("#\\30 9MOSCOW3010")).to_be_in_viewport()


def test_tags_lead_to_their_lists(visit: Visit) -> None:
    page = visit(SEED)
    tags = page.locator("#body .tags a.tag")
    assert texts(tags) == ["PGOV", "PREL", "SNAR", "KCRM", "RS", "AF"]
    tags.nth(2).click()
    expect(page.locator("table.rows")).to_contain_text("10MOSCOW226")


def test_press_articles_are_linked(visit: Visit) -> None:
    page = visit(SEED)
    expect(page.locator("aside a[href^='https://news.example.com/']")).to_be_visible()


def test_neighbours_lead_back_and_forth(visit: Visit) -> None:
    page = visit("cable/2006/08/06SANJOSE1665.html")
    name = page.locator("h1 .id").text_content() or ""
    page.locator("a[rel=next]").click()
    expect(page.locator("h1 .id")).not_to_have_text(name)
    page.locator("a[rel=prev]").click()
    expect(page.locator("h1 .id")).to_have_text(name)


def test_the_help_opens_without_scripts_and_names_the_hashtags(visit: Visit) -> None:
    page = visit(SEED, java_script_enabled=False)
    citing = page.locator("details", has_text="How to cite it")
    expect(citing.locator("p").first).to_be_hidden()
    citing.locator("summary").click()
    expect(citing.locator("p").first).to_be_visible()
    expect(page.locator(".share")).to_contain_text("#cablegate #10MOSCOW226")
    page.locator(".help").get_by_role("link", name="What the codes mean").click()
    expect(page.locator("h1")).to_have_text("Glossary")


def test_the_lists_that_it_stands_in(visit: Visit) -> None:
    page = visit(SEED)
    record = texts(page.locator("#record dd a"))[1:]
    tags = page.locator("#body .tags a")
    assert len(record) + tags.count() == 10
    assert tags.nth(2).get_attribute("title") == "Narcotics"
    expect(page.get_by_role("navigation", name="Lists")).to_have_count(0)
    tags.first.click()
    expect(page.locator("table.rows")).to_contain_text("10MOSCOW226")
