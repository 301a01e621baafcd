"""What all generators have in common for the benchmark."""

from abc import ABC, abstractmethod
from pathlib import Path

from tests.benchmarks.fields import Fields
from tests.benchmarks.measure import Run, run

EDITED = "Summary: "
"""What stands in every cable, once; an edit adds some words to it."""


class Generator(ABC):
    """A generator in a folder of its own, which holds its input, its output and itself."""

    name: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.turn = 0

    @property
    def output(self) -> Path:
        """Where the site of this turn is made; each turn has its own folder, so that nothing is deleted before it."""
        return self.folder / f"output-{self.turn}"

    @abstractmethod
    def install(self) -> str:
        """Make the generator ready to run in its folder; returns its version."""

    @abstractmethod
    def start(self) -> None:
        """Write what the site has apart from cables: configuration and templates."""

    @abstractmethod
    def add(self, cable: Fields) -> None:
        """Write the input file of one cable."""

    @abstractmethod
    def source(self, cable: str) -> Path:
        """The input file of a cable."""

    @abstractmethod
    def build(self) -> Run:
        """Bring the output up to date with the input."""

    def forget(self) -> None:  # noqa: B027 - most keep nothing between builds
        """Make the next build a first one, in a new turn."""

    def edit(self, cable: str, turn: int) -> None:
        """Add some words to a cable, other ones each turn."""
        path = self.source(cable)
        text = path.read_text("utf-8").replace(EDITED, f"{EDITED}For the {turn + 1}. time: ", 1)
        path.write_text(text, "utf-8")


def install_from_pypi(folder: Path, *packages: str) -> Path:
    """Make a virtual environment with the packages in the folder; returns its folder of programs."""
    if not (folder / "venv/bin/pip").exists():
        run(["python3", "-m", "venv", "venv"], folder)
    run(["venv/bin/pip", "install", "--quiet", "--disable-pip-version-check", *packages], folder)
    return folder / "venv/bin"
