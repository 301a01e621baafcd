"""The opening of a body: from the classification line to the last labelled field (CABLE-FORMAT 2)."""

import re

import msgspec

from generator.cable.opening.beginning import find_labels, find_limit, find_line
from generator.cable.opening.classification import ClassificationLine
from generator.cable.opening.field_ends import end_before_first, end_in_long_line, may_end_early
from generator.cable.opening.labels import Label, label_at, label_in_line
from generator.cable.partition import BLANKS
from generator.cable.spans import Kind, Span
from generator.cable.text.paragraph_marks import PORTION
from generator.cable.vocabulary.posts import Posts


class Field(msgspec.Struct, frozen=True, gc=False):
    """A labelled field: `text[label:value]` is the label, `text[value:end]` the value."""

    kind: Kind
    label: int
    value: int
    end: int


class Opening(msgspec.Struct, frozen=True, gc=False):
    """The opening as it was read; `claims` are its spans, `end` is where the text of the cable begins."""

    line: ClassificationLine | None
    captions: tuple[str, ...]
    fields: dict[Kind, Field]
    claims: list[Span]
    end: int


LONGEST_FIELD = 2_000

_CAPTION_WORDS = (
    r"(?:SIPDIS|SENSITIVE BUT UNCLASSIFIED|SENSITIVE|NOFORN|NODIS|EXDIS|STADIS|LIMDIS|TERREP|AIDAC|NOCONTRACT|SPECAT"
    r"|ROGER CHANNEL|EYES ONLY|FOUO|NOT FOR INTERNET DISTRIBUTION|FOR OFFICIAL USE ONLY|ORCON|SBU"
    r"|C ?O ?R ?R ?E ?C ?T ?E ?D {1,3}C ?O ?P ?Y(?: *\([^)\n]*\))?)(?![A-Z])"
)
_CAPTION = re.compile(_CAPTION_WORDS)
_CAPTIONS = re.compile(rf"[ \t]*{_CAPTION_WORDS}(?:[ ,;./\t]*{_CAPTION_WORDS})*[ ,;.:/\t]*")
_CODEL = re.compile(r"[ \t]*CODEL[ \t]*(?=\n)")
_RULE = re.compile(r"[ \t]*[-=*_]{3}[-=*_ \t]*(?=\n|\Z)")
_SUMMARY = re.compile(
    r"[ \t]*(?:\([A-Z/]{1,6}\) *)?(?:(?:BEGIN )?SUMMARY|(?:Begin )?Summary|INTRODUCTION|Introduction|COMMENT|Comment)\b"
)
_BARE_TAGS = re.compile(r"(?<=[ \t])TAGS?[ ]+(?=[A-Z]{2,5}\b)")
_BARE_SUBJECT = re.compile(r"(?<=[ \t])SUBJECT[ ]+(?=[A-Z\"])")
_PROSE = re.compile(r"[^\n]*?\b[a-z]{2,} [a-z]{2,}\b")
_PORTION = re.compile(rf"[ \t]*{PORTION}(?![ ]*[,;&])")
_LAST_OF_REFERENCES = frozenset("0123456789).")
_BULLET = re.compile(r"[ \t]*(?:\xb6 ?)?(?:\(?[A-Z]\)|\[[A-Z]\]|[A-Z][.:,]|\(?[a-z]\)|REF +[A-Z]\b)[ \t]")
_REFERENCE_LINE = re.compile(
    r"[ \t]*(?:\d\d(?:\d\d)? ?)?([A-Z][A-Za-z' ]{2,24}) \d{2,6}[ \t]*(?:[,;(\n]|\Z|(?:AND|and)\b)"
)
_SERIAL = re.compile(r"[ \t]*\d{1,6}(?= *(?:\n|[A-Z(]))")
_MOST_LINES_OF_CODES = 8
_CODES_ONLY = re.compile(r"(?![^\n]*\b(?:FOR|FROM|PASS|TO)\b)[ \t]*[A-Z][A-Z0-9/,;() .\t-]*+(?=\n|\Z)")
_CODES = re.compile(r"[ \t]*[A-Z][A-Z0-9/,;() .\t-]*\Z")
_DECLASSIFIED = re.compile(r"N/?A\b|\d{2,4}[ \t]*$|X\d\b")
_DANGLING = re.compile(
    r"(?:\b(?:AND|OR|OF|THE|FOR|TO|IN|ON|WITH|BY|FROM|AT|A|AN|ITS)|[A-Z]-|,)[ \t]*\n?\Z", re.IGNORECASE
)
_LONGEST_DANGLING = 4
_REASON = re.compile(r"[ \t]*(?:(?:for )?reasons?\b|1\.[45]\b|\([a-h]\)[ ,.;]|declassify on)", re.IGNORECASE)
_NOTE = re.compile(
    r"[ \n](?:(?<=[ ]{2})(?:NOTE|Note|SUMMARY|Summary): |SENSITIVE BUT UNCLASSIFIED; "
    r"|(?<=[ ]{2})(?:SUMMARY|COMMENT) -{3})"
)


