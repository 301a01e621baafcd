"""A build that is told what changed: it looks at that and at nothing else, and where that is not enough it sweeps."""

from pathlib import Path

import pytest

from generator.errors import Severity
from tests.site.support import SiteTest, differences, opened_files

CABLE = "cables/2010/10MOSCOW1.txt"
OTHER = "cables/2009/09PARIS2.txt"
PAGE = "cable/2010/01/10MOSCOW1.html"


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", "1. The first text.", subject="FIRST", tags="PGOV", path=CABLE)
    site.cable("09PARIS2", subject="SECOND", created="2009-12-31", origin="Embassy Paris", path=OTHER)
    site.write("articles/why.md", "# Why\n\nSee [[10MOSCOW1]].\n")
    site.write("static/plain.txt", "Plain.\n")
    assert site.build_later().problems == ()
    return site


def holds(site: SiteTest) -> None:
    assert differences(site.tree(), site.clean_build()) == {}


def test_a_changed_cable_and_what_cites_it_are_read_and_no_folder_is_looked_through(site: SiteTest) -> None:
    site.edit(CABLE, "The first text", "Another text")
    with opened_files(folders=True) as opened:
        assert site.build({CABLE}).written == 1
    content = [path for path in opened if path.startswith(f"{site.content}/")]
    assert content == [str(site.content / path) for path in ("site.toml", CABLE, "articles/why.md")]
    output = {path.removeprefix(f"{site.output}/") for path in opened if path.startswith(str(site.output / "c"))}
    assert output == {"cable/2010/01", "cable/2010", "cable"}  # as folders, to have the new names on the disk
    holds(site)


@pytest.mark.parametrize("path", [CABLE, "articles/why.md", "static/plain.txt"])
def test_files_come_change_and_go(site: SiteTest, path: str) -> None:
    text = site.read(path)
    site.delete(path)
    site.build({path})
    if path != CABLE:  # which the article cites
        holds(site)
    site.write(path, text)
    site.build({path})
    holds(site)
    site.write(path, text + "\nMore.\n")
    assert site.build({path}).written >= 1
    holds(site)


def test_what_nobody_told_of_waits_for_a_sweep(site: SiteTest) -> None:
    site.edit(CABLE, "FIRST", "CHANGED")
    site.edit(OTHER, "SECOND", "CHANGED AS WELL")
    site.build({CABLE})
    assert "CHANGED AS WELL" not in site.page("cable/2009/12/09PARIS2.html")
    site.build()
    holds(site)


def test_paths_that_are_no_files_of_the_content_do_no_harm(site: SiteTest) -> None:
    before = site.tree()
    result = site.build({"cables/none.txt", "none/at/all.txt", ".git/index", "cables/10MOSCOW1.txt~", "vocabulary"})
    assert (result.written, result.removed, result.problems) == (0, 0, ())
    assert site.tree() == before


def test_a_folder_that_was_moved_is_found_whatever_was_told_of_it(site: SiteTest) -> None:
    site.rename("cables/2010", "cables/2011")
    site.build({"cables/2011"})
    holds(site)
    (site.content / "cables/2011").rename(site.content / "cables/2010")
    (site.content / "cables/2011").write_text("a file in its place", "utf-8")
    site.build({"cables/2011/10MOSCOW1.txt"})
    holds(site)


@pytest.mark.parametrize("where", ["cables/link.txt", "cables/linked/10ROME1.txt"])
def test_nothing_is_read_through_a_link(site: SiteTest, where: str) -> None:
    outside = site.folder / "outside"
    outside.mkdir()
    (outside / "10ROME1.txt").write_text(site.read(CABLE), "utf-8")
    if where == "cables/link.txt":
        (site.content / where).symlink_to(outside / "10ROME1.txt")
    else:
        (site.content / "cables/linked").symlink_to(outside)
    result = site.build({where})
    assert [problem.text for problem in result.problems] == ["this is a symbolic link and is not read"]
    assert [page for page in site.files() if "ROME" in page] == []


def test_what_a_sweep_found_is_told_until_the_next_sweep(site: SiteTest) -> None:
    (site.content / "cables/link.txt").symlink_to(site.content / CABLE)
    (site.output / "note.html").write_text("mine", "utf-8")
    told = site.build().problems
    assert [problem.severity for problem in told] == [Severity.ERROR, Severity.WARNING]
    site.edit(CABLE, "The first text", "Another text")
    assert site.build({CABLE}).problems == told
    (site.content / "cables/link.txt").unlink()
    (site.output / "note.html").unlink()
    assert site.build().problems == ()


def test_a_page_that_somebody_edited_is_not_overwritten(site: SiteTest) -> None:
    (site.output / PAGE).write_text("mine", "utf-8")
    site.edit(CABLE, "The first text", "Another text")
    result = site.build({CABLE})
    assert site.page(PAGE) == "mine"
    assert [problem.path for problem in result.problems] == [str(site.output / PAGE)]
    assert site.build({CABLE}).problems == result.problems


def test_a_file_in_the_place_of_a_new_page_is_not_overwritten(site: SiteTest) -> None:
    page = site.output / "cable/2010/01/10MOSCOW3.html"
    page.write_text("mine", "utf-8")
    site.cable("10MOSCOW3")
    assert site.build({"cables/10MOSCOW3.txt"}).failed
    assert page.read_text("utf-8") == "mine"
    page.unlink()
    site.build()
    holds(site)


def test_a_page_that_was_lost_comes_back_with_the_change_to_it(site: SiteTest) -> None:
    (site.output / PAGE).unlink()
    site.edit(CABLE, "The first text", "Another text")
    site.build({CABLE})
    holds(site)


def test_a_changed_vocabulary_reads_every_cable(site: SiteTest) -> None:
    site.write("vocabulary/tags.csv", "tag,description\nPGOV,What governments do\n")
    site.build({"vocabulary/tags.csv"})
    holds(site)


def test_a_faulty_file_keeps_its_page_while_others_change(site: SiteTest) -> None:
    site.edit(CABLE, "created", "craeted")
    site.write("articles/why.md", "no title")
    before = site.page(PAGE)
    assert site.build({CABLE, "articles/why.md"}, keep_faulty=True).failed
    site.edit("site.toml", "Test archive", "Another title")
    with opened_files() as opened:
        result = site.build({"site.toml"}, keep_faulty=True)
    assert str(site.content / CABLE) not in opened
    assert len(result.problems) == 2
    assert site.page(PAGE) == before
    assert "Why" in site.page("article/why.html")
    site.edit(CABLE, "craeted", "created")
    site.write("articles/why.md", "# Why\n\nBecause.\n")
    assert site.build({CABLE, "articles/why.md"}, keep_faulty=True).problems == ()
    holds(site)


def test_a_build_that_its_reporter_ends_is_as_if_it_had_not_been(site: SiteTest) -> None:
    def end(_: object) -> None:
        raise KeyboardInterrupt

    site.edit(CABLE, "FIRST", "CHANGED")
    before = site.tree()
    with pytest.raises(KeyboardInterrupt):
        site.build(report=end)
    assert site.tree() == before
    site.build()
    holds(site)
