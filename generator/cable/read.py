"""From a text to a cable: border, header, opening, blocks, ending, and the values read off them.

The result is total: every text gives a cable, whose spans joined are the text. What stands in the front matter wins
over what the text says.
"""

from collections.abc import Iterator

from generator.cable.body import Body, read_body
from generator.cable.dates import with_minutes_of
from generator.cable.fields.tags import read_tags
from generator.cable.header.read import Header, read_header
from generator.cable.ids import ReferenceId, canonical_id, parse_id
from generator.cable.model import Cable, Outline, Paragraph
from generator.cable.opening.read import Opening
from generator.cable.partition import cover, fit, overlay
from generator.cable.references.citations import Citing
from generator.cable.references.entries import given_reference
from generator.cable.source.border import find_border
from generator.cable.source.facts import Facts
from generator.cable.source.residue import find_residue, with_blanks_of, without_residue
from generator.cable.source.spacing import single_spaced
from generator.cable.spans import Kind, Span
from generator.cable.text.anchors import Anchors
from generator.cable.text.blocks import Block
from generator.cable.text.comments import read_comments
from generator.cable.text.damage import find_damage
from generator.cable.text.summary import read_summary
from generator.cable.values import classified_by_in, order_in, paragraph_marks, read_values, tag_marks
from generator.cable.vocabulary import BUILT_IN, Vocabulary
from generator.cable.vocabulary.posts import Posts

LAST_YEAR = 2010
"""The year that a reference without year means in a cable that says neither an ID nor a time (6.1)."""

NO_FACTS = Facts()


def read_cable(text: str, facts: Facts = NO_FACTS, vocabulary: Vocabulary = BUILT_IN) -> Cable:
    """Read a cable: `text` is header and body in one, as they were transmitted, without front matter.

    `facts` win over the text, but for `references`, which count where the text has no list. Never raises, whatever the
    text, and takes time in proportion to its length.
    """
    outline, header, body = _read(text, facts, vocabulary)
    precedence, info_precedence, remarks = header.around_group
    return Cable(
        **{field: getattr(outline, field) for field in Outline.__struct_fields__},
        captions=body.opening.captions,
        eo=order_in(body),
        classified_by=classified_by_in(body, vocabulary.posts),
        signature=body.ending.signature,
        recipients=header.recipients,
        identifier=header.identifier,
        relays=header.relays,
        sender=header.sender,
        security=header.security,
        date_time_group=header.date_time_group,
        precedence=precedence,
        info_precedence=info_precedence,
        remarks=remarks,
        originator=header.originator,
        distribution=header.distribution,
        is_extract=header.is_extract,
        slugs=_slugs(body),
        comments=read_comments(body.text, body.blocks),
    )


def read_outline(text: str, facts: Facts = NO_FACTS, vocabulary: Vocabulary = BUILT_IN) -> Outline:
    """Read of a cable what a site shows: the same as `read_cable`, and sooner, without what else the cable says."""
    return _read(text, facts, vocabulary)[0]


def _read(text: str, facts: Facts, vocabulary: Vocabulary) -> tuple[Outline, Header, Body]:
    posts = vocabulary.posts
    plain = without_residue(text)
    header_end, body_start = _border(text, plain, facts)
    plain = single_spaced(plain, body_start)
    header = read_header(plain, header_end)
    given = parse_id(facts.id, posts)
    body = read_body(plain, body_start, _own_post(given, header, posts), posts)
    number = facts.id or next(map(str, _likely_ids(body.opening, header, posts)), "")
    parsed = given or parse_id(number, posts)
    created = with_minutes_of(facts.created, header.date_time_group)
    year = parsed.year if parsed else created.year if created else LAST_YEAR
    values = read_values(body, Citing(year, parsed.post if parsed else "", posts), vocabulary)
    spans = [*header.spans, *([Span(Kind.BORDER, header_end, body_start)] if header_end < body_start else [])]
    spans += overlay(cover(body.claims, body.text, body_start, len(text)), body.passages)
    anchors = Anchors(text, body_start)
    tags = read_tags(plain, *header.tags_place, vocabulary.tags)
    marks = [*tag_marks(tags), *values.marks, *paragraph_marks(body.blocks), *find_damage(text, body_start)]
    marks += find_residue(text, body_start)
    outline = Outline(
        text=text,
        header_end=header_end,
        body_start=body_start,
        id=number,
        canonical_id=canonical_id(number, posts, _likely_ids(body.opening, header, posts)),
        created=created,
        released=facts.released,
        classification=facts.classification or values.classification,
        origin=facts.origin or posts.name(parsed.post if parsed else "") or posts.office(header.originator),
        subject=facts.subject or values.subject,
        tags=values.tags or tuple(dict.fromkeys(tag.value for tag in tags)),
        glued_tags=values.glued_tags,
        references=values.references or tuple(given_reference(each, posts) for each in facts.references),
        summary=read_summary(body.text, body.blocks),
        paragraphs=_paragraphs(with_blanks_of(text, body.text), body, anchors),
        spans=tuple(spans),
        marks=fit(marks, spans),
        silent_anchors=anchors.silent(),
        aliases=facts.aliases,
        articles=facts.articles,
    )
    return outline, header, body


def _border(text: str, plain: str, facts: Facts) -> tuple[int, int]:
    """The border that the front matter gives, else the one that the rule finds."""
    if facts.header_lines is None:
        return find_border(plain)
    end = -1
    for _ in range(facts.header_lines):
        end = text.find("\n", end + 1)
        if end < 0:
            return len(text), len(text)
    return max(end, 0), end + 1


def _own_post(given: ReferenceId | None, header: Header, posts: Posts) -> str:
    return posts.find(given.post) or given.post if given else posts.find(header.originator)


def _likely_ids(opening: Opening, header: Header, posts: Posts) -> Iterator[ReferenceId]:
    """What the cable itself says its ID is: the classification line with the year of the group, then FM and DE (6)."""
    line = opening.line
    if line and line.serial and header.date_time_group:
        yield ReferenceId(header.date_time_group.year, line.post, line.serial)
    if said := header.likely_id(posts):
        yield said


def _slugs(body: Body) -> tuple[str, ...]:
    """The slug lines, without blanks around them."""
    lines: list[str] = []
    for claim in body.opening.claims:
        if claim.kind is Kind.SLUG:
            lines += [" ".join(line.split()) for line in body.text[claim.start : claim.end].split("\n")]
    return tuple(filter(None, lines))


def _joined(masked: str, pieces: list[Span]) -> str:
    return "".join([masked[piece.start : piece.end] for piece in pieces])


def _paragraphs(masked: str, body: Body, anchors: Anchors) -> tuple[Paragraph, ...]:
    kind = Kind.PARAGRAPH
    return tuple([_paragraph(masked, block, anchors) for block in body.blocks if block.kind is kind])


def _paragraph(masked: str, block: Block, anchors: Anchors) -> Paragraph:
    """The block with its anchor; its text leaves page markers out, and the blank lines around them."""
    pieces = block.pieces
    start, end = pieces[0].start, pieces[-1].end
    words = (masked[start:end] if len(pieces) == 1 else _joined(masked, pieces)).rstrip()
    if block.number_start >= 0:
        anchor = anchors.numbered(block.number, block.number_start)
    else:
        anchor = anchors.unnumbered(words)
    return Paragraph(block.number, block.portion, anchor, words, start, end)
