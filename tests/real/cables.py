"""The 53 real cables, read from the dump beside the checkout without any code of the program's importers."""

import csv
from pathlib import Path
from typing import NamedTuple


class RealCable(NamedTuple):
    """One row of the dump."""

    id: str
    origin: str
    classification: str
    header: str
    body: str

    @property
    def text(self) -> str:
        return f"{self.header}\n{self.body}"

    @property
    def header_lines(self) -> int:
        return self.header.count("\n") + 1


def real_cables(shared: Path) -> list[RealCable]:
    csv.field_size_limit(10_000_000)
    with (shared / "real/cables.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, doublequote=False, escapechar="\\")
        return [RealCable(row[2], row[3], row[4], row[6], row[7]) for row in rows]
