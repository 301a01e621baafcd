"""Small charts of counts: bars as numbers, which a template draws as SVG without style or script."""

from collections.abc import Sequence

from generator.site.views.chart import Bar, Chart

STEP = 16
"""From one bar to the next, of which 12 are the bar."""

HEIGHT = 64

FEWEST = 3


def chart(title: str, counts: Sequence[tuple[str, int]]) -> Chart | None:
    """Bars for counts in their order, each with its label; None where there are too few to compare."""
    if len(counts) < FEWEST:
        return None
    most = max(number for _, number in counts) or 1
    top = next(label for label, number in counts if number == most)
    heights = [-(-number * HEIGHT // most) for _, number in counts]
    return Chart(
        title=title,
        description=f"{counts[0][0]} to {counts[-1][0]}; most in {top}: {most:,}",
        width=STEP * len(counts) - 4,
        height=HEIGHT,
        bars=tuple(
            Bar(f"{label}: {number:,}", STEP * place, HEIGHT - height, height)
            for place, ((label, number), height) in enumerate(zip(counts, heights, strict=True))
        ),
    )


def years(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Counts by year with the years between, of which there are none; what is no year is left out."""
    known = sorted(int(year) for year in counts if len(year) == 4 and year.isdigit())
    if not known:
        return []
    return [(f"{year}", counts.get(f"{year}", 0)) for year in range(known[0], known[-1] + 1)]


def share(number: int, whole: int) -> str:
    """A part of a whole: `12 %`, or `<1 %`."""
    return f"{round(100 * number / whole)} %" if 200 * number >= whole else "<1 %"
