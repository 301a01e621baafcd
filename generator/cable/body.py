"""The body box: opening, blocks and ending, and the values that the opening's fields hold."""

import msgspec

from generator.cable.opening.read import Opening, read_opening
from generator.cable.partition import join
from generator.cable.sections.markers import find_markers, find_repeated_captions, without
from generator.cable.sections.repeats import find_repeats
from generator.cable.spans import Kind, Span
from generator.cable.text.blocks import Block, clear_of_passages, read_blocks
from generator.cable.text.layout import find_headings, find_tables
from generator.cable.text.signature import Ending, read_ending
from generator.cable.vocabulary.posts import Posts


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


def read_body(text: str, start: int, post: str, posts: Posts) -> Body:
    """Cut the body into its parts; `post` is the cable's own, which page markers name; `text` is without residue."""
    markers = find_markers(text, start, post)
    masked = without(text, markers)
    opening = read_opening(masked, start, posts)
    passages = [Span(Kind.PAGE_MARKER, *place) for place in markers]
    if more := find_repeats(masked, opening, posts) or find_repeated_captions(masked, opening.end):
        masked = without(masked, [(span.start, span.end) for span in more])
        passages = join(passages, more)
    ending = read_ending(masked, opening.end)
    blocks = read_blocks(masked, opening.end, ending.start, passages)
    find_tables(masked, blocks)
    find_headings(masked, blocks)
    blocks = clear_of_passages(blocks, passages) if passages else blocks
    return Body(masked, passages, opening, blocks, ending)
