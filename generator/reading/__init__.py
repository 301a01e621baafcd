"""The reading report: what was found in the cables and what was not, and which of them need an eye."""
