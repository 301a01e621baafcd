"""The stage: the folder inside the output that new files wait in until the journal puts them in place."""

import os
from pathlib import Path

from generator.output.manifest import OWN

STAGE = f"{OWN}/stage"
LEAVING = f"{OWN}/leaving"
"""What the stage is called while it is removed."""


def clear_stage(output: Path) -> None:
    """Remove the files that an unfinished build left on the stage.

    The stage gives up its name first: a worker that was taken for lost, and still writes, finds no folder any more.
    """
    stage, leaving = output / STAGE, output / LEAVING
    _remove(leaving)
    if stage.is_dir() and not stage.is_symlink():
        stage.rename(leaving)
        _remove(leaving)


def _remove(stage: Path) -> None:
    """Remove a stage. Its files lie two levels deep, and all are ours."""
    if not stage.is_dir() or stage.is_symlink():
        return
    for entry in list(os.scandir(stage)):
        if entry.is_dir(follow_symlinks=False):
            for file in list(os.scandir(entry.path)):
                Path(file.path).unlink()
            Path(entry.path).rmdir()
        else:
            Path(entry.path).unlink()
    stage.rmdir()
