"""The targets of `publish` in `site.toml`: a kind, and the keys that this kind has, every one checked."""

import re
from collections.abc import Callable

import msgspec

from generator.errors import UsageError
from generator.settings.hosts import HOSTS, SERVERS
from generator.settings.selection import Selection, read_selection
from generator.settings.toml import Table, did_you_mean


class Target(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What targets of all kinds may say.

    `host` is one of HOSTS, or empty; `only` is the part of the archive that goes there.
    """

    host: str = ""
    only: Selection = Selection()


class FilesTarget(Target, frozen=True, kw_only=True):
    """A target that brings files; `compress` names the ENCODINGS of which copies lie beside those that are text."""

    compress: tuple[str, ...] = ()


ENCODINGS = {"gzip": ".gz", "br": ".br"}
"""By the names that HTTP has for them, what a copy's name ends with."""


class DirectoryTarget(FilesTarget, frozen=True, kw_only=True, tag="directory"):
    """Releases in a folder of this machine; `path` is relative to the folder that holds `content/`."""

    path: str


class RsyncTarget(FilesTarget, frozen=True, kw_only=True, tag="rsync"):
    """Releases in a folder of another machine: `to` is `user@machine:path`; `ssh_config` a file of ssh's settings.

    The file's path is relative to the folder that holds `content/`.
    """

    to: str
    ssh_config: str = ""


class S3Target(Target, frozen=True, kw_only=True, tag="s3"):
    """Objects of a bucket, below a `prefix` that is empty or ends with a slash.

    `endpoint` is the address of a service other than Amazon's; `profile` one of the configuration of AWS's own tools,
    where credentials are looked for; `gzip` says that text is kept compressed.
    """

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    profile: str = ""
    gzip: bool = True


class GitTarget(Target, frozen=True, kw_only=True, tag="git"):
    """A branch of a git repository: its address, a path, or the name of a remote of the repository around us.

    `cname` is the site's own domain, for GitHub Pages; without `history` the branch has one commit only.
    """

    repository: str
    branch: str = "gh-pages"
    cname: str = ""
    history: bool = True


class CommandTarget(FilesTarget, frozen=True, kw_only=True, tag="command"):
    """Another program: its name and its arguments, in which PLACEHOLDERS stand for what it is given."""

    command: tuple[str, ...]


PLACEHOLDERS = ("{site}", "{changed}", "{deleted}")
"""What may stand in the words of a command: the folder of the release, and two files that list paths."""


def read_target(table: Table) -> Target | None:
    """The target that a table `[publish.NAME]` describes; None where it can't be used, which the problems say."""
    kind = table.required("kind")
    if kind not in KINDS:
        if kind:
            hint = did_you_mean(kind, KINDS) or f"known kinds: {', '.join(KINDS)}"
            table.problem("kind", f'unknown kind "{kind}"', hint)
        return None
    made, read = KINDS[kind]
    before = len(table.problems)
    table.known(("kind", *made.__struct_fields__))
    target = msgspec.structs.replace(read(table, _host(table, kind)), only=_only(table))
    return target if len(table.problems) == before else None


def _host(table: Table, kind: str) -> str:
    host = table.text("host")
    if host and host not in HOSTS:
        table.problem("host", f'unknown host "{host}"', did_you_mean(host, HOSTS) or f"known: {', '.join(HOSTS)}")
    elif host in SERVERS and kind not in ("directory", "rsync"):
        table.problem("host", f'host "{host}" goes with the kinds directory and rsync', "leave it out")
    return host


def _only(table: Table) -> Selection:
    try:
        return read_selection(table.texts("only"))
    except UsageError as error:
        table.problem("only", f"only: {error.text}", error.hint)
        return Selection()


def _compress(table: Table) -> tuple[str, ...]:
    names = table.texts("compress")
    for name in names:
        if name not in ENCODINGS:
            hint = did_you_mean(name, ENCODINGS) or f"known: {', '.join(ENCODINGS)}"
            table.problem("compress", f'compress: unknown encoding "{name}"', hint)
    return tuple(name for name in ENCODINGS if name in names)


def _directory(table: Table, host: str) -> Target:
    return DirectoryTarget(host=host, compress=_compress(table), path=table.required("path"))


_FAR_FOLDER = re.compile(r"(?:\w[\w.-]*@)?\w[\w.-]*:[\w/.].*")


def _rsync(table: Table, host: str) -> Target:
    to = table.required("to")
    if to and not _FAR_FOLDER.fullmatch(to):
        table.problem(
            "to", f'to "{to}" is not a folder of another machine', 'write to = "user@machine:/srv/www/cables"'
        )
    return RsyncTarget(host=host, compress=_compress(table), to=to, ssh_config=table.text("ssh_config"))


_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,62}")


