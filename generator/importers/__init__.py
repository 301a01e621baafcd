"""From dumps of cables to content files.

Each format is one module with the three functions that `run.Format` names; nothing else knows the formats.
"""
