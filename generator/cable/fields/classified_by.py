"""The Classified By line: name, title and reasons (CABLE-FORMAT 2.7)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.cable.fields.offices import name_and_title
from generator.cable.model import ClassifiedBy
from generator.cable.vocabulary.posts import Posts

_LABEL = re.compile(
    r"(?:(?:\d{1,2}[.)]? *)?)"
    r"(?:[ :.,-]*(?:\([A-Z/]{1,8}\) *)?"
    r"(?:(?:AND )?(?:DERIVATIVELY )?CLASS?I?F?I?E?D (?:BY|FROM)|(?P<derived>DERIVED FROM)|BY)\b)*[ :.,-]*"
    r"(?:\((?:U|C|S|SBU|FOUO)\) *)?",
    re.IGNORECASE,
)
_END_OF_NAME = re.compile(
    r"""[ ,.;:(-]*\b(?:
      for\b(?=[ :]*(?:(?:the|following)[ ])*(?:reas|1[ ]?[.]|sec|purposes|E[.]?[ ]?O|\())
    | (?:reas|resa?on|rason)\w* | per\b | E[.]?[ ]?O[.]?:?[ ]?1\d{4} | executive[ ]order | 1[.]?[ ]?[45]\b
    | sections?\b(?=[ ]?1[.]) | under\b(?![ ]sec(?:retary|y)?\b) | pursuant | deriv | declass | decl\b | in[ ]acc
    | (?:based|on[ ]the)\b | due[ ]to | because | this[ ](?:cable|message|telegram)
    ) | [ ,.;:-]*\([a-h]\)""",
    re.IGNORECASE | re.VERBOSE,
)
_SECTION = re.compile(r"\b1[.,\s]{0,2}([45])(?![0-9])")
_LETTERS = re.compile(
    r"(?:[\s,;:/&+()\[\]{}'\"-]|\.(?!\s)|\.\s+(?=[(\[])"
    r"|\b(?:and|a\s+nd|an\s+d|or|reasons?|sections?|paragraphs?|paras?|subsections?)\b"
    r"|(?P<through>\b(?:through|thru|to)\b))*([a-h])(?![A-Za-z]|\.[A-Za-z]|\.\s*O\b|/(?!(?:and|or)\b)[A-Za-z]{2})",
    re.IGNORECASE,
)
_GLUED = re.compile(r"\s*\(([a-h]{2,5})\)", re.IGNORECASE)


class Reasons(NamedTuple):
    """A section of the order and the letters behind it, in their order: `text[start:end]` is `1.4 (b) and (d)`."""

    start: int
    end: int
    section: str
    letters: tuple[str, ...]


def read_classified_by(field: str, posts: Posts) -> ClassifiedBy:
    """Who classified the cable and why; `field` includes its label. What is not said is empty."""
    words = " ".join(field.split())
    label = _LABEL.match(words)
    reasons = _reasons(words)
    if label is None or label["derived"]:
        return ClassifiedBy("", "", reasons)
    end = _END_OF_NAME.search(words, label.end())
    name, title = name_and_title(words[label.end() : end.start() if end else len(words)], posts)
    return ClassifiedBy(name, title, reasons)


def find_reasons(text: str, start: int = 0, end: int | None = None) -> Iterator[Reasons]:
    """The reasons that `text[start:end]` says, section by section; a section without letters says none."""
    last = len(text) if end is None else end
    for section in _SECTION.finditer(text, start, last):
        letters: list[str] = []
        at = section.end()
        if glued := _GLUED.match(text, at, last):
            letters += glued[1].lower()
            at = glued.end()
        while match := _LETTERS.match(text, at, last):
            letter = match[2].lower()
            first = ord(letters[-1]) + 1 if match["through"] and letters else ord(letter)
            letters += [chr(code) for code in range(first, ord(letter))] + [letter]
            at = match.end()
        if letters:
            said = text[section.start() : at]
            closing = text.startswith((")", "]"), at, last) and sum(map(said.count, "([")) > sum(map(said.count, ")]"))
            yield Reasons(section.start(), at + closing, section[1], tuple(dict.fromkeys(letters)))


def _reasons(words: str) -> tuple[str, ...]:
    found = (f"1.{each.section}({letter})" for each in find_reasons(words) for letter in each.letters)
    return tuple(dict.fromkeys(found))