def _s3(table: Table, host: str) -> Target:
    bucket = table.required("bucket")
    if bucket and not _BUCKET.fullmatch(bucket):
        table.problem("bucket", f'bucket "{bucket}" is no name of a bucket', "write its name without s3:// and slashes")
    endpoint = table.text("endpoint")
    _without_secret(table, "endpoint", endpoint)
    if endpoint and not re.fullmatch(r"https?://[^/\s]+/?", endpoint):
        hint = 'write endpoint = "https://s3.example.org"'
        table.problem("endpoint", "endpoint is no address of a service", hint)
    prefix = table.text("prefix").strip("/")
    if any(part in {"", ".", ".."} for part in prefix.split("/")) and prefix:
        table.problem("prefix", f'prefix "{prefix}" can\'t be used', 'write prefix = "cables"')
    return S3Target(
        host=host,
        bucket=bucket,
        prefix=f"{prefix}/" if prefix else "",
        endpoint=endpoint,
        region=table.text("region"),
        profile=table.text("profile"),
        gzip=table.value("gzip", bool, True),
    )


_BRANCH = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z0-9-]+")


def _git(table: Table, host: str) -> Target:
    repository = table.required("repository")
    _without_secret(table, "repository", repository)
    if repository.startswith("-"):
        table.problem("repository", f'repository "{repository}" begins with a hyphen', "write its address")
    branch = table.text("branch") or "gh-pages"
    if not _BRANCH.fullmatch(branch) or branch.startswith("-") or ".." in branch or branch.endswith((".lock", ".")):
        table.problem("branch", f'branch "{branch}" is no name of a branch', 'write branch = "gh-pages"')
    cname = table.text("cname")
    if cname and not _DOMAIN.fullmatch(cname):
        table.problem("cname", f'cname "{cname}" is no domain', 'write cname = "cables.example.org"')
    history = table.value("history", bool, True)
    return GitTarget(host=host, repository=repository, branch=branch, cname=cname, history=history)


def has_secret(address: str) -> bool:
    """Whether there is a password or token in an address."""
    return re.search(r"\w://[^/@\s]*:[^/@\s]*@|https?://[^/@\s]+@", address) is not None


def _without_secret(table: Table, key: str, address: str) -> None:
    """Note an address with a password in it, without showing it."""
    if has_secret(address):
        hint = "whoever reads the file could use it: leave it to git's credential helper, to ssh or to the environment"
        table.problem(key, f"{key} has a password or token in it", hint)


def _command(table: Table, host: str) -> Target:
    words = table.texts("command")
    if not words:
        table.problem("command", "command is missing", 'write its words one by one: command = ["rclone", "sync", …]')
    _without_secret(table, "command", " ".join(words))
    for found in re.findall(r"\{\w*\}", " ".join(words)):
        if found not in PLACEHOLDERS:
            hint = did_you_mean(found, PLACEHOLDERS) or f"known: {', '.join(PLACEHOLDERS)}"
            table.problem("command", f"command: there is no {found}", hint)
    return CommandTarget(host=host, compress=_compress(table), command=words)


KINDS: dict[str, tuple[type[Target], Callable[[Table, str], Target]]] = {
    "directory": (DirectoryTarget, _directory),
    "rsync": (RsyncTarget, _rsync),
    "s3": (S3Target, _s3),
    "git": (GitTarget, _git),
    "command": (CommandTarget, _command),
}
"""The kinds of target, by what `kind` may be: the keys, and how they are read."""
