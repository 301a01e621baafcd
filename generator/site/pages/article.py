"""The editorial articles and pages."""

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from generator.archive import articles, queries
from generator.archive.catalog import Catalog
from generator.archive.lists import day_title
from generator.archive.settle import CableChange
from generator.site import addresses
from generator.site.articles import load_article
from generator.site.editorial import CitedCable, article_markup
from generator.site.pages.kind import SITE_SETTINGS, Context, InputChangedError, Page, Templated, row, still_there
from generator.site.quotations import paragraphs
from generator.site.views import ArticleView


class ArticleDraft(msgspec.Struct, frozen=True):
    """An article's page without its text, which the digest of the content file stands for.

    `quoted` has the content file of each cable that it quotes, by reference ID, and the file's digest, for its words.
    """

    view: ArticleView
    digest: bytes
    cables: dict[str, CitedCable]
    quoted: dict[str, tuple[str, bytes]]


class ArticlePages:
    """One page an article; a group is a content file."""

    name = "article"
    names = ("article", "articles")
    templates = ("article.html",)
    settings = SITE_SETTINGS

    def every(self, catalog: Catalog) -> Iterator[str]:
        """The content files of all articles and editorial pages."""
        return iter([a.path for kind in ("article", "page") for a in articles.articles(catalog, kind)])

    def touched(self, catalog: Catalog, change: CableChange) -> Iterator[tuple[str, str]]:
        """The articles that cite the cable; those that quote it, where only its text changed."""
        same = change.before == change.after
        for head in (change.before, change.after):
            for article in articles.articles_citing(catalog, head.names if head else (), quoting=same):
                yield article.path, f"{head.id} that it cites changed" if head else ""

    def pages(self, catalog: Catalog, key: str) -> Iterator[Page]:
        """The article's page, unless it is faulty."""
        entry = articles.article(catalog, key)
        if entry is not None:
            yield Page(addresses.article(entry.kind, entry.slug), self.name, key)

    def draft(self, context: Context, page: Page) -> ArticleDraft:
        """The article's facts and the cables that it cites."""
        catalog, site = context.catalog, context.site(page.path)
        entry = articles.article(catalog, page.key)
        assert entry is not None
        digest, author, names = articles.article_details(catalog, page.key)
        cited = {name: found for name in names if (found := queries.find(catalog, name))}
        rows = {found.path: row(site.root, found) for found in cited.values()}
        view = ArticleView(
            site=site,
            title=entry.title,
            canonical=context.canonical(page.path),
            date=day_title(entry.date) if entry.date else "",
            day=entry.date,
            author=author,
            summary=entry.summary,
            content=Markup(""),
            cables=tuple(rows.values()),
        )
        cables = {name: _cited(site.root, found) for name, found in cited.items()}
        quoted = {name: cited[name].path for name in articles.quoted_names(catalog, page.key) if name in cited}
        files = {name: (path, queries.head_and_digest(catalog, path)[1]) for name, path in quoted.items()}
        return ArticleDraft(view, digest, cables, files)

    def make(self, context: Context, page: Page, draft: msgspec.Struct) -> Templated:
        """The page with its text."""
        assert isinstance(draft, ArticleDraft)
        with still_there(page.key):
            article, entry = load_article(context.content, page.key)
        if entry.digest != draft.digest:
            raise InputChangedError(page.key)
        texts = {name: _paragraphs(context, *file) for name, file in draft.quoted.items()}
        view = msgspec.structs.replace(draft.view, content=article_markup(article, draft.cables, texts))
        return Templated("article.html", view)


def _cited(root: str, entry: queries.Entry) -> CitedCable:
    day = day_title(entry.created[:10]) if len(entry.created) >= 10 else ""
    return CitedCable(row(root, entry).href, entry.subject, entry.origin, day)


def _paragraphs(context: Context, path: str, digest: bytes) -> dict[str, str]:
    """What the paragraphs of a cable that is quoted say."""
    with still_there(path):
        found, texts = paragraphs(context.content, path, context.vocabulary)
    if found != digest:
        raise InputChangedError(path)
    return texts
