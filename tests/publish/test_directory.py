import fcntl
import hashlib
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from generator.errors import CablepressError, LockedError, StorageError, UsageError
from generator.publish.directory import Directory
from generator.publish.history import Pruned, earlier, superfluous
from generator.publish.place import Arrival
from generator.publish.publish import Published
from tests.publish import support
from tests.publish.support import POLL, arrived, files_of, numbers, owned, put

PUBLISH = """
import sys
from pathlib import Path
from tests.publish.test_directory import publish
publish(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def publish(output: Path, target: Path, built: Iterable[tuple[str, bytes]] | None = None, **options: Any) -> Published:
    return support.publish(output, Directory(target), built, **options)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "www"


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_the_first_release(output: Path, target: Path) -> None:
    told = publish(output, target)
    arrival = arrived(told)
    assert (told.files, numbers(told)) == (6, (6, 0, 0, 0))
    assert (arrival.is_new, arrival.copied, arrival.compared) == (True, 0, 6)
    assert arrival.release.startswith("1-")
    assert (target / "current").readlink() == Path("releases") / arrival.release
    files = files_of(target / "current")
    listed = files.pop("MANIFEST.sha256")
    assert hashlib.sha256(listed).hexdigest().startswith(arrival.release[2:])
    assert set(files) == {path for path, _ in owned(output)}
    assert all(raw == (output / path).read_bytes() for path, raw in files.items())


def test_sha256sum_agrees_and_sees_tampering(output: Path, target: Path) -> None:
    publish(output, target)
    check = ["sha256sum", "--check", "--strict", "--quiet", "MANIFEST.sha256"]
    assert subprocess.run(check, cwd=target / "current", capture_output=True).returncode == 0
    put(target / "current", "index.html", "tampered")
    assert subprocess.run(check, cwd=target / "current", capture_output=True).returncode == 1


def test_releases_share_the_files_of_the_output_and_never_change(output: Path, target: Path) -> None:
    first = arrived(publish(output, target))
    before = files_of(target / "releases" / first.release)
    put(output, "index.html", "changed")
    put(output, "new.html", "added")
    (output / "a/b.html").unlink()
    done = publish(output, target)
    second = arrived(done)
    assert numbers(done) == (1, 1, 1, 4)
    assert second.release.startswith("2-")
    assert files_of(target / "releases" / first.release) == before
    assert (target / "current/index.html").read_text() == "changed"
    assert (target / "current/index.html").samefile(output / "index.html")
    assert (target / "current/a.html").samefile(target / "releases" / first.release / "a.html")


def test_nothing_changed_makes_no_release(output: Path, target: Path) -> None:
    first = arrived(publish(output, target))
    before = tree(target)
    again = publish(output, target)
    assert (arrived(again).is_new, arrived(again).release) == (False, first.release)
    assert numbers(again) == (0, 0, 0, 6)
    assert tree(target) == before


def test_a_damaged_release_is_published_anew(output: Path, target: Path) -> None:
    first = arrived(publish(output, target))
    put(target / "releases" / first.release, "index.html", "tampered")
    assert arrived(publish(output, target)).is_new
    assert (target / "current/index.html").read_text() == "<p>index.html"


def test_a_dry_run_counts_and_writes_nothing(output: Path, target: Path) -> None:
    told = publish(output, target, dry_run=True)
    assert (told.arrival, numbers(told), told.files) == (None, (6, 0, 0, 0), 6)
    assert not target.exists()
    publish(output, target)
    before = tree(target)
    put(output, "index.html", "changed")
    told = publish(output, target, dry_run=True)
    assert numbers(told) == (0, 1, 0, 5)
    assert [(change.path, change.kind) for change in told.changes] == [("index.html", "changed")]
    assert tree(target) == before


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize(
    ("path", "says"),
    [("index.html", "index.html was changed"), ("a/x.html", "a/x.html is no file of the site")],
)
def test_edited_and_foreign_files_are_refused(output: Path, target: Path, path: str, says: str, dry_run: bool) -> None:
    publish(output, target)
    seen = files_of(target / "current")
    put(output, "a.html", "a change to publish")
    built = list(owned(output))
    put(output, path, "by hand")
    with pytest.raises(CablepressError, match=says):
        publish(output, target, built, dry_run=dry_run)
    assert files_of(target / "current") == seen
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


def test_an_empty_build_is_refused(output: Path, target: Path) -> None:
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
    before = files_of(top)
    with pytest.raises(UsageError):
        publish(output, top / place)
    assert files_of(top) == before


def test_what_stands_in_the_place_of_the_pointer_is_not_replaced(output: Path, target: Path) -> None:
    publish(output, target)
    (target / "current").unlink()
    put(target, "current/mine", "kept")
    with pytest.raises(UsageError, match="is not what publishing made there"):
        publish(output, target)
    assert (target / "current/mine").read_text() == "kept"


def test_one_run_at_a_time(output: Path, target: Path) -> None:
    publish(output, target)
    with (target / ".cablepress").open() as marker:
        fcntl.flock(marker, fcntl.LOCK_EX)
        with pytest.raises(LockedError):
            publish(output, target)


@pytest.mark.skipif(
    not os.access("/dev/shm", os.W_OK) and "CI" not in os.environ, reason="there is no second file system at /dev/shm"
)
def test_copies_where_links_cannot_be(output: Path, tmp_path: Path) -> None:
    target = Path("/dev/shm") / f"cablepress-{os.getpid()}"
    try:
        assert arrived(publish(output, target)).copied == 6
        assert (target / "current/index.html").read_text() == "<p>index.html"
    finally:
        for path in sorted(target.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        target.rmdir()


def test_what_the_system_refuses_is_told(output: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="Not a directory"):
        publish(output, tmp_path / "file" / "www")


def test_readers_see_one_release_at_a_time(output: Path, target: Path) -> None:
    pages = ("index.html", "a/b.html", "z.html")
    for path in pages:
        put(output, path, "state 0")
    publish(output, target)
    poller = subprocess.Popen(
        [sys.executable, "-c", POLL, str(target), "state 200", *pages], stdout=subprocess.PIPE, text=True
    )
    for number in range(1, 201):
        for path in pages:
            put(output, path, f"state {number}")
        publish(output, target)
    out, _ = poller.communicate(timeout=60)
    rounds, states, *wrong = out.splitlines()
    assert wrong == []
    assert int(rounds) > 500
    assert int(states) > 20


def test_killed_at_any_moment_readers_see_the_old_release_or_the_new_one(output: Path, target: Path) -> None:
    for number in range(1500):
        put(output, f"cable/{number % 7}/{number}.html", f"{number}")
    publish(output, target)
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
    publish(output, target)
    assert kills >= 4
    assert not (target / "releases/.incoming").exists()
    assert (target / "current/index.html").read_text() == "state 7"


def test_an_unfinished_release_with_foreign_files_is_not_deleted(output: Path, target: Path) -> None:
    publish(output, target)
    put(target, "releases/.incoming/mine", "kept")
    put(output, "index.html", "new")
    with pytest.raises(StorageError, match="not empty"):
        publish(output, target)
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


def test_a_site_that_lost_much_is_not_published_unless_somebody_says_how_much(output: Path, target: Path) -> None:
    for number in range(300):
        put(output, f"cable/{number}.html", "x")
    publish(output, target)
    seen = files_of(target / "current")
    for number in range(77):
        (output / f"cable/{number}.html").unlink()
    for dry_run in (True, False):
        with pytest.raises(CablepressError, match="77 of 306 files would be deleted, and 76 may be") as refused:
            publish(output, target, dry_run=dry_run)
        assert "--max-deletes 77" in refused.value.hint
    with pytest.raises(CablepressError, match="and 76 may be"):
        publish(output, target, max_deletes=76)
    assert files_of(target / "current") == seen
    assert numbers(publish(output, target, max_deletes=77)) == (0, 0, 77, 229)
    (output / "cable/200.html").unlink()
    with pytest.raises(CablepressError, match="and 0 may be"):
        publish(output, target, max_deletes=0)


def releases(output: Path, target: Path, number: int) -> list[str]:
    names = []
    for each in range(number):
        put(output, "index.html", f"state {each}")
        names.append(arrived(publish(output, target)).release)
    return names


def test_going_back_shows_the_release_before_and_forth_again(output: Path, target: Path) -> None:
    names = releases(output, target, 3)
    place = Directory(target)
    kept = place.releases()
    assert [(each.name, each.is_current) for each in kept] == [(name, name == names[2]) for name in names]
    assert [each.published for each in kept] == sorted(each.published for each in kept)
    place.rollback(earlier(place, ""))
    assert (target / "current/index.html").read_text() == "state 1"
    place.rollback(earlier(place, ""))
    assert (target / "current/index.html").read_text() == "state 0"
    with pytest.raises(UsageError, match="no release is kept from before"):
        earlier(place, "")
    place.rollback(earlier(place, names[2]))
    assert (target / "current/index.html").read_text() == "state 2"
    with pytest.raises(UsageError, match="no release 9-x is kept"):
        earlier(place, "9-x")
    assert arrived(publish(output, target)) == Arrival(names[2], is_new=False, compared=6)


def test_nobody_goes_back_to_a_damaged_release(output: Path, target: Path) -> None:
    names = releases(output, target, 2)
    put(target / "releases" / names[0], "a.html", "tampered")
    with pytest.raises(CablepressError, match="is not as it was published"):
        Directory(target).rollback(names[0])
    assert (target / "current/index.html").read_text() == "state 1"


def test_pruning_takes_the_oldest_and_never_what_readers_see_or_others_put_there(output: Path, target: Path) -> None:
    names = releases(output, target, 5)
    place = Directory(target)
    place.rollback(names[0])
    put(target / "releases" / names[1], "cable/mine", "kept")
    old = superfluous(place, 2)
    assert old == names[1:3]
    assert place.prune(old) == Pruned((names[2],), (names[1],))
    assert [each.name for each in place.releases()] == [names[0], names[1], names[3], names[4]]
    assert files_of(target / "releases" / names[1]) == {"cable/mine": b"kept"}
    assert (target / "current/index.html").read_text() == "state 0"
    assert (output / "a.html").read_text() == "<p>a.html"
    with pytest.raises(CablepressError, match="readers see this release"):
        place.prune([names[0]])


def test_pruning_follows_no_link_out_of_the_release(output: Path, target: Path) -> None:
    names = releases(output, target, 2)
    folder = target / "releases" / names[0] / "a"
    put(output.parent, "elsewhere/b.html", "kept")
    (folder / "b.html").unlink()
    folder.rmdir()
    folder.symlink_to(output.parent / "elsewhere")
    assert Directory(target).prune([names[0]]).left == (names[0],)
    assert (output.parent / "elsewhere/b.html").read_text() == "kept"
