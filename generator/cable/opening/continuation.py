"""Whether a line without label goes on with the field above it (CABLE-FORMAT 0.1, rule 8; 2.3 to 2.7)."""

import re

from generator.cable.opening.captions import captions_at, has_captions_only
from generator.cable.opening.field import Field
from generator.cable.opening.field_ends import end_before_first
from generator.cable.opening.labels import label_at, label_in_line
from generator.cable.partition import BLANKS
from generator.cable.spans import Kind
from generator.cable.text.paragraph_marks import PORTION
from generator.cable.vocabulary.posts import Posts

LONGEST_FIELD = 2_000

_RULE = re.compile(r"[ \t]*[-=*_]{3}[-=*_ \t]*(?=\n|\Z)")
_SUMMARY = re.compile(
    r"[ \t]*(?:\([A-Z/]{1,6}\) *)?(?:(?:BEGIN )?SUMMARY|(?:Begin )?Summary|INTRODUCTION|Introduction|COMMENT|Comment)\b"
)
_PROSE = re.compile(r"[^\n]*?\b[a-z]{2,} [a-z]{2,}\b")
_PORTION = re.compile(rf"[ \t]*{PORTION}(?![ ]*[,;&])")
_LAST_OF_REFERENCES = frozenset("0123456789).")
_BULLET = re.compile(
    r"[ \t]*(?:\xb6 ?)?(?:(?:\(?[A-Z]\)|\[[A-Z]\]|[A-Z][.:,]|\(?[a-z]\)|REF +[A-Z]\b)[ \t]|\([A-Z]\)(?=[A-Z0-9]))"
)
_REFERENCE_LINE = re.compile(
    r"[ \t]*(?:\d\d(?:\d\d)? ?)?([A-Z][A-Za-z' ]{2,24}) \d{2,6}[ \t]*(?:[,;(\n]|\Z|(?:AND|and)\b)"
)
_SERIAL = re.compile(r"[ \t]*\d{1,6}(?= *(?:\n|[A-Z(]))")
_MOST_LINES_OF_CODES = 8
_CODES_ONLY = re.compile(r"(?![^\n]*\b(?:FOR|FROM|PASS|TO)\b)[ \t]*[A-Z][A-Z0-9/,;() .\t-]*+(?=\n|\Z)")
_CODES = re.compile(r"[ \t]*[A-Z][A-Z0-9/,;() .\t-]*\Z")
_DECLASSIFIED = re.compile(r"N/?A\b|\d{2,4}[ \t]*$|X\d\b")
_DANGLING = re.compile(
    r"(?:\b(?:AND|OR|OF|THE|FOR|TO|IN|ON|WITH|BY|FROM|AT|A|AN|ITS)|[A-Z]-|[ ]-{1,2}|,)[ \t]*\n?\Z", re.IGNORECASE
)
_LONGEST_DANGLING = 4
_FULL_LINE = 40
_BLANK_LINE_ABOVE = re.compile(r"\n[ \t]*\n[ \t]*\Z")
_REASON = re.compile(r"[ \t]*(?:(?:for )?reasons?\b|1\.[45]\b|\([a-h]\)[ ,.;]|declassify on)", re.IGNORECASE)
_DAY_OR_NONE = re.compile(r"[ \t]*(?:DECL\b|N/?A\b|\d)")
_REASONS = re.compile(r"\b1\.[45]\b")


