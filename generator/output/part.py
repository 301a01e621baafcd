"""Which part of an archive an output folder is for: it never becomes that of another part, or of the whole."""

from pathlib import Path

from generator.errors import UsageError
from generator.output.manifest import OWN, ROOT

PART = f"{OWN}/part"


def settled_part(output: Path, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The conditions that select the part which the folder is for; that which is `wanted`, where the folder is new.

    Empty for the whole archive. Raises UsageError where the folder is for something else.
    """
    if not (output / ROOT).is_file() or not (output / ROOT).stat().st_size:
        return wanted
    held = tuple((output / PART).read_text("utf-8").splitlines()) if (output / PART).is_file() else ()
    if wanted and wanted != held:
        what = f"the part {', '.join(held)}" if held else "the whole archive"
        raise UsageError(f"{output}: this folder is for {what}", "name another folder with --output")
    return held


def note_part(output: Path, part: tuple[str, ...]) -> None:
    """Have the folder, which is ours and may be new, be for the part."""
    told = "".join(f"{condition}\n" for condition in part)
    if not part:
        (output / PART).unlink(missing_ok=True)
    elif not (output / PART).is_file() or (output / PART).read_text("utf-8") != told:
        (output / PART).write_text(told, "utf-8")
