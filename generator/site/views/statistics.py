"""What the statistics show."""

import msgspec

from generator.site.views import Link, SiteView
from generator.site.views.chart import Chart


class Month(msgspec.Struct, frozen=True, gc=False):
    """How many cables were created in a month; `href` leads to their list, empty where there are none."""

    count: int
    href: str


class YearMonths(msgspec.Struct, frozen=True, gc=False):
    """The twelve months of a year."""

    year: str
    count: int
    months: tuple[Month, ...]


class Ranked(msgspec.Struct, frozen=True, gc=False):
    """A list among the longest: `share` of all cables, `bar` of the longest of them in percent."""

    text: str
    note: str
    href: str
    count: int
    share: str
    bar: int


class Gap(msgspec.Struct, frozen=True, gc=False):
    """How many numbers of a post in a year are here and how many are missing, up to the highest that is here."""

    post: str
    year: str
    held: int
    highest: int
    missing: int
    share: str


class StatisticsView(msgspec.Struct, frozen=True, gc=False):
    """The statistics page. `rankings` has a title and the longest lists of a family; `undated` cables have no month."""

    site: SiteView
    title: str
    canonical: str
    count: int
    charts: tuple[Chart, ...]
    months: tuple[YearMonths, ...]
    undated: int
    rankings: tuple[tuple[str, tuple[Ranked, ...]], ...]
    gaps: tuple[Gap, ...]
    downloads: tuple[Link, ...]


class Table(msgspec.Struct, frozen=True, gc=False):
    """A download: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
