"""Keeps the catalog true to the articles: what each cites, and whether the archive has it."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from generator.archive import articles, queries
from generator.archive.articles import ArticleRow, Cited
from generator.archive.catalog import Catalog, Input
from generator.archive.intake import VANISHED, read_bytes
from generator.archive.settle import CableChange
from generator.cable.vocabulary import Vocabulary
from generator.errors import Severity
from generator.site.editorial import Article, missing, read_article
from generator.site.quotations import paragraphs, unchecked

KIND_BY_FOLDER = {"articles": "article", "pages": "page"}
"""The folders of the content that hold Markdown, and the kind of what is in them."""

NEARBY = 200
"""How many of the archive's reference IDs a misspelled one is compared with."""


def is_article(path: str) -> bool:
    """Whether a content file is an article or an editorial page."""
    folder, _, name = path.partition("/")
    return folder in KIND_BY_FOLDER and name.endswith(".md") and "/" not in name


def load_article(content: Path, path: str) -> tuple[Article, Input]:
    """Read an article's file."""
    raw, stamp = read_bytes(content / path)
    return read_article(raw, path), Input(stamp, hashlib.sha256(raw).digest())


def settle_article(
    catalog: Catalog, content: Path, path: str, vocabulary: Vocabulary, *, keep: bool = False, part: bool = False
) -> bool:
    """Read an article again, after a change to it or to a cable that it cites, and mark what shows it.

    With `keep`, an article that is faulty now and was not before is left as it was; returns whether that is so. In a
    `part` of an archive it may cite cables that are not there.
    """
    try:
        article, entry = load_article(content, path)
    except VANISHED:
        remove_article(catalog, path)
        return False
    catalog.put_input(path, entry)
    doubts = unchecked(article, _quoted(catalog, content, article, vocabulary))
    problems = (*article.problems, *missing(article, _known(catalog, article), part=part), *doubts)
    catalog.set_problems(path, problems)
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    row = ArticleRow(
        path=path,
        kind=KIND_BY_FOLDER[path.partition("/")[0]],
        slug=article.slug,
        title=article.title,
        date=article.date.isoformat() if article.date else "",
        author=article.author,
        summary=article.summary,
        digest=entry.digest,
        hidden=wrong or article.draft,
    )
    cited = sorted({Cited(c.id, c.anchor, c.line, c.quoted) for c in article.citations})
    before, cited_before = articles.stored(catalog, path)
    if keep and wrong and before and not before.hidden:
        catalog.put_input(path, Input(entry.stamp.unproven(), entry.digest))
        return True
    if (before, cited_before) == (row, cited):
        return False
    _mark(catalog, path, (*cited_before, *cited))
    articles.store(catalog, row, cited)
    return False


def remove_article(catalog: Catalog, path: str) -> None:
    """Take an article that is gone out of the catalog, and mark what showed it."""
    _mark(catalog, path, articles.stored(catalog, path)[1])
    catalog.drop_input(path)
    catalog.set_problems(path, ())
    articles.forget(catalog, path)


def citing_articles(catalog: Catalog, change: CableChange) -> set[str]:
    """The content files of the articles that a changed cable may have made faulty, or whole.

    Where a name came or went, hidden articles are among them: the ID that they are told to write instead may be it.
    """
    before, after = (set(head.names) if head else set() for head in (change.before, change.after))
    found = articles.paths_citing(catalog, before | after)
    return found if before == after else found | articles.hidden_paths(catalog)


def _mark(catalog: Catalog, path: str, cited: Iterable[Cited]) -> None:
    catalog.mark("article", path, "its content file changed")
    catalog.mark("home", "home", f"the article {path} changed")
    catalog.mark("sitemap", "pages", f"the article {path} changed")
    for holder in queries.holders(catalog, {entry.name for entry in cited}):
        catalog.mark("cable", holder, f"the article {path} that cites it changed")


def _quoted(catalog: Catalog, content: Path, article: Article, vocabulary: Vocabulary) -> dict[str, dict[str, str]]:
    """The paragraphs of the cables that the article quotes; none of a file that has just gone."""
    found = {}
    for name in {citation.id for citation in article.citations if citation.quoted}:
        entry = queries.find(catalog, name)
        with suppress(*VANISHED):
            found[name] = paragraphs(content, entry.path, vocabulary)[1] if entry else {}
    return found


def _known(catalog: Catalog, article: Article) -> dict[str, frozenset[str]]:
    """The cables that the article cites with their anchors, and some others that it might have meant."""
    cited = {citation.id: queries.find(catalog, citation.id) for citation in article.citations}
    nearby = [n for name, entry in cited.items() if entry is None for n in queries.names_like(catalog, name, NEARBY)]
    known: dict[str, frozenset[str]] = dict.fromkeys(nearby, frozenset())
    for name, entry in cited.items():
        if entry is not None:
            known[name] = frozenset(queries.digest_and_anchors(catalog, entry.path)[1])
    return known
