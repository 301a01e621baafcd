"""The opening of a body: where it begins and ends, and where its fields stand (CABLE-FORMAT 2)."""
