"""The feeds, as a feed reader takes them (feedparser) and as RFC 4287 wants them."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from generator.archive import counts, lists
from generator.site.pages.feed import ENTRIES
from tests.site.support import BASE_URL, SITE_TOML, SiteTest, differences

ATOM = "{http://www.w3.org/2005/Atom}"
SUMMARY = "1. (C) SUMMARY: The ferry & the bees met. END SUMMARY.\n\n2. (C) More."


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path, SITE_TOML + 'tagline = "All & <more>"\n')
    site.cable("10MOSCOW1", SUMMARY, subject="FIRST & <b>", tags="PGOV, ECON", released="2011-08-29T13:05:00Z")
    site.cable("10MOSCOW2", subject="SECOND", tags="PGOV", released="2011-08-30", front='classification = "SECRET"')
    site.cable("10PARIS3", subject="UNRELEASED", tags="PGOV, EAIR", origin="Embassy Paris")
    assert site.build().problems == ()
    return site


def read(site: SiteTest, path: str) -> Any:
    """A feed as a feed reader takes it; none may find it odd."""
    raw = (site.output / path).read_bytes()
    assert_atom(ElementTree.fromstring(raw))
    found = feedparser.parse(raw)
    assert not found.bozo, found.bozo_exception
    assert found.version == "atom10"
    return found


def assert_atom(feed: ElementTree.Element) -> None:
    """What RFC 4287 asks of a feed and its entries (4.1.1, 4.1.2), beyond what feedparser does."""
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
        alternates = [(link.get("type"), link.get("hreflang")) for link in links(element, "alternate")]
        assert len(alternates) == len(set(alternates)) == 1
    assert [link.get("rel") for link in links(feed, "self")] == ["self"]
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))


def links(element: ElementTree.Element, rel: str) -> list[ElementTree.Element]:
    return [link for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]


def test_an_entry_says_what_a_cable_is_and_where(site: SiteTest) -> None:
    feed = read(site, "feed.xml")
    assert (feed.feed.title, feed.feed.subtitle) == ("Test archive", "All & <more>")
    assert [link.href for link in feed.feed.links] == [BASE_URL + "feed.xml", BASE_URL]
    assert feed.feed.updated == "2011-08-30T00:00:00Z"
    second, first = feed.entries
    assert (second.title, second.updated) == ("10MOSCOW2: SECOND", "2011-08-30T00:00:00Z")
    assert first.title == "10MOSCOW1: FIRST & <b>"
    assert first.updated == "2011-08-29T13:05:00Z"
    assert first.link == BASE_URL + "cable/2010/01/10MOSCOW1.html"
    assert first.author == "Embassy Moscow"
    assert [tag.term for tag in first.tags] == ["PGOV", "ECON"]
    assert first.summary == "Embassy Moscow, 2010-01-29. The ferry & the bees met."
    assert second.summary == "SECRET, Embassy Moscow, 2010-01-29"
    assert [tag.term for tag in second.tags] == ["SECRET", "PGOV"]


def test_tags_and_origins_have_feeds_where_something_was_released(site: SiteTest) -> None:
    assert [entry.title[:9] for entry in read(site, "tag/PGOV.xml").entries] == ["10MOSCOW2", "10MOSCOW1"]
    assert [entry.title[:9] for entry in read(site, "tag/ECON.xml").entries] == ["10MOSCOW1"]
    assert read(site, "origin/embassy-moscow.xml").feed.title == "Test archive: Embassy Moscow"
    feeds = {path for path in site.files() if path.endswith(".xml") and not path.startswith("sitemap")}
    assert feeds == {"feed.xml", "tag/PGOV.xml", "tag/ECON.xml", "origin/embassy-moscow.xml"}


def test_the_pages_say_where_their_feed_is(site: SiteTest) -> None:
    for page, feed in (("index.html", "feed.xml"), ("tag/ECON.html", "../tag/ECON.xml")):
        assert '<link rel="alternate" type="application/atom+xml"' in site.page(page)
        assert site.page(page).count(f'href="{feed}"') == 2
    for page in ("tag/EAIR.html", "date/2010-01.html", "classification/secret.html"):
        assert "atom" not in site.page(page)
    assert site.check().problems == ()


def test_ids_stay_when_the_site_moves_or_a_cable_changes(site: SiteTest) -> None:
    before = [entry.id for entry in read(site, "tag/PGOV.xml").entries]
    site.edit("cables/10MOSCOW1.txt", "SUBJECT: FIRST", "SUBJECT: 1ST")
    site.write("site.toml", 'title = "Moved"\nbase_url = "https://elsewhere.example/"\n')
    site.build()
    assert [entry.id for entry in read(site, "tag/PGOV.xml").entries] == before
    assert all(urn.startswith("urn:uuid:") for urn in before)


def test_without_an_address_there_is_no_feed_and_with_one_there_is_again(site: SiteTest) -> None:
    for toml in ('title = "Test archive"\n', SITE_TOML):
        site.write("site.toml", toml)
        site.build()
        assert (site.output / "feed.xml").exists() == ("base_url" in toml)
        assert ("atom" in site.page("tag/PGOV.html")) == ("base_url" in toml)
        assert differences(site.tree(), site.clean_build()) == {}


def test_a_changed_summary_is_told_though_nothing_else_changed(site: SiteTest) -> None:
    site.edit("cables/10MOSCOW1.txt", "the bees met", "the bees parted")
    site.build()
    assert "the bees parted" in site.page("tag/ECON.xml")
    assert differences(site.tree(), site.clean_build()) == {}


def test_a_withdrawn_release_leaves_the_feeds(site: SiteTest) -> None:
    site.edit("cables/10MOSCOW1.txt", "released = 2011-08-29T13:05:00Z\n", "")
    site.build()
    assert [entry.title for entry in read(site, "feed.xml").entries] == ["10MOSCOW2: SECOND"]
    assert not (site.output / "tag/ECON.xml").exists()
    assert differences(site.tree(), site.clean_build()) == {}


@pytest.mark.parametrize("rows", [1, lists.PAGE_ROWS])
def test_a_list_leads_to_its_feed_from_the_first_release_to_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    for module in (counts, lists):
        monkeypatch.setattr(module, "PAGE_ROWS", rows)
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", tags="PGOV")
    site.cable("09MOSCOW2", tags="PGOV", created="2009-01-29")
    site.build()
    for released in ("2011-08-30", "2011-08-31T01:00:00Z", ""):
        site.cable("10MOSCOW1", tags="PGOV", released=released)
        site.build()
        assert ('href="../tag/PGOV.xml"' in site.page("tag/PGOV.html")) == bool(released)
        assert differences(site.tree(), site.clean_build()) == {}


def test_a_feed_is_called_as_its_list_whichever_cable_says_so(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.cable("10SANJOSE1", origin="Embassy San José", released="2011-08-30")
    site.build()
    for origin, title in (("Embassy San Jose", "Embassy San Jose"), ("Embassy Quito", "Embassy San José")):
        site.cable("10SANJOSE2", origin=origin)
        site.build()
        assert read(site, "origin/embassy-san-jose.xml").feed.title == f"Test archive: {title}"
        assert differences(site.tree(), site.clean_build()) == {}


def test_a_feed_has_the_newest_releases_and_no_more(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    cables = [(f"2011-{n % 3 + 6:02}-01", f"2009-{n % 12 + 1:02}-01", f"10MOSCOW{n}") for n in range(1, ENTRIES + 6)]
    for released, created, name in cables:
        site.cable(name, tags="PGOV", released=released, created=created)
    site.build()
    wanted = sorted(cables, reverse=True)
    for path in ("feed.xml", "tag/PGOV.xml", "origin/embassy-moscow.xml"):
        assert [entry.title for entry in read(site, path).entries] == [name for *_, name in wanted[:ENTRIES]]


def test_an_old_cable_that_is_added_writes_no_feed(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    for number in range(ENTRIES):
        site.cable(f"10MOSCOW{number + 1}", tags="PGOV", released="2011-08-30")
    site.build()
    before = {path: stamp for path, stamp in site.stamps().items() if path.endswith(".xml")}
    site.cable("10MOSCOW99", tags="PGOV", released="2011-08-29")
    site.build()
    changed = {path for path, stamp in site.stamps().items() if path.endswith(".xml") and before.get(path) != stamp}
    assert changed == {"sitemap/2010-01.xml", "sitemap/reldate.xml"}


def test_what_xml_can_not_hold_is_shown_as_lost(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    body = "1. SUMMARY: A bell \x07 rang, \ufffe\uffff]]> twice. END SUMMARY."
    site.cable("10MOSCOW1", body, subject="BELL \x07 \x1b[31m", released="2011-08-30")
    site.build()
    (entry,) = read(site, "feed.xml").entries
    assert entry.title == "10MOSCOW1: BELL ⟨U+0007⟩ ⟨U+001B⟩[31m"
    assert "A bell ⟨U+0007⟩ rang, \ufffd\ufffd]]> twice." in entry.summary
