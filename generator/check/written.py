"""Where a link of the site was written: a line of `site.toml` stands in every page, a line of an article in one."""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, relpath
from urllib.parse import unquote

import msgspec

from generator.archive.catalog import Catalog
from generator.check.links import Target, Targets
from generator.settings.config import written_links
from generator.site.pages.article import ArticlePages
from generator.site.prose import ID_PREFIX


class Written(msgspec.Struct, frozen=True):
    """A link as a person wrote it: the file, the line, and the address there."""

    path: str
    line: int
    href: str


class Sources:
    """The files of the content that may write links, as far as they are asked for."""

    def __init__(self, content: Path, config: Path, catalog: Catalog, targets: Targets) -> None:
        self._content = content
        self._catalog = catalog
        self._configured = {
            target: Written(str(config), line, href)
            for href, line in written_links(config)
            if (target := targets.find("index.html", href))
        }

    def of(self, page: str, href: str, target: Target | None) -> Written | None:
        """Where the link of a page was written; None where neither the configuration nor its article has it."""
        if target in self._configured:
            return self._configured[target]
        owned = self._catalog.page(page)
        if owned is None or owned.kind != ArticlePages.name:
            return None
        file = self._content / owned.key
        lines = file.read_text("utf-8", "replace").splitlines() if file.is_file() else []
        for form in _forms(page, href, target):
            whole = re.compile(rf"(?<![\w./%-]){re.escape(unquote(form))}(?![\w/%-])")
            for number, line in enumerate(lines, 1):
                if whole.search(unquote(line)):
                    return Written(str(file), number, form)
        return None


def _forms(page: str, href: str, target: Target | None) -> Iterator[str]:
    """How the address may have been written that stands in the page of an article."""
    if href.startswith(f"#{ID_PREFIX}"):
        yield f"#{href.removeprefix(f'#{ID_PREFIX}')}"
    if href.startswith("../"):
        yield href.removeprefix("..")
    yield href
    if target is not None:
        fragment = f"#{target.fragment}" * bool(target.fragment)
        yield f"/{target.path}{fragment}"
        yield f"{relpath(target.path, dirname(page))}{fragment}"
