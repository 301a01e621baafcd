"""The articles in the catalog: what each says of itself, and which cables it cites."""

from collections.abc import Iterable, Iterator

import msgspec

from generator.archive.catalog import Catalog


class ArticleRow(msgspec.Struct, frozen=True, array_like=True):
    """An article as its file was last read. `kind` is `article` or `page`, `digest` the SHA-256 of the file.

    A `hidden` one, faulty or a draft, has no page.
    """

    path: str
    kind: str
    slug: str
    title: str
    date: str
    author: str
    summary: str
    digest: bytes
    hidden: bool


class Cited(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A cable that an article cites: a reference ID, perhaps an anchor, the line, and whether its words stand there."""

    name: str
    anchor: str
    line: int
    quoted: bool = False


class ArticleEntry(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An editorial article or page that the site shows; `kind` is `article` or `page`."""

    path: str
    kind: str
    slug: str
    title: str
    date: str
    summary: str


def stored(catalog: Catalog, path: str) -> tuple[ArticleRow | None, list[Cited]]:
    """An article as the catalog knows it, with what it cites, in order."""
    row = catalog.db.execute("SELECT * FROM article WHERE path = ?", (path,)).fetchone()
    cited = catalog.db.execute("SELECT name, anchor, line, quoted FROM article_citation WHERE path = ?", (path,))
    return ArticleRow(*row) if row else None, sorted(Cited(n, a, line, bool(q)) for n, a, line, q in cited)


def store(catalog: Catalog, row: ArticleRow, cited: Iterable[Cited]) -> None:
    """Write down an article in place of what was known of it."""
    forget(catalog, row.path)
    catalog.db.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", msgspec.structs.astuple(row))
    catalog.db.executemany(
        "INSERT INTO article_citation (path, name, anchor, line, quoted) VALUES (?, ?, ?, ?, ?)",
        [(row.path, *msgspec.structs.astuple(entry)) for entry in cited],
    )


def forget(catalog: Catalog, path: str) -> None:
    """Take an article out of the catalog."""
    catalog.db.execute("DELETE FROM article WHERE path = ?", (path,))
    catalog.db.execute("DELETE FROM article_citation WHERE path = ?", (path,))


def paths_citing(catalog: Catalog, names: Iterable[str]) -> set[str]:
    """The content files of all articles that cite a cable by one of the names, hidden ones too."""
    rows = (catalog.db.execute("SELECT path FROM article_citation WHERE name = ?", (name,)) for name in names)
    return {row[0] for found in rows for row in found}


def article_paths(catalog: Catalog) -> set[str]:
    """The content files of all articles, hidden ones too."""
    return {row[0] for row in catalog.db.execute("SELECT path FROM article")}


def hidden_paths(catalog: Catalog) -> set[str]:
    """The content files of the articles that have no page."""
    return {row[0] for row in catalog.db.execute("SELECT path FROM article WHERE hidden")}


def kept_articles(catalog: Catalog) -> Iterator[str]:
    """The content files of the articles that have their page still, though their files are faulty now."""
    faulty = "SELECT source FROM problem WHERE severity = 'error'"
    rows = catalog.db.execute(f"SELECT path FROM article WHERE NOT hidden AND path IN ({faulty})")  # noqa: S608
    return (row[0] for row in rows)


_ARTICLE = "a.path, a.kind, a.slug, a.title, a.date, a.summary"


def article(catalog: Catalog, path: str) -> ArticleEntry | None:
    """The article that a content file holds, unless that has no page."""
    row = catalog.db.execute(
        f"SELECT {_ARTICLE} FROM article a WHERE a.path = ? AND NOT a.hidden",  # noqa: S608
        (path,),
    ).fetchone()
    return ArticleEntry(*row) if row else None


def article_details(catalog: Catalog, path: str) -> tuple[bytes, str, list[str]]:
    """The digest of an article's file, its author, and the reference IDs that it cites, in order of appearance."""
    digest, author = catalog.db.execute("SELECT digest, author FROM article WHERE path = ?", (path,)).fetchone()
    rows = catalog.db.execute("SELECT name FROM article_citation WHERE path = ? ORDER BY line, name", (path,))
    return digest, author, list(dict.fromkeys(row[0] for row in rows))


def quoted_names(catalog: Catalog, path: str) -> list[str]:
    """The reference IDs of the cables that an article quotes a paragraph of."""
    rows = catalog.db.execute(
        "SELECT DISTINCT name FROM article_citation WHERE path = ? AND quoted ORDER BY name", (path,)
    )
    return [row[0] for row in rows]


def articles(catalog: Catalog, kind: str) -> list[ArticleEntry]:
    """All articles, or all pages: the newest first, those without a date last."""
    rows = catalog.db.execute(
        f"SELECT {_ARTICLE} FROM article a WHERE a.kind = ? AND NOT a.hidden ORDER BY a.date DESC, a.path",  # noqa: S608
        (kind,),
    )
    return [ArticleEntry(*row) for row in rows]


def articles_citing(catalog: Catalog, names: Iterable[str], *, quoting: bool = False) -> list[ArticleEntry]:
    """The articles that link to a cable by one of its names, or only those that quote it, by title."""
    found: dict[str, ArticleEntry] = {}
    for name in names:
        for row in catalog.db.execute(
            f"SELECT DISTINCT {_ARTICLE} FROM article_citation l JOIN article a ON a.path = l.path"  # noqa: S608
            " WHERE l.name = ? AND l.quoted >= ? AND NOT a.hidden",
            (name, quoting),
        ):
            found[row[0]] = ArticleEntry(*row)
    return sorted(found.values(), key=lambda a: (a.title, a.path))
