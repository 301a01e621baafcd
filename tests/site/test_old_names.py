"""Names that the old site used for cables and tags lead to the right pages (CABLE-FORMAT 2.4, 6.2)."""

import re
from pathlib import Path

import pytest

from tests.site.support import SiteTest


def target(site: SiteTest, path: str) -> str:
    """Where the stub at this address leads to, as an address of the site."""
    (href,) = set(re.findall(r'<a href="([^"#]*)">', site.tree()[path].decode().partition("<main")[2]))
    return (site.output / path).parent.joinpath(href).resolve().relative_to(site.output.resolve()).as_posix()


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    return SiteTest(tmp_path)


def test_a_glued_word_leads_to_the_list_of_its_first_tag(site: SiteTest) -> None:
    site.cable("10MOSCOW1", tags="PTERPGOV PREL")
    site.cable("10MOSCOW2", tags="PTERPGOV")
    site.cable("10MOSCOW3", tags="PREL")
    site.build()
    assert target(site, "tag/PTERPGOV_0.html") == "tag/PTER.html"
    assert "tag/PTERPGOV.html" not in site.tree()
    assert site.tree() == site.clean_build()


def test_the_stub_of_a_glued_word_goes_with_its_last_cable(site: SiteTest) -> None:
    site.cable("10MOSCOW1", tags="PTERPGOV PREL")
    site.cable("10MOSCOW2", tags="PREL")
    site.build()
    site.edit("cables/10MOSCOW1.txt", "PTERPGOV", "PTER PGOV")
    site.build()
    assert "tag/PTERPGOV_0.html" not in site.tree()
    assert site.tree() == site.clean_build()
    site.edit("cables/10MOSCOW2.txt", "PREL", "PRELPTER")
    site.build()
    assert target(site, "tag/PRELPTER_0.html") == "tag/PREL.html"
    assert site.tree() == site.clean_build()


def test_a_word_that_is_no_plain_name_has_no_stub(site: SiteTest) -> None:
    site.cable("10MOSCOW1", tags="PGOV/PREL")
    site.build()
    assert not [path for path in site.tree() if path.startswith("tag/PGOV/") or "PGOVPREL" in path]


DAMAGED = [
    ("09EFTOLONDON2468", "09LONDON2468"),
    ("08SECTION01OF04HARARE754", "08HARARE754"),
    ("06MADRID002583ZFR2585", "06MADRID2583"),
    ("09AMEMBASSYHANOI1284", "09HANOI1284"),
    ("1976STATE091590_b", "76STATE91590"),
]


@pytest.mark.parametrize(("published", "canonical"), DAMAGED)
def test_both_forms_of_an_id_lead_to_the_cable(site: SiteTest, published: str, canonical: str) -> None:
    site.cable(published, created="2009-05-01T10:00:00Z", path="cables/a.txt")
    site.cable("10PARIS1", ref=f"{canonical[:2]} {re.sub('[0-9]', '', canonical)} {re.sub('.*[A-Z]', '', canonical)}")
    assert not site.build().failed
    own = f"cable/2009/05/{published}.html"
    assert target(site, f"cable/2009/05/{canonical}.html") == own
    assert f"{published}.html" in site.tree()["cable/2010/01/10PARIS1.html"].decode()


def test_the_canonical_form_of_one_cable_can_be_another_cable(site: SiteTest) -> None:
    site.cable("09EFTOLONDON2468")
    site.cable("09LONDON2468", subject="THE OTHER TRANSMISSION")
    site.build()
    assert b"THE OTHER TRANSMISSION" in site.tree()["cable/2010/01/09LONDON2468.html"]
    assert site.tree() == site.clean_build()
