"""Cablepress: a static site generator for archives of diplomatic cables."""

from generator.cable.model import Cable
from generator.cable.read import read_cable
from generator.cable.source.facts import Facts

__all__ = ["Cable", "Facts", "read_cable"]

__version__ = "0.1.0"
