"""The stage is removed even under the hands of a worker that was taken for lost."""

import threading
from pathlib import Path

from generator.output.manifest import OWN
from generator.output.stage import STAGE, clear_stage


def test_a_stage_that_is_still_written_to_is_removed_for_good(tmp_path: Path) -> None:
    attempt = tmp_path / STAGE / "17-0a1b2c3d"
    done = threading.Event()

    def write_on() -> None:
        while not done.is_set():
            for position in range(200):
                try:
                    (attempt / str(position)).write_bytes(b"late")
                except FileNotFoundError:
                    break

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for _ in range(8):
            attempt.mkdir(parents=True)
            while not (attempt / "3").exists():
                pass
            clear_stage(tmp_path)
            assert list((tmp_path / OWN).iterdir()) == []
    finally:
        done.set()
        writer.join()


def test_what_a_killed_removal_left_is_removed_with_the_next_stage(tmp_path: Path) -> None:
    for folder in (f"{OWN}/leaving", STAGE):
        (tmp_path / folder / "3-aa").mkdir(parents=True)
        (tmp_path / folder / "3-aa/0").write_bytes(b"page")
    clear_stage(tmp_path)
    assert list((tmp_path / OWN).iterdir()) == []
