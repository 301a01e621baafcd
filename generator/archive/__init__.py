"""All the cables: what is in the content folder, the catalog of it, and the lists drawn from it."""
