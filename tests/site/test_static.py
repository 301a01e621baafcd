"""Files of `content/static/`: copied as they are, of any size."""

import os
import tracemalloc
from pathlib import Path

from generator.build.options import Progress
from generator.output.clean import clean
from tests.site.support import SiteTest, differences

LARGE = 64 * 2**20


def test_a_large_file_is_never_held_in_memory(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1")
    site.write("static/film.bin", b"")
    os.truncate(site.content / "static/film.bin", LARGE)
    tracemalloc.start()
    try:
        site.build()
        assert (site.output / "static/film.bin").stat().st_size == LARGE
        os.utime(site.output / "static/film.bin", (0, 0))
        assert site.build().written == 0
        clean(site.output)
        assert not (site.output / "static/film.bin").exists()
        assert tracemalloc.get_traced_memory()[1] < LARGE / 4
    finally:
        tracemalloc.stop()


def test_a_file_that_changes_before_it_is_copied_is_read_again(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1")
    site.write("static/a.bin", b"1")
    seen: list[str] = []

    def change(progress: Progress) -> None:
        if progress.stage == "look" and "read" in seen and "changed" not in seen:
            site.write("static/a.bin", b"2")
            seen.append("changed")
        seen.append(progress.stage)

    assert site.build(report=change).problems == ()
    assert "changed" in seen
    assert (site.output / "static/a.bin").read_bytes() == b"2"
    assert differences(site.tree(), site.clean_build()) == {}
