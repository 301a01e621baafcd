"""What to do about one group of pages: a pure decision from what is wanted and what is ours."""

from collections.abc import Collection, Sequence
from itertools import accumulate

import msgspec

from generator.archive.catalog import OwnedPage
from generator.site.pages.kind import Page


class Plan(msgspec.Struct, frozen=True):
    """The pages to look at, the files to delete, and what is barred by something that is not ours.

    `barred` pages can't be written; `kept` files are no longer wanted, but can't be deleted.
    """

    look: tuple[Page, ...]
    drop: tuple[OwnedPage, ...]
    barred: tuple[Page, ...]
    kept: tuple[OwnedPage, ...]


def plan(
    wanted: Sequence[Page], owned: Sequence[OwnedPage], barred: Collection[str], folders: Collection[str] = ()
) -> Plan:
    """Decide about one group: look at what is wanted, delete what is ours and no longer wanted.

    Nothing is rendered or deleted at a `barred` path or below it: there stands a file, or a link, that the program did
    not write, or that somebody has changed since. Nor is anything written in the place of one of the `folders`, which
    will stay.
    """
    blocked = {page.path for page in wanted if page.path in folders or is_barred(page.path, barred)}
    paths = {page.path for page in wanted}
    unwanted = [page for page in owned if page.path not in paths]
    return Plan(
        look=tuple(page for page in wanted if page.path not in blocked),
        drop=tuple(page for page in unwanted if not is_barred(page.path, barred)),
        barred=tuple(page for page in wanted if page.path in blocked),
        kept=tuple(page for page in unwanted if is_barred(page.path, barred)),
    )


def is_barred(path: str, barred: Collection[str]) -> bool:
    """Whether something stands at the path, or in the place of a folder above it."""
    return any(place in barred for place in accumulate(path.split("/"), "{}/{}".format))
