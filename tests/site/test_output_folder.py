"""Which folders a site is never built into; and that refusing changes nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import Severity, UsageError
from generator.output.clean import clean
from generator.site.theme import builtin_templates
from tests.site.support import SiteTest, differences, files_below


def checkout(folder: Path) -> Path:
    (folder / "work/.git").mkdir(parents=True)
    return folder / "work"


def not_empty(folder: Path) -> Path:
    (folder / "photos").mkdir()
    (folder / "photos/holiday.jpg").write_bytes(b"")
    return folder / "photos"


def link(folder: Path) -> Path:
    (folder / "elsewhere").mkdir()
    (folder / "link").symlink_to(folder / "elsewhere")
    return folder / "link"


def a_file(folder: Path) -> Path:
    (folder / "file").write_bytes(b"")
    return folder / "file"


PLACES: dict[str, Callable[[Path], Path]] = {
    "the root": lambda _: Path("/"),
    "a file system of its own": lambda _: Path("/proc"),
    "home": lambda _: Path("~").expanduser(),
    "the folder above the one at hand": lambda folder: folder / "at",
    "content": lambda folder: folder / "content",
    "above content": lambda folder: folder,
    "inside content": lambda folder: folder / "content/site",
    "inside content, by a way around": lambda folder: folder / "content/../content/site",
    "templates": lambda _: builtin_templates(),
    "a checkout": checkout,
    "a folder with other files": not_empty,
    "a link": link,
    "a file": a_file,
}


@pytest.mark.parametrize("place", PLACES)
def test_a_dangerous_folder_is_refused(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1")
    (tmp_path / "home").mkdir()
    (tmp_path / "at/hand").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "at/hand")
    output = PLACES[place](tmp_path)
    before = files_below(tmp_path)
    with pytest.raises(UsageError, match=str(output)) as refused:
        site.build(output=output)
    assert refused.value.exit_code == 2
    assert refused.value.hint
    assert files_below(tmp_path) == before


def test_an_empty_folder_and_one_kept_by_git_are_taken(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.output.mkdir()
    (site.output / ".gitkeep").touch()
    assert site.build().problems == ()
    assert (site.output / ".gitkeep").exists()
    assert (site.output / "index.html").exists()


def test_a_link_in_the_output_leads_no_write_elsewhere(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.build()
    (tmp_path / "victim").mkdir()
    (site.output / "cable").symlink_to(tmp_path / "victim")
    site.cable("10MOSCOW1")
    (problem,) = site.build().problems
    assert (problem.path, problem.severity) == (str(site.output / "cable"), Severity.ERROR)
    assert list((tmp_path / "victim").iterdir()) == []
    (site.output / "cable").unlink()
    assert site.build().problems == ()
    assert site.tree() == site.clean_build()


def test_a_file_in_the_place_of_a_folder_bars_what_is_below_it(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.build()
    (site.output / "cable").write_bytes(b"mine")
    site.cable("10MOSCOW1")
    (problem,) = site.build().problems
    assert (problem.path, problem.severity) == (str(site.output / "cable"), Severity.ERROR)
    assert (site.output / "cable").read_bytes() == b"mine"
    assert "10MOSCOW1" in site.page("index.html") or "10MOSCOW1" in site.page("date/2010-01.html")


def test_what_lies_behind_a_link_is_never_deleted(tmp_path: Path) -> None:
    """Not even where it is byte for byte what we wrote: it is somebody's copy."""
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", tags="PGOV")
    site.build()
    (site.output / "tag").rename(tmp_path / "copy")
    (site.output / "tag").symlink_to(tmp_path / "copy")
    before = files_below(tmp_path / "copy")
    site.delete("cables/10MOSCOW1.txt")
    site.build()
    assert files_below(tmp_path / "copy") == before
    done = clean(site.output)
    assert files_below(tmp_path / "copy") == before
    assert "tag/PGOV.html" in done.left
    assert [path.name for path in site.output.iterdir()] == ["tag"]


def test_a_full_build_still_knows_its_files_where_the_manifest_lost_them(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", tags="PGOV")
    site.build()
    before = site.tree()
    (site.output / ".cablepress/manifest/tag.sha256").unlink()
    result = site.build(full=True)
    assert (result.problems, result.written) == ((), 0)
    assert site.tree() == before


@pytest.mark.parametrize(
    "lost", ["date/*.html", "cable/2010/01/10MOSCOW1.html", "static/a/b/c.txt", "static/a/b", "date"]
)
def test_clean_leaves_no_empty_folder_where_a_page_was_lost(tmp_path: Path, lost: str) -> None:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1")
    site.write("static/a/b/c.txt", "")
    site.build()
    for path in site.output.glob(lost):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (site.output / "static/kept").write_bytes(b"")
    assert clean(site.output).left == ()
    assert {path.name for path in site.output.rglob("*")} == {"static", "kept"}


def test_a_linked_folder_of_manifests_is_refused(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.build()
    manifests = site.output / ".cablepress/manifest"
    manifests.rename(tmp_path / "copy")
    manifests.symlink_to(tmp_path / "copy")
    before = files_below(tmp_path)
    with pytest.raises(UsageError, match="symbolic link"):
        clean(site.output)
    assert files_below(tmp_path) == before


@pytest.mark.parametrize("inside", ["", "deep", "deep/down"])
def test_a_folder_in_the_place_of_a_page_bars_it(tmp_path: Path, inside: str) -> None:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", tags="PGOV")
    site.build()
    place = site.output / "tag/PGOV.html"
    place.unlink()
    (place / inside).mkdir(parents=True)
    for _ in range(2):
        (problem,) = [problem for problem in site.build().problems if problem.path == str(place)]
        assert problem.severity is Severity.ERROR
        assert place.is_dir()
    place.rename(tmp_path / "away")
    assert site.build().problems == ()
    assert differences(site.tree(), site.clean_build()) == {}
