"""What the pages about missing cables show."""

import msgspec

from generator.site.views import Link, Part, Row, SiteView


class Absent(msgspec.Struct, frozen=True, gc=False):
    """A cable that is not in the archive, and those that refer to it."""

    id: str
    cited_by: tuple[Row, ...]


class AbsentView(msgspec.Struct, frozen=True, gc=False):
    """The cables that are missing of one post and year; `name` is the post's, or empty."""

    site: SiteView
    title: str
    name: str
    canonical: str
    index: Link
    cables: tuple[Absent, ...]


class AbsentPost(msgspec.Struct, frozen=True, gc=False):
    """A post from which cables are missing, and the ways to them by year."""

    code: str
    name: str
    count: int
    years: tuple[Part, ...]


class AbsentIndexView(msgspec.Struct, frozen=True, gc=False):
    """All posts from which cables are missing, A-Z."""

    site: SiteView
    title: str
    canonical: str
    count: int
    posts: tuple[AbsentPost, ...]
