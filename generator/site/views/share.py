"""What a page shows for passing a cable on: links to other networks, and the words of a citation."""

import msgspec


class Share(msgspec.Struct, frozen=True, gc=False):
    """A link that opens another network's own page for writing a message."""

    network: str
    label: str
    href: str


class Run(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a line; one that is `isolated`, since it runs from right to left, turns nothing around it."""

    text: str
    isolated: bool = False
