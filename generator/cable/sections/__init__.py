"""What paging and sections put into a text: page markers and repeated openings (CABLE-FORMAT 3)."""
