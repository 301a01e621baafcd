"""Publishing with another tool, a real one: a script that keeps a copy, and rsync."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.errors import CablepressError, LockedError, UsageError
from generator.publish.command import Command
from generator.publish.kinds import place_of
from generator.publish.manifest import UNKNOWN
from generator.settings.targets import CommandTarget
from tests.publish.support import arrived, files_of, numbers, owned, publish, put

COPY = """
import json, os, pathlib, shutil, sys
site, to, note = map(pathlib.Path, sys.argv[1:4])
told = [line.rstrip("\\n").split("\\t") for line in sys.stdin]
for letter, path in told:
    if letter == "D":
        (to / path).unlink()
    else:
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / path, to / path)
    if os.environ.get("FAIL_AT") == path:
        sys.exit(7)
note.write_text(json.dumps(told))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Command:
    words = (sys.executable, "-c", COPY, "{site}", "there", "note.json")
    place = place_of("web", CommandTarget(command=words), tmp_path)
    assert isinstance(place, Command)
    return place


def told(place: Command) -> list[list[str]]:
    found: list[list[str]] = json.loads((place.folder / "note.json").read_text())
    return found


def test_the_command_is_told_what_changes_and_finds_it(output: Path, copy: Command) -> None:
    there = copy.folder / "there"
    assert numbers(publish(output, copy)) == (6, 0, 0, 0)
    assert told(copy) == sorted(["A", path] for path, _ in owned(output))
    put(output, "index.html", "changed")
    put(output, "new.html", "added")
    (output / "a/b.html").unlink()
    assert numbers(publish(output, copy)) == (1, 1, 1, 4)
    assert told(copy) == [["D", "a/b.html"], ["M", "index.html"], ["A", "new.html"]]
    assert files_of(there) == {path: (output / path).read_bytes() for path, _ in owned(output)}


def test_nothing_changed_runs_nothing(output: Path, copy: Command) -> None:
    publish(output, copy)
    (copy.folder / "note.json").unlink()
    assert arrived(publish(output, copy)).is_new is False
    assert not (copy.folder / "note.json").exists()


def test_a_dry_run_runs_nothing(output: Path, copy: Command) -> None:
    assert numbers(publish(output, copy, dry_run=True)) == (6, 0, 0, 0)
    assert not (copy.folder / "there").exists()
    assert not copy.notes.exists()


def test_after_a_failure_everything_that_it_may_have_done_is_listed_again(
    output: Path, copy: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(output, copy)
    put(output, "a.html", "changed")
    put(output, "b.html", "added, and gone again")
    (output / "index.html").unlink()
    monkeypatch.setenv("FAIL_AT", "b.html")
    with pytest.raises(CablepressError, match="the command said 7"):
        publish(output, copy)
    monkeypatch.delenv("FAIL_AT")
    (output / "b.html").unlink()
    put(output, "index.html", "<p>index.html")
    with copy.held() as held:
        assert UNKNOWN in held.read().decode()
    monkeypatch.setenv("FAIL_AT", "a.html")
    with pytest.raises(CablepressError, match="the command said 7"):
        publish(output, copy)
    monkeypatch.delenv("FAIL_AT")
    assert numbers(publish(output, copy)) == (0, 2, 1, 4)
    assert files_of(copy.folder / "there") == {path: (output / path).read_bytes() for path, _ in owned(output)}


def another(copy: Command, **keys: Any) -> Command:
    """The place after a change of its table in site.toml."""
    place = place_of("web", msgspec.structs.replace(copy.target, **keys), copy.folder)
    assert isinstance(place, Command)
    return place


def test_another_host_or_compression_lets_what_is_there_be_known(output: Path, copy: Command) -> None:
    publish(output, copy)
    (output / "a.html").unlink()
    done = publish(output, another(copy, host="netlify", compress=("gzip",)))
    assert (numbers(done), done.remark) == ((0, 0, 1, 5), "")
    assert told(copy) == [["D", "a.html"]]


def test_another_command_is_told_of_all_that_is_there_again(
    output: Path, copy: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(output, copy)
    (output / "a.html").unlink()
    put(output, "index.html", "changed")
    words = (*copy.target.command, "--another")
    dry = publish(output, another(copy, command=words), dry_run=True)
    assert (numbers(dry), "the command is another" in dry.remark) == ((0, 5, 1, 0), True)
    monkeypatch.setenv("FAIL_AT", "a/b.html")
    with pytest.raises(CablepressError, match="the command said 7"):
        publish(output, another(copy, command=words))
    monkeypatch.delenv("FAIL_AT")
    (copy.folder / "there/a.html").touch()
    assert numbers(publish(output, another(copy, command=words))) == (0, 5, 1, 0)
    assert files_of(copy.folder / "there") == {path: (output / path).read_bytes() for path, _ in owned(output)}
    assert numbers(publish(output, another(copy, command=words))) == (0, 0, 0, 5)


def test_words_are_never_given_to_a_shell(output: Path, tmp_path: Path) -> None:
    words = (sys.executable, "-c", "import sys; open('words', 'w').write(sys.argv[1])", "$(touch owned); `id` > x")
    publish(output, place_of("web", CommandTarget(command=words), tmp_path))
    assert (tmp_path / "words").read_text() == words[-1]
    assert not (tmp_path / "owned").exists()


def test_the_lists_are_files_as_well_and_rsync_takes_them(output: Path, tmp_path: Path) -> None:
    rsync = shutil.which("rsync")
    assert rsync
    words = (rsync, "--recursive", "--files-from={changed}", "{site}/", "mirror/")
    publish(output, place_of("web", CommandTarget(command=words), tmp_path))
    assert files_of(tmp_path / "mirror") == {path: (output / path).read_bytes() for path, _ in owned(output)}


def test_what_was_edited_is_not_handed_over(output: Path, copy: Command) -> None:
    built = list(owned(output))
    put(output, "index.html", "by hand")
    with pytest.raises(CablepressError, match="was changed since it was built"):
        publish(output, copy, built)
    assert not (copy.folder / "there").exists()


def test_a_program_that_is_not_there(output: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no-such-program: there is no such program"):
        publish(output, place_of("web", CommandTarget(command=("no-such-program",)), tmp_path))


def test_one_run_at_a_time(output: Path, copy: Command) -> None:
    with copy.locked(), pytest.raises(LockedError):
        publish(output, copy)


def test_its_folder_of_the_site_is_gone_afterwards(output: Path, copy: Command) -> None:
    publish(output, copy)
    assert sorted(path.name for path in copy.notes.iterdir()) == ["MANIFEST.sha256", "command.sha256"]
    check = subprocess.run(["sha256sum", "--check", "--quiet", copy.notes / "MANIFEST.sha256"], cwd=output, check=False)
    assert check.returncode == 0
