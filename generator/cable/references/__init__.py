"""Which cables a text cites, in the reference list and in prose (CABLE-FORMAT 2.6, 6.3)."""
