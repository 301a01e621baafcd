"""The kinds of target, and the module of each; it is loaded when it is needed."""

from pathlib import Path

from generator.publish.place import Place
from generator.targets import DirectoryTarget, Target


def place_of(target: Target, folder: Path) -> Place:
    """The place that a target of `site.toml` is; relative paths begin at the folder."""
    assert isinstance(target, DirectoryTarget)
    from generator.publish.directory import Directory

    return Directory(folder / target.path)
