"""The body box: opening, blocks and ending, and the values that the opening's fields hold."""

from collections.abc import Iterator

import msgspec

from generator.cable.blocks import Block, clear_of_passages, read_blocks
from generator.cable.citations import Citing, find_in_prose
from generator.cable.classification import with_captions
from generator.cable.classified_by import read_classified_by
from generator.cable.ending import Ending, read_ending
from generator.cable.fields import on_one_line, read_order, subject_place
from generator.cable.layout import find_headings, find_tables
from generator.cable.markers import find_markers, find_repeated_captions, without
from generator.cable.model import ClassifiedBy, ExecutiveOrder, GluedTag, Kind, Mark, MarkKind, Reference, Span
from generator.cable.opening import Opening, read_opening
from generator.cable.partition import join
from generator.cable.posts import Posts
from generator.cable.references import read_references
from generator.cable.repeats import find_repeats
from generator.cable.tags import FoundTag, read_tags
from generator.cable.vocabulary import Vocabulary


class Body(msgspec.Struct, frozen=True, gc=False):
    """A body as it was read; in `text`, blanks stand for the passages: page markers and repeated openings."""

    text: str
    passages: list[Span]
    opening: Opening
    blocks: list[Block]
    ending: Ending

    @property
    def claims(self) -> list[Span]:
        """The spans of all parts, in their order."""
        claims = [*self.opening.claims]
        for block in self.blocks:
            claims += block.pieces
        return claims + self.ending.claims


class Values(msgspec.Struct, frozen=True, gc=False):
    """What the fields of the opening say, and the marks on them and on references in the text."""

    classification: str
    subject: str
    tags: tuple[str, ...]
    glued_tags: tuple[GluedTag, ...]
    eo: ExecutiveOrder | None
    references: tuple[Reference, ...]
    classified_by: ClassifiedBy | None
    marks: list[Mark]


def read_body(text: str, start: int, post: str, posts: Posts) -> Body:
    """Cut the body into its parts; `post` is the cable's own, which page markers name; `text` is without residue."""
    markers = find_markers(text, start, post)
    masked = without(text, markers)
    opening = read_opening(masked, start, posts)
    passages = [Span(Kind.PAGE_MARKER, *place) for place in markers]
    if more := find_repeats(masked, opening.end, opening.line, posts) or find_repeated_captions(masked, opening.end):
        masked = without(masked, [(span.start, span.end) for span in more])
        passages = join(passages, more)
    ending = read_ending(masked, opening.end)
    blocks = read_blocks(masked, opening.end, ending.start, passages)
    find_tables(masked, blocks)
    find_headings(masked, blocks)
    blocks = clear_of_passages(blocks, passages) if passages else blocks
    return Body(masked, passages, opening, blocks, ending)


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
        _order(body),
        tuple(references),
        _classified_by(body, vocabulary.posts),
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


def _order(body: Body) -> ExecutiveOrder | None:
    field = body.opening.fields.get(Kind.EXECUTIVE_ORDER)
    return read_order(body.text[field.label : field.value], body.text[field.value : field.end]) if field else None


def _classified_by(body: Body, posts: Posts) -> ClassifiedBy | None:
    field = body.opening.fields.get(Kind.CLASSIFIED_BY)
    return read_classified_by(body.text[field.label : field.end], posts) if field else None


def tag_marks(tags: list[FoundTag]) -> list[Mark]:
    """The marks on tags."""
    return [Mark(MarkKind.TAG, tag.start, tag.end, tag.value) for tag in tags]


def paragraph_marks(blocks: list[Block]) -> list[Mark]:
    """Marks for numbers and portion marks."""
    marks = []
    for block in blocks:
        if block.number_start >= 0:
            marks.append(
                Mark(MarkKind.NUMBER, block.number_start, block.number_start + len(block.number), block.number)
            )
        if block.portion_start >= 0:
            end = block.portion_start + block.portion_length
            marks.append(Mark(MarkKind.PORTION, block.portion_start, end, block.portion))
    return marks
