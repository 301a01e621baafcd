"""Articles and pages that people write about the cables: `content/articles/*.md` and `content/pages/*.md`.

Reading an article says which cables it cites, so that their pages can say so in turn; its HTML is made later, when all
cables are known.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import PurePosixPath

import msgspec
from markupsafe import Markup

from generator.cable.controls import named
from generator.errors import CablepressError, Problem, printable
from generator.settings.toml import Table, did_you_mean, read_table


class Citation(msgspec.Struct, frozen=True, order=True):
    """`[[10MOSCOW226#par4]]` in an article: ID and anchor (or empty) as they are written, and the line of the file.

    `![[10MOSCOW226#par4 1a2b3c4d]]` is a quotation (`quoted`); `checked` has the digits behind it, which say which text
    of the paragraph the article was checked against (`quotations.text_digest`), or is empty.
    """

    id: str
    anchor: str
    line: int
    quoted: bool = False
    checked: str = ""


class Article(msgspec.Struct, frozen=True):
    """An article as it was read. `text` is the Markdown without front matter and title.

    `date` is None and the other facts are empty where the file does not say. An article with an error among its
    `problems` is left out of the site; a `draft` as well.
    """

    path: str
    slug: str
    title: str
    date: date | None
    author: str
    summary: str
    draft: bool
    text: str
    citations: tuple[Citation, ...]
    problems: tuple[Problem, ...]


class CitedCable(msgspec.Struct, frozen=True):
    """A cable that an article may link to: its address relative to the article's page, and its subject in one line.

    `origin` and `day`, when it was sent, stand under what is quoted of it; each may be empty.
    """

    href: str
    subject: str
    origin: str = ""
    day: str = ""


_KEYS = ("title", "date", "author", "summary", "draft")


def read_article(raw: bytes, path: str) -> Article:
    """Take an article apart. What is wrong with it is in `problems`, never raised."""
    problems: list[Problem] = []
    front, text, first = _parted(_decoded(raw, path, problems), path, problems)
    front.known(_KEYS)
    title, text = _titled(front, text)
    if not title and not problems and not front.problems:
        hint = 'begin the text with a line "# Title", or write title = "…" between two lines +++ at the top'
        problems.append(Problem(path, first, "the article has no title", hint))
    citations = _citations(text, path, first, problems)
    return Article(
        path=path,
        slug=_slug(path, problems),
        title=title,
        date=front.day("date"),
        author=front.text("author"),
        summary=front.text("summary"),
        draft=front.value("draft", bool, False),
        text=text,
        citations=citations,
        problems=tuple(sorted({*problems, *front.problems})),
    )


def missing(article: Article, known: Mapping[str, frozenset[str]], *, part: bool = False) -> tuple[Problem, ...]:
    """What the article cites and the archive has not; `known` has the anchors of each cable by its ID.

    A `part` of an archive need not have the cables, but the paragraphs of those that it has.
    """
    looked_for = (citation for citation in article.citations if not part or citation.id in known)
    found = (_missing(article.path, citation, known) for citation in looked_for)
    return tuple(problem for problem in found if problem)


def article_markup(
    article: Article, cables: Mapping[str, CitedCable], quoted: Mapping[str, Mapping[str, str]] | None = None
) -> Markup:
    """The article's HTML, allow-listed (`prose`), for a page one folder below the site's root.

    A citation of a cable that is not in `cables` stays as it is written, and so does a quotation of a paragraph that is
    not in `quoted`, which has the texts by ID and anchor. Raises `CablepressError` for an article
    that is nested too deeply (its problems say so too).
    """
    # Markdown takes longer to import than a build without changes.
    from generator.site.prose import Anchor, Quotation, prose

    def cite(untrusted_citation: str) -> Anchor | None:
        name, anchor, _ = _parts(untrusted_citation)
        cable = cables.get(name)
        return Anchor(*_words(name, anchor, cable)) if cable else None

    def quote(untrusted_quotation: str) -> Quotation | None:
        name, anchor, _ = _parts(untrusted_quotation)
        cable, text = cables.get(name), (quoted or {}).get(name, {}).get(anchor)
        if cable is None or text is None:
            return None
        words, href, subject = _words(name, anchor, cable)
        source = ", ".join(part for part in (cable.origin, words, cable.day) if part)
        return Quotation(named(text), Anchor(source, href, subject))

    try:
        return prose(article.text, cite, quote)
    except RecursionError:
        raise CablepressError(f"{printable(article.path)}: {_TOO_DEEP}", _TOO_DEEP_HINT) from None


_TOO_DEEP = "quotations or lists are nested too deeply"
_TOO_DEEP_HINT = "take some levels out"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _decoded(raw: bytes, path: str, problems: list[Problem]) -> str:
    """The text with line feeds; what is no text is noted and stands as U+FFFD."""
    text = raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.append(Problem(path, raw.count(b"\n", 0, error.start) + 1, "not UTF-8", "save the file as UTF-8"))
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        problems.append(Problem(path, line, "a control character in the text", "delete it, or write the line anew"))
    return _CONTROL.sub("\ufffd", text)


def _parted(text: str, path: str, problems: list[Problem]) -> tuple[Table, str, int]:
    """The front matter, the text after it, and the line of the file on which that begins."""
    nothing = Table({}, {}, path)
    if re.match(r"---[ \t]*\n", text):
        hint = 'front matter is TOML between two lines +++: title = "…"'
        problems.append(Problem(path, 1, "front matter between lines --- is not read", hint))
    if not re.match(r"\+\+\+[ \t]*(\n|$)", text):
        return nothing, text, 1
    end = re.compile(r"^\+\+\+[ \t]*(\n|\Z)", re.MULTILINE).search(text, 3)
    if not end:
        problems.append(Problem(path, 1, "the front matter has no end", "close it with a line +++"))
        return nothing, "", 1
    front = read_table(text[text.find("\n") + 1 : end.start()], path, lines_before=1)
    if isinstance(front, Problem):
        problems.append(front)
        front = nothing
    return front, text[end.end() :], text.count("\n", 0, end.end()) + 1


_FIRST_HEADING = re.compile(r"([ \t]*\n)*(#{1,6}[ \t]*([^#\s][^\n]*?)[ \t]*#*[ \t]*(\{[^{}\n]*\}[ \t]*)?)(?=\n|\Z)")


def _titled(front: Table, text: str) -> tuple[str, str]:
    """The title, and the text without it: its line stays as an empty one, so that lines keep their numbers."""
    if "title" in front:
        return front.required("title"), text
    heading = _FIRST_HEADING.match(text)
    if not heading:
        return "", text
    return " ".join(heading[3].split()), text[: heading.start(2)] + text[heading.end(2) :]


_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")


def _slug(path: str, problems: list[Problem]) -> str:
    """The name of the page, which is the file's; it must be one that every system and every address can carry."""
    name = PurePosixPath(path).stem
    if _SLUG.fullmatch(name) and len(name) <= 80 and not _RESERVED.fullmatch(name):
        return name
    better = re.sub(r"[^a-z0-9]+", "-", name.lower())[:80].strip("-")
    hint = f"rename it to {better}.md" if _SLUG.fullmatch(better) and better != name else "give it another name"
    text = "the file's name becomes an address: up to 80 lower-case letters, digits and single hyphens"
    problems.append(Problem(path, 0, text, hint))
    return ""


