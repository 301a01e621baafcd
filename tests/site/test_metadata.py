"""What programs are told of a page: Zotero and Google Scholar, networks that make a card of it, search engines."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.site.support import BASE_URL, SITE_TOML, SiteTest

PAGE = "cable/2010/01/10MOSCOW1.html"
HOSTILE = "</title></script><script>alert(1)</script> \"quoted\" 'single' & <b>\u2028é\u202e"

ZOTERO = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_technical_report_institution": "institution",
    "citation_technical_report_number": "reportNumber",
}
"""The field that a tag fills: HIGHWIRE_MAPPINGS of zotero/translators, "Embedded Metadata.js"."""


class Head(HTMLParser):
    """The metadata of a page, in the order in which it stands: attributes of `meta`, and scripts of data."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.metas: list[dict[str, str]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.canonical = ""
        self._within = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._within = tag == "script"
        if tag == "meta":
            self.metas.append({key: value or "" for key, value in given.items()})
        if tag == "script":
            self.scripts.append((given, ""))
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical = given["href"] or ""

    def handle_endtag(self, tag: str) -> None:
        self._within = False

    def handle_data(self, data: str) -> None:
        if self._within:
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)

    def named(self, attribute: str) -> dict[str, str]:
        return {meta[attribute]: meta["content"] for meta in self.metas if attribute in meta}

    def data(self) -> list[dict[str, str]]:
        return [json.loads(text) for given, text in self.scripts if given.get("type") == "application/ld+json"]


def zotero(head: Head) -> dict[str, str]:
    """What "Embedded Metadata.js" makes of a page: a tag goes by its name, by its property only if it has none."""
    tags = {meta.get("name") or meta.get("property", ""): meta.get("content", "") for meta in head.metas}
    report = any(tag.startswith("citation_technical_report_") for tag in tags)
    fields = {ZOTERO[tag]: text.strip() for tag, text in tags.items() if tag in ZOTERO}
    return {"itemType": "report" if report else "webpage", **fields}


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    return SiteTest(tmp_path)


def head(site: SiteTest, path: str) -> Head:
    return Head(site.page(path))


def test_zotero_takes_a_cable_for_a_report(site: SiteTest) -> None:
    site.cable("10MOSCOW1", subject="A & B")
    site.build()
    assert zotero(head(site, PAGE)) == {
        "itemType": "report",
        "title": "A & B",
        "date": "2010-01-29",
        "institution": "Embassy Moscow",
        "reportNumber": "10MOSCOW1",
    }


def test_a_network_makes_a_card_of_words(site: SiteTest) -> None:
    site.cable("10MOSCOW1", subject="SCENESETTER")
    site.build()
    found = head(site, PAGE)
    assert found.canonical == BASE_URL + PAGE
    assert found.named("property") == {
        "og:title": "SCENESETTER",
        "og:type": "article",
        "og:site_name": "Test archive",
        "og:description": "Embassy Moscow",
    }
    assert found.named("name")["description"] == "Test archive"


def test_search_engines_are_told_what_the_tags_do_not_say(site: SiteTest) -> None:
    site.cable("10MOSCOW1", released="2011-08-24T01:00:00Z")
    site.build()
    context = {"@context": "https://schema.org", "@type": "Report"}
    assert head(site, PAGE).data() == [context | {"identifier": "10MOSCOW1", "datePublished": "2011-08-24"}]


def test_what_is_not_known_is_not_said(site: SiteTest) -> None:
    site.cable("NAMELESS", created="", origin="")
    site.build()
    found = head(site, next(path for path in site.files() if "nameless" in path))
    assert zotero(found) == {"itemType": "report", "title": "NAMELESS", "reportNumber": "NAMELESS"}
    assert "og:description" not in found.named("property")
    assert found.data() == [{"@context": "https://schema.org", "@type": "Report", "identifier": "NAMELESS"}]


def test_a_date_is_told_as_far_as_it_is_known(site: SiteTest) -> None:
    site.cable("10MOSCOW1", created="")
    site.build()
    assert zotero(head(site, "cable/2010/00/10MOSCOW1.html"))["date"] == "2010"


def test_hostile_words_are_words(site: SiteTest) -> None:
    name = "10</script>&\\\"'é"
    site.cable("10MOSCOW1", origin="", front=f"origin = {json.dumps(HOSTILE)}\nsubject = {json.dumps(HOSTILE)}")
    site.write("cables/odd.txt", f"+++\nid = {json.dumps(name)}\n+++\n\n1. Nothing.\n")
    site.build()
    pages = [path for path in site.files() if path.startswith("cable/")]
    told = []
    for path in pages:
        found = head(site, path)
        assert len(found.scripts) == 2
        assert not any("alert" in text for given, text in found.scripts if "type" not in given)
        told.append(found.data()[0]["identifier"])
    assert sorted(told) == [name, "10MOSCOW1"]
    assert "<b>" in zotero(head(site, PAGE))["title"]


def test_pages_around_the_cables_have_cards(site: SiteTest) -> None:
    site.cable("10MOSCOW1", tags="PGOV")
    site.write("articles/why.md", '+++\nsummary = "In short."\n+++\n# Why & how\n')
    site.build()
    kinds = {"index.html": "website", "tag/PGOV.html": "website", "tag/index.html": "website"}
    for path, kind in {**kinds, "article/why.html": "article"}.items():
        found, address = head(site, path), "" if path == "index.html" else path
        tags = found.named("property")
        assert tags["og:type"] == kind
        assert tags["og:site_name"] == "Test archive"
        assert tags["og:url"] == found.canonical == BASE_URL + address
        assert tags["og:description"] == found.named("name")["description"] != ""
        assert found.named("name")["twitter:card"] == "summary"
    assert head(site, "article/why.html").named("property")["og:title"] == "Why & how · Test archive"
    assert head(site, "article/why.html").named("property")["og:description"] == "In short."


def test_without_a_base_url_no_address_is_told(site: SiteTest) -> None:
    site.write("site.toml", SITE_TOML.partition("base_url")[0])
    site.cable("10MOSCOW1")
    site.build()
    for path in ("index.html", PAGE):
        assert "og:url" not in head(site, path).named("property")
        assert "https://cables" not in site.page(path)
