"""The glossary: the terms of the vocabulary, and the TAGS that are in use."""

import re
from pathlib import Path

import pytest

from generator.cable.header.transmission import PRECEDENCES
from generator.cable.vocabulary import BUILT_IN, TERM_KINDS, classifications
from generator.settings.own_vocabulary import TABLES
from tests.site.support import SiteTest, differences


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", tags="PGOV, GE, XQZZ")
    site.cable("10MOSCOW2", tags="PGOV, ECON")
    assert site.build().problems == ()
    return site


def terms(site: SiteTest, page: str = "glossary.html") -> dict[str, list[str]]:
    """The meanings of each term on the page, by its id."""
    found = re.findall(r'<div id="(.*?)"><dt class="id">.*?\n(.*?)</div>', site.page(page), re.DOTALL)
    return {name: re.findall(r"<dd>(.*)", meanings) for name, meanings in found}


def test_precedences_classifications_and_their_like_are_explained(site: SiteTest) -> None:
    found = terms(site)
    assert {f"precedence-{name}" for name in PRECEDENCES.values()} <= found.keys()
    assert {term.term for term in BUILT_IN.glossary if term.kind == "classification"} == {
        known.value for known in classifications()
    }
    assert found["caption-SIPDIS"] == ["Cleared for SIPRNet, the classified network other departments read"]
    assert found["acronym-DCM"] == ["Deputy Chief of Mission: the second in an embassy"]


def test_what_is_not_certain_says_so(site: SiteTest) -> None:
    uncertain = [term for term in BUILT_IN.glossary if not term.certain]
    assert uncertain
    assert site.page("glossary.html").count("(not certain)") >= len(uncertain)
    assert terms(site)["caption-TERREP"] == ["A report about terrorism (not certain)"]


def test_tags_in_use_have_their_meanings_and_others_are_not_there(site: SiteTest) -> None:
    found = terms(site)
    assert found["tag-PGOV"] == ["Internal Governmental Affairs"]
    assert found["tag-GE"] == ["Germany (East) (1973-79)"], "later the code of another country"
    assert not {"tag-XQZZ", "tag-EAIR"} & found.keys()
    assert '<a href="tag/PGOV.html"><bdi>PGOV</bdi></a>' in site.page("glossary.html")
    assert site.check().problems == ()


def test_a_tag_comes_and_goes_with_its_cables_and_another_cable_changes_nothing(site: SiteTest) -> None:
    before = site.page("glossary.html")
    site.cable("10MOSCOW3", tags="PGOV")
    site.build()
    assert site.page("glossary.html") == before
    site.cable("10MOSCOW3", tags="PGOV, EAIR")
    site.build()
    assert "tag-EAIR" in terms(site)
    assert differences(site.tree(), site.clean_build()) == {}
    site.delete("cables/10MOSCOW3.txt")
    site.build()
    assert site.page("glossary.html") == before


def test_every_station_of_a_header_that_has_a_name_has_it_on_paper(site: SiteTest) -> None:
    found = terms(site, "stations.html")
    assert found["station-RUEHMO"] == ["AMEMBASSY MOSCOW"]
    assert found["station-RHEHAAA"] == ["NSC WASHINGTON DC, and others"]
    assert len(found) == len(BUILT_IN.routing)
    assert {f"station-{code}" for code in BUILT_IN.routing if code.isalnum()} <= found.keys()
    assert 'href="stations.html">Routing indicators</a>' in site.page("glossary.html")
    assert 'href="#all-RUE">RUE…</a>' in site.page("stations.html")


def test_no_cable_but_a_name_of_ones_own_changes_the_stations(site: SiteTest) -> None:
    before = site.page("stations.html")
    site.cable("10ROME1", tags="PGOV")
    site.build()
    assert site.page("stations.html") == before
    site.write("vocabulary/routing.csv", "indicator,name\nRUEHMO,THE FERRY\nRXXA,A <LIGHTHOUSE>\n")
    site.build()
    assert terms(site, "stations.html")["station-RUEHMO"] == ["THE FERRY"]
    assert terms(site, "stations.html")["station-RXXA"] == ["A &lt;LIGHTHOUSE&gt;"]
    assert differences(site.tree(), site.clean_build()) == {}


def test_a_tag_that_no_list_explains_says_so_and_a_name_is_a_name(site: SiteTest) -> None:
    site.cable("10MOSCOW4", tags="OVIP (CLINTON, HILLARY)")
    site.build()
    lists = {path.partition("/")[2]: site.page(path) for path in site.files() if path.startswith("tag/")}
    said = {path for path, page in lists.items() if '<p class="lead">Meaning not known</p>' in page}
    assert said == {"XQZZ.html"}
    assert 'title="Meaning not known">XQZZ</a>' in site.page("cable/2010/01/10MOSCOW1.html")
    assert "Meaning not known" not in site.page("cable/2010/01/10MOSCOW4.html")


def test_a_site_has_terms_of_its_own(site: SiteTest) -> None:
    site.write("vocabulary/glossary.csv", "term,kind,meaning\nHESTCO,acronym,<b>A ferry</b>\nDCM,acronym,The deputy\n")
    assert site.build().problems == ()
    assert terms(site)["acronym-HESTCO"] == ["&lt;b&gt;A ferry&lt;/b&gt;"]
    assert terms(site)["acronym-DCM"] == ["The deputy"]
    site.write("vocabulary/glossary.csv", "term,kind,meaning\nHESTCO,acronim,A ferry\n")
    (problem,) = site.build().problems
    assert problem.line == 2
    assert "acronym" in problem.hint


def test_the_package_keeps_its_own_rules() -> None:
    assert {term.kind for term in BUILT_IN.glossary} == set(TERM_KINDS)
    assert all(term.meaning and term.term.isprintable() for term in BUILT_IN.glossary)
    assert TABLES["glossary"].unique == ("kind", "term")
