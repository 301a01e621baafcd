"""The opening of a body: from the classification line to the last labelled field (CABLE-FORMAT 2)."""

import re

import msgspec

from generator.cable.opening.beginning import find_labels, find_limit, find_line
from generator.cable.opening.captions import caption_words, captions_at
from generator.cable.opening.classification import ClassificationLine
from generator.cable.opening.continuation import Continuation, is_rule
from generator.cable.opening.field import Field
from generator.cable.opening.field_ends import end_in_long_line, may_end_early
from generator.cable.opening.labels import Label, label_at, label_in_line
from generator.cable.partition import BLANKS
from generator.cable.spans import Kind, Span
from generator.cable.vocabulary.posts import Posts


class Opening(msgspec.Struct, frozen=True, gc=False):
    """The opening as it was read; `claims` are its spans, `end` is where the text of the cable begins."""

    line: ClassificationLine | None
    captions: tuple[str, ...]
    fields: dict[Kind, Field]
    claims: list[Span]
    end: int


_BARE_TAGS = re.compile(r"(?<=[ \t])TAGS?[ ]+(?=[A-Z]{2,5}\b)")
_BARE_SUBJECT = re.compile(r"(?<=[ \t])SUBJECT[ ]+(?=[A-Z\"])")
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
    scan = _Scan(text, limit, [label.start for label in labels if label.start < limit], posts)
    if line:
        if text[body_start : line.start].strip():
            scan.claims.append(Span(Kind.RESIDUE, body_start, line.start))
        scan.claims.append(Span(Kind.CLASSIFICATION, line.start, line.end))
    end = scan.run(start)
    return Opening(line, tuple(dict.fromkeys(scan.captions)), scan.fields, scan.claims, end)


class _Scan:
    """Goes through the lines of the opening; `_open` is the field that the next line may go on with."""

    def __init__(self, text: str, limit: int, labels: list[int], posts: Posts) -> None:
        self.text = text
        self.limit = limit
        self.last_label = labels[-1] if labels else -1
        self.continuation = Continuation(text, limit, labels, posts)
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
            if self._open is not None and not self.continuation.goes_on_after_blank(self._open, end):
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
        if self._open is not None and self.continuation.goes_on(self._open, start, end):
            self._open = Field(self._open.kind, self._open.label, self._open.value, end)
            return True
        if captions := captions_at(self.text, start, end):
            self._close()
            self._claim_captions(captions, end)
            return not self.text[captions.end() : end].strip(BLANKS) or self._line(captions.end(), end)
        if start >= self.last_label:
            return False
        if is_rule(self.text, start):
            self._close()
            self.claims.append(Span(Kind.RULE, start, end))
            return True
        if self._open is None or self._open.kind is not Kind.SLUG:
            self._close()
            self._open = Field(Kind.SLUG, start, start, end)
        return True

    def _claim_captions(self, match: re.Match[str], line_end: int) -> None:
        self.captions += caption_words(match)
        end = match.end() if self.text[match.end() : line_end].strip() else line_end
        self.claims.append(Span(Kind.CAPTION, match.start(), end))

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
