"""Cablepress: a static site generator for archives of diplomatic cables."""

from generator.cable.facts import Facts
from generator.cable.model import Cable
from generator.cable.read import read_cable

__all__ = ["Cable", "Facts", "read_cable"]

__version__ = "0.1.0"
