"""What is not in the archive, and who refers to it."""

import re
from pathlib import Path

import pytest

from tests.site.support import SiteTest, differences

SHELF = "absent/MOSCOW/2009.html"


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    site.cable(
        "10PARIS1", subject="LISTS", ref="A. 09 MOSCOW 7\n     B. 09 MOSCOW 54321\n     C. PARIS 2", origin="Paris"
    )
    site.cable("10PARIS2", "1. As 09 MOSCOW 7 said.", subject="MENTIONS", origin="Paris", created="2010-01-02")
    site.cable("10PARIS3", subject="KNOWS NO YEAR", ref="MOSCOW 8", origin="Paris", created="2010-01-03")
    assert site.build().problems == ()
    return site


def missing(site: SiteTest, path: str) -> dict[str, list[str]]:
    """The cables that a page says are missing, each with those that refer to it."""
    rows = re.findall(r'<div id="(\w+)"><dt class="id">\1\n(.*?)</div>', site.page(path), re.DOTALL)
    return {name: re.findall(r'<b class="id">(\w+)</b>', cells) for name, cells in rows}


def changed(site: SiteTest) -> set[str]:
    """The pages about what is missing that the next build writes or removes; it gives what a clean one gives."""
    before = site.tree()
    assert site.build().problems == ()
    assert site.check().problems == ()
    assert differences(site.tree(), site.clean_build()) == {}
    return {path for path in differences(before, site.tree()) if path.startswith("absent/")}


def test_what_is_missing_stands_with_who_refers_to_it(site: SiteTest) -> None:
    assert missing(site, SHELF) == {"09MOSCOW7": ["10PARIS2", "10PARIS1"]}
    assert missing(site, "absent/MOSCOW/2009-5.html") == {"09MOSCOW54321": ["10PARIS1"]}
    assert missing(site, "absent/MOSCOW/2010.html") == {"10MOSCOW8": ["10PARIS3"]}
    assert "Embassy Moscow" in site.page(SHELF)
    index = site.page("absent/index.html")
    assert re.findall(r'href="\.\./(absent/MOSCOW/.*?)">(.*?)</a> <small>(\d+)', index) == [
        (SHELF, "2009", "1"),
        ("absent/MOSCOW/2009-5.html", "2009, 50000 to 59999", "1"),
        ("absent/MOSCOW/2010.html", "2010", "1"),
    ]
    assert "3 cables" in index
    assert "<small>3</small><br><small>Cables that others refer to" in site.page("index.html")


def test_a_reference_leads_there(site: SiteTest) -> None:
    page = site.page("cable/2010/01/10PARIS1.html")
    assert '<a href="../../../absent/MOSCOW/2009.html#09MOSCOW7">' in page
    assert page.count("/absent/") == 2
    assert site.check().problems == ()


def test_a_cable_that_comes_is_no_longer_missing(site: SiteTest) -> None:
    site.cable("09MOSCOW7", created="2009-05-01")
    assert changed(site) == {SHELF, "absent/index.html"}
    assert not (site.output / SHELF).exists()
    site.delete("cables/09MOSCOW7.txt")
    assert changed(site) == {SHELF, "absent/index.html"}
    assert missing(site, SHELF) == {"09MOSCOW7": ["10PARIS2", "10PARIS1"]}


def test_a_cable_under_another_name_is_not_missing(site: SiteTest) -> None:
    site.cable("09EFTOMOSCOW7", created="2009-05-01")
    changed(site)
    assert not (site.output / SHELF).exists()


def test_the_year_before_counts_where_the_text_gives_no_year(site: SiteTest) -> None:
    site.cable("09MOSCOW8", created="2009-12-30")
    assert changed(site) == {"absent/MOSCOW/2010.html", "absent/index.html"}
    assert not (site.output / "absent/MOSCOW/2010.html").exists()
    site.edit("cables/10PARIS2.txt", "09 MOSCOW 7", "10 MOSCOW 8")
    changed(site)
    assert missing(site, "absent/MOSCOW/2010.html") == {"10MOSCOW8": ["10PARIS2"]}


def test_a_subject_changes_where_it_is_shown_and_a_text_nothing(site: SiteTest) -> None:
    site.edit("cables/10PARIS3.txt", "KNOWS NO YEAR", "KNOWS ONE")
    assert changed(site) == {"absent/MOSCOW/2010.html"}
    site.edit("cables/10PARIS3.txt", "Nothing happened", "Something happened")
    assert changed(site) == set()


def test_a_reference_that_goes_takes_its_shelf_with_it(site: SiteTest) -> None:
    site.edit("cables/10PARIS1.txt", "     B. 09 MOSCOW 54321\n", "")
    assert changed(site) == {"absent/MOSCOW/2009-5.html", "absent/index.html"}


def test_where_nothing_is_missing_the_index_says_so(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.cable("10PARIS1", ref="PARIS 1")
    site.build()
    assert "0 cables" in site.page("absent/index.html")
    assert [path for path in site.files() if path.startswith("absent/")] == ["absent/index.html"]


def test_a_post_with_a_name_that_no_file_may_have(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.cable("10PARIS1", front='references = ["10CON5", "10AUX6"]')
    site.build()
    assert site.check().problems == ()
    assert [path for path in site.files() if re.search(r"(?i)/(con|aux)[/.]", path)] == []
    assert differences(site.tree(), site.clean_build()) == {}
