"""The citation for programs: what the buttons copy is read by the parsers of others."""

import json
from typing import Any

import bibtexparser
import pytest
import rispy
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BASE_URL, SEED, Site, Visit
from tests.browser.test_sharing import CLIPBOARD, NO_CLIPBOARD, pasted

pytestmark = pytest.mark.browser

KEEPING = """Object.defineProperty(navigator, 'clipboard', {
    value: { writeText: async text => { window.kept = text } }
})"""
HOSTILE_SUBJECT = r"100% {A_B} \ $5 & #1 ~ ^ </script> “é” Ж"


def unfolded(page: Page) -> Page:
    page.locator("summary", has_text="How to cite").click()
    expect(page.locator(".help button")).to_have_text(["BibTeX", "RIS", "CSL-JSON"])
    return page


def copied(page: Page, form: str) -> str:
    page.locator(".help").get_by_role("button", name=form).click()
    expect(page.locator(".help [role=status]")).to_have_text(f"Copied as {form}")
    kept = page.evaluate("window.kept")
    return str(kept) if kept else pasted(page)


def bibtex(page: Page) -> dict[str, str]:
    entries = bibtexparser.loads(copied(page, "BibTeX")).entries
    assert len(entries) == 1
    return dict(entries[0])


def ris(page: Page) -> dict[str, Any]:
    text = copied(page, "RIS")
    assert text.count("\r\n") == text.count("\n") == text.count("\r")
    entries = rispy.loads(text)
    assert len(entries) == 1
    return dict(entries[0])


def csl(page: Page) -> dict[str, Any]:
    items = json.loads(copied(page, "CSL-JSON"))
    assert len(items) == 1
    return dict(items[0])


def with_metadata(page: Page, **contents: str | None) -> None:
    """Let the page say something else of itself, before its citation is unfolded; None takes the element away."""
    for tag, content in contents.items():
        page.locator(f"meta[name=citation_{tag}]").evaluate(
            "(meta, content) => content === null ? meta.remove() : meta.setAttribute('content', content)", content
        )


@pytest.mark.parametrize("files", [False, True], ids=["server", "file"])
def test_other_programs_read_the_citation(visit: Visit, files: bool) -> None:
    page = visit("index.html", files=files, **({} if files else CLIPBOARD))
    page.add_init_script(KEEPING)
    page.goto(page.url.replace("index.html", SEED))
    title = page.locator("h1 bdi").text_content()
    unfolded(page)
    found = bibtex(page)
    assert found == {
        "ENTRYTYPE": "techreport",
        "ID": "10MOSCOW226",
        "title": f"{{{title}}}",
        "type": "Cable",
        "number": "10MOSCOW226",
        "institution": "{Embassy Moscow}",
        "date": "2010-01-29",
        "year": "2010",
        "month": "January",
        "note": "The Cable Archive",
        "url": BASE_URL + SEED,
    }
    assert ris(page) == {
        "type_of_reference": "RPRT",
        "title": title,
        "type_of_work": "Cable",
        "issn": "10MOSCOW226",
        "publisher": "Embassy Moscow",
        "year": "2010",
        "date": "2010/01/29/",
        "name_of_database": "The Cable Archive",
        "urls": [BASE_URL + SEED],
    }
    assert csl(page) == {
        "id": "10MOSCOW226",
        "type": "report",
        "title": title,
        "genre": "Cable",
        "number": "10MOSCOW226",
        "publisher": "Embassy Moscow",
        "issued": {"date-parts": [[2010, 1, 29]]},
        "archive": "The Cable Archive",
        "URL": BASE_URL + SEED,
    }


def test_special_characters_are_words(visit: Visit) -> None:
    page = visit(SEED, **CLIPBOARD)
    with_metadata(page, title=f"A\nB {HOSTILE_SUBJECT}", technical_report_institution="A, {B} and C")
    unfolded(page)
    found = bibtex(page)
    assert found["title"] == (
        r"{A B 100\% \textbraceleft{}A\_B\textbraceright{} \textbackslash{} \$5 \& \#1 \textasciitilde{} "
        r"\textasciicircum{} </script> “é” Ж}"
    )
    assert found["institution"] == r"{A, \textbraceleft{}B\textbraceright{} and C}"
    assert ris(page)["title"] == csl(page)["title"] == f"A B {HOSTILE_SUBJECT}"


def test_a_date_is_given_as_far_as_it_is_known(visit: Visit) -> None:
    page = visit(SEED, **CLIPBOARD)
    with_metadata(page, publication_date="2010-01")
    unfolded(page)
    assert {"date": "2010-01", "year": "2010", "month": "January"}.items() <= bibtex(page).items()
    assert ris(page)["date"] == "2010/01//"
    assert csl(page)["issued"] == {"date-parts": [[2010, 1]]}


def test_what_is_not_known_is_left_out(homeless: Site, chromium: Browser) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.add_init_script(KEEPING)
        page.goto(f"{homeless.folder.as_uri()}/{homeless.pages['10NOWHERE1']}")
        with_metadata(page, publication_date=None)
        unfolded(page)
        assert set(bibtex(page)) == {"ENTRYTYPE", "ID", "title", "type", "number", "note"}
        assert set(ris(page)) == {"type_of_reference", "title", "type_of_work", "issn", "name_of_database"}
        assert set(csl(page)) == {"id", "type", "title", "genre", "number", "archive"}


def test_it_is_loaded_once_and_only_when_it_is_wanted(visit: Visit) -> None:
    page = visit("index.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(page.url.replace("index.html", SEED))
    assert "cite.js" not in asked
    unfolded(page)
    page.locator(".help summary").click()
    page.locator(".help summary").click()
    expect(page.locator(".help button")).to_have_count(3)
    assert asked.count("cite.js") == 1


def test_copying_where_there_is_no_clipboard_keeps_the_focus(visit: Visit) -> None:
    page = visit("index.html", **CLIPBOARD)
    page.add_init_script(NO_CLIPBOARD)
    page.goto(page.url.replace("index.html", SEED))
    unfolded(page)
    page.locator(".help").get_by_role("button", name="RIS").click()
    expect(page.locator(".help [role=status]")).to_have_text("Copied as RIS")
    expect(page.locator(".help").get_by_role("button", name="RIS")).to_be_focused()


def test_without_a_script_there_is_the_text(visit: Visit) -> None:
    page = visit(SEED, java_script_enabled=False)
    page.locator("summary", has_text="How to cite").click()
    expect(page.locator("#citation")).to_be_visible()
    assert page.locator(".help button").count() == 0
