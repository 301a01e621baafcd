"""What a list says of itself: years and their shares, what its name means, related tags, its first and last cable."""

import re
from pathlib import Path
from unittest import mock

import pytest

from tests.site.support import SiteTest, differences


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    return made(tmp_path)


def made(folder: Path) -> SiteTest:
    site = SiteTest(folder)
    site.cable("05MOSCOW1", subject="THE FIRST OF NATO", tags="PGOV, ECON", created="2005-03-01")
    site.cable("07MOSCOW2", subject="Mixed case", tags="PGOV, ECON, PREL", created="2007-03-01")
    site.cable("07MOSCOW3", tags="PGOV, PREL, ECON", created="2007-04-01T10:00:00Z")
    site.cable("08MOSCOW4", subject="THE LAST", tags="PGOV, EAIR", created="2008-04-01")
    site.cable("no date", tags="PGOV", created="")
    assert not site.build().failed
    return site


def told(page: str, name: str) -> str:
    """The words beside a name in the table of what a list says of itself."""
    found = re.search(rf"<dt>{name}\s*<dd>(.*?)</div>", page, re.DOTALL)
    assert found, name
    return " ".join(re.sub(r"<[^>]*>", " ", found[1]).split())


def test_the_years_of_a_list_with_their_shares_lead_to_their_rows(site: SiteTest) -> None:
    page = site.page("tag/PGOV.html")
    years = re.findall(r'<li><a href="#(\w+)">(.*?)</a> <small>(.*?)</small>', page)
    assert years == [
        ("undated", "No date", "1 · 20 %"),
        ("y2005", "2005", "1 · 20 %"),
        ("y2007", "2007", "2 · 40 %"),
        ("y2008", "2008", "1 · 20 %"),
    ]
    assert re.findall(r'<tbody id="(\w+)">', page) == ["y2008", "y2007", "y2005", "undated"]
    assert not site.check().failed


def test_the_chart_has_a_bar_for_every_year_between_and_says_what_it_shows(site: SiteTest) -> None:
    page = site.page("tag/PGOV.html")
    bars = re.findall(r'<rect x="(\d+)" y="(\d+)" width="14" height="(\d+)"><title>(.*?)</title>', page)
    assert bars == [
        ("0", "32", "32", "2005: 1"),
        ("18", "64", "0", "2006: 0"),
        ("36", "0", "64", "2007: 2"),
        ("54", "32", "32", "2008: 1"),
    ]
    assert '<title id="years">Cables by year</title><desc id="years-of">2005 to 2008; most in 2007: 2</desc>' in page
    assert re.findall(r'<text x="(\d+)" y="76">(\d\d)</text>', page) == [
        ("7", "05"),
        ("25", "06"),
        ("43", "07"),
        ("61", "08"),
    ]
    assert "<svg" not in site.page("date/2007-03.html")
    assert "<svg" not in site.page("tag/EAIR.html")


def test_a_tag_says_what_it_means_what_it_goes_with_and_where_it_begins_and_ends(site: SiteTest) -> None:
    page = site.page("tag/PGOV.html")
    assert '<p class="lead">Internal Governmental Affairs</p>' in page
    assert re.findall(r"\b[A-Z]{4}\b", told(page, "Often with")) == ["ECON", "PREL", "EAIR"]
    assert "Economic Conditions" in told(page, "Often with")
    assert told(page, "First") == "05MOSCOW1 The First of NATO 2005-03-01"
    assert told(page, "Last") == "08MOSCOW4 The Last 2008-04-01"


def test_an_origin_says_which_post_it_is(site: SiteTest) -> None:
    page = site.page("origin/embassy-moscow.html")
    assert '<p class="lead">MOSCOW in reference IDs; Russia</p>' in page
    assert re.findall(r"\b[A-Z]{4}\b", told(page, "Often with"))[0] == "PGOV"


