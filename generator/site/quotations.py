"""Paragraphs of cables that articles quote: what they say, and whether that is what an article was checked against."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from generator.archive.intake import parse
from generator.cable.vocabulary import Vocabulary
from generator.errors import Problem, Severity
from generator.site.editorial import Article


def paragraphs(content: Path, path: str, vocabulary: Vocabulary) -> tuple[bytes, dict[str, str]]:
    """The digest of a cable's file, and what each paragraph says, on one line and without page markers, by its anchor.

    Raises OSError, one of `intake.VANISHED` where the file is gone.
    """
    entry, cable, _ = parse(content, path, vocabulary)
    return entry.digest, {paragraph.anchor: " ".join(paragraph.text.split()) for paragraph in cable.paragraphs}


def text_digest(text: str) -> str:
    """Eight hexadecimal digits of the SHA-256 of a paragraph's text on one line."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def unchecked(article: Article, cables: Mapping[str, Mapping[str, str]]) -> tuple[Problem, ...]:
    """The quotations whose text is not, or not known to be, what the article was checked against.

    `cables` has the paragraphs by ID and anchor.
    """
    found = []
    for citation in article.citations:
        text = cables.get(citation.id, {}).get(citation.anchor) if citation.quoted else None
        if text is not None and text_digest(text) != citation.checked:
            place = f"{citation.id}#{citation.anchor}"
            said = f"{place} no longer says what was quoted" if citation.checked else f"{place} is quoted unchecked"
            hint = f"once you have read it and the article is right, write ![[{place} {text_digest(text)}]]"
            found.append(Problem(article.path, citation.line, said, hint, Severity.WARNING))
    return tuple(found)
