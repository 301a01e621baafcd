"""Publishing by rsync over ssh, to a real SSH server on this machine."""

import getpass
import gzip
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.errors import CablepressError, LockedError, StorageError, UsageError
from generator.publish.compressed import copies
from generator.publish.history import Pruned, earlier, superfluous
from generator.publish.rsync import Rsync
from generator.settings.targets import RsyncTarget
from tests.publish.support import POLL, arrived, files_of, numbers, owned, publish, put

SSHD = "/usr/sbin/sshd"


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Settings of ssh that lead to a server which lets us in by key, under the name `far`."""
    folder = tmp_path_factory.mktemp("ssh")
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    shutil.copy(folder / "user.pub", folder / "authorized_keys")
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}")
    (folder / "sshd_config").write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized_keys\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPidFile none\n"
    )
    (folder / "config").write_text(
        f"Host far stranger\n  HostName 127.0.0.1\n  Port {port}\n  IdentitiesOnly yes\n"
        f"  UserKnownHostsFile {folder}/known_hosts\n  User {getpass.getuser()}\n"
        f"Host far\n  IdentityFile {folder}/user\nHost stranger\n  IdentityFile {folder}/host\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    with subprocess.Popen([SSHD, "-D", "-e", "-f", folder / "sshd_config"], stderr=subprocess.DEVNULL) as server:
        _await(port)
        yield folder / "config"
        server.terminate()


def _await(port: int) -> None:
    for _ in range(500):
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise AssertionError("sshd does not listen")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "far side's folder"


@pytest.fixture
def place(ssh: Path, target: Path) -> Rsync:
    return Rsync(RsyncTarget(to=f"far:{target}", ssh_config=str(ssh)), target.parent)


def test_the_first_release(output: Path, target: Path, place: Rsync) -> None:
    done = publish(output, place)
    assert numbers(done) == (6, 0, 0, 0)
    assert (arrived(done).compared, arrived(done).copied) == (6, 6)
    assert (target / "current").readlink() == Path("releases") / arrived(done).release
    files = files_of(target / "current")
    assert files.pop("MANIFEST.sha256")
    assert files == {path: (output / path).read_bytes() for path, _ in owned(output)}
    assert sorted(path.name for path in (target / "releases").iterdir()) == [arrived(done).release]


def test_unchanged_files_are_shared_and_old_releases_never_change(output: Path, target: Path, place: Rsync) -> None:
    first = arrived(publish(output, place)).release
    before = files_of(target / "releases" / first)
    put(output, "index.html", "<p>INDEX.HTML")
    stamp = (target / "current/index.html").stat()
    os.utime(output / "index.html", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    put(output, "a/new.html", "added")
    for path in ("a/b.html", "a-b/c.html"):
        (output / path).unlink()
    done = publish(output, place)
    assert numbers(done) == (1, 1, 2, 3)
    assert files_of(target / "releases" / first) == before
    files = files_of(target / "current")
    files.pop("MANIFEST.sha256")
    assert files == {path: (output / path).read_bytes() for path, _ in owned(output)}
    assert not (target / "current/a-b").exists()
    assert (target / "current/a.html").samefile(target / "releases" / first / "a.html")
    assert not (target / "current/index.html").samefile(target / "releases" / first / "index.html")


def test_a_file_takes_the_place_of_a_folder_and_the_reverse(output: Path, target: Path, place: Rsync) -> None:
    publish(output, place)
    for path in ("a/b.html", "a.html"):
        (output / path).unlink()
    (output / "a").rmdir()
    put(output, "a", "now a file")
    put(output, "a.html/now", "a folder")
    publish(output, place)
    assert (target / "current/a").read_text() == "now a file"
    assert (target / "current/a.html/now").read_text() == "a folder"


def test_files_come_from_wherever_the_release_has_them(
    output: Path, target: Path, place: Rsync, tmp_path: Path
) -> None:
    put(output, "long.html", "<p>long" * 100)
    made = copies(output, list(owned(output)), ("gzip",), tmp_path / "copies", 1)
    publish(output, place, extra={"_headers": b"/*"}, copies=(tmp_path / "copies/files", made))
    files = files_of(target / "current")
    assert files["_headers"] == b"/*"
    assert gzip.decompress(files["long.html.gz"]) == files["long.html"]


def test_a_manifest_that_leads_out_of_a_release_deletes_nothing_there(
    output: Path, target: Path, place: Rsync, tmp_path: Path
) -> None:
    old = arrived(publish(output, place)).release
    put(output, "index.html", "new")
    publish(output, place)
    put(tmp_path, "precious", "kept")
    for path in ("../../../precious", str(tmp_path / "precious")):
        with (target / "releases" / old / "MANIFEST.sha256").open("a") as listed:
            listed.write(f"{'0' * 64}  {path}\n")
    assert place.prune([old]) == Pruned((old,))
    assert (tmp_path / "precious").read_text() == "kept"


def test_nothing_changed_makes_no_release(output: Path, target: Path, place: Rsync) -> None:
    first = arrived(publish(output, place)).release
    again = arrived(publish(output, place))
    assert (again.is_new, again.release, again.compared) == (False, first, 6)
    assert len(place.releases()) == 1


def test_what_was_damaged_there_is_sent_again(output: Path, target: Path, place: Rsync) -> None:
    publish(output, place)
    (target / "current/a.html").write_text("tampered")
    (target / "current/index.html").unlink()
    assert arrived(publish(output, place)).is_new
    assert (target / "current/a.html").read_text() == "<p>a.html"
    assert (target / "current/index.html").read_text() == "<p>index.html"
    put(target, "current/foreign.html", "mine")
    put(output, "index.html", "new")
    with pytest.raises(CablepressError, match="did not arrive as it was built"):
        publish(output, place)
    assert (target / "current/index.html").read_text() == "<p>index.html"


def test_a_dry_run_writes_nothing_there(output: Path, target: Path, place: Rsync) -> None:
    assert numbers(publish(output, place, dry_run=True)) == (6, 0, 0, 0)
    assert not target.exists()


def test_what_is_edited_here_never_becomes_the_release(output: Path, target: Path, place: Rsync) -> None:
    publish(output, place)
    put(output, "a.html", "to publish")
    built = list(owned(output))
    put(output, "a.html", "by hand")
    with pytest.raises(CablepressError, match="did not arrive as it was built"):
        publish(output, place, built)
    assert (target / "current/a.html").read_text() == "<p>a.html"
    publish(output, place)
    assert (target / "current/a.html").read_text() == "by hand"


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_folder_of_somebody_else_is_left_alone(output: Path, target: Path, place: Rsync, dry_run: bool) -> None:
    put(target, "precious", "kept")
    with pytest.raises(UsageError, match="is not empty, and nothing was published there"):
        publish(output, place, dry_run=dry_run)
    assert files_of(target) == {"precious": b"kept"}


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize("name", ["current", "releases"])
def test_what_stands_in_the_place_of_ours_is_left_alone(
    output: Path, target: Path, place: Rsync, name: str, dry_run: bool
) -> None:
    put(target, ".cablepress", "")
    put(target, "current/precious" if name == "current" else name, "kept")
    with pytest.raises(UsageError, match=f"/{name}: is not what publishing made there"):
        publish(output, place, dry_run=dry_run)
    assert b"kept" in files_of(target).values()


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_file_where_the_folder_should_be_is_left_alone(
    output: Path, target: Path, place: Rsync, dry_run: bool
) -> None:
    target.write_text("kept")
    with pytest.raises(StorageError):
        publish(output, place, dry_run=dry_run)
    assert target.read_text() == "kept"


def test_one_run_at_a_time(output: Path, place: Rsync, ssh: Path, target: Path) -> None:
    publish(output, place)
    other = Rsync(RsyncTarget(to=f"far:{target}", ssh_config=str(ssh)), target.parent)
    with other.locked(), pytest.raises(LockedError, match="another run is publishing there"):
        publish(output, place)
    publish(output, place)


def test_whom_the_server_does_not_know_is_told_how_to_try(output: Path, ssh: Path, target: Path) -> None:
    place = Rsync(RsyncTarget(to=f"stranger:{target}", ssh_config=str(ssh)), target.parent)
    with pytest.raises(StorageError, match="Permission denied") as refused:
        publish(output, place)
    assert refused.value.hint == f"does this get through? ssh -F {ssh} stranger true"
    assert not target.exists()


def test_readers_see_one_release_at_a_time(output: Path, target: Path, place: Rsync) -> None:
    pages = ("index.html", "a/b.html", "z.html")
    for path in pages:
        put(output, path, "state 0")
    publish(output, place)
    command = [sys.executable, "-c", POLL, str(target), "state 4", *pages]
    poller = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for number in range(1, 5):
        for path in pages:
            put(output, path, f"state {number}")
        publish(output, place)
    out, _ = poller.communicate(timeout=60)
    rounds, states, *wrong = out.splitlines()
    assert wrong == []
    assert int(rounds) > 100
    assert int(states) == 5


def test_killed_at_any_moment_readers_see_the_old_release_and_the_next_run_the_new_one(
    output: Path, target: Path, place: Rsync, ssh: Path
) -> None:
    for number in range(800):
        put(output, f"cable/{number % 7}/{number}.html", f"{number}")
    publish(output, place)
    script = (
        "import sys; from pathlib import Path; from generator.publish.rsync import Rsync;"
        "from generator.settings.targets import RsyncTarget; from tests.publish.support import publish;"
        "publish(Path(sys.argv[1]), Rsync(RsyncTarget(to=sys.argv[2], ssh_config=sys.argv[3]), Path('.')))"
    )
    kills = 0
    for number in range(3):
        for each in range(800):
            put(output, f"cable/{each % 7}/{each}.html", f"{each} state {number}")
        (output / f"cable/1/{7 * number + 1}.html").unlink()
        put(output, "index.html", f"state {number}")
        put(output, f"only/{number}.html", "of this state")
        (output / f"only/{number - 1}.html").unlink(missing_ok=True)
        old = (target / "current").readlink()
        running = subprocess.Popen([sys.executable, "-c", script, output, f"far:{target}", ssh])
        incoming = target / "releases/.incoming"
        while running.poll() is None and not incoming.exists():
            time.sleep(0.001)
        time.sleep(number * 0.2)
        running.kill()
        kills += running.wait() != 0
        assert (target / "current").readlink() == old or (
            target / "current/index.html"
        ).read_text() == f"state {number}"
        assert subprocess.run(["sha256sum", "-c", "--quiet", "MANIFEST.sha256"], cwd=target / "current").returncode == 0
    _await_the_end(place)
    publish(output, place)
    assert kills >= 2
    files = files_of(target / "current")
    files.pop("MANIFEST.sha256")
    assert files == {path: (output / path).read_bytes() for path, _ in owned(output)}
    assert not (target / "releases/.incoming").exists()


def _await_the_end(place: Rsync) -> None:
    """What a killed run had started there ends when it notices that nobody listens."""
    for _ in range(200):
        try:
            with place.locked():
                return
        except LockedError:
            time.sleep(0.05)


def test_rollback_and_prune(output: Path, target: Path, place: Rsync) -> None:
    names = []
    before = datetime.now(UTC)
    for number in range(4):
        put(output, "index.html", f"state {number}")
        names.append(arrived(publish(output, place)).release)
    place.rollback(earlier(place, ""))
    assert (target / "current/index.html").read_text() == "state 2"
    kept = place.releases()
    assert [(each.name, each.is_current) for each in kept] == [(name, name == names[2]) for name in names]
    moments = [each.published for each in kept]
    assert moments == sorted(moments)
    assert before - timedelta(seconds=1) <= moments[0] < moments[3] <= datetime.now(UTC)
    put(target / "releases" / names[1], "a.html", "tampered")
    with pytest.raises(CablepressError, match="is not as it was published"):
        place.rollback(names[1])
    put(target / "releases" / names[0], "mine.html", "kept")
    assert place.prune(superfluous(place, 1)) == Pruned((names[1],), (names[0],))
    assert files_of(target / "releases" / names[0]) == {"mine.html": b"kept"}
    assert place.prune([names[2]]) == Pruned((), (names[2],))
    assert (target / "current/index.html").read_text() == "state 2"
