"""The picture of the site: drawn at the build, or its own."""

import re
from pathlib import Path

import pytest

from generator.site.card import card
from tests.site.support import BASE_URL, SITE_TOML, SiteTest

OWN = b"\x89PNG own"


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", tags="PGOV")
    site.write("articles/why.md", "# Why\n")
    return site


def picture(site: SiteTest) -> bytes | None:
    """The picture after a build, which must be that of a clean build."""
    assert not site.build().failed
    assert site.tree() == site.clean_build()
    return site.tree().get("card.png")


def test_pages_around_the_cables_show_it(site: SiteTest) -> None:
    assert picture(site) == card("Test archive", "")
    for path in ("index.html", "tag/PGOV.html", "tag/index.html", "article/why.html"):
        assert re.findall(r'og:image content="(.*?)"', site.page(path)) == [f"{BASE_URL}card.png"]
    assert "og:image" not in site.page("cable/2010/01/10MOSCOW1.html")  # a card of words
    assert site.check().problems == ()


def test_it_follows_the_words_of_the_site(site: SiteTest) -> None:
    picture(site)
    site.write("site.toml", SITE_TOML + 'tagline = "Words"\n')
    assert picture(site) == card("Test archive", "Words")
    assert site.build().written == 0


def test_the_sites_own_stands_for_it(site: SiteTest) -> None:
    picture(site)
    site.write("static/card.png", OWN)
    assert picture(site) == OWN
    site.write("static/card.png", OWN + b"2")
    assert picture(site) == OWN + b"2"
    site.delete("static/card.png")
    assert picture(site) == card("Test archive", "")


def test_without_a_base_url_there_is_none(site: SiteTest) -> None:
    assert picture(site)
    site.write("site.toml", SITE_TOML.partition("base_url")[0])
    assert picture(site) is None
    assert "og:image" not in site.page("index.html")
    site.write("site.toml", SITE_TOML)
    assert picture(site)
