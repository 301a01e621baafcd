"""Small charts of counts: bars as numbers, which a template draws as SVG without style or script."""

from collections.abc import Sequence

from generator.site.views.chart import Bar, Break, Chart, Tick

HEIGHT = 64
WIDEST = 640
"""So wide a chart is at most, unless its bars are as narrow as they may be."""

STEPS = (2, 18)
"""From one bar to the next, at least and at most; a quarter of it is blank."""

DIGITS = 14
"""So wide are the two digits of a year."""

BREAK = 16
"""So wide is what stands for years without a cable."""

FEWEST = 3

EMPTY_YEARS = 2
"""So many years without a cable stand in a chart as they are; more in a row are a break in its axis."""


def chart(title: str, stretches: Sequence[Sequence[tuple[str, int]]]) -> Chart | None:
    """Bars for counts in their order, labelled `2009` or `2009-03`; None where there are too few to compare.

    Between two stretches is a break. Below the first bar of a year are its last two digits.
    """
    counts = [count for stretch in stretches for count in stretch]
    if len(counts) < FEWEST:
        return None
    most = max(number for _, number in counts) or 1
    top = next(label for label, number in counts if number == most)
    step = max(STEPS[0], min(STEPS[1], WIDEST // len(counts)))
    width = step - step // 4
    bars: list[Bar] = []
    ticks: list[Tick] = []
    breaks: list[Break] = []
    x = 0
    for place, stretch in enumerate(stretches):
        if place:
            breaks.append(Break(f"{stretches[place - 1][-1][0]} … {stretch[0][0]}", x - step // 4 + BREAK // 2))
            x += BREAK
        for label, number in stretch:
            height = -(-number * HEIGHT // most)
            bars.append(Bar(f"{label}: {number:,}", x, HEIGHT - height, height))
            if not ticks or label[2:4] != ticks[-1].text:
                ticks.append(Tick(label[2:4], max(x + width // 2, DIGITS // 2)))
            x += step
    description = f"{counts[0][0]} to {counts[-1][0]}; most in {top}: {most:,}"
    return Chart(title, description, x - step // 4, HEIGHT, width, tuple(bars), tuple(ticks), tuple(breaks))


def years(counts: dict[str, int]) -> list[list[tuple[str, int]]]:
    """Counts by year in stretches, with the years between; what is no year is left out.

    One stretch ends and another begins where there is none for longer than `EMPTY_YEARS`.
    """
    stretches: list[list[tuple[str, int]]] = []
    last = 0
    for year in sorted(int(year) for year in counts if len(year) == 4 and year.isdigit()):
        if not stretches or year - last - 1 > EMPTY_YEARS:
            stretches.append([])
            last = year - 1
        stretches[-1] += [(f"{between}", counts.get(f"{between}", 0)) for between in range(last + 1, year + 1)]
        last = year
    return stretches


def share(number: int, whole: int) -> str:
    """A part of a whole: `12 %`, or `<1 %`."""
    return f"{round(100 * number / whole)} %" if 200 * number >= whole else "<1 %"
