"""The site's own vocabulary in a build: what it changes is read and made anew, and equals a clean build."""

import sys
from pathlib import Path
from subprocess import run

import pytest

from tests.conftest import CHECKOUT
from tests.site.support import SiteTest, differences

TAGS = "vocabulary/tags.csv"
POSTS = "vocabulary/posts.csv"
PAGE = "cable/2010/01/10QUILLHAVEN1.html"


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    site.cable("10QUILLHAVEN1", "1. See PA 12.", tags="PGOV, HS", ref="PA 12", origin="")
    site.cable("10QUILLHAVEN12", tags="ECON", origin="")
    site.write(TAGS, "tag,description\nHS,Hestria\n")
    assert site.build_later().problems == ()
    return site


def agree(site: SiteTest) -> None:
    assert differences(site.tree(), site.clean_build()) == {}


def test_tags_have_the_sites_meanings_wherever_they_are_shown(site: SiteTest) -> None:
    for path in (PAGE, "tag/HS.html", "tag/index.html"):
        assert "Hestria" in site.page(path), path
    site.edit(TAGS, "Hestria", "Elsewhere")
    result = site.build_later(explain=True)
    assert f"{PAGE}: the vocabulary changed" in "\n".join(result.explained)
    for path in (PAGE, "tag/HS.html", "tag/index.html"):
        assert "Elsewhere" in site.page(path), path
        assert "Hestria" not in site.page(path), path
    agree(site)
    assert site.build_later().written == 0


def test_cables_are_read_anew_when_posts_become_known_or_are_forgotten(site: SiteTest) -> None:
    before = site.tree()
    assert "origin/embassy-quillhaven.html" not in before
    site.write(POSTS, "code,name\nQUILLHAVEN,Embassy Quillhaven\n")
    site.write("vocabulary/aliases.csv", "alias,code\nPAX,QUILLHAVEN\n")
    site.build_later()
    assert "Embassy Quillhaven" in site.page(PAGE)
    assert (site.output / "origin/embassy-quillhaven.html").is_file()
    agree(site)
    site.delete(POSTS)
    site.delete("vocabulary/aliases.csv")
    site.build_later()
    assert differences(site.tree(), before) == {}


@pytest.mark.parametrize("at", range(1, 60, 7))
def test_a_build_that_was_killed_over_a_new_vocabulary_is_completed(site: SiteTest, at: int) -> None:
    site.write(POSTS, "code,name\nQUILLHAVEN,Embassy Quillhaven\n")
    site.build_killed(at)
    site.build_later()
    agree(site)


def test_worker_processes_read_and_render_by_the_sites_vocabulary(site: SiteTest) -> None:
    for number in range(2, 450):
        site.cable(f"10QUILLHAVEN{number}", tags="HS", origin="")
    site.write(POSTS, "code,name\nQUILLHAVEN,Embassy Quillhaven\n")
    site.build(jobs=2)
    agree(site)
    assert all("Hestria" in site.page(f"cable/2010/01/10QUILLHAVEN{number}.html") for number in (2, 449))


def test_a_faulty_file_is_an_error_and_the_rest_is_built(site: SiteTest) -> None:
    site.write(POSTS, "code,nmae\nQUILLHAVEN,Embassy Quillhaven\n")
    site.cable("10QUILLHAVEN3", tags="HS", origin="")
    result = site.build_later()
    assert result.failed
    assert {(problem.path, problem.line) for problem in result.problems} == {(str(site.content / POSTS), 1)}
    assert "Hestria" in site.page("cable/2010/01/10QUILLHAVEN3.html")
    assert set(site.check().problems) == set(result.problems)
    agree(site)
    site.write(POSTS, "code,name\nQUILLHAVEN,Embassy Quillhaven\n")
    assert not site.build_later().failed
    agree(site)


def test_a_tag_means_what_it_meant_in_the_year_of_the_cable(site: SiteTest) -> None:
    site.write(TAGS, "tag,description,era\nHS,The old Hestria,1973-79\nHS,The new Hestria,1980s-2010s\n")
    site.cable("76QUILLHAVEN5", tags="HS", created="1976-05-04", origin="")
    site.build_later()
    old, new = site.page("cable/1976/05/76QUILLHAVEN5.html"), site.page(PAGE)
    assert ("The old Hestria" in old, "The new Hestria" in old) == (True, False)
    assert ("The old Hestria" in new, "The new Hestria" in new) == (False, True)


def _said(site: SiteTest, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, str(CHECKOUT / "build.py"), *arguments, "--content", str(site.content)]
    done = run(command, capture_output=True, text=True, encoding="utf-8", cwd=site.folder, check=False)
    return done.returncode, done.stdout + done.stderr


def test_show_export_and_import_read_by_the_sites_vocabulary(site: SiteTest) -> None:
    site.write(POSTS, "code,name\nQUILLHAVEN,Embassy Quillhaven\n")
    assert "Embassy Quillhaven" in _said(site, "show", "10QUILLHAVEN1")[1]
    assert '"origin":"Embassy Quillhaven"' in _said(site, "export", "--format", "jsonl", "--fill")[1]
    source = site.folder / "new.txt"
    source.write_text(
        "DE RUEHQH #0077 0291533\nR 291533Z JAN 10\nFM AMEMBASSY QUILLHAVEN\nTO X\nBT\n\n1. Text.\n", "utf-8"
    )
    assert _said(site, "import", str(source), "--format", "text")[0] == 0
    assert list(site.content.rglob("10QUILLHAVEN77.txt"))


@pytest.mark.parametrize("verb", [("export",), ("import", "more.txt", "--format", "text"), ("build",)])
def test_every_command_tells_of_a_faulty_file_and_ends_with_1(site: SiteTest, verb: tuple[str, ...]) -> None:
    (site.folder / "more.txt").write_text("UNCLAS MOSCOW 000226\n\n1. Text.\n", "utf-8")
    (site.folder / "more.txt").rename(site.folder / "10MOSCOW226.txt")
    site.write(POSTS, "code\nQUILLHAVEN\n")
    arguments = [argument.replace("more.txt", str(site.folder / "10MOSCOW226.txt")) for argument in verb]
    code, said = _said(site, *arguments)
    assert code == 1
    assert f"error: {site.content / POSTS}:1: the first line does not name the column name" in said
