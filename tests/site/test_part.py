"""A site of a part of the archive: as if there were no other cables."""

import shutil
from pathlib import Path

import pytest

from generator.archive.notes import notes_folder
from generator.build.build import build
from generator.errors import Severity, UsageError
from generator.output.clean import clean
from generator.output.manifest import ROOT
from generator.output.selection import PART
from generator.settings.selection import read_selection
from tests.site.support import SITE_TOML, SiteTest, differences, files_below
from tests.site.test_cli import run

MOSCOW = read_selection(["origin=Moscow"])
SITE = SITE_TOML + "total = 9\n"


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path, SITE)
    site.cable("10MOSCOW1", subject="FIRST", tags="PGOV PREL", ref="10ANKARA1")
    site.cable("10MOSCOW2", subject="SECOND", tags="ECON", created="2009-06-30T10:00:00Z")
    site.cable("10ANKARA1", subject="ELSEWHERE", tags="PGOV", origin="Embassy Ankara", ref="10MOSCOW1")
    site.cable("09PARIS1", subject="UNDATED", created="", origin="Embassy Paris")
    return site


def paths(site: SiteTest, output: Path, *only: str) -> set[str]:
    result = build(site.options(output=output, only=read_selection(only)))
    assert result.problems == ()
    return {path for path in files_below(output) if path.startswith("cable/")}


def cables(site: SiteTest, tmp_path: Path, *only: str) -> set[str]:
    found = paths(site, tmp_path / "part", *only)
    return {Path(path).stem for path in found}


@pytest.mark.parametrize(
    ("only", "names"),
    [
        (("origin=Embassy Moscow",), {"10MOSCOW1", "10MOSCOW2"}),
        (("origin=embassy-moscow",), {"10MOSCOW1", "10MOSCOW2"}),
        (("origin=MOSCOW",), {"10MOSCOW1", "10MOSCOW2"}),
        (("origin=moscow", "origin=Ankara"), {"10MOSCOW1", "10MOSCOW2", "10ANKARA1"}),
        (("tag=pgov",), {"10MOSCOW1", "10ANKARA1"}),
        (("tag=PGOV", "tag=ECON"), {"10MOSCOW1", "10MOSCOW2", "10ANKARA1"}),
        (("tag=PGOV", "origin=Ankara"), {"10ANKARA1"}),
        (("from=2010",), {"10MOSCOW1", "10ANKARA1"}),
        (("from=2009", "to=2009-06"), {"10MOSCOW2", "09PARIS1"}),
        (("from=2009-06-30", "to=2009-06-30"), {"10MOSCOW2"}),
        (("to=2009",), {"10MOSCOW2", "09PARIS1"}),
    ],
)
def test_what_is_selected(site: SiteTest, tmp_path: Path, only: tuple[str, ...], names: set[str]) -> None:
    assert cables(site, tmp_path, *only) == names


@pytest.mark.parametrize("only", [("orign=x",), ("origin",), ("origin=",), ("from=June",), ("from=2009-6",)])
def test_what_selects_nothing_that_can_be_understood(only: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match=r"selects no cables|is no day"):
        read_selection(only)


@pytest.mark.parametrize("value", ["2009-13", "2009-00", "2009-02-31", "2009-06-00", "0000", "2009-02-29"])
@pytest.mark.parametrize("key", ["from", "to"])
def test_a_day_or_a_month_that_no_calendar_has_is_refused(key: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"{value} is no day, month or year"):
        read_selection([f"{key}={value}"])


