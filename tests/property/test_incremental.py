"""Whatever is done to an archive, and however often a build is killed: the next build gives what a clean one gives."""

import os
import shutil
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from generator.archive.head import Head, head_of
from generator.archive.lists import PAGE_ROWS
from generator.archive.notes import notes_folder
from generator.cable.model import Cable
from generator.errors import CablepressError
from generator.output.clean import clean
from generator.output.manifest import FOLDERS, ROOT
from generator.site.share import citation
from generator.site.views.share import Run
from tests.site.support import BASE_URL, LATER, SiteTest, differences, files_below

PATHS = ("cables/a.txt", "cables/b.txt", "cables/2010/c.txt", "cables/2010/d.txt", "cables/e.txt")
NAMES = ("10MOSCOW1", "10MOSCOW2", "09MOSCOW1", "10PARIS3", "10MOSCOW0001", "no id of any form")
ARTICLES = ("articles/one.md", "articles/two.md", "pages/about.md")
FIELDS: dict[str, st.SearchStrategy[str]] = {
    "name": st.sampled_from(NAMES),
    "subject": st.sampled_from(("", "FIRST", "SECOND <b>", "A SUBJECT THAT\nGOES ON")),
    "tags": st.sampled_from(("", "PGOV", "PGOV, ECON", "ECON, XX, pgov")),
    "ref": st.sampled_from(("", "MOSCOW 1", "A. 10 MOSCOW 2\n     B. MOSCOW 1 (NOTAL)", "09 MOSCOW 1", "10 PARIS 3")),
    "created": st.sampled_from(
        ("", "2010-01-29T15:33:00Z", "2010-01-29T15:34:00Z", "2009-12-31", "2010-06-01T00:00:00Z")
    ),
    "released": st.sampled_from(("", "2011-08-30", "2010-11-28")),
    "origin": st.sampled_from(("", "Embassy Moscow", "Embassy Paris", "Embassy  Moscow", "Embassy Mosców")),
    "front": st.sampled_from(
        (
            "",
            'classification = "SECRET"',
            'aliases = ["10MOSCOW2"]',
            'aliases = ["10MOSCOW77", "10PARIS3"]',
            'articles = ["https://news.example.com/a"]',
            'typo = "left out"',
        )
    ),
    "body": st.sampled_from(
        (
            "1. One.",
            "1. Two.",
            "1. As 10 MOSCOW 2 said.\n\n2. (C) And 09 MOSCOW 1.\n\n2. Twice.",
            "1. (C) SUMMARY: One. END SUMMARY.",
            "1. (C) SUMMARY: Two. END SUMMARY.",
            "No number.\n\n2006. A year.",
            "",
        )
    ),
}
TEXTS = (
    "# One\n\nSee [[10MOSCOW1]].\n",
    "# Two\n\nSee [[10MOSCOW1#par1]] and [[10PARIS3]].\n\n![[10MOSCOW2#par1]]\n",
    "+++\ndate = 2011-01-01\n+++\n# Three\n\nSee [[10MOSCOW77]] and [[10MOSCOW1#par2-2]].\n",
    "+++\ndraft = true\n+++\n# Four\n\n[[10MOSCOW2]]\n",
    "+++\ndate = 2011-01-02\n+++\n# Five\n",
    "no title",
)
SETTINGS = (
    "",
    "total = 100\n",
    'collection = "proof"\n',
    'tagline = "Every word"\n[[navigation]]\nlabel = "About"\naddress = "index.html"\n',
    'theme = "theme"\n',
    'theme = "theme"\ntotal = 100\n',
    "totl = 100\n",
)
VOCABULARY = {
    "vocabulary/tags.csv": (
        "tag,description\nPGOV,Government\nXX,A place\n",
        "tag,description,era\nXX,Then,1973-79\nXX,Now,2000s\n",
        "tag,desciption\nXX,A place\n",
    ),
    "vocabulary/posts.csv": (
        "code,name\nMOSCOW,Embassy Moscow\nPARIS,Legation Paris\n",
        "code,name,country\nMOSCOW,Legation Moscow,\n",
        "code,nmae\nMOSCOW,Embassy Moscow\n",
    ),
    "vocabulary/aliases.csv": ("alias,code\nMOSCOW,PARIS\n", "alias,code\nPARIS,MOSCOW\nTHE,PARIS\n"),
}
TEMPLATES = {
    "theme/list.html": '{% extends "base.html" %}{% block main %}<h1 id="main">{{ page.title }}</h1>{% endblock %}',
    "theme/home.html": '{% extends "base.html" %}{% block main %}<h1 id="main">{{ page.released }}</h1>{% endblock %}',
    "theme/parts.html": "",
    "theme/assets/site.css": "body { color: black }\n",
    "theme/assets/my logo.svg": "<svg/>",
}
HOUR = 3600 * 10**9
"""Nanoseconds."""


