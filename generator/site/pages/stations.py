"""The stations: whom each routing indicator of a header stands for (CABLE-FORMAT 1.1, 1.2), for screen and paper.

All are there that the vocabulary knows, whichever occur in the archive: so no cable that comes or goes changes the
page, and none has to be asked.
"""

from collections.abc import Iterator
from itertools import groupby

import msgspec

from generator.archive.catalog import Catalog
from generator.archive.lists import safe_name
from generator.archive.settle import CableChange
from generator.cable.vocabulary import RoutingIndicator, Vocabulary
from generator.site.addresses import GLOSSARY, STATIONS
from generator.site.pages.kind import SITE_SETTINGS, Context, Page, Templated
from generator.site.views import GlossaryView, Link, Meaning

LEAD = (
    "The codes of stations in the header of a cable: from which it came, and through which it went to whom. One that is"
    " not here has no name that we know."
)

ALIKE = 3
"""So many letters have the indicators of a section in common."""


class StationsPage:
    """One page."""

    name = "stations"
    names = ("page of stations", "pages of stations")
    templates = ("glossary.html",)
    settings = SITE_SETTINGS

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The one group."""
        yield "stations"

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """No cable touches it."""
        yield from ()

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The one page."""
        yield Page(STATIONS, self.name, key)

    def draft(self, context: Context, page: Page) -> GlossaryView:
        """All stations that the vocabulary knows."""
        return GlossaryView(
            site=context.site(page.path),
            title="Routing indicators",
            description=f"Which station each routing indicator in the cables of {context.config.title} stands for",
            lead=LEAD,
            beside=Link("Glossary", GLOSSARY),
            canonical=context.canonical(page.path),
            sections=tuple(_sections(context.vocabulary)),
        )

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Templated:
        """The page."""
        return Templated("glossary.html", draft)


def _sections(vocabulary: Vocabulary) -> Iterator[tuple[str, str, tuple[Meaning, ...]]]:
    for first, codes in groupby(sorted(vocabulary.routing), key=lambda code: code[:ALIKE]):
        yield f"all-{first}", f"{first}…", tuple(_meaning(vocabulary.routing[code]) for code in codes)


def _meaning(indicator: RoutingIndicator) -> Meaning:
    """The station; a relay's own name says nothing of whom a message went to."""
    said = f"{indicator.name}, and others" if indicator.relay else indicator.name
    return Meaning(f"station-{safe_name(indicator.code)}", indicator.code, "", (said,))
