"""The glossary: what precedences, captions, marks, words, acronyms and the archive's TAGS mean, for the screen and for
paper.
"""

from collections.abc import Iterator

import msgspec

from generator.archive import queries
from generator.archive.catalog import Catalog
from generator.archive.lists import safe_name
from generator.archive.settle import CableChange
from generator.cable.vocabulary import TERM_KINDS, Term, Vocabulary
from generator.site.addresses import GLOSSARY, STATIONS
from generator.site.pages.kind import SITE_SETTINGS, Context, Page, Templated
from generator.site.sentences import tag_meanings, term_meaning
from generator.site.views import GlossaryView, Link, Meaning

LEAD = (
    "What stands in a cable and is no plain word. Where a meaning is not certain, it says so; a code that is not here"
    " has none that we know."
)

TITLES = {
    "precedence": "Precedence",
    "classification": "Classification",
    "portion": "Portion marks",
    "caption": "Captions",
    "header": "Signals in the header",
    "order": "Executive orders",
    "reason": "Reasons for a classification",
    "word": "Words of the trade",
    "acronym": "Acronyms",
}

FEW = 3
"""More cables than what happens to one file can bring into a list, or take out."""


class GlossaryPage:
    """One page."""

    name = "glossary"
    names = ("glossary", "glossaries")
    templates = ("glossary.html",)
    settings = SITE_SETTINGS

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The one group."""
        yield "glossary"

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The glossary, where a tag may have come into use or gone out of it."""
        before, after = (
            {m.list for m in head.memberships if m.list.startswith("tag/")} if head else set()
            for head in (change.before, change.after)
        )
        for name in before ^ after:
            entry = queries.list_count(catalog, name)
            if entry is None or entry.count <= FEW:
                yield "glossary", f"{name} may have come or gone"

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The one page."""
        yield Page(GLOSSARY, self.name, key)

    def draft(self, context: Context, page: Page) -> GlossaryView:
        """All terms, and those TAGS in use of which the meaning is known."""
        vocabulary, site = context.vocabulary, context.site(page.path)
        terms = (
            (kind, TITLES[kind], tuple(_meaning(term) for term in vocabulary.glossary if term.kind == kind))
            for kind in TERM_KINDS
        )
        return GlossaryView(
            site=site,
            title="Glossary",
            description=f"What codes, captions, acronyms and portion marks mean in the cables of {site.title}",
            lead=LEAD,
            beside=Link("Routing indicators", STATIONS),
            canonical=context.canonical(page.path),
            sections=(*terms, ("tag", "TAGS in this archive", tuple(_tags(context.catalog, vocabulary)))),
        )

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Templated:
        """The page."""
        return Templated("glossary.html", draft)


def _meaning(term: Term) -> Meaning:
    return Meaning(f"{term.kind}-{safe_name(term.term)}", term.term, "", (term_meaning(term),))


def _tags(catalog: Catalog, vocabulary: Vocabulary) -> Iterator[Meaning]:
    for entry in queries.lists(catalog, "tag"):
        meanings = tag_meanings(entry.title, vocabulary)
        if meanings:
            yield Meaning(entry.name.replace("/", "-"), entry.title, f"{entry.name}.html", meanings)
