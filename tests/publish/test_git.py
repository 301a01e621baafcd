"""Publishing to a branch of a real bare repository."""

import io
import os
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

from generator.errors import CablepressError, LockedError, UsageError
from generator.publish.extra import extra_files
from generator.publish.git import GitBranch
from generator.publish.kinds import place_of
from generator.publish.publish import Published
from generator.publish.release import Release
from generator.settings.targets import GitTarget
from tests.publish import support
from tests.publish.support import arrived, files_of, numbers, owned, put


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    return tmp_path / "remote.git"


def git(folder: Path, *words: str) -> str:
    env = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, env=env, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def place(remote: Path, **keys: object) -> GitBranch:
    target = GitTarget(**({"repository": str(remote)} | keys))  # type: ignore[arg-type]
    found = place_of("web", target, remote.parent)
    assert isinstance(found, GitBranch)
    return found


def publish(output: Path, there: GitBranch, **options: Any) -> Published:
    return support.publish(output, there, extra=extra_files(there.target, output), **options)


def content(remote: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    """Every file of the branch, as git itself unpacks it."""
    raw = subprocess.run(["git", "-C", remote, "archive", branch], capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        members = [member for member in archive if member.isfile()]
        return {member.name: archive.extractfile(member).read() for member in members}  # type: ignore[union-attr]


def built(output: Path) -> dict[str, bytes]:
    return {path: (output / path).read_bytes() for path, _ in owned(output)}


def test_the_branch_holds_the_site_and_what_the_host_wants(output: Path, remote: Path) -> None:
    put(output, 'quoted "name".html', "x")
    put(output, '"first.html', "x")
    there = place(remote, cname="cables.example.org")
    done = publish(output, there)
    assert numbers(done) == (10, 0, 0, 0)
    files = content(remote)
    assert files.pop("MANIFEST.sha256")
    assert files.pop(".nojekyll") == b""
    assert files.pop("CNAME") == b"cables.example.org\n"
    assert files == built(output)
    assert git(remote, "rev-parse", "gh-pages").startswith(arrived(done).release)
    git(remote, "fsck", "--strict", "--no-dangling")


def test_a_change_is_a_commit_of_what_differs(output: Path, remote: Path) -> None:
    there = place(remote)
    publish(output, there)
    put(output, "index.html", "changed")
    put(output, "new.html", "added")
    for path in ("a/b.html", "a.html"):
        (output / path).unlink()
    (output / "a").rmdir()
    put(output, "a", "a file now")
    put(output, "a.html/b", "a folder now")
    assert numbers(publish(output, there)) == (3, 1, 2, 4)
    files = content(remote)
    assert files.pop("MANIFEST.sha256")
    assert files.pop(".nojekyll") == b""
    assert files == built(output)
    assert git(remote, "rev-list", "--count", "gh-pages") == "2\n"
    assert "3 added, 1 changed, 2 deleted" in git(remote, "log", "-1", "--format=%s", "gh-pages")


def test_another_machine_goes_on_from_the_branch_alone(output: Path, remote: Path, tmp_path: Path) -> None:
    publish(output, place(remote))
    put(output, "index.html", "changed")
    elsewhere = GitBranch(GitTarget(repository=str(remote)), tmp_path, tmp_path / "notes of another machine")
    assert numbers(publish(output, elsewhere)) == (0, 1, 0, 6)
    assert content(remote)["index.html"] == b"changed"
    put(output, "index.html", "changed again")
    assert numbers(publish(output, place(remote))) == (0, 1, 0, 6)
    assert git(remote, "rev-list", "--count", "gh-pages") == "3\n"


def test_without_history_there_is_one_commit(output: Path, remote: Path) -> None:
    there = place(remote, history=False)
    publish(output, there)
    put(output, "index.html", "changed")
    (output / "a.html").unlink()
    assert numbers(publish(output, there)) == (0, 1, 1, 5)
    assert git(remote, "rev-list", "--count", "gh-pages") == "1\n"
    files = content(remote)
    assert {path: files[path] for path in built(output)} == built(output)
    assert "a.html" not in files


def test_nothing_changed_makes_no_commit(output: Path, remote: Path) -> None:
    there = place(remote)
    first = arrived(publish(output, there))
    again = arrived(publish(output, there))
    assert (again.is_new, again.release) == (False, first.release)
    assert git(remote, "rev-list", "--count", "gh-pages") == "1\n"


def test_a_dry_run_writes_nothing_there_and_nothing_here(output: Path, remote: Path, tmp_path: Path) -> None:
    there = place(remote)
    assert numbers(publish(output, there, dry_run=True)) == (7, 0, 0, 0)
    assert git(remote, "branch", "--list") == ""
    assert not there.notes.exists()
    publish(output, there)
    first = (output / "index.html").read_text()
    elsewhere = GitBranch(GitTarget(repository=str(remote)), tmp_path, tmp_path / "notes of another machine")
    for text in ("changed", first):
        put(output, "index.html", text)
        publish(output, elsewhere)
    put(output, "a.html", "changed")
    noted, tip = files_of(there.notes), git(remote, "rev-parse", "gh-pages")
    assert numbers(publish(output, there, dry_run=True)) == (0, 1, 0, 6)
    assert (files_of(there.notes), git(remote, "rev-parse", "gh-pages")) == (noted, tip)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_branch_that_others_filled_is_left_alone(output: Path, remote: Path, tmp_path: Path, dry_run: bool) -> None:
    git(tmp_path, "clone", "--quiet", str(remote), "clone")
    put(tmp_path / "clone", "precious.txt", "kept")
    git(tmp_path / "clone", "checkout", "--quiet", "-b", "gh-pages")
    git(tmp_path / "clone", "add", "precious.txt")
    git(tmp_path / "clone", "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "--quiet", "-m", "mine")
    git(tmp_path / "clone", "push", "--quiet", "origin", "gh-pages")
    with pytest.raises(UsageError, match="holds what publishing did not put there"):
        publish(output, place(remote), dry_run=dry_run)
    assert content(remote) == {"precious.txt": b"kept"}


def test_who_pushes_meanwhile_wins(output: Path, remote: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = place(remote)
    publish(output, there)
    put(output, "index.html", "changed")
    prove = there._prove

    def prove_and_be_overtaken(release: Release) -> None:
        prove(release)
        theirs = git(
            remote, "-c", "user.name=A", "-c", "user.email=a@b.c", "commit-tree", "-m", "theirs", "gh-pages^{tree}"
        )
        git(remote, "update-ref", "refs/heads/gh-pages", theirs.strip())

    monkeypatch.setattr(there, "_prove", prove_and_be_overtaken)
    with pytest.raises(CablepressError, match="somebody else pushed meanwhile"):
        publish(output, there)
    assert git(remote, "log", "-1", "--format=%s", "gh-pages") == "theirs\n"


def test_what_is_edited_is_not_pushed(output: Path, remote: Path) -> None:
    names = list(owned(output))
    put(output, "index.html", "by hand")
    with pytest.raises(CablepressError, match=r"index\.html was changed since it was built"):
        publish(output, place(remote), built=names)
    assert git(remote, "branch", "--list") == ""


def test_gitlab_gets_a_folder_and_the_order_to_serve_it(output: Path, remote: Path) -> None:
    there = place(remote, host="gitlab-pages", branch="pages")
    publish(output, there)
    files = content(remote, "pages")
    assert files[".gitlab-ci.yml"].splitlines()[-1] == b'    - if: $CI_COMMIT_BRANCH == "pages"'
    assert {path.removeprefix("public/") for path in files if path.startswith("public/")} >= set(built(output))
    put(output, "index.html", "changed")
    assert numbers(publish(output, there)) == (0, 1, 0, 6)
    assert content(remote, "pages")["public/index.html"] == b"changed"


def test_a_remote_of_the_repository_around_us_will_do(output: Path, remote: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    git(project, "init", "--quiet")
    git(project, "remote", "add", "origin", str(remote))
    there = GitBranch(GitTarget(repository="origin"), project, tmp_path / "notes")
    publish(output, there)
    assert content(remote)["index.html"] == b"<p>index.html"
    publish(output, GitBranch(GitTarget(repository="remote.git"), tmp_path, tmp_path / "notes of a path"))
    with pytest.raises(UsageError, match="there is no remote of this name"):
        publish(output, GitBranch(GitTarget(repository="upstream"), project, tmp_path / "notes"))


def test_one_run_at_a_time(output: Path, remote: Path) -> None:
    there = place(remote)
    publish(output, there)
    with there.locked():
        noted = files_of(there.notes)
        elsewhere = GitBranch(GitTarget(repository=str(remote)), remote.parent, remote.parent / "other notes")
        put(output, "index.html", "changed")
        publish(output, elsewhere)
        with pytest.raises(LockedError):
            publish(output, place(remote))
        assert files_of(there.notes) == noted
