"""What the fields of a body say, and the marks on what stands in them."""

from collections.abc import Iterator

import msgspec

from generator.cable.body import Body
from generator.cable.fields.classified_by import read_classified_by
from generator.cable.fields.executive_order import read_order
from generator.cable.fields.subject import on_one_line, subject_place
from generator.cable.fields.tags import FoundTag, read_tags
from generator.cable.model import ClassifiedBy, ExecutiveOrder, GluedTag, Reference
from generator.cable.opening.classification import with_captions
from generator.cable.references.citations import Citing
from generator.cable.references.entries import read_references
from generator.cable.references.in_prose import find_in_prose
from generator.cable.spans import Kind, Mark, MarkKind
from generator.cable.text.blocks import Block
from generator.cable.vocabulary import Vocabulary
from generator.cable.vocabulary.posts import Posts


class Values(msgspec.Struct, frozen=True, gc=False):
    """What the fields of the opening say, and the marks on them and on references in the text."""

    classification: str
    subject: str
    tags: tuple[str, ...]
    glued_tags: tuple[GluedTag, ...]
    references: tuple[Reference, ...]
    marks: list[Mark]


def read_values(body: Body, citing: Citing, vocabulary: Vocabulary) -> Values:
    """Read the fields of the opening, and the references in the text."""
    text, fields = body.text, body.opening.fields
    marks = [_label(text, field.label, field.value) for field in fields.values()]
    tags = read_tags(text, *_place(body, Kind.TAGS), vocabulary.tags)
    marks += tag_marks(tags)
    subject_start, subject_end = subject_place(text, *_place(body, Kind.SUBJECT))
    marks.append(Mark(MarkKind.SUBJECT, subject_start, subject_end))
    references, cables = read_references(text, *_place(body, Kind.REFERENCES), citing)
    cables = cables + find_in_prose(text, body.opening.end, citing)
    marks += [Mark(MarkKind.REFERENCE, cable.start, cable.end, str(cable.id)) for cable in cables]
    return Values(
        with_captions(body.opening.line.classification if body.opening.line else "", body.opening.captions),
        on_one_line(text[subject_start:subject_end]),
        tuple(dict.fromkeys(tag.value for tag in tags)),
        tuple(_glued(tags)),
        tuple(references),
        marks,
    )


def _glued(tags: list[FoundTag]) -> Iterator[GluedTag]:
    for word in dict.fromkeys(tag.glued for tag in tags if tag.glued):
        yield GluedTag(word, tuple(dict.fromkeys(tag.value for tag in tags if tag.glued == word)))


def _place(body: Body, kind: Kind) -> tuple[int, int]:
    field = body.opening.fields.get(kind)
    return (field.value, field.end) if field else (0, 0)


def _label(text: str, start: int, end: int) -> Mark:
    return Mark(MarkKind.LABEL, start, start + len(text[start:end].rstrip()))


def order_in(body: Body) -> ExecutiveOrder | None:
    """What the E.O. line says."""
    field = body.opening.fields.get(Kind.EXECUTIVE_ORDER)
    return read_order(body.text[field.label : field.value], body.text[field.value : field.end]) if field else None


def classified_by_in(body: Body, posts: Posts) -> ClassifiedBy | None:
    """What the Classified By line says."""
    field = body.opening.fields.get(Kind.CLASSIFIED_BY)
    return read_classified_by(body.text[field.label : field.end], posts) if field else None


def tag_marks(tags: list[FoundTag]) -> list[Mark]:
    """The marks on tags."""
    kind = MarkKind.TAG
    return [Mark(kind, tag.start, tag.end, tag.value) for tag in tags]


def paragraph_marks(blocks: list[Block]) -> list[Mark]:
    """Marks for numbers and portion marks."""
    number, portion = MarkKind.NUMBER, MarkKind.PORTION
    marks = []
    for block in blocks:
        if (start := block.number_start) >= 0:
            marks.append(Mark(number, start, start + len(block.number), block.number))
        if (start := block.portion_start) >= 0:
            marks.append(Mark(portion, start, start + block.portion_length, block.portion))
    return marks
