"""The statistics page and its downloads: counts that a loop over the cables gives as well."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.site.support import SiteTest, differences

CABLES = {
    "09MOSCOW2": ("2009-01-05", "PGOV", "Embassy Moscow"),
    "09MOSCOW9": ("2009-03-05", "PGOV, ECON", "Embassy Moscow"),
    "10MOSCOW3": ("2010-01-05", "ECON", "Embassy Moscow"),
    "10PARIS1": ("2010-01-06", "PGOV", "Embassy Paris"),
    "10NOPLACE7": ("", "=1+1", "Office of Nothing"),
}


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    for name, (created, tags, origin) in CABLES.items():
        site.cable(name, tags=tags, created=created, origin=origin)
    assert site.build().problems == ()
    return site


def download(site: SiteTest, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site.page(f"statistics/{name}.csv"), newline="")))


def test_the_download_counts_every_cable_by_everything(site: SiteTest) -> None:
    counted = {(row["by"], row["name"]): int(row["cables"]) for row in download(site, "cables")}
    wanted: Counter[tuple[str, str]] = Counter()
    for created, tags, origin in CABLES.values():
        wanted[("origin", origin)] += 1
        wanted.update([("month", created[:7])] if created else [])
        wanted.update(("tag", tag) for tag in tags.split(", "))
    assert {key: number for key, number in counted.items() if "1+1" not in key[1]} == {
        key: number for key, number in wanted.items() if "1+1" not in key[1]
    }


def test_no_name_in_a_download_is_a_formula(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", origin="=HYPERLINK(0)")
    site.build()
    assert [row["name"] for row in download(site, "cables") if row["by"] == "origin"] == ["'=HYPERLINK(0)"]


def test_gaps_are_the_numbers_below_the_highest(site: SiteTest) -> None:
    rows = [tuple(row.values()) for row in download(site, "gaps")]
    assert rows == [
        ("MOSCOW", "2009", "9", "2", "7"),
        ("MOSCOW", "2010", "3", "1", "2"),
        ("PARIS", "2010", "1", "1", "0"),
    ]
    page = site.page("statistics/index.html")
    gaps = re.findall(r'<span class="id">(\w+)</span> (\d+)<td>(\d+)<td>(\d+)<td>(\d+)<td>(.*)', page)
    assert gaps == [("MOSCOW", "2009", "9", "2", "7", "22 %"), ("MOSCOW", "2010", "3", "1", "2", "33 %")]


def test_two_cables_with_one_number_are_one_number(site: SiteTest) -> None:
    site.cable("10MOSCOW003", created="2010-02-01", path="cables/again.txt")
    site.build()
    assert [row["held"] for row in download(site, "gaps")] == ["2", "1", "1"]
    site.delete("cables/10MOSCOW3.txt")
    site.build()
    assert [row["held"] for row in download(site, "gaps")] == ["2", "1", "1"]
    assert differences(site.tree(), site.clean_build()) == {}


def test_the_page_has_charts_with_words_and_tables_that_lead_to_the_lists(site: SiteTest) -> None:
    page = site.page("statistics/index.html")
    assert re.findall(r"<desc id=\"chart-\d-of\">(.*?)</desc>", page) == ["2009-01 to 2010-12; most in 2010-01: 2"]
    assert '<th scope="row">2009<td>2<td><a href="../date/2009-01.html">1</a><td><small>0</small><td>' in page
    assert "1 have none" in page
    assert re.search(r'<a href="../tag/PGOV.html"><bdi>PGOV</bdi></a> <small>.*?</small><td>3<td>60 %', page)
    assert '<rect width="34" height="10"/>' in page
    assert site.check().problems == ()


def test_statistics_follow_what_happens_and_nothing_else(site: SiteTest) -> None:
    before = site.tree()
    site.edit("cables/10PARIS1.txt", "TAGS: PGOV", "SUBJECT: NEW\nTAGS: PGOV")
    site.build()
    assert not [path for path in differences(before, site.tree()) if path.startswith("statistics/")]
    site.edit("cables/10PARIS1.txt", "TAGS: PGOV", "TAGS: EAIR")
    site.build()
    assert ("tag", "EAIR") in {(row["by"], row["name"]) for row in download(site, "cables")}
    site.delete("cables/09MOSCOW9.txt")
    site.build()
    changed = {path for path in differences(before, site.tree()) if path.startswith("statistics/")}
    assert changed == {"statistics/index.html", "statistics/cables.csv", "statistics/gaps.csv"}
    assert differences(site.tree(), site.clean_build()) == {}


def test_an_archive_without_cables_has_statistics(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.build()
    assert "0 cables" in site.page("statistics/index.html")
    assert (site.output / "statistics/gaps.csv").read_bytes() == b"post,year,highest_number,held,missing\r\n"
