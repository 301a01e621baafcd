"""The kinds of pages. A new kind is a module here, a template, and a line in `KINDS`."""

from generator.site.pages.absent import AbsentPages
from generator.site.pages.article import ArticlePages
from generator.site.pages.asset import AssetFiles
from generator.site.pages.cable import CablePages
from generator.site.pages.card import CardImage
from generator.site.pages.feed import Feeds
from generator.site.pages.glossary import GlossaryPage
from generator.site.pages.home import HomePage
from generator.site.pages.index import IndexPages
from generator.site.pages.kind import Kind
from generator.site.pages.lists import ListPages
from generator.site.pages.notfound import NotFoundPage
from generator.site.pages.sitemap import Sitemaps
from generator.site.pages.static import StaticFiles
from generator.site.pages.stations import StationsPage
from generator.site.pages.statistics import StatisticsPages
from generator.site.pages.stub import AliasStubs, ListStubs

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        CablePages(),
        ListPages(),
        IndexPages(),
        AbsentPages(),
        StatisticsPages(),
        GlossaryPage(),
        StationsPage(),
        HomePage(),
        ArticlePages(),
        ListStubs(),
        AliasStubs(),
        NotFoundPage(),
        Feeds(),
        Sitemaps(),
        CardImage(),
        AssetFiles(),
        StaticFiles(),
    )
}
