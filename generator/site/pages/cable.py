"""The page of a cable."""

from collections.abc import Iterator

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from generator.archive import articles, queries
from generator.archive.catalog import Catalog
from generator.archive.head import Head
from generator.archive.intake import parse
from generator.archive.lists import Membership, safe_name
from generator.archive.settle import CableChange
from generator.cable.controls import named
from generator.cable.model import Partition
from generator.cable.spans import MarkKind
from generator.site import addresses
from generator.site.contents import contents
from generator.site.description import DETAILED, description
from generator.site.glosses.body import MarkGlosses, body_glosses
from generator.site.glosses.meanings import Meanings
from generator.site.markup import body_markup, header_markup
from generator.site.pages.kind import SITE_SETTINGS, Context, InputChangedError, Page, Templated, row, still_there
from generator.site.share import citation, shares
from generator.site.thread import thread
from generator.site.views import CableView, Contents, Link

_TAG = MarkKind.TAG

THREAD = "#thread"
"""Where the page has the conversation."""


class CableDraft(msgspec.Struct, frozen=True, gc=False):
    """A cable's page without its texts, which the digest of the content file stands for.

    `links` has the address of every cable that the text refers to, by the reference ID in it; that of one that is not
    in the archive is its place in the thread.
    """

    view: CableView
    digest: bytes
    links: dict[str, str]


class CablePages:
    """One page a cable; a group is a content file."""

    name = "cable"
    names = ("cable", "cables")
    templates = ("cable.html",)
    settings = SITE_SETTINGS

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The content files of all shown cables."""
        return queries.all_paths(catalog)

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The cable, those that it refers to or that refer to it, and its neighbours."""
        yield change.path, "its content file changed"
        if change.before == change.after:
            return
        heads = [head for head in (change.before, change.after) if head is not None]
        cited = f"a reference to or from {heads[-1].id} changed"
        for head in heads:
            for path in _connected(catalog, head):
                yield path, cited
            for path in _beside(catalog, head, change.path):
                yield path, f"its neighbour {head.id} changed"

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The cable's page, if it is shown."""
        entry = queries.entry(catalog, key)
        if entry is not None:
            yield Page(entry.address, self.name, key)

    def draft(self, context: Context, page: Page) -> CableDraft:
        """The record, the references and everything else around the texts."""
        catalog, site = context.catalog, context.site(page.path)
        head, digest = queries.head_and_digest(catalog, page.key)
        lists = {m.list.partition("/")[0]: f"{site.root}{m.list}.html" for m in head.memberships}
        cited = [(c, row(site.root, e) if (e := queries.resolve(catalog, c)) else None) for c in head.citations]
        citing = [row(site.root, e) for e in queries.cited_by(catalog, page.key, head.names)]
        before, after = _neighbours(catalog, head, page.key)
        hashtags = (f"#{site.collection}", f"#{_hashtag(head.id)}")
        canonical, year = context.canonical(page.path), _year(head.created)
        view = CableView(
            site=site,
            id=head.id,
            subject=head.subject,
            canonical=canonical,
            created=Link(head.created, lists.get("date", "")),
            released=Link(head.released, lists.get("reldate", "")),
            classification=Link(head.classification, lists.get("classification", "")),
            classification_slug=head.classification_slug,
            origin=Link(head.origin, lists.get("origin", "")),
            description="",
            detailed=False,
            header=Markup(""),
            body=Markup(""),
            contents=Contents((), ()),
            hashtags=hashtags,
            citation=citation(head.id, head.subject, head.origin, head.created, site.title, canonical),
            shares=shares(head.id, head.subject, canonical, hashtags),
            thread=thread(site.root, head.created, cited, citing),
            previous=row(site.root, before) if before else None,
            next=row(site.root, after) if after else None,
            lists=tuple(
                Link(m.title, f"{site.root}{m.list}.html", _meaning(m, year, context.meanings))
                for m in head.memberships
            ),
            articles=tuple(
                Link(a.title, site.root + addresses.article(a.kind, a.slug))
                for a in articles.articles_citing(catalog, head.names)
                if a.kind == "article"
            ),
            press=tuple(Link(named(address), address) for address in head.press),
        )
        links = {c.target: found.href if found else THREAD for c, found in cited if c.target}
        return CableDraft(view, digest, links)

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Templated:
        """The page with its texts."""
        assert isinstance(draft, CableDraft)
        cable = _parsed(context, page.key, draft.digest)
        root, links = draft.view.site.root, draft.links
        tags = {m.value: f"{root}tag/{safe_name(m.value)}.html" for m in cable.marks if m.kind is _TAG}
        in_text = set(tags.values())
        year = _year(draft.view.created.text)
        glosses = body_glosses(cable, context.meanings)
        view = replace(
            draft.view,
            description=description(cable),
            detailed=len(cable.text) >= DETAILED,
            contents=contents(cable, context.vocabulary.readable),
            lists=tuple(link for link in draft.view.lists if link.href not in in_text),
        )

        def with_header(view: CableView) -> CableView:
            return replace(view, header=header_markup(cable, context.meanings))

        def with_body(view: CableView) -> CableView:
            mark_glosses = MarkGlosses(cable, year, context.meanings)
            return replace(view, body=body_markup(cable, links, tags, mark_glosses, glosses))

        return Templated("cable.html", view, len(cable.text), (with_header, with_body))


def _meaning(membership: Membership, year: int | None, meanings: Meanings) -> str:
    """What the list's tag meant in the cable's year; empty for a list of another family."""
    return meanings.tag(membership.title, year) if membership.list.startswith("tag/") else ""


def _year(created: str) -> int | None:
    return int(created.partition("-")[0]) if created else None


def _parsed(context: Context, path: str, digest: bytes) -> Partition:
    place = queries.parsed_place(context.catalog, path)
    if place is not None:
        return context.spools.take(place)
    with still_there(path):
        entry, cable, _ = parse(context.content, path, context.vocabulary)
    if entry.digest != digest:
        raise InputChangedError(path)
    return cable


def _connected(catalog: Catalog, head: Head) -> Iterator[str]:
    """The cables at the other end of every reference to or from a cable, and those that share a name with it."""
    yield from queries.holders(catalog, head.names)
    for path, cited in queries.citing(catalog, head.names):
        yield path
        yield from queries.holders(catalog, (cited.target, cited.fallback))
    for cited in head.citations:
        yield from queries.holders(catalog, (cited.target, cited.fallback))


def _origin_list(head: Head) -> str:
    return next((m.list for m in head.memberships if m.list.startswith("origin/")), "")


def _neighbours(catalog: Catalog, head: Head, path: str) -> tuple[queries.Entry | None, queries.Entry | None]:
    name = _origin_list(head)
    return queries.neighbours(catalog, name, head.created, head.id, path) if name else (None, None)


def _beside(catalog: Catalog, head: Head, path: str) -> Iterator[str]:
    for entry in _neighbours(catalog, head, path):
        if entry is not None:
            yield entry.path


def _hashtag(cable_id: str) -> str:
    return "".join(c for c in cable_id if c.isalnum())
