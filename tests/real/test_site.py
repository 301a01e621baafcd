"""The seed and the 53 real cables as a site: built, checked, and every address that it ever had still there."""

import re
import shutil
from pathlib import Path

import pytest

from generator.build.build import build
from generator.build.options import Options
from generator.importers.run import run_import
from tests.site.support import BASE_URL, SiteTest
from tests.site.zotero import saved_by_zotero

ADDRESSES = Path(__file__).parent / "addresses.txt"


@pytest.fixture(scope="module")
def site(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    site = SiteTest(tmp_path_factory.mktemp("real"))
    run_import(shared / "real" / "mirror", site.content, "mirror")
    shutil.copy(shared / "seed" / "10MOSCOW226.txt", site.content / "cables")
    return site


@pytest.fixture(scope="module")
def files(site: SiteTest) -> set[str]:
    result = site.build()
    assert result.problems == ()
    assert result.pages["cable"] == 54
    return set(site.files())


def test_nothing_is_wrong_with_the_site(site: SiteTest, files: set[str]) -> None:
    report = site.check()
    assert report.problems == ()
    assert report.cables == 54
    assert report.pages == sum(path.endswith(".html") for path in files)


def test_no_address_ever_goes_away(files: set[str]) -> None:
    """The fixture is frozen: lines may be added to it, never changed or removed."""
    assert set(ADDRESSES.read_text(encoding="utf-8").split()) <= files


def test_the_old_sites_first_pages_resolve(files: set[str], shared: Path) -> None:
    cables = {path.name for path in (shared / "real" / "mirror" / "cable").rglob("*.html")}
    assert cables <= {path.rpartition("/")[2] for path in files if path.startswith("cable/")}
    assert {"tag/PGOV_0.html", "date/2010-01_0.html", "reldate/2011-02-04_0.html", "classification/5_0.html"} <= files


def test_a_second_build_writes_nothing(site: SiteTest, files: set[str]) -> None:
    again = site.build()
    assert (again.written, again.removed, again.kept) == (0, 0, len(files))


def test_files_and_bytes_stay_within_the_budget(site: SiteTest, files: set[str]) -> None:
    """ARCHITECTURE 5: a cable page is at most 1.5 times its text and 6 KB."""
    for path in (path for path in files if path.startswith("cable/")):
        source = next((site.content / "cables").rglob(f"{Path(path).stem}.txt"))
        assert (site.output / path).stat().st_size <= 1.5 * source.stat().st_size + 6144, path


def test_zotero_saves_every_cable_as_a_report(site: SiteTest, files: set[str]) -> None:
    pages = sorted(path for path in files if re.fullmatch(r"cable/\d{4}/\d\d/[^/]*\.html", path))
    items = saved_by_zotero({site.output / path: BASE_URL + path for path in pages})
    assert len(items) == 54
    for path, item in zip(pages, items, strict=True):
        assert item["itemType"] == "report"
        assert (item["number"], item["url"]) == (Path(path).stem, BASE_URL + path)
        assert item["date"][:7] == path[6:13].replace("/", "-")
        assert re.match(r"Embassy |Secretary of State|Consulate |Mission |US |Department ", item["institution"]), path
        assert len(item["abstractNote"]) > 40, path


def test_two_processes_write_the_same_site(site: SiteTest, files: set[str]) -> None:
    other = site.folder / "other"
    build(Options(content=site.content, output=other, config=site.content / "site.toml", jobs=2))
    assert {p.relative_to(other).as_posix() for p in other.rglob("*") if p.is_file()} == set(site.tree())
