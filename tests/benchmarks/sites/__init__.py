"""The generators that are measured, one module each: how it is installed, given the cables, and asked to build."""
