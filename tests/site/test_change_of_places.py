"""A file comes where a folder was, or the reverse: the site is the old or the new one, and no build is stuck."""

import shutil
from pathlib import Path

import pytest

from generator.errors import CablepressError
from generator.output.journal import Stage
from tests.site.support import SiteTest, differences
from tests.site.test_kill import recovered, started_over


@pytest.mark.parametrize(("before", "after"), [("static/a", "static/a/b/c"), ("static/a/b/c", "static/a")])
def test_a_file_and_a_folder_change_places_whenever_it_is_killed(tmp_path: Path, before: str, after: str) -> None:
    site = SiteTest(tmp_path / "site")
    site.write(before, "before")
    site.build()
    old = site.tree()
    site.delete(before)
    shutil.rmtree(site.content / "static")
    site.write(after, "after")
    new = site.clean_build()
    for number in started_over(site):
        again = site.build_killed(number)
        assert recovered(site) in (old, new), number
        site.build()
        assert differences(site.tree(), new) == {}, number
        if not again:
            break
    assert number > 10


def test_what_comes_into_the_way_while_a_build_runs_leaves_the_old_site(tmp_path: Path) -> None:
    site = SiteTest(tmp_path / "site")
    site.cable("10MOSCOW1", tags="PGOV")
    site.build()
    old = site.tree()
    stage = Stage(site.output)
    stage.write("tag", "0", b"new")
    with pytest.raises(CablepressError, match="in the way"):
        stage.seal("2")
    stage.abandon()
    assert site.tree() == old
