"""Where the opening of a body begins, and where it ends at the latest (CABLE-FORMAT 2.1)."""

from generator.cable.classification import (
    ClassificationLine,
    bare_classification_at,
    classification_line_at,
    classification_lines,
)
from generator.cable.labels import Label, label_in_line, labels_on_new_lines
from generator.cable.model import Kind
from generator.cable.paragraph_marks import LONGEST_LINE, first_mark_in_line, first_paragraph
from generator.cable.posts import Posts

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
    end = mark.start if mark else min(len(text), line.end + LONGEST_OPENING)
    return bool(labels_on_new_lines(text, line.end, end) or label_in_line(text, line.end, end))


def _second_copy(text: str, line: ClassificationLine, end: int, posts: Posts) -> ClassificationLine:
    """The line, or the same line again after a short first copy of the opening, as newspapers made them (2.1)."""
    words = text[line.start : line.end]
    again = text.find(words, line.end, min(end, line.end + 2500))
    if again < 0:
        return line
    second = first_paragraph(text, line.end, again)
    if second and first_paragraph(text, second.end, again):
        return line
    copy = classification_line_at(text, again, posts)
    return copy if copy and _opens(text, copy) else line


def find_labels(text: str, start: int) -> list[Label]:
    """The labels up to the first paragraph; where there are none, those that stand after it or in a line."""
    end = min(len(text), start + LONGEST_RESIDUE)
    mark = first_paragraph(text, start, end)
    labels = labels_on_new_lines(text, start, mark.end + LONGEST_LABEL if mark else end)
    if not any(label.kind in _LABELLED_FIRST for label in labels):
        labels = labels_on_new_lines(text, start, end)
    if not any(label.kind in _LABELLED_FIRST for label in labels):
        inner = label_in_line(text, start, min(end, start + LONGEST_OPENING))
        labels = sorted([*labels, inner], key=lambda label: label.start) if inner else labels
    return labels


def find_limit(text: str, start: int, labels: list[Label]) -> int:
    """Where the opening ends at the latest: at the first paragraph after the first label."""
    first = next((label for label in labels if label.kind in _LABELLED_FIRST), None)
    at = first.end if first else start
    end = min(len(text), at + LONGEST_OPENING)
    mark = first_paragraph(text, at, end)
    while mark and any(label.kind is Kind.CLASSIFIED_BY and label.start <= mark.start <= label.end for label in labels):
        mark = first_paragraph(text, mark.end, end)
    if mark:
        end = text.rfind("\n", 0, mark.start) + 1
    while at < end:
        line_end = text.find("\n", at, end)
        line_end = line_end if line_end >= 0 else end
        if line_end - at > LONGEST_LINE and (inner := first_mark_in_line(text, at, line_end)) >= 0:
            return inner
        at = line_end + 1
    return end
