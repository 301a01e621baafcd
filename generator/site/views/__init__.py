"""What each kind of page shows: one frozen value a page, and nothing else reaches its template.

Equal view, equal template, equal program: equal bytes. So a view holds no clock, no total of the whole archive and no
machine's path. Every `href` is relative to the page it stands on and already percent-encoded; every other string is
plain text, which the template escapes; `Markup` is the one exception, made by `markup` and `editorial` alone.
"""

from enum import StrEnum

import msgspec
from markupsafe import Markup

from generator.site.views.chart import Chart
from generator.site.views.share import Run, Share


class Link(msgspec.Struct, frozen=True, gc=False):
    """Words that lead somewhere; an empty `href` means that there is nowhere to go."""

    text: str
    href: str = ""
    note: str = ""


class SiteView(msgspec.Struct, frozen=True, gc=False):
    """The part of the configuration that every page shows.

    `root` is the way up to the site's root (`../../../`, or empty on the home page). `card` is the absolute address of
    the site's picture, or empty without a base URL. `navigation` has the lists first.
    """

    root: str
    title: str
    tagline: str
    banner: str
    card: str
    language: str
    collection: str
    navigation: tuple[Link, ...]
    community: tuple[Link, ...]


class Row(msgspec.Struct, frozen=True, gc=False):
    """A cable as one line of a list: the five columns of the record and the subject.

    `created` and `released` are `2010-01-29 15:33`, shorter where less is known, and empty where nothing is;
    `classification_slug` is the slug of `classifications.csv`, or empty. `readable` is a subject in capitals in a case
    that is easy on the eye, and empty for others: it is shown beside the subject.
    """

    id: str
    href: str
    subject: str
    readable: str
    created: str
    released: str
    classification: str
    classification_slug: str
    origin: str


class Relation(StrEnum):
    """What an entry of a thread has to do with the cable: referred to by it, the cable itself, or referring to it."""

    TO = "to"
    SELF = "self"
    BY = "by"


class ThreadEntry(msgspec.Struct, frozen=True, gc=False):
    """A cable or another document in a cable's thread.

    `date` is as in `Row`, or the year that the ID of a missing cable tells. `row` is the cable where the archive holds
    it; else, but for the cable itself, `text` says what is referred to, and `absent` leads to the place that says who
    else does, empty for what is no cable. `letter` is the bullet in the reference list, or empty.
    """

    relation: Relation
    date: str
    row: Row | None = None
    letter: str = ""
    text: str = ""
    absent: str = ""


class Thread(msgspec.Struct, frozen=True, gc=False):
    """What a cable refers to, the cable itself, and what refers to it, the oldest first; empty where nothing does.

    `more` are further cables that refer to it, in order of time, where they are very many.
    """

    entries: tuple[ThreadEntry, ...]
    more: tuple[Row, ...]


class Contents(msgspec.Struct, frozen=True, gc=False):
    """The ways into a long cable: its `headings`, each with the number of the first paragraph below it, or, where
    it has too few, its paragraphs by their `numbers`, one run after another that counts anew; neither for a short one.
    """

    headings: tuple[Link, ...]
    numbers: tuple[tuple[Link, ...], ...]


class CableView(msgspec.Struct, frozen=True, gc=False):
    """The page of one cable.

    `description` is how its text begins, or empty where it has none. `detailed` tells whether the text is so long that
    there is room beside it for all that programs can be told.
    `header` and `body` are the whole content of the two `data-text` elements; `canonical` is the absolute address, or
    empty without a base URL; `hashtags` are two, with their number signs; `previous` and `next` have the same origin.
    `lists` are the lists that the cable stands in; `articles` pages of this site that cite it, `press` others.
    """

    site: SiteView
    id: str
    subject: str
    canonical: str
    created: Link
    released: Link
    classification: Link
    classification_slug: str
    origin: Link
    description: str
    detailed: bool
    header: Markup
    body: Markup
    contents: Contents
    hashtags: tuple[str, str]
    citation: tuple[Run, ...]
    shares: tuple[Share, ...]
    thread: Thread
    previous: Row | None
    next: Row | None
    lists: tuple[Link, ...]
    articles: tuple[Link, ...]
    press: tuple[Link, ...]


