"""A check of what differs finds what a check of everything finds."""

from pathlib import Path

import pytest

from generator.archive.notes import open_catalog
from generator.check.check import CheckReport, check
from generator.check.since import MOST, since
from generator.preflight.passed import Passed
from tests.site.support import BASE_URL, SiteTest


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    for number in range(1, 6):
        site.cable(f"10MOSCOW{number}", "1. One.\n\n2. Two.", tags="PGOV", ref="10MOSCOW1")
    page(site, "a", '<a href="b.html#part">there</a> <a href="mailto:a@b.c">mail</a>')
    page(site, "b", '<h2 id="part">Part</h2>')
    page(site, "é", '<a href="../cable/2010/01/10MOSCOW3.html#par2">a paragraph</a>')
    page(site, "c", '<a href="%C3%A9.html">É</a>')
    site.build()
    return site


def page(site: SiteTest, name: str, text: str) -> None:
    site.write(f"static/{name}.html", f"<!doctype html><h1>{name}</h1>{text}")


def checked(site: SiteTest) -> tuple[CheckReport, CheckReport]:
    """A check of what differs from the last site that passed, and one of everything; a site that passes is noted."""
    catalog = open_catalog(site.content, site.output)
    try:
        passed = Passed(site.options(), catalog, BASE_URL)
        part = check(site.output, site.content, catalog, BASE_URL, looked_at=passed.looked_at())
        whole = check(site.output, site.content, catalog, BASE_URL)
        if not whole.failed:
            passed.note()
            assert passed.is_this
    finally:
        catalog.close()
    return part, whole


def test_only_what_changed_is_taken_apart(site: SiteTest) -> None:
    part, whole = checked(site)
    assert part == whole
    assert whole.problems == ()
    site.edit("cables/10MOSCOW5.txt", "Two.", "Deux.")
    site.build()
    part, whole = checked(site)
    assert (part.problems, part.pages, part.cables) == ((), 1, 1)
    assert whole.pages > 10
    assert checked(site)[0].pages == 0


@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        ("static/b.html", 'id="part"', 'id="other"', "leads to a page without that id"),
        ("cables/10MOSCOW3.txt", "\n\n2. Two.", "", "leads to a page without that id"),
        ("static/c.html", "%C3%A9.html", "%C3%A8.html", "leads nowhere"),
    ],
)
def test_what_a_change_breaks_elsewhere_is_found(site: SiteTest, path: str, old: str, new: str, says: str) -> None:
    checked(site)
    site.edit(path, old, new)
    site.build()
    part, whole = checked(site)
    assert part.problems == whole.problems
    assert says in part.problems[0].text
    assert part.pages < whole.pages


@pytest.mark.parametrize("path", ["static/b.html", "static/é.html"])
def test_what_a_deletion_breaks_elsewhere_is_found(site: SiteTest, path: str) -> None:
    checked(site)
    site.delete(path)
    site.build()
    part, whole = checked(site)
    assert part.problems == whole.problems
    assert "leads nowhere" in part.problems[0].text
    assert part.pages < whole.pages


def test_files_that_somebody_changed_are_found(site: SiteTest) -> None:
    checked(site)
    (site.output / "static/b.html").write_text("mine")
    part, whole = checked(site)
    assert [problem.text for problem in part.problems] == ["somebody changed this file"]
    assert {*part.problems} < {*whole.problems}


def test_after_many_changes_or_without_a_home_page_everything_is_looked_at() -> None:
    assert since((f"{number}.html" for number in range(MOST + 1)), ()) is None
    assert since((), ["tag/index.html"]) is None
    assert since(["a.html"], ["b.html"]) is not None
