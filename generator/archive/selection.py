"""A part of an archive: the cables that are selected, as if there were no others."""

import msgspec

from generator.archive.head import Head
from generator.archive.intake import CableRead
from generator.archive.lists import origin_slug, place
from generator.cable.ids import parse_id
from generator.settings.selection import Selection
from generator.settings.toml import did_you_mean


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
    if selection.tags and not _tags(head) & {*selection.tags}:
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


def _tags(head: Head) -> set[str]:
    return {member.title.upper() for member in head.memberships if member.list.startswith("tag/")}


class Elsewhere:
    """What would have selected the cables that are not in a part."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._tags: set[str] = set()

    def note(self, head: Head) -> None:
        """Take notice of a cable that is not selected."""
        self._names |= _names(head)
        self._tags |= _tags(head)

    def meant(self, selection: Selection) -> str:
        """A question with the origin or tag that was probably meant by one that no cable has; or empty."""
        for origin in selection.origins:
            if origin_slug(origin) not in self._names and (question := did_you_mean(origin, self._names)):
                return question
        for tag in selection.tags:
            if tag not in self._tags and (question := did_you_mean(tag, self._tags)):
                return question
        return ""
