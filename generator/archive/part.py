"""A part of an archive: the cables that are selected, as if there were no others."""

import msgspec

from generator.archive.head import Head
from generator.archive.intake import CableRead
from generator.archive.lists import origin_slug, place
from generator.cable.ids import parse_id
from generator.selection import Selection


def within(selection: Selection, read: CableRead) -> CableRead:
    """What was read from a file, without the cable where it is not selected."""
    if read.head is None or selected(selection, read.head):
        return read
    return msgspec.structs.replace(read, head=None, anchors=(), problems=(), place=None)


def selected(selection: Selection, head: Head) -> bool:
    """Whether a cable belongs to the part.

    An origin is meant by its name, its name in addresses, its place (`Moscow`), or the post in the reference ID.
    """
    if selection.origins and not _names(head) & {origin_slug(each) for each in selection.origins}:
        return False
    tags = {member.title.upper() for member in head.memberships if member.list.startswith("tag/")}
    if selection.tags and not tags & {*selection.tags}:
        return False
    if (selection.first or selection.last) and not head.created:
        return False
    if selection.first and head.created < selection.first:
        return False
    return not selection.last or head.created[: len(selection.last)] <= selection.last


def _names(head: Head) -> set[str]:
    parsed = parse_id(head.id)
    names = {origin_slug(head.origin), origin_slug(place(head.origin))} if head.origin else set()
    return names | ({parsed.post.lower()} if parsed else set())
