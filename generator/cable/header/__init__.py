"""The header box: its lines, its addressees, and the attributes of an archive record (CABLE-FORMAT 1, 8.6)."""
