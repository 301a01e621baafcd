import fcntl
import hashlib
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import CablepressError, LockedError, StorageError, UsageError
from generator.publish.directory import Published, publish

PUBLISH = """
import sys
from pathlib import Path
from generator.publish.directory import publish
from tests.unit.test_publish_directory import owned
output = Path(sys.argv[1])
publish(output, Path(sys.argv[2]), owned(output))
"""

POLL = """
import sys
from pathlib import Path
target, *pages = sys.argv[1:]
current, rounds, states, wrong = Path(target, "current"), 0, set(), []
while "state 200" not in states:
    rounds += 1
    try:
        states.add((current / pages[0]).read_text())
        release = current.resolve(strict=True)
        texts = {(release / page).read_text() for page in pages}
    except FileNotFoundError as error:
        wrong.append(str(error))
    else:
        wrong += [] if len(texts) == 1 else [f"{release}: {texts}"]
print(rounds, len(states), *wrong, sep="\\n")
"""


def put(folder: Path, path: str, text: str) -> None:
    """As the engine does it: a new file in the place of the old one."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.write_text(text)
    new.replace(file)


def owned(output: Path) -> Iterator[tuple[str, bytes]]:
    """What the build owns: everything that is in the output now, but for the engine's folder and git's file."""
    files = (path for path in output.rglob("*") if path.is_file() and not {".cablepress", ".gitkeep"} & {*path.parts})
    for file in files:
        yield file.relative_to(output).as_posix(), hashlib.sha256(file.read_bytes()).digest()


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    for path in ("index.html", "a.html", "a/b.html", "a-b/c.html", "cable/2010/01/10MOSCOW226.html", "é.html"):
        put(folder, path, f"<p>{path}")
    put(folder, ".cablepress/manifest", "the engine's own")
    put(folder, ".gitkeep", "")
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "www"


def published(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_the_first_release(output: Path, target: Path) -> None:
    told = publish(output, target, owned(output))
    assert told == Published(told.release, is_new=True, files=6, copied=0, added=6, changed=0, deleted=0)
    assert told.release.startswith("1-")
    assert (target / "current").readlink() == Path("releases") / told.release
    files = published(target / "current")
    listed = files.pop("MANIFEST.sha256")
    assert hashlib.sha256(listed).hexdigest().startswith(told.release[2:])
    assert set(files) == {path for path, _ in owned(output)}
    assert all(raw == (output / path).read_bytes() for path, raw in files.items())


def test_sha256sum_agrees_and_sees_tampering(output: Path, target: Path) -> None:
    publish(output, target, owned(output))
    check = ["sha256sum", "--check", "--strict", "--quiet", "MANIFEST.sha256"]
    assert subprocess.run(check, cwd=target / "current", capture_output=True).returncode == 0
    put(target / "current", "index.html", "tampered")
    assert subprocess.run(check, cwd=target / "current", capture_output=True).returncode == 1


def test_releases_share_the_files_of_the_output_and_never_change(output: Path, target: Path) -> None:
    first = publish(output, target, owned(output))
    before = published(target / "releases" / first.release)
    put(output, "index.html", "changed")
    put(output, "new.html", "added")
    (output / "a/b.html").unlink()
    second = publish(output, target, owned(output))
    assert (second.added, second.changed, second.deleted) == (1, 1, 1)
    assert second.release.startswith("2-")
    assert published(target / "releases" / first.release) == before
    assert (target / "current/index.html").read_text() == "changed"
    assert (target / "current/index.html").samefile(output / "index.html")
    assert (target / "current/a.html").samefile(target / "releases" / first.release / "a.html")


def test_nothing_changed_makes_no_release(output: Path, target: Path) -> None:
    first = publish(output, target, owned(output))
    before = tree(target)
    again = publish(output, target, owned(output))
    assert (again.is_new, again.release) == (False, first.release)
    assert (again.added, again.changed, again.deleted) == (0, 0, 0)
    assert tree(target) == before


def test_a_damaged_release_is_published_anew(output: Path, target: Path) -> None:
    first = publish(output, target, owned(output))
    put(target / "releases" / first.release, "index.html", "tampered")
    second = publish(output, target, owned(output))
    assert second.is_new
    assert (target / "current/index.html").read_text() == "<p>index.html"


def test_a_dry_run_counts_and_writes_nothing(output: Path, target: Path) -> None:
    told = publish(output, target, owned(output), dry_run=True)
    assert (told.release, told.added, told.files) == ("", 6, 6)
    assert not target.exists()
    publish(output, target, owned(output))
    before = tree(target)
    put(output, "index.html", "changed")
    told = publish(output, target, owned(output), dry_run=True)
    assert (told.added, told.changed, told.deleted) == (0, 1, 0)
    assert tree(target) == before


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize(
    ("path", "says"),
    [("index.html", "index.html was changed"), ("a/x.html", "a/x.html is no file of the site")],
)
def test_edited_and_foreign_files_are_refused(output: Path, target: Path, path: str, says: str, dry_run: bool) -> None:
    publish(output, target, owned(output))
    seen = published(target / "current")
    put(output, "a.html", "a change to publish")
    built = list(owned(output))
    put(output, path, "by hand")
    with pytest.raises(CablepressError, match=says):
        publish(output, target, built, dry_run=dry_run)
    assert published(target / "current") == seen
    assert len(list((target / "releases").iterdir())) == 1


def test_missing_files_and_links_are_refused(output: Path, target: Path) -> None:
    built = list(owned(output))
    (output / "index.html").rename(output.parent / "elsewhere.html")
    with pytest.raises(CablepressError, match=r"index\.html is missing"):
        publish(output, target, built)
    (output / "index.html").symlink_to(output.parent / "elsewhere.html")
    with pytest.raises(CablepressError, match=r"index\.html is a symbolic link"):
        publish(output, target, built)
    assert not (target / "current").exists()


def test_a_build_with_errors_and_an_empty_one_are_refused(output: Path, target: Path) -> None:
    with pytest.raises(CablepressError, match="the last build had 2 errors"):
        publish(output, target, owned(output), build_errors=2)
    with pytest.raises(CablepressError, match="holds no site"):
        publish(output, target, [])
    assert not target.exists()


@pytest.mark.parametrize("path", ["../x", "/x", "a//x", "a/./x", "a\\x", "a\nx", "MANIFEST.sha256", ".cablepress/x"])
def test_paths_that_no_release_may_have(output: Path, target: Path, path: str) -> None:
    with pytest.raises(CablepressError, match="cannot be published under this name"):
        publish(output, target, [(path, bytes(32))])
    assert not target.exists()


def test_a_path_that_comes_twice_is_refused(output: Path, target: Path) -> None:
    with pytest.raises(CablepressError, match=r"index\.html: is owned twice"):
        publish(output, target, [*owned(output), ("index.html", bytes(32))])


@pytest.mark.parametrize("place", [".", "output", "output/www", "full", "file"])
def test_a_target_that_cannot_be_one(output: Path, place: str) -> None:
    top = output.parent
    put(top, "full/precious", "kept")
    put(top, "file", "kept")
    before = published(top)
    with pytest.raises(UsageError):
        publish(output, top / place, owned(output))
    assert published(top) == before


def test_what_stands_in_the_place_of_the_pointer_is_not_replaced(output: Path, target: Path) -> None:
    publish(output, target, owned(output))
    (target / "current").unlink()
    put(target, "current/mine", "kept")
    with pytest.raises(UsageError, match="is not what publishing made there"):
        publish(output, target, owned(output))
    assert (target / "current/mine").read_text() == "kept"


def test_one_run_at_a_time(output: Path, target: Path) -> None:
    publish(output, target, owned(output))
    with (target / ".cablepress").open() as marker:
        fcntl.flock(marker, fcntl.LOCK_EX)
        with pytest.raises(LockedError):
            publish(output, target, owned(output))


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="needs a second file system")
def test_copies_where_links_cannot_be(output: Path, tmp_path: Path) -> None:
    target = Path("/dev/shm") / f"cablepress-{os.getpid()}"
    try:
        assert publish(output, target, owned(output)).copied == 6
        assert (target / "current/index.html").read_text() == "<p>index.html"
    finally:
        for path in sorted(target.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        target.rmdir()


def test_what_the_system_refuses_is_told(output: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="Not a directory"):
        publish(output, tmp_path / "file" / "www", owned(output))


def test_readers_see_one_release_at_a_time(output: Path, target: Path) -> None:
    pages = ("index.html", "a/b.html", "z.html")
    for path in pages:
        put(output, path, "state 0")
    publish(output, target, owned(output))
    poller = subprocess.Popen([sys.executable, "-c", POLL, str(target), *pages], stdout=subprocess.PIPE, text=True)
    for number in range(1, 201):
        for path in pages:
            put(output, path, f"state {number}")
        publish(output, target, owned(output))
    out, _ = poller.communicate(timeout=60)
    rounds, states, *wrong = out.splitlines()
    assert wrong == []
    assert int(rounds) > 500
    assert int(states) > 20


def test_killed_at_any_moment_readers_see_the_old_release_or_the_new_one(output: Path, target: Path) -> None:
    for number in range(1500):
        put(output, f"cable/{number % 7}/{number}.html", f"{number}")
    publish(output, target, owned(output))
    kills = 0
    for number in range(8):
        put(output, "index.html", f"state {number}")
        old, new = (target / "current").readlink(), f"{number}"
        running = subprocess.Popen([sys.executable, "-c", PUBLISH, str(output), str(target)])
        incoming = target / "releases/.incoming"
        while running.poll() is None and not (incoming / f"cable/{number % 7}").exists():
            time.sleep(0.001)
        time.sleep(number * 0.01)
        running.send_signal(signal.SIGKILL)
        kills += running.wait() == -signal.SIGKILL
        now = (target / "current").readlink()
        assert now == old or (target / "current/index.html").read_text() == f"state {new}"
        assert subprocess.run(["sha256sum", "-c", "--quiet", "MANIFEST.sha256"], cwd=target / "current").returncode == 0
    publish(output, target, owned(output))
    assert kills >= 4
    assert not (target / "releases/.incoming").exists()
    assert (target / "current/index.html").read_text() == "state 7"


def test_an_unfinished_release_with_foreign_files_is_not_deleted(output: Path, target: Path) -> None:
    publish(output, target, owned(output))
    put(target, "releases/.incoming/mine", "kept")
    put(output, "index.html", "new")
    with pytest.raises(StorageError, match="not empty"):
        publish(output, target, owned(output))
    assert (target / "releases/.incoming/mine").read_text() == "kept"


def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path) -> None:
    peaks = []
    (tmp_path / "output").mkdir()
    for count in (2_000, 20_000):
        many = ((f"cable/{number:08}.html", bytes(32)) for number in range(count))
        tracemalloc.start()
        with pytest.raises(CablepressError, match="is missing"):
            publish(tmp_path / "output", tmp_path / "www", many, dry_run=True)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2 + 100_000
