"""Check a finished site: what its pages hold and where they lead, against what was promised and what the content says.

The site is read as a visitor's browser gets it, one page at a time; nothing is asked of another host. Memory is the
same for any number of pages: ids are kept for the page at hand only (`links`), and of findings the first `MOST`.
"""

import re
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

import msgspec

from generator.archive.catalog import Catalog
from generator.archive.intake import parse
from generator.cable.model import Outline
from generator.check.anatomy import Address, Anatomy, anatomy
from generator.check.links import Target, Targets, is_page, leads_to_the_top
from generator.check.since import Since
from generator.check.written import Sources
from generator.errors import Problem, Severity, UsageError
from generator.output.folder import claimed, state
from generator.output.inventory import Item, Standing, inventory
from generator.output.journal import JOURNAL
from generator.output.manifest import ROOT
from generator.settings.own_vocabulary import load_vocabulary
from generator.site.pages import KINDS

MOST = 1000
"""So many findings are told; more of them are counted."""

BUILD_AGAIN = "build again"

_STRANGERS = {
    Standing.CHANGED: ("somebody changed this file", "delete it and build again to have ours back"),
    Standing.MISSING: ("this file of the site is missing", BUILD_AGAIN),
    Standing.FOREIGN: ("is not a file of ours", "move it to content/static"),
    Standing.UNKNOWN: ("the list of our files in this folder is lost or damaged", "build into a new folder"),
}
_STYLE_REQUEST = re.compile(rb"""(?i)(?:url\(|@import)\s*["']?\s*((?:[a-z]+:)?//[^"')\s;]+)""")


class CheckReport(msgspec.Struct, frozen=True):
    """What a check looked at and what it found: `cables` counts texts compared with their source.

    `links` counts addresses within the site, `anchors` those of them that name a place in a page. `more` problems were
    found beyond those listed.
    """

    pages: int
    cables: int
    links: int
    anchors: int
    problems: tuple[Problem, ...]
    more: int

    @property
    def failed(self) -> bool:
        """Whether something has to be mended before the site can be published."""
        return self.more > 0 or any(problem.severity is Severity.ERROR for problem in self.problems)


def check(
    output: Path,
    content: Path,
    catalog: Catalog,
    base_url: str = "",
    report: Callable[[int], None] = lambda _: None,
    looked_at: Since | None = None,
    config: Path | None = None,
) -> CheckReport:
    """Check the site in the output folder; `report` is told how many pages are done.

    It is checked for the address that it was built for; if that is not `base_url`, the report says so. A dead link of
    the configuration, `site.toml` in the content folder if not given, is told once, and where it was written.

    Every file is read, but of a site that passed a check before only what is `looked_at` is taken apart.

    Raises UsageError for a folder that is no site of ours, LockedError while a build is at work there.
    """
    if not (output / ROOT).is_file():
        raise UsageError(f"{output}: there is no site of ours in this folder", "build it first: cablepress build")
    with claimed(output):
        known = catalog.meta("manifest") == state(output)
        targets = Targets(output, catalog.meta("base_url") if known else base_url)
        try:
            sources = Sources(content, config or content / "site.toml", catalog, targets)
            checking = _Check(output, content, catalog, targets, sources, looked_at)
            checking.whole(base_url)
            for item in inventory(output):
                checking.file(item)
                report(checking.pages)
            checking.deferred()
        finally:
            targets.close()
    return checking.result()


