"""What a build writes, and why: nothing that has not changed, everything that has."""

from pathlib import Path
from typing import Any

import pytest

from generator.errors import CablepressError, LockedError, Severity
from generator.output.folder import claimed
from generator.site import render
from tests.site.support import SITE_TOML, SiteTest, differences, opened_files

FIRST = "cable/2010/01/10MOSCOW1.html"
SECOND = "cable/2010/01/10MOSCOW2.html"
NOT_FOUND = '{% extends "base.html" %}{% block head %}{% endblock %}{% block main %}<h1>Gone</h1>{% endblock %}'
CITING = "cable/2010/02/10PARIS3.html"
STATISTICS = ("statistics/index.html", "statistics/cables.csv", "statistics/gaps.csv")
OTHER = "cable/2009/05/09ROME4.html"


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    """Two cables of one post, a third that refers to the first, a fourth that has nothing to do with them."""
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", subject="FIRST", tags="PGOV", released="2011-08-30")
    site.cable("10MOSCOW2", subject="SECOND", created="2010-01-30T10:00:00Z")
    site.cable("10PARIS3", ref="10 MOSCOW 1", created="2010-02-01T10:00:00Z", origin="Embassy Paris")
    site.cable("09ROME4", subject="FOURTH", tags="ECON", created="2009-05-01T10:00:00Z", origin="Embassy Rome")
    site.write("articles/why.md", "# Why\n\nSee [[10MOSCOW1]].\n")
    site.write("static/a/b.bin", b"\0\xff")
    assert site.build().problems == ()
    return site


def written(site: SiteTest, **options: Any) -> set[str]:
    """The files of the site that a build writes, adds or removes; its result has to say the same."""
    before = site.stamps()
    result = site.build(**options)
    after = site.stamps()
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    changed = {path for path in changed if not path.startswith(".cablepress/")}
    assert result.written + result.removed == len(changed)
    return changed


# What is written


def test_nothing_changed_and_nothing_is_written(site: SiteTest) -> None:
    before = site.stamps()
    result = site.build()
    assert (result.written, result.removed, result.kept) == (0, 0, len(site.files()))
    assert site.stamps() == before


def test_nothing_changed_and_no_page_and_no_cable_is_opened(site: SiteTest) -> None:
    site.build_later()
    with opened_files() as opened:
        assert site.build_later().written == 0
    assert [
        path for path in opened if path.startswith((str(site.output / "cable"), str(site.content / "cables")))
    ] == []
    assert [path for path in opened if path.endswith(".html") and path.startswith(str(site.output))] == []


def test_a_file_that_was_only_touched_writes_nothing(site: SiteTest) -> None:
    (site.content / "cables/10MOSCOW1.txt").touch()
    assert written(site) == set()


def test_an_edited_text_writes_its_page_and_its_folders_manifest(site: SiteTest) -> None:
    site.edit("cables/10MOSCOW1.txt", "Nothing happened", "Something happened")
    before = site.stamps()
    site.build()
    after = site.stamps()
    assert {path for path in after if after[path] != before[path]} == {
        FIRST,
        ".cablepress/manifest.sha256",
        ".cablepress/manifest/cable%2F2010%2F01.sha256",
    }
    assert "Something happened" in site.page(FIRST)


def test_an_edited_subject_writes_what_shows_it(site: SiteTest) -> None:
    site.edit("cables/10MOSCOW1.txt", "SUBJECT: FIRST", "SUBJECT: 1ST")
    assert written(site) == {
        FIRST,
        SECOND,  # its neighbour
        CITING,
        "article/why.html",
        "index.html",
        "date/2010-01.html",
        "reldate/2011-08-30.html",
        *("origin/embassy-moscow.html", "tag/PGOV.html"),
        *("feed.xml", "origin/embassy-moscow.xml", "tag/PGOV.xml"),
    }
    assert site.tree() == site.clean_build()


def test_a_new_cable_writes_what_gains_it(site: SiteTest) -> None:
    site.cable("10ROME9", tags="ECON", created="2010-03-01T10:00:00Z", origin="Embassy Rome")
    assert written(site) == {
        "cable/2010/03/10ROME9.html",
        OTHER,  # its neighbour
        "index.html",
        "assets/site.css",  # the counter
        "date/2010-03.html",
        "date/2010-03_0.html",
        "date/index.html",
        "origin/embassy-rome.html",
        "origin/index.html",
        "tag/ECON.html",
        "tag/index.html",
        *("sitemap.xml", "sitemap/2010-03.xml", "sitemap/date.xml"),
        *STATISTICS,
    }


def test_a_deleted_cable_takes_its_lists_with_it(site: SiteTest) -> None:
    site.delete("cables/09ROME4.txt")
    assert written(site) == {
        OTHER,
        "index.html",
        "assets/site.css",
        *("date/2009-05.html", "date/2009-05_0.html", "date/index.html"),
        *("origin/embassy-rome.html", "origin/index.html"),
        *("tag/ECON.html", "tag/ECON_0.html", "tag/index.html"),
        *("sitemap.xml", *(f"sitemap/{part}.xml" for part in ("2009-05", "date", "origin", "tag"))),
        *STATISTICS,
        "glossary.html",
    }
    assert not (site.output / "cable/2009").exists()
    assert site.tree() == site.clean_build()


