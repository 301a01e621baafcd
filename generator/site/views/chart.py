"""What a chart shows."""

import msgspec


class Bar(msgspec.Struct, frozen=True, gc=False):
    """One bar of a chart, in the units of its drawing, and what it stands for: `2009: 123`."""

    label: str
    x: int
    y: int
    height: int


class Chart(msgspec.Struct, frozen=True, gc=False):
    """Bars side by side. `description` says in words what can be seen."""

    title: str
    description: str
    width: int
    height: int
    bars: tuple[Bar, ...]
