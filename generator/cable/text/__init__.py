"""The text proper: paragraphs, headings, tables, summary, comments, signature, damage (CABLE-FORMAT 4)."""
