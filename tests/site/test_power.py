"""A loss of power: names of files are flushed to the disk before anything relies on them."""

import os
import re
from pathlib import Path

import pytest

from tests.site.support import SiteTest


def test_every_folder_is_flushed_before_the_journal_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW226", subject="ONE")
    site.build()
    flushed: list[tuple[str, bool]] = []
    fsync = os.fsync

    def recorded(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        journal = (site.output / ".cablepress/journal").exists()
        flushed.append((path.relative_to(site.output).as_posix(), journal))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", recorded)
    site.edit("cables/10MOSCOW226.txt", "ONE", "TWO")
    assert site.build().written
    before = {path for path, journal in flushed if not journal}
    after = {path for path, journal in flushed if journal}
    assert {".cablepress/stage", ".cablepress/stage/journal"} <= before
    assert any(re.fullmatch(r"\.cablepress/stage/0-\w+", path) for path in before)
    assert {".cablepress", "cable/2010/01", "date", "origin", ".", ".cablepress/manifest"} <= after
