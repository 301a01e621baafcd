"""The site's configuration: `content/site.toml`, every key checked."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from generator.errors import FaultError, Problem, Severity, StorageError, UsageError, printable
from generator.href import allowed_href, base_address, is_external, site_path
from generator.settings.targets import Target, read_target
from generator.settings.toml import Table, did_you_mean, read_table


class NavigationEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A link in the site's navigation or among the community links.

    `address` is a path from the site's root, without a slash in front, or an `http`, `https` or `mailto` address;
    either is percent-encoded.
    """

    label: str
    address: str


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that `site.toml` may say; each key is optional but `title`.

    `banner` is the path of an image from the site's root, percent-encoded; `base_url` ends with a slash; `theme` is a
    folder in the content folder; `total` is 0 where nobody knows it; of `publish`, a target that has a fault is
    None.
    """

    title: str
    tagline: str = ""
    description: str = ""
    banner: str = ""
    base_url: str = ""
    language: str = "en"
    collection: str = "cablegate"
    total: int = 0
    theme: str = ""
    navigation: tuple[NavigationEntry, ...] = ()
    community: tuple[NavigationEntry, ...] = ()
    publish: dict[str, Target | None] = {}


_DEFAULT = Config(title="Untitled archive")


def load_config(path: Path, *, content: Path | None = None, base_url: str = "") -> tuple[Config, tuple[Problem, ...]]:
    """The configuration, and what is wrong in it; where a key can't be used, its default is in force.

    `content` is the content folder where the file lies elsewhere; `base_url` wins over the file's. Without any base URL
    there is one warning. Raises `UsageError` where the file is missing or `base_url` is none, `StorageError` where the
    file can't be read, and `FaultError` where it is no TOML.
    """
    table = _table(path)
    table.known(Config.__struct_fields__)
    config = Config(
        title=table.required("title") or _DEFAULT.title,
        tagline=table.text("tagline"),
        description=table.text("description"),
        banner=_banner(table),
        base_url=_given_base_url(base_url) or _base_url(table),
        language=_matching(table, "language", _LANGUAGE, 'write a language tag such as "en" or "pt-BR"'),
        collection=_matching(
            table, "collection", _HASHTAG, "it becomes a hashtag: use letters, digits and underscores"
        ),
        total=_total(table),
        theme=_theme(table, content or path.parent),
        navigation=_links(table, "navigation"),
        community=_links(table, "community"),
        publish=_targets(table),
    )
    if not config.base_url and "base_url" not in table:
        table.problems.append(_without_base_url(str(path)))
    return config, tuple(sorted(table.problems))


def written_links(path: Path) -> Iterator[tuple[str, int]]:
    """The addresses within the site that the file has pages lead to or show, as `Config` has them, with their lines.

    Raises what `load_config` raises.
    """
    table = _table(path)
    links = (link for key in ("navigation", "community") for link in table.tables(key))
    found = [(_banner(table), table.line("banner")), *((_link(link).address, link.line("address")) for link in links)]
    return ((address, line) for address, line in found if address and not is_external(address))


def _table(path: Path) -> Table:
    """The file as a table."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        hint = "`cablepress new FOLDER` makes an archive to start from; --content names the folder of an existing one"
        raise UsageError(f"{printable(str(path))}: there is no such file", hint) from None
    except OSError as error:
        raise StorageError(
            f"{printable(str(path))}: can't be read: {error.strerror}", "mend this and try again"
        ) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FaultError(Problem(str(path), line, "not UTF-8", "save the file as UTF-8")) from None
    table = read_table(text, str(path))
    if isinstance(table, Problem):
        raise FaultError(table)
    return table


def _without_base_url(path: str) -> Problem:
    text = "no base_url: pages have no canonical address, and share links give the reference ID without one"
    return Problem(path, 0, text, 'write base_url = "https://…" once you know where the site will be', Severity.WARNING)


def _given_base_url(untrusted_url: str) -> str:
    address = base_address(untrusted_url)
    if untrusted_url and not address:
        raise UsageError(f"--base-url {printable(untrusted_url)}: not a web address of a site", _BASE_URL_HINT)
    return address


_BASE_URL_HINT = "write an absolute address: https://example.org/archive/"


def _base_url(table: Table) -> str:
    text = table.text("base_url")
    address = base_address(text)
    if text and not address:
        table.problem("base_url", f'base_url "{text}" is not a web address of a site', _BASE_URL_HINT)
    return address


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_HASHTAG = re.compile(r"\w*[^\W\d]\w*")


def _matching(table: Table, key: str, pattern: re.Pattern[str], hint: str) -> str:
    """A text that the pattern matches as a whole, else the key's default."""
    text = table.text(key)
    if pattern.fullmatch(text):
        return text
    if text:
        table.problem(key, f'{key} "{text}" can\'t be used', hint)
    return str(getattr(_DEFAULT, key))


def _banner(table: Table) -> str:
    text = table.text("banner")
    path = site_path(text)
    if text and not path:
        hint = 'write a path in the site, such as banner = "static/banner.svg", and put the image there'
        table.problem("banner", f'banner "{text}" is not an image of the site', hint)
    return path


def _total(table: Table) -> int:
    total = table.value("total", int, 0)
    if total < 0:
        table.problem("total", "total must not be below 0", "total is the number of cables to come; 0: nobody knows it")
    return max(total, 0)


def _theme(table: Table, content: Path) -> str:
    """The theme's folder, relative to the content folder, in which it must be."""
    text = table.text("theme")
    if not text:
        return ""
    folder = PurePosixPath(text)
    where = (content / folder).resolve()
    if ".." in folder.parts or "\\" in text or content.resolve() not in where.parents:
        hint = 'write its name, theme = "theme", and put the folder itself there, not a link'
        table.problem("theme", f'theme "{text}" is not a folder inside {content}', hint)
        return ""
    if not where.is_dir():
        folders = sorted(entry.name for entry in content.iterdir() if entry.is_dir()) if content.is_dir() else []
        table.problem("theme", f"theme: there is no folder {content / folder}", did_you_mean(text, folders))
        return ""
    return str(folder)


def _links(table: Table, key: str) -> tuple[NavigationEntry, ...]:
    """The links of a list, without the faulty ones."""
    entries = (_link(item) for item in table.tables(key))
    return tuple(entry for entry in entries if entry.label and entry.address)


def _link(table: Table) -> NavigationEntry:
    table.known(NavigationEntry.__struct_fields__)
    text = table.required("address")
    href = allowed_href(text)
    address = href if is_external(href) else site_path(text)
    if text and not address:
        hint = (
            'write a path in the site ("page/about.html") or an address that begins with https://, http:// or mailto:'
        )
        table.problem("address", f'address "{text}" can\'t be linked to', hint)
    return NavigationEntry(table.required("label"), address)


def _targets(table: Table) -> dict[str, Target | None]:
    """The places to publish to, by name."""
    return {name: read_target(item) if item else None for name, item in table.named("publish").items()}
