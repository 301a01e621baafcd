"""What the fields of an opening say: one module a field (CABLE-FORMAT 2.3 to 2.5, 2.7)."""
