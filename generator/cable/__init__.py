"""One cable, pure: from text to a partition of it into spans, and the values read off the spans."""
