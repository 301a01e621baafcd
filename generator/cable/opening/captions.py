"""Captions: SIPDIS, handling restrictions, notes of a corrected copy (CABLE-FORMAT 2.2)."""

import re

_WORDS = (
    r"(?:SIPDIS|SENSITIVE BUT UNCLASSIFIED|SENSITIVE|NOFORN|NODIS|EXDIS|STADIS|LIMDIS|TERREP|AIDAC|NOCONTRACT|SPECAT"
    r"|ROGER CHANNEL|EYES ONLY|FOUO|NOT FOR INTERNET DISTRIBUTION|FOR OFFICIAL USE ONLY|ORCON|SBU"
    r"|CODEL(?=[ \t]*\n)|C ?O ?R ?R ?E ?C ?T ?E ?D {1,3}C ?O ?P ?Y(?: *\([^)\n]*\))?)(?![A-Z])"
)
_CAPTION = re.compile(_WORDS)
_CAPTIONS = re.compile(rf"[ \t]*{_WORDS}(?:[ ,;./\t]*{_WORDS})*[ ,;.:/\t]*")


def captions_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """The captions with which a line begins."""
    return _CAPTIONS.match(text, start, end)


def has_captions_only(text: str, start: int, end: int) -> bool:
    """Whether the line consists of captions."""
    match = _CAPTIONS.match(text, start, end)
    return match is not None and not text[match.end() : end].strip()


def caption_words(found: re.Match[str]) -> list[str]:
    """The captions that `captions_at` has found, each with single blanks in it."""
    return [" ".join(match[0].split()) for match in _CAPTION.finditer(found.string, found.start(), found.end() + 1)]