def _citations(text: str, path: str, first: int, problems: list[Problem]) -> tuple[Citation, ...]:
    """The citations that Markdown finds, and what else it finds wrong; `first` is the line on which the text begins.

    Markdown knows what is code but no lines. So every citation is numbered before Markdown sees the text, and those in
    code are the numbers that it does not ask for.
    """
    from generator.site.prose import CITATION, prose

    written: dict[str, Citation] = {}

    def number(match: re.Match[str]) -> str:
        name, (cable, anchor, checked) = str(len(written)), _parts(match[1])
        line = first + text.count("\n", 0, match.start())
        quoted = text.endswith("!", 0, match.start()) and not text.endswith("\\!", 0, match.start())
        written[name] = Citation(cable, anchor, line, quoted, checked)
        return f"[[{name}]]"

    seen: set[str] = set()
    blocks: set[str] = set()
    refused: list[str] = []
    try:
        prose(CITATION.sub(number, text), seen.add, blocks.add, refused.append)
    except RecursionError:
        problems.append(Problem(path, first, _TOO_DEEP, _TOO_DEEP_HINT))
    problems += (_refused(address, text, path, first) for address in refused)
    found = [(citation, name in blocks) for name, citation in written.items() if name in seen | blocks]
    problems += (_misplaced(path, citation) for citation, alone in found if citation.quoted and not alone)
    problems += (_too_long(path, citation) for citation, alone in found if alone and not citation.anchor)
    return tuple(citation for citation, _ in found)


