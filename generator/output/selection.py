"""Which part of an archive an output folder is for: it never becomes that of another part, or of the whole."""

import os
from pathlib import Path

from generator.errors import UsageError
from generator.output.manifest import OWN, ROOT
from generator.output.stage import STAGE, clear_stage
from generator.settings.selection import Selection, read_selection
from generator.storage import naming

PART = f"{OWN}/part"


def settled_part(output: Path, wanted: Selection) -> Selection:
    """The part that a folder is for, which is claimed and has no journal; that which is `wanted`, where it is new.

    It is noted before anything of the part is written, and stands whatever becomes of the site. The whole archive is
    the part without a condition. Raises UsageError where the folder is for something else.
    """
    if not (output / PART).exists() and not (output / ROOT).stat().st_size:
        if wanted.conditions:
            _note(output, wanted)
        return wanted
    held = _noted(output)
    if wanted.conditions and wanted != held:
        what = f"the part {', '.join(held.conditions)}" if held.conditions else "the whole archive"
        raise UsageError(f"{output}: this folder is for {what}", "name another folder with --output")
    return held


def _noted(output: Path) -> Selection:
    if not (output / PART).exists():
        return Selection()
    held = read_selection((output / PART).read_text("utf-8", "replace").splitlines())
    if not held.conditions:
        told = "this file should say which part of the archive the folder is for"
        raise UsageError(f"{output / PART}: {told}", "name another folder with --output")
    return held


def _note(output: Path, part: Selection) -> None:
    """Write down what the folder is for, all of it or nothing."""
    draft = output / STAGE / "part"
    draft.parent.mkdir(exist_ok=True)
    with naming(draft), draft.open("w", encoding="utf-8") as file:
        file.writelines(f"{condition}\n" for condition in part.conditions)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(output / PART)
    clear_stage(output)