def test_a_changed_title_writes_every_page_that_shows_it(site: SiteTest) -> None:
    site.write("site.toml", SITE_TOML.replace("Test archive", "Proof archive"))
    stubs = {path for path in site.files() if path.endswith("_0.html")}
    feeds = {"feed.xml", "tag/PGOV.xml", "origin/embassy-moscow.xml"}
    assert written(site) == {path for path in site.files() if path.endswith(".html")} - stubs | feeds | {"card.png"}


def test_a_template_writes_the_pages_made_with_it(site: SiteTest) -> None:
    site.write("theme/404.html", NOT_FOUND)
    site.write("site.toml", SITE_TOML + 'theme = "theme"\n')
    assert written(site) == {"404.html"}


def test_each_written_file_has_a_reason(site: SiteTest) -> None:
    site.edit("cables/10MOSCOW1.txt", "SUBJECT: FIRST", "SUBJECT: 1ST")
    site.delete("cables/09ROME4.txt")
    before = site.stamps()
    result = site.build(explain=True)
    after = site.stamps()
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    reasons = dict(line.split(": ", 1) for line in result.explained)
    assert reasons.keys() == {path for path in changed if not path.startswith(".cablepress/")}
    assert reasons[FIRST] == "its content file changed"
    assert reasons[CITING] == "a reference to or from 10MOSCOW1 changed"
    assert reasons[SECOND] == "its neighbour 10MOSCOW1 changed"
    assert reasons[OTHER] == "removed, its content file changed"
    assert all(reasons.values())


