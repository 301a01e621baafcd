"""A content file that is deleted after it was found, and before it is read or rendered."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from generator.archive.catalog import Catalog
from generator.archive.discover import sweep
from generator.build import stages
from tests.site.support import SiteTest, differences

PATHS = ["cables/10MOSCOW1.txt", "articles/why.md", "static/a/b.bin"]


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", subject="FIRST", tags="PGOV")
    site.cable("10MOSCOW2", "1. See 10 MOSCOW 1.")
    site.write("articles/why.md", "# Why\n\nSee [[10MOSCOW2]].\n")
    site.write("static/a/b.bin", b"1")
    return site


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("known", [False, True])
def test_deleted_before_it_is_read(site: SiteTest, monkeypatch: pytest.MonkeyPatch, path: str, known: bool) -> None:
    if known:
        site.build()

    def sweep_and_delete(content: Path, catalog: Catalog, **how: Any) -> Any:
        seen = list(sweep(content, catalog, **how))
        (content / path).unlink(missing_ok=True)
        return iter(seen)

    monkeypatch.setattr("generator.build.stages.sweep", sweep_and_delete)
    assert site.build(full=True).problems == ()
    assert differences(site.tree(), site.clean_build()) == {}


@pytest.mark.parametrize("path", PATHS)
def test_deleted_before_it_is_rendered(site: SiteTest, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    read = stages.Stages.read

    def read_and_delete(self: stages.Stages, changed: Collection[str] | None) -> None:
        read(self, changed)
        self.catalog.db.execute("DELETE FROM parsed")
        (site.content / path).unlink(missing_ok=True)

    monkeypatch.setattr(stages.Stages, "read", read_and_delete)
    assert site.build().problems == ()
    assert differences(site.tree(), site.clean_build()) == {}
