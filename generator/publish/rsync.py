"""Publish to another machine by rsync over ssh, in the same form as to a directory of this one.

    <path>/releases/12-3f9a0c5d7e21/   the files of the site, and MANIFEST.sha256
    <path>/current                     a symbolic link to one of them: the root of the web server
    <path>/.cablepress                 says that this folder is ours; locked while publishing

The new release begins as hard links to the old one; what differs is sent, what is gone is unlinked, and `sha256sum`
there reads every byte before the pointer moves, in one rename. Damaged files are sent once more. rsync puts a new file
in the place of an old one, so the old release never changes.

The other machine needs sh, rsync, flock and GNU coreutils and findutils, as every Linux server has them.
"""

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from generator.errors import CablepressError, LockedError, UsageError, printable
from generator.publish import history, manifest
from generator.publish.history import Kept, Pruned
from generator.publish.place import Arrival
from generator.publish.plan import Kind, Plan, changes
from generator.publish.release import Release
from generator.publish.ssh import Machine
from generator.settings.targets import RsyncTarget

_LOOK = r"""
set -eu
for program in rsync flock sha256sum xargs find; do
  command -v "$program" >/dev/null || { echo "missing $program"; exit 0; }
done
if [ -e "$1" ]; then
  cd "$1"
  if [ ! -f .cablepress ] && [ -n "$(ls -A)" ]; then echo foreign; exit 0; fi
  if [ -e current ] && [ ! -L current ]; then echo current; exit 0; fi
  if [ -e releases ] && [ ! -d releases ]; then echo releases; exit 0; fi
  cd "$OLDPWD"
fi
"""
_LOCK = (
    _LOOK
    + r"""
mkdir -p "$1"
cd "$1"
mkdir -p releases
exec 9>>.cablepress
flock -n 9 || { echo locked; exit 0; }
[ -s .cablepress ] || echo "Releases of a site, made by cablepress publish." >&9
echo ours
cat >/dev/null
"""
)
_HELD = 'cd "$1" 2>/dev/null && [ -f current/MANIFEST.sha256 ] || exit 0; cat current/MANIFEST.sha256'
_NAMES = r"""
cd "$1" 2>/dev/null && [ -d releases ] || exit 0
find releases -mindepth 1 -maxdepth 1 -printf '%T@ %f\n'; echo; readlink current || true
"""
_CLEAR = r"""
set -eu
cd "$1/releases"
unlink_listed() {
  [ -f "$1" ] || return 0
  cut -c67- "$1" | grep -Ev '^/|(^|/)\.\.(/|$)' | tr '\n' '\0' | (cd "$2" && xargs -0 -r rm -f --)
}
clear() {
  [ -d "$1" ] || return 0
  [ -z "$(find "$1" -type l | head -n 1)" ] || return 0
  [ ! -d "$1/.cablepress" ] || find "$1/.cablepress" -type f -exec rm -f {} +
  unlink_listed "$1.sha256" "$1"
  unlink_listed "$1/MANIFEST.sha256" "$1"
  rm -f "$1/MANIFEST.sha256" "$1.sha256"
  find "$1" -depth -type d -empty -exec rmdir {} \;
}
"""
_BEGIN = (
    _CLEAR
    + r"""
clear .incoming
[ ! -e .incoming ] || { echo "$1/releases/.incoming: holds files that publishing did not put there" >&2; exit 1; }
if [ -f ../current/MANIFEST.sha256 ]; then cp -al "$(readlink -f ../current)" .incoming; else mkdir .incoming; fi
mkdir .incoming/.cablepress
"""
)
_DELETE = r"""
set -eu
cd "$1/releases/.incoming"
cp .cablepress/manifest ../.incoming.sha256
xargs -0 -r rm -f -- < .cablepress/deleted
mv -f .cablepress/manifest MANIFEST.sha256
rm -f .cablepress/deleted
find . -mindepth 1 -depth -type d -empty ! -name .cablepress -exec rmdir {} \;
"""
_PROVE = r"""
cd "$1/releases" && cd -P "$2" || exit 0
[ -z "$3" ] || echo "$3  MANIFEST.sha256" | sha256sum --check --status || exit 0
LC_ALL=C sha256sum --check --strict --quiet MANIFEST.sha256 2>/dev/null || exit 0
[ -z "$(find . ! -type d ! -type f | head -n 1)" ] || exit 0
[ "$(find . -type f | wc -l)" -eq "$(($(wc -l < MANIFEST.sha256) + 1))" ] || exit 0
echo whole
"""
_NAME_IT = r"""
set -eu
cd "$1/releases"
rmdir .incoming/.cablepress
mv -T .incoming "$2"
rm -f .incoming.sha256
cd "$OLDPWD"
"""
_POINT = r"""
set -eu
cd "$1"
sync
ln -sfn "releases/$2" current.new
mv -fT current.new current
[ "$(readlink current)" = "releases/$2" ]
"""
_PRUNE = (
    _CLEAR
    + r"""
shift
for name in "$@"; do
  if [ "$(readlink ../current)" != "releases/$name" ]; then clear "$name"; fi
done
"""
)
_RSYNC = (
    *("--from0", "--ignore-times", "--times", "--perms", "--chmod=D755,F644", "--compress"),
    *("--temp-dir=.cablepress", "--no-implied-dirs"),
)
_FAILED = re.compile(r"(.*): FAILED(?: open or read)?")


