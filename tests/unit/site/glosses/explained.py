"""What a cable's markup explains: each code as it stands, with the words for it."""

from html.parser import HTMLParser

from generator import read_cable
from generator.cable.vocabulary import BUILT_IN, Vocabulary
from generator.site.glosses.body import MarkGlosses, body_glosses
from generator.site.glosses.meanings import Meanings
from generator.site.markup import body_markup, header_markup


class _Explained(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[dict[str, str | None]] = []
        self.found: list[tuple[str, str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {} if ("class", "permalink") in attrs else dict(attrs)
        self.open.append(given)
        if given.get("title"):
            self.found.append(("", str(given["title"])))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        if any(given.get("title") for given in self.open):
            code, words = self.found[-1]
            self.found[-1] = (code + data, words)


def explained(text: str, vocabulary: Vocabulary = BUILT_IN, year: int = 2009) -> list[tuple[str, str]]:
    """The codes of the header and the body and what is said of each, in their order."""
    cable = read_cable(text, vocabulary=vocabulary)
    meanings = Meanings(vocabulary)
    page = _Explained()
    page.feed(str(header_markup(cable, meanings)))
    assert page.text == cable.header
    page.text = ""
    page.feed(str(body_markup(cable, {}, {}, MarkGlosses(cable, year, meanings), body_glosses(cable, meanings))))
    assert page.text == cable.body
    return [(code.strip(), words) for code, words in page.found]


def body(text: str, vocabulary: Vocabulary = BUILT_IN) -> dict[str, str]:
    """The same of a text without header, by the code."""
    return dict(explained(f"UNCLAS MOSCOW 000226\n\nSUBJECT: ONE\n\n{text}\n", vocabulary))