def test_two_processes_write_the_same_bytes_as_one(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    for number in range(1, 420):
        month = number % 12 + 1
        body = f"1. See 10 MOSCOW {number - 1}.\n\n2. More."
        site.cable(f"10MOSCOW{number}", body, subject=f"NUMBER {number}", created=f"2010-{month:02}-01T10:00:00Z")
    site.build(jobs=2)
    assert differences(site.tree(), site.clean_build(jobs=1)) == {}


@pytest.mark.parametrize(("pages", "characters"), [(1, 2**20), (3, 2**20), (50, 0), (50, 40)])
def test_pages_are_the_same_however_many_are_made_together(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch, pages: int, characters: int
) -> None:
    wanted = site.clean_build()
    monkeypatch.setattr(render, "TOGETHER", pages)
    monkeypatch.setattr(render, "LONG", characters)
    assert differences(site.clean_build(), wanted) == {}


# What is wrong


def test_a_faulty_cable_is_left_out_and_the_rest_is_built(site: SiteTest) -> None:
    site.cable("10MOSCOW5", front='subjekt = "TYPO"')
    result = site.build()
    assert result.failed
    (problem,) = result.problems
    assert (problem.path, problem.line) == (str(site.content / "cables/10MOSCOW5.txt"), 5)
    assert "subjekt" in problem.text
    assert "subject" in problem.hint
    assert not (site.output / "cable/2010/01/10MOSCOW5.html").exists()
    site.edit("cables/10MOSCOW5.txt", "subjekt", "subject")
    assert site.build().problems == ()
    assert "TYPO" in site.page("cable/2010/01/10MOSCOW5.html")
    assert site.tree() == site.clean_build()


def test_of_two_cables_with_one_id_the_first_is_shown(site: SiteTest) -> None:
    site.cable("10MOSCOW1", "1. Another text.", path="cables/zz/copy.txt")
    (problem,) = site.build().problems
    assert problem.path == str(site.content / "cables/zz/copy.txt")
    assert "cables/10MOSCOW1.txt" in problem.text
    assert "Nothing happened" in site.page(FIRST)
    site.delete("cables/10MOSCOW1.txt")
    assert site.build().problems == ()
    assert "Another text" in site.page(FIRST)
    assert site.tree() == site.clean_build()


def test_an_article_that_cites_what_is_missing_is_left_out_until_it_is_there(site: SiteTest) -> None:
    site.write("articles/soon.md", "# Soon\n\nThe rest is in [[10ROME9#par2]].\n")
    (problem,) = site.build().problems
    assert (problem.path, problem.line) == (str(site.content / "articles/soon.md"), 3)
    site.cable("10ROME8")
    assert site.build().problems[0].hint == 'did you mean "10ROME8"?'
    assert not (site.output / "article/soon.html").exists()
    site.cable("10ROME9", "1. One.\n\n2. Two.")
    assert site.build().problems == ()
    assert "10ROME9, paragraph 2" in site.page("article/soon.html")
    assert "Soon" in site.page("cable/2010/01/10ROME9.html")
    assert site.tree() == site.clean_build()


# What is not ours


def test_a_foreign_file_is_reported_and_left_alone(site: SiteTest) -> None:
    (site.output / "tag/notes.txt").write_text("mine", "utf-8")
    result = site.build()
    (problem,) = result.problems
    assert "tag/notes.txt" in problem.path
    assert problem.severity is Severity.WARNING
    site.delete("cables/09ROME4.txt")
    site.build()
    assert (site.output / "tag/notes.txt").read_text("utf-8") == "mine"


def test_a_foreign_file_in_the_place_of_a_page_is_not_overwritten(site: SiteTest) -> None:
    place = site.output / "cable/2010/01/10MOSCOW5.html"
    place.write_text("mine", "utf-8")
    site.cable("10MOSCOW5")
    for _ in range(2):
        result = site.build()
        assert [problem.severity for problem in result.problems if "10MOSCOW5" in problem.path] == [Severity.ERROR]
        assert place.read_text("utf-8") == "mine"
    place.unlink()
    assert site.build().problems == ()
    assert site.tree() == site.clean_build()


def test_an_edited_page_is_reported_and_left_alone(site: SiteTest) -> None:
    (site.output / FIRST).write_text("mine", "utf-8")
    site.edit("cables/10MOSCOW1.txt", "Nothing happened", "Something happened")
    for _ in range(2):
        (problem,) = site.build().problems
        assert FIRST in problem.path
        assert problem.severity is Severity.ERROR
        assert (site.output / FIRST).read_text("utf-8") == "mine"
    site.delete("cables/10MOSCOW1.txt")
    site.delete("articles/why.md")
    site.build()
    assert (site.output / FIRST).read_text("utf-8") == "mine"
    (site.output / FIRST).unlink()
    site.build()
    assert site.tree() == site.clean_build()


def test_an_unwanted_page_that_was_edited_goes_once_it_is_ours_again(site: SiteTest) -> None:
    page = site.output / OTHER
    ours = page.read_bytes()
    page.write_bytes(b"mine")
    site.delete("cables/09ROME4.txt")
    for _ in range(2):
        (problem,) = site.build().problems
        assert (problem.path, problem.severity) == (str(page), Severity.ERROR)
        assert page.read_bytes() == b"mine"
    page.write_bytes(ours)
    assert site.build().problems == ()
    assert differences(site.tree(), site.clean_build()) == {}


def test_a_lost_page_comes_back(site: SiteTest) -> None:
    (site.output / FIRST).unlink()
    assert written(site) == {FIRST}
    assert site.tree() == site.clean_build()


def test_a_damaged_list_of_files_is_mended(site: SiteTest) -> None:
    (site.output / ".cablepress/manifest/tag.sha256").write_text("", "utf-8")
    site.build()
    assert differences(site.tree(), site.clean_build()) == {}


def test_many_files_are_deleted_only_by_their_exact_number(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    for number in range(1, 61):
        site.cable(f"10MOSCOW{number}")
    site.build()
    before = site.tree()
    for number in range(1, 56):
        site.delete(f"cables/10MOSCOW{number}.txt")
    for confirmed in (0, 54, 56):
        with pytest.raises(CablepressError, match="would delete 55 of") as refused:
            site.build(confirm_delete=confirmed)
        assert refused.value.hint.endswith("--confirm-delete 55")
        told = refused.value.text.splitlines()
        assert (told[1], told[-1]) == ("  cable/2010/01/10MOSCOW1.html", "  … and 35 more")
        assert site.tree() == before
    assert site.build(confirm_delete=55).removed == 55
    assert site.tree() == site.clean_build()


def test_only_one_build_at_a_time(site: SiteTest) -> None:
    with claimed(site.output), pytest.raises(LockedError):
        site.build()
    assert site.build().written == 0


def test_a_missing_citation_says_nothing_of_its_neighbours(tmp_path: Path) -> None:
    """The archive's IDs that look like the missing one are offered; they keep the anchors that they have."""
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW226", "1. One.\n\n2. Two.")
    site.build()
    site.write("articles/one.md", "# One\n\nSee [[10MOSCOW227]] and [[10MOSCOW226#par2]].\n")
    first, second = site.build(), site.build(full=True)
    assert [problem.text for problem in first.problems] == ["there is no cable 10MOSCOW227 in the archive"]
    assert second.problems == first.problems


def test_an_alias_that_is_the_id_of_another_cable_is_warned_of_as_long_as_it_is(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    first = site.cable("10MOSCOW1", front='aliases = ["10MOSCOW2", "10MOSCOW1"]')

    def told() -> list[tuple[str, str]]:
        result, clean = site.build(), site.built_anew()[0]
        assert sorted(result.problems) == sorted(clean.problems)
        assert not result.failed
        return [(problem.path, problem.text) for problem in result.problems]

    taken = [(str(site.content / first), "its alias 10MOSCOW2 is the reference ID of cables/10MOSCOW2.txt")]
    assert told() == []
    second = site.cable("10MOSCOW2")
    assert told() == taken
    site.edit(second, "happened", "at all happened")
    assert told() == taken
    site.edit(first, '"10MOSCOW2", ', "")
    assert told() == []
    site.edit(first, '["10MOSCOW1"]', '["10MOSCOW2"]')
    assert told() == taken
    site.delete(second)
    assert told() == []