class Part(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a list: `text` is `2009` or `March 2009`; `href` leads to its own page, or to its place on this one.

    `share` is that of the whole of which it is a part: `12 %`. Both numbers are left out on the way between a list and
    its pages: `count` is None, `share` empty.
    """

    text: str
    href: str
    count: int | None
    share: str = ""


class YearRows(msgspec.Struct, frozen=True, gc=False):
    """The rows of a list that were created in one year, which the id `anchor` leads to."""

    anchor: str
    rows: tuple[Row, ...]


class ListView(msgspec.Struct, frozen=True, gc=False):
    """One list of cables, or one part of it.

    `family` is `tag`, `origin`, `classification`, `date` or `reldate`. A page has `years` or, where their rows
    would be too many, only `parts`, which otherwise lead to the years on the page; `index` leads to the page above it.

    On the list's first page are a `chart` of its years and its `feed`, where there are any; for a tag or an origin also
    `meanings`, the tags that the newest of its cables have most often, and the first and the last cable.
    """

    site: SiteView
    family: str
    title: str
    meanings: tuple[str, ...]
    canonical: str
    feed: Link | None
    count: int | None
    index: Link
    chart: Chart | None
    related: tuple[Link, ...]
    first: Row | None
    last: Row | None
    parts: tuple[Part, ...]
    years: tuple[YearRows, ...]


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A list as one line of an index: its name, how many cables it has, what it means."""

    text: str
    href: str
    count: int
    description: str


class Group(msgspec.Struct, frozen=True, gc=False):
    """The entries of an index under one letter or one year."""

    label: str
    entries: tuple[Entry, ...]


class IndexView(msgspec.Struct, frozen=True, gc=False):
    """The index of a family of lists: tags A-Z, origins A-Z by place, months by year, release days by year."""

    site: SiteView
    family: str
    title: str
    canonical: str
    groups: tuple[Group, ...]


class Meaning(msgspec.Struct, frozen=True, gc=False):
    """A term of the glossary: `id` is its anchor, `href` leads to the list of a tag, `meanings` are one or several."""

    id: str
    term: str
    href: str
    meanings: tuple[str, ...]


class GlossaryView(msgspec.Struct, frozen=True, gc=False):
    """The glossary, or the stations; each of its `sections` has an id, a title and its terms.

    `description` is for search engines, `lead` what the page says first, `beside` the way to the other of the two.
    """

    site: SiteView
    title: str
    description: str
    lead: str
    beside: Link
    canonical: str
    sections: tuple[tuple[str, str, tuple[Meaning, ...]], ...]


class Release(msgspec.Struct, frozen=True, gc=False):
    """A day of release and the newest cables of it."""

    text: str
    href: str
    count: int
    rows: tuple[Row, ...]


class HomeView(msgspec.Struct, frozen=True, gc=False):
    """The home page. `released` and `total` are the counter's two numbers; `total` is 0 where nobody knows it.

    `releases` are the latest days of release if `by_release`, else the latest months in which cables were written.
    """

    site: SiteView
    description: str
    canonical: str
    feed: Link | None
    released: int
    total: int
    by_release: bool
    releases: tuple[Release, ...]
    articles: tuple[Link, ...]
    families: tuple[Entry, ...]


class ArticleView(msgspec.Struct, frozen=True, gc=False):
    """An editorial article or page. `content` is allow-listed HTML; `cables` are the cables that it links to.

    `date` is as people write it, `7 September 2011`, and `day` as programs do, `2011-09-07`; these, the `author` and
    the `summary` may be empty.
    """

    site: SiteView
    title: str
    canonical: str
    date: str
    day: str
    author: str
    summary: str
    content: Markup
    cables: tuple[Row, ...]


class StubView(msgspec.Struct, frozen=True, gc=False):
    """An old address that leads to the new one without a script."""

    site: SiteView
    title: str
    href: str


class NotFoundView(msgspec.Struct, frozen=True, gc=False):
    """The 404 page. It is served at any depth, so `site.root` is absolute where the base URL is known.

    `posts` has the posts as they stand in reference IDs, each with the name of its list: `MOSCOW:embassy-moscow …`.
    """

    site: SiteView
    posts: str
    canonical: str = ""
