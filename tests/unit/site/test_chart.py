"""Charts of counts as numbers."""

from itertools import pairwise

from generator.site.chart import STEPS, WIDEST, chart, years

OLD = {"1966": 1, "2004": 2, "2005": 4, "2008": 1, "": 3, "no date": 1}


def months(*stretches: tuple[int, int]) -> list[list[tuple[str, int]]]:
    return [
        [(f"{year}-{month:02}", 1) for year in range(first, last + 1) for month in range(1, 13)]
        for first, last in stretches
    ]


def test_years_between_are_counted_and_many_without_a_cable_end_a_stretch() -> None:
    assert years(OLD) == [[("1966", 1)], [("2004", 2), ("2005", 4), ("2006", 0), ("2007", 0), ("2008", 1)]]
    assert years({"2004": 1, "2008": 1}) == [[("2004", 1)], [("2008", 1)]]
    assert years({"": 3}) == []


def test_years_that_are_left_out_are_a_break_in_the_axis() -> None:
    made = chart("Cables by year", years(OLD))
    assert made
    assert [line.label for line in made.breaks] == ["1966 … 2004"]
    assert made.bars[0].x + made.bar < made.breaks[0].x < made.bars[1].x
    assert [bar.label for bar in made.bars][:3] == ["1966: 1", "2004: 2", "2005: 4"]
    assert made.description == "1966 to 2008; most in 2005: 4"


def test_each_year_is_named_once_below_its_first_bar() -> None:
    made = chart("Cables by month", months((1966, 1966), (2008, 2009)))
    assert made
    assert [tick.text for tick in made.ticks] == ["66", "08", "09"]
    starts = [bar.x for bar in made.bars if bar.label[5:7] == "01"]
    assert all(start < tick.x < start + STEPS[1] for start, tick in zip(starts, made.ticks, strict=True))


def test_a_chart_of_many_bars_is_no_wider_and_no_bar_is_upon_another() -> None:
    for last in (2000, 2004, 2009):
        made = chart("Cables by month", months((2000, last)))
        assert made
        assert made.width <= WIDEST
        assert all(left.x + made.bar <= right.x for left, right in pairwise(made.bars))
    widest = chart("Cables by month", months((1960, 2010)))
    assert widest
    assert widest.width == 51 * 12 * STEPS[0]


def test_too_few_bars_are_no_chart() -> None:
    assert chart("Cables by year", years({"1966": 1, "2009": 1})) is None
    assert chart("Cables by year", []) is None