@pytest.mark.parametrize(
    ("condition", "hint"),
    [
        ("origin", "write origin=NAME"),
        ("tag=", "write tag=NAME"),
        ("from", "write from=2009-06"),
        ("orign=x", 'did you mean "origin"?'),
    ],
)
def test_a_condition_without_a_value_says_how_to_write_it(condition: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_selection([condition])
    assert refused.value.hint == hint


@pytest.mark.parametrize("key", ["from", "to"])
def test_a_part_begins_and_ends_once(key: str) -> None:
    with pytest.raises(UsageError, match=f'"{key}=2009" and "{key}=2010-06"') as refused:
        read_selection(["origin=Moscow", f"{key}=2010-06", f"{key}=2009"])
    assert refused.value.hint == f"give {key} once"
    assert read_selection([f"{key}=2009", f"{key}=2009"]) == read_selection([f"{key}=2009"])


def test_a_part_is_what_the_archive_would_be_without_the_others(site: SiteTest, tmp_path: Path) -> None:
    """Lists, counts, backlinks, references and the counter: everything, byte for byte."""
    part = tmp_path / "part"
    paths(site, part, "origin=Moscow")
    for name in ("10ANKARA1", "09PARIS1"):
        site.delete(f"cables/{name}.txt")
    site.edit("site.toml", "total = 9\n", "")
    site.build()
    found = {path: raw for path, raw in files_below(part).items() if path != ".cablepress/part"}
    assert differences(found, site.tree()) == {}


def test_a_part_follows_its_cables_as_a_clean_build_would(site: SiteTest, tmp_path: Path) -> None:
    part = tmp_path / "part"
    paths(site, part, "origin=Moscow")
    site.edit("cables/10ANKARA1.txt", "Embassy Ankara", "Embassy Moscow")
    site.edit("cables/10MOSCOW2.txt", "Embassy Moscow", "Embassy Paris")
    site.write("cables/10MOSCOW2.txt", site.read("cables/10MOSCOW2.txt").replace("10MOSCOW2", "10PARIS2"))
    assert {Path(path).stem for path in paths(site, part)} == {"10MOSCOW1", "10ANKARA1"}
    clean_part = tmp_path / "clean"
    paths(site, clean_part, "origin=Moscow")
    assert differences(files_below(part), files_below(clean_part)) == {}


def test_faulty_cables_are_told_and_those_of_other_parts_count_once_read(site: SiteTest, tmp_path: Path) -> None:
    site.cable("10ANKARA2", origin="Embassy Ankara", front="tgs = 1")
    result = build(site.options(output=tmp_path / "part", only=MOSCOW))
    assert [problem.severity for problem in result.problems] == [Severity.ERROR]


def test_an_article_may_cite_what_the_part_has_not(site: SiteTest, tmp_path: Path) -> None:
    site.write("articles/one.md", '+++\ntitle = "One"\n+++\nSee [[10ANKARA1]] and [[10MOSCOW1]].\n')
    paths(site, tmp_path / "part", "origin=Moscow")
    page = (tmp_path / "part/article/one.html").read_text("utf-8")
    assert 'href="../cable/2010/01/10MOSCOW1.html"' in page
    assert "10ANKARA1.html" not in page
    site.edit("articles/one.md", "[[10MOSCOW1]]", "[[10MOSCOW1#par9]]")
    result = build(site.options(output=tmp_path / "part"))
    assert ["no paragraph par9" in problem.text for problem in result.problems] == [True]


@pytest.mark.parametrize(
    ("only", "hint"),
    [
        (("origin=Moskow",), 'did you mean "moscow"?'),
        (("tag=PGOW", "from=2001"), 'did you mean "PGOV"?'),
        (("origin=embassy-moscow", "from=2011"), "the lists of the whole site"),
        (("origin=Xyzzy",), "the lists of the whole site"),
    ],
)
def test_a_part_without_any_cable_leaves_no_site(
    site: SiteTest, tmp_path: Path, only: tuple[str, ...], hint: str
) -> None:
    part = tmp_path / "part"
    site.cable("10ANKARA2", front="tgs = 1")
    result = build(site.options(output=part, only=read_selection(only)))
    told, faulty = result.problems
    assert (told.path, told.text.startswith("no cable has "), "tgs" in faulty.text) == (str(site.content), True, True)
    assert told.hint.startswith(hint)
    assert (result.failed, result.pages, part.exists()) == (True, {}, False)
    part.mkdir()
    build(site.options(output=part, only=read_selection(only)))
    assert list(part.iterdir()) == []
    site.delete("cables/10ANKARA2.txt")
    assert cables(site, tmp_path, "origin=Moscow") == {"10MOSCOW1", "10MOSCOW2"}


def test_a_part_that_loses_its_cables_says_so(site: SiteTest, tmp_path: Path) -> None:
    paths(site, tmp_path / "part", "origin=Paris")
    site.delete("cables/09PARIS1.txt")
    result = build(site.options(output=tmp_path / "part"))
    assert [problem.text for problem in result.problems] == ["no cable has origin=paris"]
    assert result.failed
    assert "cable/2009/00/09PARIS1.html" not in files_below(tmp_path / "part")


def test_no_folder_becomes_that_of_something_else(site: SiteTest, tmp_path: Path) -> None:
    site.build()
    whole = site.tree()
    with pytest.raises(UsageError, match="this folder is for the whole archive"):
        site.build(only=MOSCOW)
    assert site.tree() == whole
    part = tmp_path / "part"
    paths(site, part, "origin=Moscow")
    tree = files_below(part)
    with pytest.raises(UsageError, match="this folder is for the part origin=moscow"):
        build(site.options(output=part, only=read_selection(["origin=Ankara"])))
    build(site.options(output=part))
    assert files_below(part) == tree
    clean(part)
    assert not part.exists() or not files_below(part)
    build(site.options(output=part))
    assert len([path for path in files_below(part) if path.startswith("cable/")]) == 4


def test_a_lost_catalog_does_not_turn_a_part_into_the_whole(site: SiteTest, tmp_path: Path) -> None:
    part = tmp_path / "part"
    paths(site, part, "origin=Moscow")
    tree = files_below(part)
    for file in notes_folder(site.content, part).glob("catalog.sqlite*"):
        file.unlink()
    build(site.options(output=part))
    assert files_below(part) == tree


def test_a_part_whose_first_build_was_killed_never_becomes_the_whole(site: SiteTest, tmp_path: Path) -> None:
    part = tmp_path / "part"
    for number in range(1, 100):
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(notes_folder(site.content, part), ignore_errors=True)
        again = site.build_killed(number * 9, output=part, only=MOSCOW)
        if (part / PART).exists():
            build(site.options(output=part))
            assert {path.stem for path in part.glob("cable/*/*/*.html")} == {"10MOSCOW1", "10MOSCOW2"}, number
            with pytest.raises(UsageError, match="this folder is for the part origin=moscow"):
                build(site.options(output=part, only=read_selection(["origin=Ankara"])))
        else:
            assert not [path for path in part.rglob("*") if path.is_file() and path != part / ROOT], number
        if not again:
            break
    assert number > 5


def test_a_site_whose_first_build_was_killed_never_becomes_a_part_with_more_in_it(site: SiteTest) -> None:
    seen = set()
    for number in range(1, 100):
        shutil.rmtree(site.output, ignore_errors=True)
        shutil.rmtree(notes_folder(site.content, site.output), ignore_errors=True)
        again = site.build_killed(number * 9)
        try:
            site.build(only=MOSCOW)
        except UsageError:
            seen.add("whole")
            assert not (site.output / PART).exists(), number
        else:
            seen.add("part")
            assert {path.stem for path in site.output.glob("cable/*/*/*.html")} == {"10MOSCOW1", "10MOSCOW2"}, number
        if not again:
            break
    assert seen == {"part", "whole"}


def test_a_folder_that_no_longer_tells_its_part_is_not_built(site: SiteTest, tmp_path: Path) -> None:
    part = tmp_path / "part"
    paths(site, part, "origin=Moscow")
    tree = files_below(part)
    (part / PART).write_text("")
    with pytest.raises(UsageError, match="should say which part"):
        build(site.options(output=part))
    (part / PART).write_bytes(tree[PART])
    assert files_below(part) == tree


def test_the_command_gives_a_part_a_folder_of_its_own(site: SiteTest) -> None:
    assert run(site, "build").returncode == 0
    whole = site.tree()
    done = run(site, "build", "--only", "origin=Embassy Moscow", "--only", "from=2010")
    assert done.returncode == 0, done.stderr
    folder = site.folder / "output-origin-embassy-moscow-from-2010"
    assert [path.stem for path in folder.glob("cable/*/*/*.html")] == ["10MOSCOW1"]
    assert f"serve --output {folder.name}" in done.stdout
    assert site.tree() == whole
    assert run(site, "check", "--output", folder.name).returncode == 0
    assert run(site, "build", "--only", "orign=x").returncode == 2


def test_a_target_of_a_part_gets_the_part(site: SiteTest) -> None:
    site.write(
        "site.toml", SITE + '[publish.moscow]\nkind = "directory"\npath = "web"\nonly = ["origin=Moscow", "to=2009"]\n'
    )
    assert run(site, "publish", "moscow").returncode == 0
    assert [path.stem for path in (site.folder / "web/current").glob("cable/*/*/*.html")] == ["10MOSCOW2"]
    assert not site.output.exists()
    told = run(site, "publish", "moscow", "--only", "origin=Ankara", "--dry-run", "--max-deletes", "0")
    assert "1 deleted" in told.stdout or "would be deleted" in told.stderr
