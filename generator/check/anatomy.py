"""What a finished page holds, as an HTML parser sees it: a page is judged by its bytes, not by how it was made."""

import re
from html.parser import HTMLParser

import msgspec

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
"""Elements without content and end tag (HTML, 13.1.2)."""

NOT_FETCHED = frozenset(("alternate", "author", "canonical", "help", "license", "me", "next", "prev", "search"))
"""What a `<link>` may be without a browser asking for it."""

_REFRESH = re.compile(r"[^;,]*[;,]\s*url\s*=\s*[\"']?([^\"']*)", re.IGNORECASE)


class Address(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An address in a page and its line. A browser asks for a `fetched` one as soon as it sees the page."""

    href: str
    line: int
    fetched: bool


class Anatomy(msgspec.Struct, frozen=True):
    """A page taken apart.

    `ids` has the line of each id, `repeated` those that came again; `texts` the `textContent` of the elements with the
    attribute `data-text`, by the id of the section around them; `permalinks` the addresses of the links of that class.
    """

    ids: dict[str, int]
    repeated: list[tuple[str, int]]
    addresses: list[Address]
    permalinks: set[str]
    sections: set[str]
    texts: dict[str, list[str]]
    headings: list[int]


def anatomy(raw: bytes) -> Anatomy:
    """Take a page apart."""
    reader = _Reader()
    reader.feed(raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n"))
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Anatomy({}, [], [], set(), set(), {}, [])
        self._sections: list[str] = []
        self._text: list[str] = []
        self._depth = 0
        self._swallow = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag says; of an attribute given twice the first counts."""
        given = {name: value or "" for name, value in reversed(attrs)}
        line = self.getpos()[0]
        if "id" in given:
            self._identify(given["id"], line)
        if tag == "h1":
            self.found.headings.append(line)
        elif tag == "section":
            self._sections.append(given.get("id", ""))
            self.found.sections.add(given.get("id", ""))
        self.found.addresses.extend(Address(href, line, fetched) for href, fetched in _addresses(tag, given))
        if "permalink" in given.get("class", "").split():
            self.found.permalinks.add(given.get("href", ""))
        self._swallow = False
        if tag not in VOID and (self._depth or "data-text" in given):
            self._swallow = tag == "pre" and not self._depth
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        """Note that an element is over."""
        if tag == "section" and self._sections:
            self._sections.pop()
        if not self._depth or tag in VOID:
            return
        self._depth -= 1
        if not self._depth:
            section = self._sections[-1] if self._sections else ""
            self.found.texts.setdefault(section, []).append("".join(self._text))
            self._text.clear()

    def handle_data(self, data: str) -> None:
        """Gather text; the line feed that directly follows `<pre>` is none (HTML, 13.2.6.4.7)."""
        if self._depth:
            self._text.append(data.removeprefix("\n") if self._swallow else data)
            self._swallow = False

    def _identify(self, name: str, line: int) -> None:
        if name in self.found.ids:
            self.found.repeated.append((name, line))
        else:
            self.found.ids[name] = line


def _addresses(tag: str, given: dict[str, str]) -> list[tuple[str, bool]]:
    """The addresses in a tag, each with whether a browser asks for it by itself."""
    found = [(given[name], True) for name in ("src", "poster") if name in given]
    if tag == "link" and "href" in given:
        found.append((given["href"], not NOT_FETCHED.issuperset(given.get("rel", "").lower().split())))
    elif "href" in given:
        found.append((given["href"], False))
    if tag == "object" and "data" in given:
        found.append((given["data"], True))
    if tag in ("img", "source") and "srcset" in given:
        found.extend((candidate.split()[0], True) for candidate in given["srcset"].split(",") if candidate.strip())
    if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
        refresh = _REFRESH.match(given.get("content", ""))
        found.extend([(refresh[1], False)] if refresh else [])
    return found