class _Check:
    """One check under way."""

    def __init__(
        self,
        output: Path,
        content: Path,
        catalog: Catalog,
        targets: Targets,
        sources: Sources,
        looked_at: Since | None,
    ) -> None:
        self.looked_at = looked_at
        self.output = output
        self.content = content
        self.catalog = catalog
        self.targets = targets
        self.sources = sources
        self.pages = self.cables = self.links = self.anchors = 0
        self.more = 0
        self.vocabulary, faults = load_vocabulary(content)
        self.problems = {msgspec.structs.replace(p, path=str(content / p.path)) for p in catalog.problems()}
        self.problems.update(faults)

    def whole(self, base_url: str) -> None:
        """The site as a whole: whether it is what the last build made of the content."""
        if (self.output / JOURNAL).exists():
            self._found("", 0, "a build was interrupted here", BUILD_AGAIN)
        elif self.catalog.meta("manifest") != state(self.output):
            self._found("", 0, "this site is not the one that the last build made", BUILD_AGAIN)
        elif base_url not in ("", self.targets.base_url):
            told = f"this site was built for {self.targets.base_url or 'no address'}, and not for {base_url}"
            self._note(Problem(str(self.output), 0, told, BUILD_AGAIN, Severity.WARNING))

    def file(self, item: Item) -> None:
        """One file of the folder."""
        if item.standing is not Standing.OURS:
            self._found(item.path, 0, *_STRANGERS[item.standing])
        elif self.looked_at and not self.looked_at.concerns(item.path, item.raw):
            return
        elif is_page(item.path):
            self._page(item.path, anatomy(item.raw))
        elif item.path.endswith(".css"):
            for match in _STYLE_REQUEST.finditer(item.raw):
                self._request(item.path, item.raw.count(b"\n", 0, match.start()) + 1, match[1].decode(errors="replace"))

    def deferred(self) -> None:
        """The fragments of other pages: each page that one leads to is read once more."""
        path, ids = "", {}
        for link in self.targets.deferred():
            if link.target.path != path:
                path = link.target.path
                ids = anatomy((self.output / path).read_bytes()).ids
            if link.target.fragment not in ids:
                self._dead(link.page, link.line, f"{path}#{link.target.fragment}", link.target, _NO_ID)

    def result(self) -> CheckReport:
        """What was found."""
        found = tuple(sorted(self.problems))
        return CheckReport(self.pages, self.cables, self.links, self.anchors, found, self.more)

    def _page(self, path: str, page: Anatomy) -> None:
        self.pages += 1
        owned = self.catalog.page(path)
        if owned is not None and owned.kind in KINDS and KINDS[owned.kind].templates and not page.headings:
            self._found(path, 0, "this page has no <h1>", "put one into its template")
        for name, line in page.repeated:
            self._found(path, line, f'the id "{name}" stands in this page twice', "an id may stand in a page once")
        for address in dict.fromkeys(page.addresses):
            self._address(path, address, page)
        if owned is not None and owned.kind == "cable":
            self._cable(path, page, owned.key)

    def _address(self, path: str, address: Address, page: Anatomy) -> None:
        href = address.href.strip()
        if self.targets.leads_out(href):
            if address.fetched and not href.startswith("data:"):
                self._request(path, address.line, href)
            return
        self.links += 1
        target = self.targets.find(path, href)
        if target is None or not self.targets.exists(target.path):
            self._dead(path, address.line, href, target, "leads nowhere")
        elif target.fragment and is_page(target.path):
            self.anchors += 1
            if leads_to_the_top(target.fragment):
                return
            if target.path != path:
                self.targets.defer(target, path, address.line)
            elif target.fragment not in page.ids:
                self._dead(path, address.line, href, target, _NO_ID)

    def _cable(self, path: str, page: Anatomy, source: str) -> None:
        try:
            entry, cable, _ = parse(self.content, source, self.vocabulary)
        except FileNotFoundError:
            self._found(path, 0, f"its content file {source} is gone", BUILD_AGAIN)
            return
        before = self.catalog.input(source)
        if before is None or before.digest != entry.digest:
            self._found(path, 0, f"its content file {source} has changed since the page was made", BUILD_AGAIN)
            return
        self.cables += 1
        self._sections(path, page, cable, source)
        for paragraph in cable.paragraphs:
            if paragraph.anchor not in page.ids or f"#{paragraph.anchor}" not in page.permalinks:
                self._found(path, 0, f"the paragraph {paragraph.anchor} has no permalink", _THEME)
        for silent in cable.silent_anchors:
            if silent.anchor not in page.ids:
                self._found(path, 0, f"the old anchor {silent.anchor} is missing", _THEME)

    def _sections(self, path: str, page: Anatomy, cable: Outline, source: str) -> None:
        for name in ("record", "header", "body"):
            if name not in page.sections:
                self._found(path, 0, f'this page has no <section id="{name}">', _THEME)
        for name, wanted in (("header", cable.header), ("body", cable.body)):
            texts = page.texts.get(name, [])
            if name in page.sections and len(texts) != 1:
                self._found(path, 0, f"its {name} has {len(texts)} elements with data-text, and must have one", _THEME)
            elif texts and texts[0] != wanted:
                line = _first_difference(texts[0], wanted)
                self._found(path, 0, f"line {line} of its {name} is not the text of {source}", _THEME)

    def _request(self, path: str, line: int, href: str) -> None:
        self._found(path, line, f'"{href}" would be asked of another host', "copy what it needs to content/static")

    def _dead(self, path: str, line: int, href: str, target: Target | None, what: str) -> None:
        written = self.sources.of(path, href, target)
        if written is None:
            self._found(path, line, f'the link "{href}" {what}', "mend it where it was written")
        else:
            told = f'the link "{written.href}" {what}'
            self._note(Problem(written.path, written.line, told, "mend it and build again"))

    def _found(self, path: str, line: int, text: str, hint: str) -> None:
        self._note(Problem(str(self.output / path), line, text, hint))

    def _note(self, problem: Problem) -> None:
        if problem in self.problems:
            return
        if len(self.problems) < MOST:
            self.problems.add(problem)
        else:
            self.more += 1


_NO_ID = "leads to a page without that id"
_THEME = "the templates of the theme must keep what a cable's page promises"


def _first_difference(left: str, right: str) -> int:
    """The first line, counted from 1, in which two texts differ."""
    lines = zip_longest(left.split("\n"), right.split("\n"))
    return next(number for number, (one, other) in enumerate(lines, 1) if one != other)
