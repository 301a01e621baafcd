"""The statistics: how many cables of which month, origin, classification and tag, and which numbers are not here.

Facts about the whole archive stand here and on few other pages, since each cable that comes changes them.
"""

import csv
import io
from collections.abc import Iterator

import msgspec

from generator.archive import queries
from generator.archive.catalog import Catalog
from generator.archive.numbers import Numbers, numbers
from generator.archive.settle import CableChange
from generator.site.chart import chart, share, years
from generator.site.families import FAMILIES
from generator.site.pages.kind import SITE_SETTINGS, Context, Page, Templated
from generator.site.views import Link
from generator.site.views.chart import Chart
from generator.site.views.statistics import Gap, Month, Ranked, StatisticsView, Table, YearMonths

STATISTICS = "statistics/index.html"
CABLES = "statistics/cables.csv"
GAPS = "statistics/gaps.csv"
COUNTED = {"date": "month", "origin": "origin", "classification": "classification", "tag": "tag"}
"""The families of lists that are counted, and what they are by in a download."""

MOST = 25
"""So many rows a table has on the page; the download has them all."""


class StatisticsPages:
    """One page and its downloads, each a group."""

    name = "statistics"
    names = ("file of statistics", "files of statistics")
    templates = ("statistics.html",)
    settings = SITE_SETTINGS

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The page and the downloads."""
        yield from (STATISTICS, CABLES, GAPS)

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """All of them, when a cable comes, goes, or changes its lists or its ID."""
        before, after = change.before, change.after
        if before and after and (before.id, before.memberships) == (after.id, after.memberships):
            return
        yield from ((key, "the archive changed") for key in (STATISTICS, CABLES, GAPS))

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The one file."""
        yield Page(key, self.name, key)

    def draft(self, context: Context, page: Page) -> StatisticsView | Table:
        """The counts."""
        if page.key == CABLES:
            return Table(("by", "name", "cables"), tuple(_counts(context.catalog)))
        if page.key == GAPS:
            rows = (_gap_row(found) for found in _known(context))
            return Table(("post", "year", "highest_number", "held", "missing"), tuple(rows))
        return _statistics(context, page)

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> bytes | Templated:
        """The page, or a download."""
        return _csv(draft) if isinstance(draft, Table) else Templated("statistics.html", draft)


def _statistics(context: Context, page: Page) -> StatisticsView:
    catalog, site = context.catalog, context.site(page.path)
    months = queries.lists(catalog, "date")
    count = queries.count_cables(catalog)
    gaps = sorted(_known(context), key=lambda found: (-found.missing, found.post, found.year))
    return StatisticsView(
        site=site,
        title="Statistics",
        canonical=context.canonical(page.path),
        count=count,
        charts=tuple(_charts(months)),
        months=tuple(_table_of_months(site.root, months)),
        undated=count - sum(month.count for month in months),
        rankings=tuple(
            (FAMILIES[family].title, tuple(_ranked(context, site.root, family, count)))
            for family in COUNTED
            if family != "date"
        ),
        gaps=tuple(
            Gap(found.post, f"{found.year}", found.held, found.highest, found.missing, share(found.held, found.highest))
            for found in gaps[:MOST]
            if found.missing
        ),
        downloads=(Link("cables.csv", site.root + CABLES), Link("gaps.csv", site.root + GAPS)),
    )


def _charts(months: list[queries.ListCount]) -> Iterator[Chart]:
    by_month = {month.name.partition("/")[2]: month.count for month in months}
    by_year: dict[str, int] = {}
    for month, number in by_month.items():
        by_year[month[:4]] = by_year.get(month[:4], 0) + number
    of_years = years(by_year)
    of_months = [
        [(f"{year}-{m:02}", by_month.get(f"{year}-{m:02}", 0)) for year, _ in stretch for m in range(1, 13)]
        for stretch in of_years
    ]
    for drawn in (chart("Cables by year", of_years), chart("Cables by month", of_months)):
        if drawn:
            yield drawn


def _table_of_months(root: str, months: list[queries.ListCount]) -> Iterator[YearMonths]:
    counts = {month.name.partition("/")[2]: month for month in months}
    for year in sorted({month[:4] for month in counts}):
        found = [counts.get(f"{year}-{number:02}") for number in range(1, 13)]
        yield YearMonths(
            year,
            sum(month.count for month in found if month),
            tuple(Month(month.count, f"{root}{month.name}.html") if month else Month(0, "") for month in found),
        )


def _ranked(context: Context, root: str, family: str, whole: int) -> Iterator[Ranked]:
    found = sorted(queries.lists(context.catalog, family), key=lambda entry: (-entry.count, entry.name))[:MOST]
    for entry in found:
        yield Ranked(
            text=entry.title,
            note=context.vocabulary.tags.meaning(entry.title) if family == "tag" else "",
            href=f"{root}{entry.name}.html",
            count=entry.count,
            share=share(entry.count, whole),
            bar=-(-100 * entry.count // found[0].count),
        )


def _known(context: Context) -> list[Numbers]:
    """The numbers of the posts that the vocabulary knows: a damaged ID makes no post."""
    return [found for found in numbers(context.catalog) if found.post in context.vocabulary.posts.by_code]


def _gap_row(found: Numbers) -> tuple[str, ...]:
    return (found.post, f"{found.year}", f"{found.highest}", f"{found.held}", f"{found.missing}")


def _counts(catalog: Catalog) -> Iterator[tuple[str, ...]]:
    for family, by in COUNTED.items():
        for entry in queries.lists(catalog, family):
            name = entry.name.partition("/")[2] if family == "date" else entry.title
            yield by, name, f"{entry.count}"


def _csv(table: Table) -> bytes:
    """The table as RFC 4180 has it; a name that a spreadsheet would take for a formula begins with an apostrophe."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(table.columns)
    writer.writerows(
        [f"'{value}" if value.startswith(("=", "+", "-", "@")) else value for value in row] for row in table.rows
    )
    return lines.getvalue().encode()
