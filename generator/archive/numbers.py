"""The serial numbers of each post and year: how many of them the archive holds, and up to which."""

import msgspec

from generator.archive.catalog import Catalog


class Numbers(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Of a post's cables in a year: how many different numbers are here, and the highest; it began with 1."""

    post: str
    year: int
    held: int
    highest: int

    @property
    def missing(self) -> int:
        """How many numbers up to the highest are not here."""
        return self.highest - self.held


def numbers(catalog: Catalog) -> list[Numbers]:
    """The numbers of all posts and years, by post and year."""
    rows = catalog.db.execute(
        "SELECT c.post, c.year, c.count,"
        " (SELECT n.serial FROM number n WHERE n.post = c.post AND n.year = c.year ORDER BY n.serial DESC LIMIT 1)"
        " FROM number_count c WHERE c.count > 0 ORDER BY c.post, c.year"
    )
    return [Numbers(*row) for row in rows]
