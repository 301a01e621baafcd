"""One content file: bytes to facts and text, and the text to header box and body box (CABLE-FORMAT 8.5)."""
