"""What feeds and the files for search engines hold."""

import msgspec


class FeedEntry(msgspec.Struct, frozen=True, gc=False):
    """A cable in a feed (RFC 4287, 4.1.2): `id` is a URN that never changes, `updated` its release in RFC 3339."""

    id: str
    title: str
    href: str
    updated: str
    author: str
    classification: str
    tags: tuple[str, ...]
    summary: str


class FeedView(msgspec.Struct, frozen=True, gc=False):
    """An Atom feed (RFC 4287, 4.1.1) of what was released last. `own` and `html` are absolute addresses, of the feed
    and of the page that shows the same; all text is such as XML can hold.
    """

    id: str
    title: str
    subtitle: str
    language: str
    author: str
    updated: str
    own: str
    html: str
    entries: tuple[FeedEntry, ...]


class SitemapView(msgspec.Struct, frozen=True, gc=False):
    """The absolute addresses in a file for search engines."""

    addresses: tuple[str, ...]
