"""Parsed cables wait in a spool a chunk, of which any number can be taken from with few files open."""

from pathlib import Path

from generator.archive.intake import OPEN_SPOOLS, Spools, read_files
from generator.cable.vocabulary import BUILT_IN


def test_many_spools_take_few_open_files(tmp_path: Path) -> None:
    content, folder = tmp_path / "content", tmp_path / "spools"
    folder.mkdir()
    paths = [f"cables/10MOSCOW{number}.txt" for number in range(1, 3 * OPEN_SPOOLS)]
    (content / "cables").mkdir(parents=True)
    for path in paths:
        (content / path).write_text(f"SUBJECT: {path}\n\n1. Text.\n", encoding="utf-8")
    read = [read_files(content, [path], folder, BUILT_IN)[0] for path in (*paths, *paths)]
    assert len(list(folder.iterdir())) == len(read)
    spools = Spools(folder)
    for result in (*read, *read):
        assert result.place is not None
        assert f"SUBJECT: {result.path}" in spools.take(result.place).text
    opened = [link for link in Path("/proc/self/fd").iterdir() if link.exists() and folder in link.resolve().parents]
    assert len(opened) == OPEN_SPOOLS
    spools.close()