class Continuation:
    """Looks at the lines of one opening, which ends at `limit` at the latest and has its labels at `labels`."""

    def __init__(self, text: str, limit: int, labels: list[int], posts: Posts) -> None:
        self.text = text
        self.limit = limit
        self.labels = labels
        self.posts = posts

    def goes_on(self, field: Field, start: int, end: int) -> bool:
        """Whether the line goes on with the field that the line right above belongs to."""
        value = self.text[field.value : field.end].strip(BLANKS)
        if end - field.label > LONGEST_FIELD or is_rule(self.text, start) or _SUMMARY.match(self.text, start, end):
            return False
        if self._is_prose_behind(field, value, start, end):
            return False
        if value and _PORTION.match(self.text, start, end) and not self._is_bullet(field, start):
            return False
        if field.kind is Kind.TAGS:
            if not value or (value[-1] in ",;" and not has_captions_only(self.text, start, end)):
                return True
            return self._codes_before_label(start, end) or self._codes(start, end)
        if field.kind is Kind.EXECUTIVE_ORDER:
            return not value or not _DECLASSIFIED.search(value)
        return field.kind is not Kind.SLUG or captions_at(self.text, start, end) is None

    def goes_on_after_blank(self, field: Field, at: int) -> bool:
        """Whether the field goes on after the blank line that ends at `at`."""
        following = next_line(self.text, at, self.limit)
        if following is None:
            return False
        if label := label_at(self.text, *following):
            return label.kind is field.kind is Kind.REFERENCES
        if not self.text[field.value : field.end].strip():
            is_day = field.kind is Kind.EXECUTIVE_ORDER and _DAY_OR_NONE.match(self.text, *following) is not None
            return is_day or field.kind in {Kind.TAGS, Kind.SUBJECT, Kind.REFERENCES}
        if field.kind is Kind.TAGS:
            return self._codes_before_label(*following)
        if field.kind is Kind.CLASSIFIED_BY:
            return self._is_more_of_classified_by(field, *following)
        if field.kind is Kind.SUBJECT:
            return self._dangling_goes_on(field, *following) or self._is_more_of_subject(field, *following)
        return field.kind is Kind.REFERENCES and self._is_more_references(field, *following)

    def _is_prose_behind(self, field: Field, value: str, start: int, end: int) -> bool:
        """Whether a line of prose stands right behind a subject in capitals or a whole list of references."""
        if field.kind is Kind.SUBJECT:
            whole = value.isupper() and not self._dangles(field)
        else:
            whole = field.kind is Kind.REFERENCES and value[-1:] in _LAST_OF_REFERENCES
        end = end_before_first(self.text, start, end) if whole else end
        return whole and _PROSE.match(self.text, start, end) is not None and not _BULLET.match(self.text, start, end)

    def _dangles(self, field: Field) -> bool:
        """Whether the value ends in a word that wants more, such as `OF`."""
        words = self.text[field.value : field.end].rstrip(" \t\n")
        at = field.value + max(0, len(words) - _LONGEST_DANGLING)
        return _DANGLING.search(self.text, at, field.end) is not None

    def _is_bullet(self, field: Field, start: int) -> bool:
        """Whether what looks like a portion mark is the letter of an entry: `(C)` after `(B)`."""
        letter = self.text[start:].lstrip()[1:2] if field.kind is Kind.REFERENCES else ""
        return letter != "" and self.text.find(f"{chr(ord(letter) - 1)})", field.value, start) >= 0

    def _dangling_goes_on(self, field: Field, start: int, end: int) -> bool:
        """Whether the subject ends in a word that wants more, and the line is no sentence where that is in capitals."""
        if not self._dangles(field):
            return False
        capitals = self.text[field.value : field.end].isupper()
        return not capitals or not self.text[start:end].strip()[:1].islower()

    def _is_more_of_subject(self, field: Field, start: int, end: int) -> bool:
        """Whether all labels have blank lines above, and the line goes on with a full line of capitals (2.5)."""
        words = self.text[field.value : field.end].strip(BLANKS)
        inner = label_in_line(self.text, start, end)
        if (
            len(words) < _FULL_LINE
            or not words.isupper()
            or not self.text[start : inner.start if inner else end].isupper()
        ):
            return False
        if inner:
            return True
        following = next_line(self.text, end, self.limit)
        if following and not label_at(self.text, *following) and not self.text[slice(*following)].isupper():
            return False
        return all(_BLANK_LINE_ABOVE.search(self.text, max(0, at - 20), at) for at in self.labels)

    def _is_more_of_classified_by(self, field: Field, start: int, end: int) -> bool:
        """Whether the line has the reasons, which the lines before it do not (2.7)."""
        if _REASON.match(self.text, start, end):
            return True
        return not _REASONS.search(self.text, field.value, field.end) and bool(_REASONS.search(self.text, start, end))

    def _is_more_references(self, field: Field, start: int, end: int) -> bool:
        """Whether the line is one more entry of the list, or the serial number of the last."""
        if _PORTION.match(self.text, start, end) and not self._is_bullet(field, start):
            return False
        if _BULLET.match(self.text, start, end) or _SERIAL.match(self.text, start, end):
            return True
        match = _REFERENCE_LINE.match(self.text, start, end)
        return match is not None and self.posts.find(match[1]) != ""

    def _codes_before_label(self, start: int, end: int) -> bool:
        """Whether this line and those that follow have codes only, up to one with a label."""
        line: tuple[int, int] | None = (start, end)
        for _ in range(_MOST_LINES_OF_CODES):
            if line is None or not _CODES_ONLY.match(self.text, *line) or captions_at(self.text, *line):
                return False
            line = next_line(self.text, line[1], self.limit)
            if line and (label_at(self.text, *line) or self._codes(*line)):
                return True
        return False

    def _codes(self, start: int, end: int) -> bool:
        """Whether the line has codes, and then the label of another field."""
        label = label_in_line(self.text, start, end)
        return label is not None and _CODES.match(self.text, start, label.start) is not None


def is_rule(text: str, start: int) -> bool:
    """Whether a rule of dashes or the like begins at `start`."""
    return _RULE.match(text, start) is not None


def next_line(text: str, at: int, limit: int) -> tuple[int, int] | None:
    """Start and end of the first line from `at` on that is not blank."""
    while at < limit:
        end = text.find("\n", at, limit) + 1 or limit
        if text[at:end].strip(BLANKS):
            return at, end
        at = end
    return None
