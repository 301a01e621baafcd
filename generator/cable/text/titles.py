"""What looks like a title: a short line without punctuation at its end (CABLE-FORMAT 4.4)."""

LONGEST_TITLE = 72


def is_title(words: str) -> bool:
    """Whether a line without punctuation at its end is a title: few words, or most of the longer ones capitalised."""
    if (
        not 0 < len(words) <= LONGEST_TITLE
        or "\n" in words
        or not words[0].isupper()
        or not (words[-1].isalnum() or words[-1] == ")")
    ):
        return False
    longer = [word for word in words.split() if len(word) > 3]
    return len(words.split()) <= 4 or sum(word[0].isupper() or not word[0].isalpha() for word in longer) >= 0.6 * len(
        longer
    )
