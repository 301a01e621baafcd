"""What may come out of an article (RELIABILITY X2), as `html.parser` reads it: no code of the program is used."""

import re
from html.parser import HTMLParser

TAGS = set(
    re.findall(
        r"\w+",
        "a abbr blockquote br code dd div dl dt em h2 h3 h4 h5 h6 hr img li ol p pre span strong sub sup "
        "table tbody td th thead tr ul",
    )
)
ATTRIBUTES = set(re.findall(r"\w+", "id class href title rel src alt width height start align"))
PLAIN = set(re.findall(r"\w+", "id class title alt"))


class Oracle(HTMLParser):
    """Reads a page as `html.parser` does: its tags with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.odd: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), attrs
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data.strip("\n")

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def handle_decl(self, decl: str) -> None:
        self.odd.append(decl)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)


def assert_harmless(page: str) -> None:
    oracle = Oracle(page)
    assert not oracle.odd
    ids = [attributes["id"] for _, attributes in oracle.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in oracle.tags:
        assert tag in TAGS, tag
        assert set(attributes) <= ATTRIBUTES, attributes
        for name, value in attributes.items():
            assert value is not None
            if name == "id":
                assert value.startswith("text-")
            elif name in ("href", "src"):
                assert_allowed(tag, value, attributes.get("rel"))
            elif name not in PLAIN:
                assert re.fullmatch(r"\d+|left|center|right|noreferrer noopener", value), value


def assert_allowed(tag: str, untrusted_address: str, rel: str | None) -> None:
    """By the rules with which a browser reads an address: it drops what is blank and takes backslashes for slashes."""
    address = re.sub(r"[\t\r\n]", "", untrusted_address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    scheme = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", address)
    if scheme:
        assert scheme[0].lower() in ("http:", "https:", "mailto:"), address
        assert tag != "img"
        assert (rel == "noreferrer noopener") is (scheme[0].lower() != "mailto:")
    else:
        assert not address.startswith("/"), address