def read_opening(text: str, body_start: int, posts: Posts) -> Opening:
    """Read the opening of the body; `text` has blanks where page markers stand."""
    line = find_line(text, body_start, posts)
    start = line.end if line else body_start
    labels = find_labels(text, start)
    limit = find_limit(text, start, labels)
    scan = _Scan(text, limit, [label for label in labels if label.start < limit], posts)
    if line:
        if text[body_start : line.start].strip():
            scan.claims.append(Span(Kind.RESIDUE, body_start, line.start))
        scan.claims.append(Span(Kind.CLASSIFICATION, line.start, line.end))
    end = scan.run(start)
    return Opening(line, tuple(dict.fromkeys(scan.captions)), scan.fields, scan.claims, end)


class _Scan:
    """Goes through the lines of the opening; `_open` is the field that the next line may go on with."""

    def __init__(self, text: str, limit: int, labels: list[Label], posts: Posts) -> None:
        self.text = text
        self.limit = limit
        self.posts = posts
        self.last_label = labels[-1].start if labels else -1
        self.claims: list[Span] = []
        self.captions: list[str] = []
        self.fields: dict[Kind, Field] = {}
        self._open: Field | None = None

    def run(self, at: int) -> int:
        """Read from `at` on; the place where the opening ends."""
        while at < self.limit:
            end = self.text.find("\n", at, self.limit) + 1 or self.limit
            if not self._line(at, end):
                break
            at = end
        self._close()
        return self.claims[-1].end if self.claims else at

    def _line(self, start: int, end: int) -> bool:
        """Read one line; False where the opening is over."""
        if not self.text[start:end].strip(BLANKS):
            if self._open is not None and not self._goes_on_after_blank(self._open, end):
                self._close()
            return True
        label = label_at(self.text, start, end)
        if label is None and not self._unlabelled(start, end):
            return False
        while label is not None or ((label := self._inner_label(start, end)) is not None):
            if self._open is not None and label.kind is self._open.kind is Kind.REFERENCES:
                self._open = Field(label.kind, self._open.label, self._open.value, end)
                break
            if self._open is not None and self._open.end > label.start:
                self._open = Field(self._open.kind, self._open.label, self._open.value, label.start)
            self._close()
            self._open = Field(label.kind, label.start, label.end, end)
            start, label = label.end, None
        return True

    def _inner_label(self, start: int, end: int) -> Label | None:
        segment = self.text[start:end]
        if ":" not in segment and "E.O" not in segment and "EO 1" not in segment and "TAGS " not in segment:
            return None
        opened = self._open.kind if self._open else None
        if opened is Kind.TAGS and (bare := _BARE_SUBJECT.search(self.text, start, end)):
            return Label(Kind.SUBJECT, bare.start(), bare.end())
        if opened is Kind.EXECUTIVE_ORDER and (bare := _BARE_TAGS.search(self.text, start, end)):
            return Label(Kind.TAGS, bare.start(), bare.end())
        label = label_in_line(self.text, start, end)
        while label is not None and (label.kind in self.fields or self._quotes(label.kind)):
            label = label_in_line(self.text, label.end, end)
        return label

    def _quotes(self, kind: Kind) -> bool:
        """Whether the label is part of the open field: the order in a Classified By line, or the same label again."""
        if self._open is None:
            return False
        by_order = self._open.kind is Kind.CLASSIFIED_BY and kind is Kind.EXECUTIVE_ORDER
        return by_order or self._open.kind is kind

    def _unlabelled(self, start: int, end: int) -> bool:
        """Read a line without label: more of the open field, captions, or a slug line; False for anything else."""
        if self._open is not None and self._continues(self._open, start, end):
            self._open = Field(self._open.kind, self._open.label, self._open.value, end)
            return True
        if captions := _CAPTIONS.match(self.text, start, end) or _CODEL.match(self.text, start, end):
            self._close()
            self._claim_captions(captions, end)
            return not self.text[captions.end() : end].strip(BLANKS) or self._line(captions.end(), end)
        if start >= self.last_label:
            return False
        if _RULE.match(self.text, start):
            self._close()
            self.claims.append(Span(Kind.RULE, start, end))
            return True
        if self._open is None or self._open.kind is not Kind.SLUG:
            self._close()
            self._open = Field(Kind.SLUG, start, start, end)
        return True

    def _claim_captions(self, match: re.Match[str], line_end: int) -> None:
        self.captions += [" ".join(words.split()) for words in _CAPTION.findall(match[0])] or ["CODEL"]
        end = match.end() if self.text[match.end() : line_end].strip() else line_end
        self.claims.append(Span(Kind.CAPTION, match.start(), end))

    def _continues(self, field: Field, start: int, end: int) -> bool:
        """Whether the line goes on with the field that the line before belongs to."""
        value = self.text[field.value : field.end].strip(BLANKS)
        if end - field.label > LONGEST_FIELD or _RULE.match(self.text, start) or _SUMMARY.match(self.text, start, end):
            return False
        if self._is_prose_behind(field, value, start, end):
            return False
        if value and _PORTION.match(self.text, start, end) and not self._is_bullet(field, start):
            return False
        if field.kind is Kind.TAGS:
            if not value or (value[-1] in ",;" and not _CAPTIONS.fullmatch(self.text, start, end - 1)):
                return True
            return self._codes_before_label(start, end) or self._codes(start, end)
        if field.kind is Kind.EXECUTIVE_ORDER:
            return not value or not _DECLASSIFIED.search(value)
        return field.kind is not Kind.SLUG or _CAPTIONS.match(self.text, start, end) is None

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

    def _codes_before_label(self, start: int, end: int) -> bool:
        """Whether this line and those that follow have codes only, up to one with a label."""
        line: tuple[int, int] | None = (start, end)
        for _ in range(_MOST_LINES_OF_CODES):
            if line is None or not _CODES_ONLY.match(self.text, *line) or _CAPTIONS.match(self.text, *line):
                return False
            line = next_line(self.text, line[1], self.limit)
            if line and (label_at(self.text, *line) or self._codes(*line)):
                return True
        return False

    def _codes(self, start: int, end: int) -> bool:
        """Whether the line has codes, and then the label of another field."""
        label = label_in_line(self.text, start, end)
        return label is not None and _CODES.match(self.text, start, label.start) is not None

    def _goes_on_after_blank(self, field: Field, at: int) -> bool:
        """Whether the field goes on after the blank line that ends at `at`."""
        following = next_line(self.text, at, self.limit)
        if following is None:
            return False
        if label := label_at(self.text, *following):
            return label.kind is field.kind is Kind.REFERENCES
        if not self.text[field.value : field.end].strip():
            return field.kind in {Kind.TAGS, Kind.SUBJECT, Kind.REFERENCES}
        if field.kind is Kind.TAGS:
            return self._codes_before_label(*following)
        if field.kind is Kind.CLASSIFIED_BY:
            return _REASON.match(self.text, *following) is not None
        if field.kind is Kind.SUBJECT:
            return self._dangles(field)
        if field.kind is not Kind.REFERENCES:
            return False
        return self._more_references(*following)

    def _more_references(self, start: int, end: int) -> bool:
        """Whether the line is one more entry of the list, or the serial number of the last."""
        if _BULLET.match(self.text, start, end) or _SERIAL.match(self.text, start, end):
            return True
        match = _REFERENCE_LINE.match(self.text, start, end)
        return match is not None and self.posts.find(match[1]) != ""

    def _may_hold_note(self, field: Field) -> bool:
        """Whether the value has what `_NOTE` begins with; found faster than the pattern."""
        find = self.text.find
        return find("  ", field.value - 1, field.end) >= 0 or find("UNCLASSIFIED; ", field.value, field.end) >= 0

    def _close(self) -> None:
        field, self._open = self._open, None
        if field is None:
            return
        end = field.end
        if self._may_hold_note(field) and (note := _NOTE.search(self.text, field.value, end)):
            end = note.start()
        if may_end_early(self.text[field.value : end]):
            end = end_in_long_line(self.text, field.kind, field.value, end)
        if end < field.end:
            field = Field(field.kind, field.label, field.value, end)
        if field.kind is not Kind.SLUG:
            self.fields.setdefault(field.kind, field)
        self.claims.append(Span(field.kind, field.label, field.end))


def next_line(text: str, at: int, limit: int) -> tuple[int, int] | None:
    """Start and end of the first line from `at` on that is not blank."""
    while at < limit:
        end = text.find("\n", at, limit) + 1 or limit
        if text[at:end].strip(BLANKS):
            return at, end
        at = end
    return None
