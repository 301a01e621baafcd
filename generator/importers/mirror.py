"""Pages of the old site, 2010–11 (CABLE-FORMAT 8.1): a folder or an archive of them, or one.

The pages escape nothing but the line feeds of the two texts, so they are not HTML to be parsed: the values are found by
string search, and only the site's own links and line breaks are taken out of the texts. Bytes that are not UTF-8 matter
only where they stand in a value. The minutes of the times are often wrong there (8.2); they are kept as printed, and
the reader takes the true ones from the date-time group.

Some early or damaged pages have one text, which is the body; that is taken, and said. Programs that make mirrors write
the page's own name before the address of a paragraph; that is no part of the text either.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from generator.cable.vocabulary import BUILT_IN, Vocabulary
from generator.importers import sources
from generator.importers.archives import is_archive
from generator.importers.member import is_plain_file, whole
from generator.importers.record import (
    RECORD_LIMIT,
    Entry,
    Record,
    Rejected,
    UnfitError,
    checked_id,
    checked_text,
    checked_time,
    checked_value,
    web_address,
)

LOOKED_FOR = "pages of the old site (.html, or without ending)"
ONE_FILE = False

_TITLE = "<h3>Viewing cable "
_TABLE, _TABLE_END = "<table class='cable'>", "</table>"
_TEXT, _TEXT_END = "<code><pre>", "</pre></code>"
_COLUMNS = 5
_CELL, _CELL_END = "<td>", "</td>"
_CITED_IN = "Appears in these articles:"
_LINK_TEXT = re.compile(r"<a href='[^']*'>([^<]*)</a>")
_FURNITURE = re.compile(r"<a id='(par\w+)' href='[^'<>]*#\1'>¶</a>|<a [^<>=]*+=[^<>]*+>|</a>|<br />")
_CHARACTER = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}
_PAGE_END = "</body>"
_BODY_ALONE = "the page has one text, which was taken as the body; the header is empty"
_CABLE_ADDRESS = re.compile(r"(?:^|/)\d{4}/\d\d/[^/.]+(?:\.html?)?$")


def recognises(path: Path) -> bool:
    """Whether the path is a folder, an archive, or a page of the old site."""
    if path.is_dir():
        return True
    if not is_plain_file(path):
        return False
    with path.open("rb") as file:
        return begins_as_page(file.read(10_000)) or is_archive(path)


def begins_as_page(raw: bytes) -> bool:
    """Whether a file begins like a page of the old site."""
    return b"<title>Cable Viewer</title>" in raw[:10_000]


def size(path: Path) -> int:
    """How far `read` will come: the number of files in a folder that it will look at, the bytes of an archive."""
    return sources.size(path, _may_be_page)


def read(path: Path, vocabulary: Vocabulary = BUILT_IN) -> Iterator[Entry]:
    """The cables of the pages, in a folder in the order of their names; `position` is in the unit of `size`.

    Pages that show no cable (lists, home, help) are passed over. Symbolic links are not followed but rejected, and so
    is what stands at a cable's address and is no page with a record and two texts. Holds one page.

    Raises CablepressError for an archive that cannot be opened, and OSError.
    """
    selection = sources.Selection(_may_be_page)
    for member in sources.members(path, selection):
        try:
            page = whole(member, RECORD_LIMIT).decode("utf-8", "surrogateescape")
            if _TITLE in page or _CABLE_ADDRESS.search(member.place):
                yield _record(page, member.place, member.position)
        except UnfitError as error:
            yield Rejected(member.place, member.position, str(error))
    yield from selection.passed_over()


def _may_be_page(name: str) -> bool:
    return name.endswith((".html", ".htm")) or "." not in name.rpartition("/")[2]


def _record(page: str, place: str, position: int) -> Record:
    table, texts = _table(page)
    cells = [_plain(cell.partition(_CELL_END)[0]) for cell in table.split(_CELL)[1:]]
    if len(cells) != _COLUMNS:
        raise UnfitError(f"the record has {len(cells)} columns instead of {_COLUMNS}")
    header, body, note = _texts(texts)
    return Record(
        place=place,
        position=position,
        id=checked_id(cells[0]),
        created=checked_time(cells[1]),
        released=checked_time(cells[2]),
        classification=checked_value(cells[3], "classification"),
        origin=checked_value(cells[4], "origin"),
        articles=_articles(table),
        header=checked_text(_plain(header), "header"),
        body=checked_text(_plain(body), "body"),
        note=note,
    )


def _table(page: str) -> tuple[str, str]:
    """The record's table, and what follows it."""
    start = page.find(_TABLE)
    end = page.find(_TABLE_END, start)
    if start < 0 or end < 0:
        raise UnfitError("the page has no record (no table of the class 'cable')")
    return page[start:end], page[end:]


def _texts(page: str) -> tuple[str, str, str]:
    """The marked-up header and body, and a note where there is no header."""
    starts, ends = page.count(_TEXT), page.count(_TEXT_END)
    if starts == ends == 1 and page.find(_TEXT) < page.find(_TEXT_END) < page.find(_PAGE_END):
        _, _, body = page.partition(_TEXT)
        return "", body.partition(_TEXT_END)[0], _BODY_ALONE
    if starts != 2 or ends != 2:
        raise UnfitError(f"the page has {starts} texts ({_TEXT}) and {ends} ends of texts instead of two")
    _, header, body = page.split(_TEXT)
    if _TEXT_END not in header or _TEXT_END not in body:
        raise UnfitError("the page's two texts stand inside each other")
    return header[: header.index(_TEXT_END)], body[: body.index(_TEXT_END)], ""


def _plain(marked_up: str) -> str:
    """The text: the site's links, pilcrows and line breaks removed, then character references resolved."""
    return _CHARACTER.sub(_character, _FURNITURE.sub("", marked_up))


def _character(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else found[0]


def _articles(table: str) -> tuple[str, ...]:
    """The press articles that cite the cable, each once; from the links' words, since the links say `http://http://`."""
    _, _, cited_in = table.partition(_CITED_IN)
    addresses = (web_address(_plain(text)) for text in _LINK_TEXT.findall(cited_in))
    return tuple(dict.fromkeys(filter(None, addresses)))
