"""What programs are told of a page: Zotero and Google Scholar, networks that make a card of it, search engines."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.site.support import BASE_URL, SITE_TOML, SiteTest
from tests.site.zotero import saved_by_zotero

PAGE = "cable/2010/01/10MOSCOW1.html"
HOSTILE = "</title></script><script>alert(1)</script> \"quoted\" 'single' & <b>\u2028é\u202e"

LONG = "The Minister said that the harbour would be ready in spring. " * 70
"""A text with room beside it for all that programs can be told."""


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

    def data(self) -> list[dict[str, Any]]:
        return [json.loads(text) for given, text in self.scripts if given.get("type") == "application/ld+json"]


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    return SiteTest(tmp_path)


def head(site: SiteTest, path: str) -> Head:
    return Head(site.page(path))


def zotero(site: SiteTest, *paths: str) -> list[dict[str, Any]]:
    """What Zotero saves, but for what it says of itself and of the host."""
    items = saved_by_zotero({site.output / path: BASE_URL + path for path in paths})
    return [{key: said for key, said in item.items() if key not in GIVEN_BY_ZOTERO} for item in items]


GIVEN_BY_ZOTERO = {"translator", "attachments", "libraryCatalog", "accessDate"}


def test_zotero_takes_a_cable_for_a_report(site: SiteTest) -> None:
    site.cable("10MOSCOW1", "1. (C) The harbour is ready.", subject="A & B")
    site.cable("10MOSCOW2", f"1. (C) {LONG}", subject="A HARBOUR")
    site.build()
    path = PAGE.replace("MOSCOW1", "MOSCOW2")
    short, long = zotero(site, PAGE, path)
    common = {"itemType": "report", "date": "2010-01-29", "institution": "Embassy Moscow", "language": "en"}
    assert short == common | {
        "title": "A & B",
        "number": "10MOSCOW1",
        "abstractNote": "The harbour is ready.",
        "url": BASE_URL + PAGE,
    }
    assert long.pop("abstractNote").startswith("The Minister said that the harbour would be ready in spring. The ")
    assert long == common | {"title": "A HARBOUR", "number": "10MOSCOW2", "url": BASE_URL + path}


def test_zotero_takes_a_cable_of_nobody_for_a_report_and_an_article_for_a_page(site: SiteTest) -> None:
    site.cable("NAMELESS", created="", origin="")
    site.cable("10MOSCOW1", created="")
    site.write("articles/why.md", '+++\nsummary = "In short."\nauthor = "Ada Lovelace"\n+++\n# Why & how\n')
    site.build()
    nameless = next(path for path in site.files() if "nameless" in path)
    found, dated, article = zotero(site, nameless, "cable/2010/00/10MOSCOW1.html", "article/why.html")
    assert found == {
        "itemType": "report",
        "title": "NAMELESS",
        "number": "NAMELESS",
        "abstractNote": "Nothing happened.",
        "url": BASE_URL + nameless,
        "language": "en",
    }
    assert dated["date"] == "2010"
    assert (article["itemType"], article["abstractNote"]) == ("webpage", "In short.")
    assert article["creators"] == [{"firstName": "Ada", "lastName": "Lovelace", "creatorType": "author"}]


def test_zotero_goes_without_a_base_url(site: SiteTest) -> None:
    site.write("site.toml", SITE_TOML.partition("base_url")[0])
    site.cable("10MOSCOW1", f"1. {LONG}")
    site.build()
    assert zotero(site, PAGE)[0]["itemType"] == "report"


def test_a_network_makes_a_card_of_words(site: SiteTest) -> None:
    site.cable("10MOSCOW1", "1. (C) The harbour is ready.", subject="SCENESETTER")
    site.cable("10MOSCOW2", "", subject="NO TEXT")
    site.build()
    found = head(site, PAGE)
    assert found.canonical == BASE_URL + PAGE
    assert found.named("property") == {
        "og:title": "SCENESETTER",
        "og:type": "article",
        "og:site_name": "Test archive",
        "og:description": "The harbour is ready.",
    }
    assert found.named("name")["description"] == "The harbour is ready."
    assert head(site, PAGE.replace("MOSCOW1", "MOSCOW2")).named("name")["description"] == "Cable 10MOSCOW2"


def test_beside_a_long_text_there_is_room_for_more(site: SiteTest) -> None:
    site.cable("10MOSCOW1", f"1. {LONG}", subject="A HARBOUR", released="2011-08-24T01:00:00Z")
    site.build()
    found = head(site, PAGE)
    assert {
        "og:url": BASE_URL + PAGE,
        "og:image": f"{BASE_URL}card.png",
        "og:title": "A HARBOUR",
    }.items() <= found.named("property").items()
    assert (site.output / "card.png").is_file()
    assert found.named("name")["twitter:card"] == "summary"
    assert found.data() == [
        {
            "@context": "https://schema.org",
            "@type": "Report",
            "identifier": "10MOSCOW1",
            "dateCreated": "2010-01-29",
            "datePublished": "2011-08-24",
            "headline": "A HARBOUR",
            "author": {"@type": "Organization", "name": "Embassy Moscow"},
            "isPartOf": {"@type": "Collection", "name": "Test archive"},
        }
    ]


def test_search_engines_are_told_which_cable_it_is_and_its_dates(site: SiteTest) -> None:
    site.cable("10MOSCOW1", released="2011-08-24T01:00:00Z")
    site.build()
    context = {"@context": "https://schema.org", "@type": "Report"}
    dates = {"dateCreated": "2010-01-29", "datePublished": "2011-08-24"}
    assert head(site, PAGE).data() == [context | {"identifier": "10MOSCOW1"} | dates]


def test_what_is_not_known_is_not_said(site: SiteTest) -> None:
    site.cable("NAMELESS", f"1. {LONG}", created="", origin="")
    site.cable("SILENT", "", created="", origin="")
    site.build()
    long, short = (head(site, next(p for p in site.files() if name in p)) for name in ("nameless", "silent"))
    report = {"@context": "https://schema.org", "@type": "Report"}
    part = {"isPartOf": {"@type": "Collection", "name": "Test archive"}}
    assert long.data() == [report | {"identifier": "NAMELESS"} | part]
    assert short.data() == [report | {"identifier": "SILENT"}]
    assert not {"citation_publication_date", "citation_technical_report_institution"} & {*long.named("name")}


def test_hostile_words_are_words(site: SiteTest) -> None:
    name = "10</script>&\\\"'é"
    hostile = f"origin = {json.dumps(HOSTILE)}\nsubject = {json.dumps(HOSTILE)}"
    site.cable("10MOSCOW1", f"1. {HOSTILE} {LONG}", origin="", front=hostile)
    site.write("cables/odd.txt", f"+++\nid = {json.dumps(name)}\n+++\n\n1. Nothing.\n")
    site.build()
    pages = [path for path in site.files() if path.startswith("cable/")]
    told: dict[str, dict[str, Any]] = {}
    for path in pages:
        found = head(site, path)
        assert len(found.scripts) == 2
        assert not any("alert" in text for given, text in found.scripts if "type" not in given)
        told |= {found.data()[0]["identifier"]: found.data()[0]}
    assert set(told) == {name, "10MOSCOW1"}
    assert told["10MOSCOW1"]["author"]["name"].startswith("</title></script><script>alert(1)</script>")
    for item in zotero(site, *pages):
        assert item["itemType"] == "report"
    assert "<b>" in zotero(site, PAGE)[0]["title"]


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
    site.cable("10MOSCOW1", f"1. {LONG}")
    site.build()
    for path in ("index.html", PAGE):
        assert not {"og:url", "og:image"} & {*head(site, path).named("property")}
        assert "https://cables" not in site.page(path)
