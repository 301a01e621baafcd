"""What search engines are told: robots.txt as urllib reads it, sitemaps as the protocol wants them (sitemaps.org)."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from generator.site.pages import sitemap
from tests.site.support import BASE_URL, SITE_TOML, SiteTest, differences

PROTOCOL = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", tags="PGOV, A&B", released="2011-08-30")
    site.cable("10MOSCOW2", created="2010-01-30")
    site.cable("09ROME4", created="2009-05-01", origin="Embassy Rome")
    site.cable("08NOWHERE1", created="")
    site.cable("no id & of any form", created="")
    site.write("articles/why.md", "# Why\n")
    assert not site.build().failed
    return site


def read(site: SiteTest, path: str, element: str) -> list[str]:
    """The addresses of a sitemap or of an index, which must be of this site and lead to files."""
    raw = (site.output / path).read_bytes()
    root = ElementTree.fromstring(raw)
    assert root.tag == PROTOCOL + {"url": "urlset", "sitemap": "sitemapindex"}[element]
    assert 0 < len(root) <= 50_000
    assert len(raw) < 50 * 2**20
    found = []
    for child in root:
        assert child.tag == PROTOCOL + element
        assert [inner.tag for inner in child] == [f"{PROTOCOL}loc"]
        address = child[0].text or ""
        assert len(address) < 2048
        assert address.isascii()
        assert urlsplit(address).geturl() == address
        found.append(address.removeprefix(BASE_URL) or "index.html")
        assert (site.output / found[-1]).is_file(), address
    assert len(found) == len(set(found))
    return found


def listed(site: SiteTest) -> dict[str, list[str]]:
    """Every sitemap, found as a search engine finds it: by way of robots.txt."""
    robots = RobotFileParser()
    robots.parse(site.page("robots.txt").splitlines())
    assert robots.can_fetch("AnyBot", BASE_URL + "cable/2010/01/10MOSCOW1.html")
    assert robots.site_maps() == [BASE_URL + "sitemap.xml"]
    return {path: read(site, path, "url") for path in read(site, "sitemap.xml", "sitemap")}


def test_every_page_but_old_addresses_and_parts_is_in_one_sitemap(site: SiteTest) -> None:
    found = [path for paths in listed(site).values() for path in paths]
    assert len(found) == len(set(found))
    pages = {path for path in site.files() if path.endswith(".html")}
    hidden = {path for path in pages if '"robots" content="noindex"' in site.page(path)}
    assert {"404.html", "tag/PGOV_0.html"} <= hidden
    assert set(found) == pages - hidden


def test_cables_are_cut_by_the_month_of_their_address(site: SiteTest) -> None:
    found = listed(site)
    assert found["sitemap/2010-01.xml"] == ["cable/2010/01/10MOSCOW1.html", "cable/2010/01/10MOSCOW2.html"]
    assert found["sitemap/2009-05.xml"] == ["cable/2009/05/09ROME4.html"]
    assert found["sitemap/2008-00.xml"] == ["cable/2008/00/08NOWHERE1.html"]
    assert len(found["sitemap/0000-00.xml"]) == 1


def test_a_cable_that_is_added_changes_its_month_only(site: SiteTest) -> None:
    before = site.tree()
    site.cable("10MOSCOW3", tags="PGOV", created="2010-01-31")
    site.build()
    changed = {path for path in differences(before, site.tree()) if path.startswith("sitemap")}
    assert changed == {"sitemap/2010-01.xml"}
    site.cable("10MOSCOW4", tags="PGOV, PREL", created="2010-07-31")
    site.build()
    changed = {path for path in differences(before, site.tree()) if path.startswith("sitemap")}
    assert changed == {f"sitemap{part}.xml" for part in ("", "/2010-01", "/2010-07", "/date", "/tag")}
    assert differences(site.tree(), site.clean_build()) == {}


def test_a_cable_without_a_month_brings_its_own_sitemap(site: SiteTest) -> None:
    site.cable("07NOWHERE1", created="", tags="PGOV")
    site.build()
    assert listed(site)["sitemap/2007-00.xml"] == ["cable/2007/00/07NOWHERE1.html"]
    assert differences(site.tree(), site.clean_build()) == {}
    site.delete("cables/07NOWHERE1.txt")
    site.build()
    assert "sitemap/2007-00.xml" not in listed(site)


def test_a_month_that_grows_too_long_is_in_the_index_with_its_second_file(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST", 12)
    monkeypatch.setattr(sitemap, "AT_ONCE", 1)
    for number in range(3, 14):
        site.cable(f"10MOSCOW{number}", created="2010-01-30")
        site.build()
    assert listed(site)["sitemap/2010-01-2.xml"] == ["cable/2010/01/10MOSCOW9.html"]
    assert differences(site.tree(), site.clean_build()) == {}


def test_an_edited_text_or_subject_changes_none(site: SiteTest) -> None:
    before = site.tree()
    site.edit("cables/10MOSCOW1.txt", "TAGS: PGOV", "SUBJECT: NEW\nTAGS: PGOV")
    site.build()
    assert not [path for path in differences(before, site.tree()) if path.startswith("sitemap")]


def test_an_article_comes_and_goes_with_its_address(site: SiteTest) -> None:
    site.write("articles/later.md", "# Later\n")
    site.build()
    assert "article/later.html" in listed(site)["sitemap/pages.xml"]
    site.delete("articles/later.md")
    site.build()
    assert "article/later.html" not in listed(site)["sitemap/pages.xml"]


def test_a_sitemap_is_never_longer_than_the_protocol_allows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 2)
    site = SiteTest(tmp_path)
    for number in (1, 2, 9):
        site.cable(f"10MOSCOW{number}", created="2010-01-30")
        site.cable(f"08NOWHERE{number}", created="")
    site.build()
    found = listed(site)
    assert all(len(paths) <= 2 for paths in found.values())
    assert found["sitemap/2010-01-2.xml"] == ["cable/2010/01/10MOSCOW9.html"]
    assert found["sitemap/2008-00-2.xml"] == ["cable/2008/00/08NOWHERE9.html"]


def test_without_an_address_there_is_nothing_for_search_engines(site: SiteTest) -> None:
    site.write("site.toml", 'title = "Test archive"\n')
    site.build()
    assert not [path for path in site.files() if path.startswith(("sitemap", "robots"))]
    site.write("site.toml", SITE_TOML)
    site.build()
    assert differences(site.tree(), site.clean_build()) == {}