def head_read_otherwise(cable: Cable) -> Head:
    return head_of(msgspec.structs.replace(cable, subject=cable.subject.title(), origin=cable.origin.upper()))


def citation_with_a_stop(*facts: str) -> tuple[Run, ...]:
    return (*citation(*facts), Run("."))


UPGRADES: dict[str, dict[str, Any]] = {
    "as it is": {},
    "the same but for its digest": {"generator.site.recipes.program_digest": lambda: "2"},
    "reads otherwise": {
        "generator.site.recipes.program_digest": lambda: "3",
        "generator.archive.intake.head_of": head_read_otherwise,
    },
    "writes otherwise": {
        "generator.site.recipes.program_digest": lambda: "4",
        "generator.site.pages.cable.citation": citation_with_a_stop,
    },
}
"""Other versions of the program: what they have in the place of ours."""


class Archive(RuleBasedStateMachine):
    """An archive, its site, and everything that may happen to them."""

    steps = 0
    """Of all archives together."""

    @initialize(rows=st.sampled_from((1, 2, PAGE_ROWS)))
    def begin(self, rows: int) -> None:
        self.length = ExitStack()
        for module in ("lists", "counts"):
            self.length.enter_context(mock.patch(f"generator.archive.{module}.PAGE_ROWS", rows))
        self.folder = Path(tempfile.mkdtemp(prefix="archive-"))
        self.site = SiteTest(self.folder)
        self.cables: dict[str, dict[str, str]] = {}
        self.known: dict[str, bytes] = {}
        self.seen: set[str] = set()
        self.current = self.manifest_lost = self.told = False
        self.notes_lost = True
        self.version = ExitStack()
        self.site.write("theme/.keep", "")

    # Cables

    @rule(path=st.sampled_from(PATHS), fields=st.fixed_dictionaries(FIELDS))
    def write_cable(self, path: str, fields: dict[str, str]) -> None:
        self.cables[path] = fields
        self.site.cable(path=path, **fields)
        self.current = False

    @precondition(lambda self: self.cables)
    @rule(data=st.data())
    def edit_cable(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.cables)))
        field = data.draw(st.sampled_from(sorted(FIELDS)))
        self.write_cable(path, self.cables[path] | {field: data.draw(FIELDS[field])})

    @precondition(lambda self: self.cables)
    @rule(data=st.data())
    def delete_cable(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.cables)))
        del self.cables[path]
        self.site.delete(path)
        self.current = False

    @precondition(lambda self: self.cables)
    @rule(data=st.data(), new=st.sampled_from(PATHS))
    def rename_cable(self, data: st.DataObject, new: str) -> None:
        path = data.draw(st.sampled_from(sorted(self.cables)))
        self.cables[new] = self.cables.pop(path)
        self.site.rename(path, new)
        self.current = False

    @precondition(lambda self: len(self.cables) > 1)
    @rule(data=st.data(), moved=st.booleans())
    def swap_cables_keeping_their_times(self, data: st.DataObject, moved: bool) -> None:
        paths = data.draw(st.lists(st.sampled_from(sorted(self.cables)), min_size=2, max_size=2, unique=True))
        one, other = (self.site.content / path for path in paths)
        texts, times = (one.read_bytes(), other.read_bytes()), (one.stat(), other.stat())
        if moved:
            one.rename(one.with_suffix(".swp"))
            other.rename(one)
            one.with_suffix(".swp").rename(other)
        else:
            one.write_bytes(texts[1])
            other.write_bytes(texts[0])
        for file, status in zip((one, other), times, strict=True):
            os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        self.cables[paths[0]], self.cables[paths[1]] = self.cables[paths[1]], self.cables[paths[0]]
        self.current = False

    @precondition(lambda self: self.cables)
    @rule(data=st.data(), field=st.sampled_from(("tags", "body", "ref", "created")), moved=st.sampled_from((-HOUR, 0)))
    def edit_and_keep_the_time(self, data: st.DataObject, field: str, moved: int) -> None:
        path = data.draw(st.sampled_from(sorted(self.cables)))
        before = (self.site.content / path).stat()
        self.write_cable(path, self.cables[path] | {field: data.draw(FIELDS[field])})
        os.utime(self.site.content / path, ns=(before.st_atime_ns, before.st_mtime_ns + moved))

    @precondition(lambda self: self.cables)
    @rule(data=st.data(), moved=st.sampled_from((-10 * HOUR, -1, HOUR)))
    def touch_cable(self, data: st.DataObject, moved: int) -> None:
        file = self.site.content / data.draw(st.sampled_from(sorted(self.cables)))
        os.utime(file, ns=(0, file.stat().st_mtime_ns + moved))

    @precondition(lambda self: any(path.count("/") > 1 for path in self.cables))
    @rule(data=st.data(), new=st.sampled_from(("cables/2010", "cables/moved", "cables/m/oved")))
    def rename_folder(self, data: st.DataObject, new: str) -> None:
        folders = sorted({path.rpartition("/")[0] for path in self.cables if path.count("/") > 1})
        old = data.draw(st.sampled_from(folders))
        if not (self.site.content / new).exists():
            self.site.rename(old, new)
            moved = {path: path.replace(old, new, 1) if path.startswith(f"{old}/") else path for path in self.cables}
            self.cables = {moved[path]: fields for path, fields in self.cables.items()}
            self.current = False

    # All else

    @rule(version=st.sampled_from(sorted(UPGRADES)))
    def upgrade(self, version: str) -> None:
        self.version.close()
        for name, replacement in UPGRADES[version].items():
            self.version.enter_context(mock.patch(name, replacement))
        self.current = False

    @rule(path=st.sampled_from(ARTICLES), text=st.sampled_from(TEXTS))
    def write_article(self, path: str, text: str) -> None:
        self._write(path, text)

    @rule(
        path=st.sampled_from(("static/a.txt", "static/b/c d.bin", "static/b", "static/card.png")),
        text=st.sampled_from(("one", "two")),
    )
    def write_static_file(self, path: str, text: str) -> None:
        if not (self.site.content / path).is_dir() and not (self.site.content / path).parent.is_file():
            self._write(path, text)

    @rule(path=st.sampled_from(sorted(TEMPLATES)), more=st.sampled_from(("", "\n")))
    def write_template(self, path: str, more: str) -> None:
        self._write(path, TEMPLATES[path] + more)

    @rule(path=st.sampled_from(sorted(VOCABULARY)), data=st.data())
    def write_vocabulary(self, path: str, data: st.DataObject) -> None:
        self._write(path, data.draw(st.sampled_from(VOCABULARY[path])))

    @rule(
        path=st.sampled_from(
            (*ARTICLES, *TEMPLATES, *VOCABULARY, "static/a.txt", "static/b/c d.bin", "static/b", "static/card.png")
        )
    )
    def delete_file(self, path: str) -> None:
        if (self.site.content / path).is_file():
            self.site.delete(path)
            self.current = False

    @rule(settings=st.sampled_from(SETTINGS), title=st.sampled_from(("One", "Two")), placed=st.booleans())
    def configure(self, settings: str, title: str, placed: bool) -> None:
        self._write("site.toml", f'title = "{title}"\n' + f'base_url = "{BASE_URL}"\n' * placed + settings)

    # The output and the notes: what is ours stays known as long as one of the two lists of it is whole

    @rule(number=st.integers(0, 60))
    def lose_a_page(self, number: int) -> None:
        paths = sorted(self.site.files())
        if paths:
            (self.site.output / paths[number % len(paths)]).unlink()
            self.told = False

    @precondition(lambda self: not self.notes_lost)
    @rule(number=st.integers(0, 60))
    def lose_part_of_the_manifest(self, number: int) -> None:
        parts = sorted((self.site.output / FOLDERS).glob("*"))
        if parts:
            parts[number % len(parts)].unlink()
        self.manifest_lost = True
        self.told = False

    @precondition(lambda self: not self.manifest_lost)
    @rule()
    def lose_the_notes(self) -> None:
        shutil.rmtree(notes_folder(self.site.content, self.site.output), ignore_errors=True)
        self.notes_lost = True
        self.told = False

    @rule()
    def lose_the_output(self) -> None:
        shutil.rmtree(self.site.output, ignore_errors=True)
        self.manifest_lost = self.told = False

    @precondition(lambda self: not self.manifest_lost and (self.site.output / ROOT).is_file())
    @rule()
    def clean(self) -> None:
        clean(self.site.output)
        self.told = False

    # Builds

    @rule(at=st.integers(1, 90), clock=st.sampled_from((0, LATER)))
    def build_and_be_killed(self, at: int, clock: int) -> None:
        self.seen = self.changed()
        self.site.build_killed(at, clock=clock)

    @rule(clock=st.sampled_from((-HOUR, 0, LATER, HOUR)), full=st.booleans())
    def build(self, clock: int, full: bool) -> None:
        self.compare(clock=clock, full=full)

    @precondition(lambda self: self.told)
    @rule()
    def build_what_changed(self) -> None:
        self.compare(changed=self.changed())

    @precondition(lambda self: self.told)
    @rule(everything=st.booleans())
    def preview(self, everything: bool) -> None:
        self.seen = self.changed()
        with suppress(CablepressError):
            self.site.build(None if everything else self.seen, keep_faulty=True)

    def changed(self) -> set[str]:
        """The content files that are not as they were when builds were last compared, or as a build since has seen."""
        now = files_below(self.site.content)
        return self.seen | {path for path in now.keys() | self.known.keys() if now.get(path) != self.known.get(path)}

    def compare(self, *, clock: int = 0, **options: Any) -> None:
        try:
            wanted, tree = self.site.built_anew()
        except CablepressError:
            return
        result = self.site.build_by_a_clock(clock, **options)
        assert result.problems == wanted.problems
        if wanted.pages:
            assert differences(self.site.tree(), tree) == {}
            assert result.pages == wanted.pages
            self.known = files_below(self.site.content)
            self.seen = set()
            self.current = self.told = True
            self.notes_lost = self.manifest_lost = False

    @invariant()
    def count(self) -> None:
        Archive.steps += 1

    def teardown(self) -> None:
        if hasattr(self, "site"):
            self.compare()
            if self.current:
                assert self.site.build().written == 0
                unforeseen = {*self.site.check().problems} - {*self.site.build().problems}
                assert not unforeseen, unforeseen
            self.version.close()
            self.length.close()
            shutil.rmtree(self.folder)

    def _write(self, path: str, text: str) -> None:
        self.site.write(path, text)
        self.current = False


TestIncremental = Archive.TestCase
TestIncremental.settings = settings(
    max_examples=settings().max_examples // 3, stateful_step_count=25, report_multiple_bugs=False
)
