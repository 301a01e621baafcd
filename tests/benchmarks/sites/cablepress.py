"""This program. It is given raw cables, and reads every field itself."""

import re
import sys
from pathlib import Path

from generator import __version__
from tests.benchmarks.fields import Fields
from tests.benchmarks.measure import Run, run
from tests.benchmarks.sites.generator import Generator
from tests.conftest import CHECKOUT


class Cablepress(Generator):
    """Cablepress, from this checkout."""

    name = "cablepress"

    def install(self) -> str:
        """Nothing is to be installed; the version names the commit as well, where the checkout has one."""
        if not (CHECKOUT / ".git").exists():
            return __version__
        commit = run(["git", "-C", str(CHECKOUT), "describe", "--always", "--dirty"], self.folder).stdout
        return f"{__version__} ({commit.strip()})"

    def start(self) -> None:
        """The archive has its configuration already."""
        self._paths = {path.stem: path for path in (self.folder / "content/cables").rglob("*.txt")}

    def add(self, cable: Fields) -> None:
        """The archive has its cables already."""

    def source(self, cable: str) -> Path:
        """The raw cable."""
        return self._paths[cable]

    def build(self) -> Run:
        """Build, as a user does; what it says is JSON."""
        command = [sys.executable, str(CHECKOUT / "build.py"), "build", "--json", "--output", str(self.output)]
        return run([*command, "--content", "content"], self.folder)

    def forget(self) -> None:
        """The catalog goes with the turn that it belongs to."""
        catalog = self.folder / ".cablepress"
        if catalog.exists():
            catalog.rename(self.folder / f"catalog-{self.turn}")

    def insert(self, like: str, turn: int) -> None:
        """Add a cable that is not in the archive: one that is, under another number in each turn."""
        path = self.source(like)
        serial, other = int(re.sub(r".*\D", "", like)), 99_999 - turn
        text = path.read_text("utf-8").replace(f" {serial:06}", f" {other:06}", 1)
        path.with_name(f"{re.sub(r'[0-9]+$', str(other), like)}.txt").write_text(text, "utf-8")