def _misplaced(path: str, citation: Citation) -> Problem:
    hint = "put empty lines around it, or take the ! away for a link"
    return Problem(path, citation.line, f"![[{citation.id}…]] quotes a paragraph, but stands within one", hint)


def _too_long(path: str, citation: Citation) -> Problem:
    hint = f"name one of its paragraphs: ![[{citation.id}#par4]]"
    return Problem(path, citation.line, f"cable {citation.id} can't be quoted whole", hint)


def _refused(address: str, text: str, path: str, first: int) -> Problem:
    place = text.find(address)
    line = first + text.count("\n", 0, place) if place >= 0 else 0
    hint = "links lead to https://, http:// and mailto: addresses or into the site; images are files of the site"
    return Problem(path, line, f'"{address}" can\'t be linked to', hint)


_CHECKED = re.compile(r"(.*\S)\s+([0-9a-f]{8})")


def _parts(untrusted_citation: str) -> tuple[str, str, str]:
    """The ID, the anchor and the digits of the text that was checked inside `[[…]]`; all but the first may be empty."""
    name, _, anchor = untrusted_citation.partition("#")
    checked = _CHECKED.fullmatch(anchor.strip())
    return name.strip(), *((checked[1], checked[2]) if checked else (anchor.strip(), ""))


_PARAGRAPH = re.compile(r"par([0-9]+|[A-Z])(?:-([0-9]+))?")


def _words(name: str, anchor: str, cable: CitedCable) -> tuple[str, str, str]:
    """Text, address and title of a link: `10MOSCOW226: Subject`, or `10MOSCOW226, paragraph 4`."""
    subject = _CONTROL.sub("\ufffd", cable.subject)
    paragraph = _PARAGRAPH.fullmatch(anchor)
    if not paragraph:
        return (f"{name}: {subject}" if subject else name), f"{cable.href}{anchor and '#'}{anchor}", ""
    again = f" ({paragraph[2]})" if paragraph[2] else ""
    return f"{name}, paragraph {paragraph[1]}{again}", f"{cable.href}#{anchor}", subject


def _missing(path: str, citation: Citation, known: Mapping[str, frozenset[str]]) -> Problem | None:
    if citation.id not in known:
        hint = _nearest(citation.id, known) or "a backslash in front makes it plain text: \\[[…]]"
        return Problem(path, citation.line, f"there is no cable {citation.id} in the archive", hint)
    if citation.anchor and citation.anchor not in known[citation.id]:
        anchors = sorted(known[citation.id], key=lambda anchor: (len(anchor), anchor))
        hint = did_you_mean(citation.anchor, anchors) or "the pilcrow beside a paragraph shows its anchor"
        return Problem(path, citation.line, f"cable {citation.id} has no paragraph {citation.anchor}", hint)
    return None


def _nearest(name: str, ids: Iterable[str]) -> str:
    """A question with the most similar ID; it begins or ends as this one does, which spares comparing with all."""
    wanted = re.sub(r"[\W_]", "", name).upper()
    alike = [other for other in ids if other[:4] == wanted[:4] or other[-4:] == wanted[-4:]]
    nearest = get_close_matches(wanted, alike, n=1, cutoff=0.75)
    return f'did you mean "{nearest[0]}"?' if nearest else ""