class Rsync:
    """A folder of releases on another machine."""

    remark = ""

    def __init__(self, target: RsyncTarget, folder: Path) -> None:
        address, _, self.path = target.to.partition(":")
        self.machine = Machine(address, folder / target.ssh_config if target.ssh_config else None)
        self.name = target.to

    def refuse(self, release: Release) -> None:
        """Raise UsageError where this machine lacks what it takes."""
        self.machine.refuse()

    def held(self) -> BinaryIO:
        """The manifest of the release that readers see."""
        held = tempfile.TemporaryFile()  # noqa: SIM115 - it is the caller's
        self.machine.run(_HELD, self.path, into=held)
        held.seek(0)
        return held

    @contextmanager
    def looked_at(self) -> Iterator[None]:
        """Keep one connection open."""
        apart = self.machine
        with apart.connected() as self.machine:
            try:
                self._refuse(self.machine.run(f"{_LOOK}echo ours", self.path).strip())
                yield
            finally:
                self.machine = apart

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folder where there is none, and keep other runs out of it as long as we are connected."""
        apart = self.machine
        with apart.connected() as self.machine, self.machine.running(_LOCK, self.path) as said:
            try:
                self._refuse(said)
                yield
            finally:
                self.machine = apart

    def put(self, release: Release, held: BinaryIO, plan: Plan) -> Arrival:
        """Make a new release there, have it read, and point at it; nothing where this one stands there undamaged."""
        kept, current = self._kept()
        if plan.is_empty and current and self._damage(current, release.digest) is None:
            return Arrival(current, is_new=False, compared=release.files)
        name = history.next_name(kept, release.digest)
        self._send_changes(release, held)
        damaged = self._damage(".incoming", release.digest)
        if damaged:
            self._send(release, damaged)
            damaged = self._damage(".incoming", release.digest)
        if damaged is not None:
            told = f"{self.name}: the new release did not arrive as it was built"
            raise CablepressError(told, "does anybody build or write there meanwhile? publish again")
        self.machine.run(_NAME_IT + _POINT, self.path, name)
        return Arrival(name, copied=plan.added + plan.changed, compared=release.files)

    def releases(self) -> list[Kept]:
        """The releases that are kept, oldest first."""
        return history.kept_of(*self._kept())

    def rollback(self, release: str) -> None:
        """Point at a release that is kept. Raises CablepressError where it is damaged."""
        with self.locked():
            if self._damage(release, "") is not None:
                told = f"{self.name}: the release {release} is not as it was published"
                raise CablepressError(told, "name another release, or publish the site again")
            self.machine.run(_POINT, self.path, release)

    def prune(self, releases: list[str]) -> Pruned:
        """Unlink the files of releases, but never of that which readers see."""
        with self.locked():
            self.machine.run(_PRUNE, self.path, *releases)
            kept, _ = self._kept()
        return Pruned(
            tuple(name for name in releases if name not in kept), tuple(name for name in releases if name in kept)
        )

    def _refuse(self, said: str) -> None:
        if said == "locked":
            raise LockedError(f"{self.name}: another run is publishing there", "wait for it, or stop it")
        if said == "foreign":
            told = f"{self.name}: is not empty, and nothing was published there"
            raise UsageError(told, "choose a new or empty folder")
        if said in ("current", "releases"):
            raise UsageError(f"{self.name}/{said}: is not what publishing made there", "move it away")
        if said != "ours":
            raise UsageError(f"{self.name}: {printable(said)}", "install it on that machine")

    def _kept(self) -> tuple[dict[str, float], str]:
        """When the releases there were published, by their names, and that of the one that readers see."""
        listed, _, current = self.machine.run(_NAMES, self.path).partition("\n\n")
        lines = (line.partition(" ") for line in listed.splitlines())
        moments = {name: float(seconds) for seconds, _, name in lines if history.number_of(name)}
        return moments, current.strip().rpartition("/")[2]

    def _damage(self, release: str, digest: str) -> list[str] | None:
        """None for a release that is as its manifest says, and this has the digest; else the files that are not."""
        said = self.machine.run(_PROVE, self.path, release, digest)
        if said == "whole\n":
            return None
        return [found[1] for line in said.splitlines() if (found := _FAILED.fullmatch(line))]

    def _send_changes(self, release: Release, held: BinaryIO) -> None:
        """Begin with what is there, take away what is gone, and bring what differs."""
        self.machine.run(_BEGIN, self.path)
        with tempfile.TemporaryDirectory() as folder:
            with Path(folder, "deleted").open("wb") as deleted, Path(folder, "manifest").open("wb") as listed:
                for change in changes(manifest.entries(held), release.entries()):
                    if change.kind is Kind.DELETED:
                        deleted.write(change.path.encode() + b"\0")
                release.file.seek(0)
                shutil.copyfileobj(release.file, listed)
            self.machine.rsync(
                f"{folder}/deleted", f"{folder}/manifest", to=f"{self.path}/releases/.incoming/.cablepress/"
            )
            self.machine.run(_DELETE, self.path)
            found = changes(manifest.entries(held), release.entries())
            self._send(release, (each.path for each in found if each.kind is not Kind.DELETED))

    def _send(self, release: Release, paths: Iterable[str]) -> None:
        """Bring files of the release, in one run of rsync for each folder that they lie in."""
        with ExitStack() as stack:
            lists: dict[Path, IO[bytes]] = {}
            for path in paths:
                root = release.root(path)
                if root not in lists:
                    lists[root] = stack.enter_context(tempfile.NamedTemporaryFile())
                lists[root].write(path.encode() + b"\0")
            for root, listed in lists.items():
                listed.flush()
                words = (*_RSYNC, f"--files-from={listed.name}", f"{root}/")
                self.machine.rsync(*words, to=f"{self.path}/releases/.incoming/")
