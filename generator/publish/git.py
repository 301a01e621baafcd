"""Publish to a branch of a git repository, as GitHub Pages and GitLab Pages serve it.

A commit is written by `git fast-import` into a bare repository of our own: the files that differ, and nothing else is
read, checked out or staged. The branch over there moves to it in one step, and only from where we found it.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from generator.errors import CablepressError, StorageError, UsageError, printable
from generator.publish import manifest
from generator.publish.notes import locked
from generator.publish.place import Arrival
from generator.publish.plan import Kind, Plan, changes
from generator.publish.release import Release
from generator.settings.targets import GitTarget, has_secret

THERE = "refs/heads/there"
NEW = "refs/heads/new"

PIPELINE = b"""\
pages:
  script:
    - "true"
  artifacts:
    paths:
      - public
  rules:
    - if: $CI_COMMIT_BRANCH == "%s"
"""
"""What GitLab has to do for its Pages: hand over the folder `public` as it is."""

_OTHERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE", "GIT_PREFIX")
_SECRET = re.compile(r"(\w+://)[^/@\s]+@")


class GitBranch:
    """A branch of a repository. `prefix` is the folder in it that has the site, empty or with a slash at its end.

    `beside` are files of the branch that are no part of the site: GitLab wants to be told where that is.
    """

    remark = ""

    def __init__(self, target: GitTarget, folder: Path, notes: Path) -> None:
        self.target = target
        self.notes = notes
        on_gitlab = target.host == "gitlab-pages"
        self.prefix = "public/" if on_gitlab else ""
        self.beside = {".gitlab-ci.yml": PIPELINE % target.branch.encode()} if on_gitlab else {}
        self.name = f"{target.repository}, branch {target.branch}"
        self._folder = folder
        self._branch = f"refs/heads/{target.branch}"
        self._repository = notes / "repository.git"

    def refuse(self, release: Release) -> None:
        """Raise UsageError for a remote that is not there, or one with a password in its address."""
        self._url()

    def held(self) -> BinaryIO:
        """The manifest in the branch."""
        return io.BytesIO(self._git("cat-file", "blob", self._manifest).stdout if self._tip() else b"")

    @contextmanager
    def looked_at(self) -> Iterator[None]:
        """Have the last commit of the branch in a repository that is gone afterwards."""
        own = self._repository
        with tempfile.TemporaryDirectory(prefix="cablepress-") as folder:
            self._repository = Path(folder, own.name)
            try:
                self._make_repository(beside=own)
                self._fetch()
                yield
            finally:
                self._repository = own

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other runs on this machine out; those on others lose the race when they push."""
        with locked(self.notes, self.name):
            if not self._repository.is_dir():
                self._make_repository()
            self._fetch()
            yield

    def put(self, release: Release, held: BinaryIO, plan: Plan) -> Arrival:
        """Commit and push. Raises CablepressError where somebody else pushed meanwhile."""
        tip = self._tip()
        if plan.is_empty:
            return Arrival(tip[:12], is_new=False)
        self._import(release, held, plan, tip)
        self._prove(release)
        commit = self._git("rev-parse", NEW).stdout.decode().strip()
        lease = f"--force-with-lease={self._branch}:{tip}"
        self._git("push", "--quiet", lease, "--", self._url(), f"{NEW}:{self._branch}")
        if self._listed() != commit:
            raise CablepressError(f"{self.name}: shows another commit than {commit[:12]}", "did somebody else push?")
        return Arrival(commit[:12], copied=plan.added + plan.changed)

    @property
    def _manifest(self) -> str:
        return f"{THERE}:{self.prefix}{manifest.NAME}"

    def _url(self) -> str:
        """Where to push: the name of a remote of the repository around us is looked up there."""
        name = self.target.repository
        if re.fullmatch(r"[\w.-]+", name) and not (self._folder / name).is_dir():
            done = self._run(["git", "-C", str(self._folder), "remote", "get-url", "--push", "--", name], fine=None)
            if done.returncode:
                told = f"{self.name}: there is no remote of this name in {self._folder}"
                raise UsageError(told, "write the address of the repository")
            return self._without_secret(done.stdout.decode().strip())
        is_path = "://" not in name and not re.match(r"[^/]*:", name)
        return str(self._folder / name) if is_path else name

    def _without_secret(self, url: str) -> str:
        """The address. Raises UsageError for one with a password: git hands it on where every process can see it."""
        if has_secret(url):
            told = f"{self.name}: the address of this remote has a password or token in it"
            hint = "take it out with git remote set-url, and give it to a credential helper: git help credentials"
            raise UsageError(told, hint)
        return url

    def _listed(self) -> str:
        """The commit that the branch over there is at; empty where there is no such branch."""
        said = self._git("ls-remote", "--", self._url(), self._branch).stdout.decode()
        return said.split("\t")[0] if said.endswith(f"\t{self._branch}\n") else ""

    def _tip(self) -> str:
        return self._git("rev-parse", "--quiet", "--verify", THERE, fine=(0, 1)).stdout.decode().strip()

    def _fetch(self) -> None:
        """Have the last commit of the branch in the repository. Raises UsageError where it is not one of ours."""
        if self._listed():
            self._git("fetch", "--quiet", "--no-tags", "--depth=1", "--", self._url(), f"+{self._branch}:{THERE}")
        else:
            self._git("update-ref", "-d", THERE)
        if self._tip() and self._git("cat-file", "-e", self._manifest, fine=None).returncode:
            told = f"{self.name}: holds what publishing did not put there"
            raise UsageError(told, "name another branch, or delete this one")

    def _make_repository(self, beside: Path | None = None) -> None:
        """A bare repository; what another one `beside` has, it need not fetch."""
        self._run(["git", "init", "--quiet", "--bare", str(self._repository)], fine=(0,))
        if beside and beside.is_dir():
            (self._repository / "objects/info/alternates").write_text(f"{beside.resolve()}/objects\n", "utf-8")
            if (beside / "shallow").is_file():
                shutil.copyfile(beside / "shallow", self._repository / "shallow")

    def _import(self, release: Release, held: BinaryIO, plan: Plan, tip: str) -> None:
        told = f"Publish: {plan.added} added, {plan.changed} changed, {plan.deleted} deleted\n".encode()
        words = ["git", "--git-dir", str(self._repository), "fast-import", "--quiet", "--force", "--done"]
        with tempfile.TemporaryFile() as said:
            with subprocess.Popen(words, stdin=subprocess.PIPE, stderr=said, env=_environment()) as process:  # noqa: S603
                assert process.stdin
                try:
                    process.stdin.write(b"commit %s\ncommitter %s\n" % (NEW.encode(), self._committer()))
                    process.stdin.write(b"data %d\n%s" % (len(told), told))
                    process.stdin.write(self._beginning(tip))
                    self._write(process.stdin, release, held)
                    process.stdin.write(b"done\n")
                    process.stdin.flush()
                except BrokenPipeError:
                    pass
            if process.returncode:
                said.seek(0)
                raise self._failed(process.returncode, said.read())

    def _beginning(self, tip: str) -> bytes:
        if not tip:
            return b""
        if self.target.history:
            return b"from %s\n" % tip.encode()
        tree = self._git("rev-parse", f"{tip}^{{tree}}").stdout.strip()
        return b'M 040000 %s ""\n' % tree

    def _write(self, stream: IO[bytes], release: Release, held: BinaryIO) -> None:
        """What differs, deletions first: a file may take the place of a folder that they empty."""
        for change in changes(manifest.entries(held), release.entries()):
            if change.kind is Kind.DELETED:
                stream.write(b"D %s\n" % _quoted(self.prefix + change.path))
        for change in changes(manifest.entries(held), release.entries()):
            if change.kind is not Kind.DELETED:
                _put(stream, self.prefix + change.path, release.read(change.path, change.digest))
        release.file.seek(0)
        _put(stream, self.prefix + manifest.NAME, release.file.read())
        for path, raw in self.beside.items():
            _put(stream, path, raw)

    def _prove(self, release: Release) -> None:
        """Raise CablepressError where the new commit holds other paths than the release."""
        with tempfile.TemporaryFile() as listed:
            self._git("ls-tree", "-r", "-z", "--name-only", NEW, into=listed)
            listed.seek(0)
            found = (path for path in listed.read().decode().split("\0") if path and path not in self.beside)
            wanted = release.entries()
            for path in found:
                if path != self.prefix + manifest.NAME and self.prefix + next(wanted, ("", ""))[0] != path:
                    raise CablepressError(f"{self.name}: {printable(path)} is in the way", "delete the branch")
            if next(wanted, None):
                raise CablepressError(f"{self.name}: the commit is not whole", "publish again")

    def _committer(self) -> bytes:
        known = self._git("var", "GIT_COMMITTER_IDENT", fine=None)
        return known.stdout.strip() if not known.returncode else b"Cablepress <> %d +0000" % int(time.time())

    def _git(
        self, *words: str, fine: tuple[int, ...] | None = (0,), into: BinaryIO | None = None
    ) -> "subprocess.CompletedProcess[bytes]":
        return self._run(["git", "--git-dir", str(self._repository), *words], fine=fine, into=into)

    def _run(
        self, words: list[str], *, fine: tuple[int, ...] | None, into: BinaryIO | None = None
    ) -> "subprocess.CompletedProcess[bytes]":
        """Run git; any code will do where `fine` is None."""
        to = into if into is not None else subprocess.PIPE
        done = subprocess.run(  # noqa: S603
            words, stdin=subprocess.DEVNULL, stdout=to, stderr=subprocess.PIPE, env=_environment(), check=False
        )
        if fine is not None and done.returncode not in fine:
            raise self._failed(done.returncode, done.stderr)
        return done

    def _failed(self, code: int, said: bytes) -> CablepressError:
        text = _SECRET.sub(r"\1", said.decode("utf-8", "replace")).strip()
        if "stale info" in text or "[rejected]" in text:
            return CablepressError(f"{self.name}: somebody else pushed meanwhile", "publish again")
        words = "; ".join(printable(line) for line in text.splitlines()[:2]) or f"git ended with {code}"
        return StorageError(f"{self.name}: {words}", "the branch is as it was; mend this and publish again")


def _put(stream: IO[bytes], path: str, raw: bytes) -> None:
    stream.write(b"M 100644 inline %s\ndata %d\n" % (_quoted(path), len(raw)))
    stream.write(raw)
    stream.write(b"\n")


def _quoted(path: str) -> bytes:
    """A path as fast-import takes it; ours hold neither backslashes nor line ends."""
    return b'"%s"' % path.replace('"', '\\"').encode()


def _environment() -> dict[str, str]:
    """That of this process, without what a hook or a rebase around us says; nobody is asked where nobody sits."""
    own = {name: value for name, value in os.environ.items() if name not in _OTHERS}
    return own if sys.stdin.isatty() else own | {"GIT_TERMINAL_PROMPT": "0"}
