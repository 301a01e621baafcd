"""Where the opening of a body begins, and where it ends at the latest (CABLE-FORMAT 2.1)."""

from generator.cable.opening.classification import (
    ClassificationLine,
    bare_classification_at,
    classification_line_at,
    classification_lines,
)
from generator.cable.opening.labels import Label, label_in_line, labels_on_new_lines
from generator.cable.spans import Kind
from generator.cable.text.paragraph_marks import LONGEST_LINE, first_mark_in_line, first_paragraph
from generator.cable.vocabulary.posts import Posts

LONGEST_RESIDUE = 6_000
LONGEST_OPENING = 4_000
LONGEST_LABEL = 40
_LABELLED_FIRST = frozenset({Kind.EXECUTIVE_ORDER, Kind.TAGS, Kind.SUBJECT})


def find_line(text: str, body_start: int, posts: Posts) -> ClassificationLine | None:
    """The line that opens the cable; what stands before it is residue of the dump (2.1)."""
    at = body_start
    while text[at : at + 1] in {" ", "\n", "\t"} and at < body_start + 200:
        at += 1
    line = classification_line_at(text, at, posts)
    end = min(len(text), body_start + LONGEST_RESIDUE)
    if line is None:
        found = classification_lines(text, body_start, end, posts)
        line = next((each for each in found if _opens(text, each)), found[0] if found else None)
    return _second_copy(text, line, end, posts) if line else bare_classification_at(text, at)


def _opens(text: str, line: ClassificationLine) -> bool:
    """Whether one of the labels follows before the first paragraph."""
    mark = first_paragraph(text, line.end, line.end + LONGEST_OPENING)
    end = mark[0] if mark else min(len(text), line.end + LONGEST_OPENING)
    return bool(labels_on_new_lines(text, line.end, end) or label_in_line(text, line.end, end))


def _second_copy(text: str, line: ClassificationLine, end: int, posts: Posts) -> ClassificationLine:
    """The line, or the same line again after a short first copy of the opening, as newspapers made them (2.1)."""
    words = text[line.start : line.end]
    again = text.find(words, line.end, min(end, line.end + 2500))
    if again < 0:
        return line
    second = first_paragraph(text, line.end, again)
    if second and first_paragraph(text, second[1], again):
        return line
    copy = classification_line_at(text, again, posts)
    return copy if copy and _opens(text, copy) else line


def find_labels(text: str, start: int) -> list[Label]:
    """The labels up to the first paragraph; where there are none, those that stand after it or in a line."""
    end = min(len(text), start + LONGEST_RESIDUE)
    mark = first_paragraph(text, start, end)
    for limit in (mark[1] + LONGEST_LABEL if mark else end, end):
        labels = labels_on_new_lines(text, start, limit)
        if _first_labelled(labels):
            return labels
    inner = label_in_line(text, start, min(end, start + LONGEST_OPENING))
    return sorted([*labels, inner], key=lambda label: label.start) if inner else labels


def _first_labelled(labels: list[Label]) -> Label | None:
    """The first of the labels with which an opening begins."""
    for label in labels:
        if label.kind in _LABELLED_FIRST:
            return label
    return None


def find_limit(text: str, start: int, labels: list[Label]) -> int:
    """Where the opening ends at the latest: at the first paragraph after the first label."""
    first = _first_labelled(labels)
    at = first.end if first else start
    end = min(len(text), at + LONGEST_OPENING)
    mark = first_paragraph(text, at, end)
    numbered = [label for label in labels if label.kind is Kind.CLASSIFIED_BY]
    while mark and any(label.start <= mark[0] <= label.end for label in numbered):
        mark = first_paragraph(text, mark[1], end)
    if mark:
        end = text.rfind("\n", 0, mark[0]) + 1
    lines = text[at:end].split("\n")
    if max(map(len, lines)) <= LONGEST_LINE:
        return end
    for line in lines:
        if len(line) > LONGEST_LINE and (inner := first_mark_in_line(text, at, at + len(line))) >= 0:
            return inner
        at += len(line) + 1
    return end
