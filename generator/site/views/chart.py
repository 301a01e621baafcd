"""What a chart shows."""

import msgspec


class Bar(msgspec.Struct, frozen=True, gc=False):
    """One bar of a chart, in the units of its drawing, and what it stands for: `2009: 123`."""

    label: str
    x: int
    y: int
    height: int


class Tick(msgspec.Struct, frozen=True, gc=False):
    """Words below the axis and the middle of the place that they belong to."""

    text: str
    x: int


class Break(msgspec.Struct, frozen=True, gc=False):
    """Where years without a cable are left out, and between which: `1978 … 1994`."""

    label: str
    x: int


class Chart(msgspec.Struct, frozen=True, gc=False):
    """Bars side by side, each `bar` wide. `description` says in words what can be seen."""

    title: str
    description: str
    width: int
    height: int
    bar: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[Break, ...]
