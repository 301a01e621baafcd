"""`keep_faulty`, which `serve` asks for: a slip in a file does not take its page away while it is being mended."""

from pathlib import Path

import pytest

from tests.site.support import SiteTest, differences, opened_files

CABLE = "cables/10MOSCOW1.txt"
PAGE = "cable/2010/01/10MOSCOW1.html"
ARTICLE = "articles/why.md"
ARTICLE_PAGE = "article/why.html"


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", subject="FIRST", tags="PGOV")
    site.cable("10MOSCOW2", subject="SECOND", created="2010-01-30T10:00:00Z")
    site.write(ARTICLE, "# Why\n\nSee [[10MOSCOW1]].\n")
    assert site.build().problems == ()
    return site


def break_cable(site: SiteTest) -> None:
    site.edit(CABLE, "created", "craeted")


def test_the_page_of_a_faulty_cable_stays_and_the_fault_is_told(site: SiteTest) -> None:
    before = site.tree()
    break_cable(site)
    for _ in range(2):
        result = site.build(keep_faulty=True)
        assert [(Path(p.path).name, p.line) for p in result.problems] == [("10MOSCOW1.txt", 3)]
        assert (result.failed, result.written, result.removed) == (True, 0, 0)
    assert site.tree() == before


def test_other_changes_go_on_beside_a_faulty_cable(site: SiteTest) -> None:
    kept = site.page(PAGE)
    break_cable(site)
    site.edit("cables/10MOSCOW2.txt", "SECOND", "OTHER")
    assert site.build(keep_faulty=True).written > 0
    assert site.page(PAGE) == kept
    assert "OTHER" in site.page("cable/2010/01/10MOSCOW2.html")


def test_a_faulty_cable_whose_page_should_look_different_is_read_once_a_build(site: SiteTest) -> None:
    break_cable(site)
    site.edit("site.toml", "Test archive", "Another title")
    with opened_files() as opened:
        site.build(keep_faulty=True)
    assert opened.count(str(site.content / CABLE)) == 1
    assert "Test archive" in site.page(PAGE)


@pytest.mark.parametrize("more", ["", "2. A new paragraph.\n"])
def test_a_mended_cable_is_as_a_clean_build_has_it(site: SiteTest, more: str) -> None:
    break_cable(site)
    site.edit("site.toml", "Test archive", "Another title")
    site.build(keep_faulty=True)
    site.edit(CABLE, "craeted", "created")
    site.write(CABLE, site.read(CABLE) + more)
    assert site.build(keep_faulty=True).problems == ()
    assert differences(site.tree(), site.clean_build()) == {}


def test_a_build_that_keeps_nothing_takes_the_page_away(site: SiteTest) -> None:
    break_cable(site)
    site.build_later(keep_faulty=True)
    assert site.build_later().failed
    assert PAGE not in site.files()
    assert differences(site.tree(), site.clean_build()) == {}


def test_a_faulty_cable_that_is_deleted_goes(site: SiteTest) -> None:
    break_cable(site)
    site.build(keep_faulty=True)
    site.delete(CABLE)
    site.delete(ARTICLE)
    assert site.build(keep_faulty=True).problems == ()
    assert PAGE not in site.files()
    assert differences(site.tree(), site.clean_build()) == {}


def test_a_new_cable_that_is_faulty_is_left_out(site: SiteTest) -> None:
    before = site.files()
    site.cable("10MOSCOW3", front='clasification = "SECRET"')
    assert site.build(keep_faulty=True).failed
    assert site.files() == before


@pytest.mark.parametrize("broken", ["+++\ntitel = 1\n+++\n# Why\n", "# Why\n\nSee [[10MOSCOW999]].\n"])
def test_the_page_of_a_faulty_article_stays_until_it_is_mended(site: SiteTest, broken: str) -> None:
    before = site.tree()
    text = site.read(ARTICLE)
    site.write(ARTICLE, broken)
    assert site.build(keep_faulty=True).failed
    assert site.tree() == before
    assert site.build_later().failed
    assert ARTICLE_PAGE not in site.files()
    site.write(ARTICLE, text)
    assert site.build(keep_faulty=True).problems == ()
    assert site.tree() == before


def test_an_article_stays_when_the_cable_that_it_cites_goes(site: SiteTest) -> None:
    site.delete(CABLE)
    assert site.build_later(keep_faulty=True).failed
    assert ARTICLE_PAGE in site.files()
    assert site.build_later().failed
    assert ARTICLE_PAGE not in site.files()
    assert differences(site.tree(), site.clean_build()) == {}