def test_a_meaning_that_is_not_certain_says_so_and_several_say_when(site: SiteTest) -> None:
    rows = "CVIS,Visas,high,\nXQAA,Perhaps this,low,\nXQBB,Then,high,1973-79\nXQBB,Now,high,2000s\n"
    site.write("vocabulary/tags.csv", f"tag,description,confidence,era\n{rows}")
    site.cable("08MOSCOW9", tags="XQAA, XQBB")
    site.build()
    assert '<p class="lead">Perhaps this (not certain)</p>' in site.page("tag/XQAA.html")
    assert re.findall(r'class="lead">(.*?)<', site.page("tag/XQBB.html")) == ["Then (1973-79)", "Now (2000s)"]


def test_a_subject_in_capitals_stands_beside_its_readable_case(site: SiteTest) -> None:
    page = site.page("tag/PGOV.html")
    assert "<bdi>The First of NATO</bdi></a><small>THE FIRST OF NATO</small>" in page
    assert "<bdi>Mixed case</bdi></a><td>" in page


def test_a_cut_list_keeps_its_chart_its_ends_and_its_related_tags(tmp_path: Path) -> None:
    rows = mock.patch.multiple("generator.archive.lists", PAGE_ROWS=2)
    with rows, mock.patch.multiple("generator.archive.counts", PAGE_ROWS=2):
        site = made(tmp_path)
        for change in (
            lambda: site.cable("08MOSCOW5", tags="PGOV", created="2008-05-01"),
            lambda: site.edit("cables/08MOSCOW5.txt", "TAGS: PGOV", "TAGS: PGOV, EAGR, EAIR"),
            lambda: site.edit("cables/05MOSCOW1.txt", "THE FIRST", "ONCE THE FIRST"),
            lambda: site.delete("cables/05MOSCOW1.txt"),
        ):
            change()
            site.build()
            assert differences(site.tree(), site.clean_build()) == {}
        page = site.page("tag/PGOV.html")
        assert 'href="../tag/PGOV/2007.html">2007</a> <small>2 · 40 %</small>' in page
        assert "EAGR" in told(page, "Often with")
        assert told(page, "First").startswith("07MOSCOW2")


def test_a_cable_that_comes_changes_two_pages_of_a_list_however_deep_it_is_cut(tmp_path: Path) -> None:
    rows = mock.patch.multiple("generator.archive.lists", PAGE_ROWS=3)
    with rows, mock.patch.multiple("generator.archive.counts", PAGE_ROWS=3):
        site = SiteTest(tmp_path)
        for number, day in enumerate(("02-03", "02-03", "02-20", "03-04", "03-05", "08-01"), start=1):
            site.cable(f"08MOSCOW{number}", tags="PGOV", created=f"2008-{day}")
        site.build()
        before = site.tree()
        site.cable("08MOSCOW9", tags="PGOV", created="2008-03-06")
        site.build()
        after = site.tree()
    changed = {path for path in after if path.startswith("tag/PGOV") and after[path] != before.get(path)}
    assert changed == {"tag/PGOV.html", "tag/PGOV/2008-03.html"}
    assert "<small>" not in site.page("tag/PGOV/2008.html").partition("<main")[2]


def test_the_home_page_shows_months_where_most_cables_have_no_day_of_release(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", subject="FIRST", released="2011-08-30")
    site.cable("10MOSCOW2", subject="SECOND", created="2010-02-01", released="2011-08-30")
    site.cable("10MOSCOW3", subject="THIRD", created="2010-03-01")
    site.build()
    assert "Latest releases" in site.page("index.html")
    assert "Third" not in site.page("index.html")
    site.cable("10MOSCOW4", subject="FOURTH", created="")
    site.build()
    home = site.page("index.html")
    assert "Newest cables" in home
    assert [home.index(words) for words in ("Third", "Second", "First")] == sorted(
        map(home.index, ("Third", "Second", "First"))
    )
    assert "Fourth" not in home
    assert site.tree() == site.clean_build()
