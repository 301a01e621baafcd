"""Where a field of the opening ends in a long line that goes on with the text of the cable (CABLE-FORMAT 2.8)."""

import re

from generator.cable.spans import Kind
from generator.cable.text.paragraph_marks import LONGEST_LINE, PORTION

SHORTEST_TEXT = 60
WORDS_LOOKED_AT = 10
FEWEST_SMALL_WORDS = 4

_BEGINNING_OF_TEXT = re.compile(
    rf"""\s(?:[-=]{{3,}}[ ] | (?P<begin>BEGIN|Begin)[ ](?:SUMMARY|Summary)
    | (?P<summary>SUMMARY|Summary|INTRODUCTION|Introduction)
      (?:[ ](?:and|AND|&)[ ]\w+(?:[ ]Request|[ ]REQUEST)?)?[ ]*(?:[:.(]|-{{1,2}}[ ])
    | (?i:{PORTION})[ ]+(?:(?=SUMMARY|Summary)|(?=["'\u201c(]?[A-Z][\w'.-]*,?[ ](?:\S+[ ]){{0,9}}?[a-z]{{2,}}[ ])))""",
    re.VERBOSE,
)
_FIRST = re.compile(rf" 1\. {{0,4}}(?:(?i:{PORTION})|(?i:(?:begin )?summary\b|introduction\b))")
_RULE_OR_CAPTION = re.compile(r"\s(?:[-=*_]{5,}|C ?O ?R ?R ?E ?C ?T ?E ?D {1,3}C ?O ?P ?Y\b)")
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"1[.)]\s+")
_ONE_MORE_ENTRY = re.compile(r"\(?[A-Za-z][.):]|REF|Ref|ref|and\b|AND\b|et\b|NOTAL|[a-z]")
_BEHIND_REFERENCE = re.compile(r"(?:\d|NOTAL|notal|\d[A-Z]?)[\])]?[.;,]?\s+(?=[A-Z\"\u201c])")
_BEHIND_REASONS = re.compile(r"\b1\.[45][^.;\n]{0,60}?\b[a-hA-H]\)?[.;]?\s+(?=[A-Z\"\u201c])")
_GAP = re.compile(r"[.?!\"]?[ ]{2,}(?=[\"\u201c(]?[A-Z])")
_LONGEST_SUBJECT = 300


def may_end_early(value: str) -> bool:
    """Whether a field of this value is worth a closer look; most are short and hold nothing but themselves."""
    return len(value) > LONGEST_LINE or " 1." in value or "---" in value or "CTED" in value or "T E D" in value


def end_in_long_line(text: str, kind: Kind, start: int, end: int) -> int:
    """The end of the field whose value is `text[start:end]`: `end`, or where text begins in a line of it."""
    end = end_before_first(text, start, end)
    if (other := _RULE_OR_CAPTION.search(text, start, end)) and text[start : other.start()].strip():
        end = other.start() + 1
    at = start
    while end - at > LONGEST_LINE:
        line_end = text.find("\n", at, end) + 1 or end
        if line_end - at > LONGEST_LINE:
            return _end(text, kind, start, line_end) or end
        at = line_end
    return end


def end_before_first(text: str, start: int, end: int) -> int:
    """`end`, or where the first paragraph begins in the middle of a line: ` 1. (C)`, ` 1. Summary`."""
    first = _FIRST.search(text, start, end) if text.find(" 1.", start, end) >= 0 else None
    return first.start() + 1 if first else end


def _end(text: str, kind: Kind, start: int, end: int) -> int:
    """Where the text begins in a field of this kind, or 0."""
    ends = [0]
    if text[start:end].strip():
        value = start + len(text[start:end]) - len(text[start:end].lstrip())
        ends += [_first(_BEGINNING_OF_TEXT, text, kind, value, end)]
        if kind is Kind.SUBJECT:
            ends.append(_behind_capitals(text, value, end))
        elif kind is Kind.REFERENCES:
            ends.append(_behind(_BEHIND_REFERENCE, text, value, end))
        elif kind is Kind.CLASSIFIED_BY:
            ends.append(_behind(_BEHIND_REASONS, text, value, end))
    found = min((each for each in ends if each), default=0)
    if not found and kind is Kind.SUBJECT and end - start > _LONGEST_SUBJECT:
        gap = _GAP.search(text, start + LONGEST_LINE // 4, end)
        return gap.end() if gap else 0
    return found


def _first(pattern: re.Pattern[str], text: str, kind: Kind, start: int, end: int) -> int:
    """Where the text begins by a rule, a summary or a portion mark that is no letter of the reference list."""
    for match in pattern.finditer(text, start, end):
        portion = match["portion"]
        if kind is Kind.REFERENCES and portion and _is_letter(text, portion, start, match.start()):
            continue
        if not match["summary"] or is_text(text, match.end(), end):
            return match.start() + 1
    return 0


def _is_letter(text: str, portion: str, start: int, end: int) -> bool:
    return len(portion) == 1 and text.find(f"{chr(ord(portion) - 1)})", start, end) >= 0


def _behind_capitals(text: str, start: int, end: int) -> int:
    """Where a sentence begins behind a subject in capitals."""
    previous = start
    for words, word in enumerate(_WORD.finditer(text, start, end)):
        if any(letter.islower() for letter in word[0]):
            at = previous if word[0][0].islower() or _NUMBER.fullmatch(text, previous, word.start()) else word.start()
            return at if words > 1 and at > start and is_text(text, at, end) else 0
        previous = word.start()
    return 0


def _behind(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    for match in pattern.finditer(text, start, end):
        if not _ONE_MORE_ENTRY.match(text, match.end()) and is_text(text, match.end(), end):
            return match.end()
    return 0


def is_text(text: str, start: int, end: int) -> bool:
    """Whether sentences begin here: enough text, and small words among the first ones."""
    if end - start < SHORTEST_TEXT:
        return False
    words = text[start : min(end, start + 200)].split()[:WORDS_LOOKED_AT]
    return sum(word[0].islower() for word in words) >= FEWEST_SMALL_WORDS
