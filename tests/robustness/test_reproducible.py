"""One archive, one site; `reproducible.py` by hand compares several Pythons, and every combination."""

from pathlib import Path

from tests.robustness.reproducible import Archive, few_cells


def test_every_build_of_an_archive_gives_the_same_bytes(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        digests = {cell: archive.build(cell) for cell in few_cells()}
    assert len(digests) >= 9
    assert len({*digests.values()}) == 1, digests
