"""Cablepress: a static site generator for archives of diplomatic cables."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.cable.model import Cable
    from generator.cable.read import read_cable
    from generator.cable.source.facts import Facts

__all__ = ["Cable", "Facts", "read_cable"]

__version__ = "0.1.0"

_MODULES = {"Cable": "cable.model", "Facts": "cable.source.facts", "read_cable": "cable.read"}


def __getattr__(name: str) -> object:
    """Load what is public when it is asked for: a command begins with its own modules."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
