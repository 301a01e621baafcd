"""Editorial Markdown as HTML that is safe to publish (RELIABILITY X2).

Two walls. Raw HTML is not part of the language: `<b>` in an article shows as `<b>`. What Markdown makes of the rest
goes through an allow-list of tags, attributes and addresses; nothing reaches a page in another way.
"""

import html
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

import msgspec
import nh3
from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString
from markupsafe import Markup

from generator.href import allowed_href, is_external

CITATION = re.compile(r"\[\[(?!\^)([^\[\]\n`\\|\x02\x03]+)\]\]")
"""`[[10MOSCOW226]]`: two brackets around what no earlier rule of Markdown takes apart or has taken apart.

Between U+0002 and U+0003 Markdown keeps what it is done with."""

QUOTATION = re.compile(r" {0,3}!\[\[([^\[\]\n]+)\]\] *")
"""`![[10MOSCOW226#par4]]`: a paragraph of an article that is nothing but the name of a cable's paragraph."""

ID_PREFIX = "text-"
"""Stands before every id in an article, so that none is an id of the page around it."""


class Anchor(msgspec.Struct, frozen=True):
    """What a citation becomes: words that lead somewhere. `href` is percent-encoded."""

    text: str
    href: str
    title: str = ""


class Quotation(msgspec.Struct, frozen=True):
    """What a quotation becomes: the words of a paragraph, and where they stand."""

    text: str
    source: Anchor


def prose(
    text: str,
    cite: Callable[[str], Anchor | None],
    quote: Callable[[str], Quotation | None] = lambda _: None,
    refuse: Callable[[str], None] = lambda _: None,
) -> Markup:
    """The HTML of a Markdown text, for a page one folder below the root.

    `cite` is asked what stands for the inside of each `[[…]]` outside code, `quote` for that of each `![[…]]` that is a
    paragraph of its own; without an answer the text stays as it is. `refuse` is told each address that nothing may link
    to. Raises `RecursionError` on text that is nested too deeply.
    """
    html_text = _markdown(cite, quote, refuse).convert(text)
    return Markup(_sanitised(html_text))  # noqa: S704 - the one place, after the allow-list


def _markdown(
    cite: Callable[[str], Anchor | None], quote: Callable[[str], Quotation | None], refuse: Callable[[str], None]
) -> Markdown:
    """A converter for one text: instances carry footnotes and ids from one text to the next.

    The extensions are Markdown's `extra` (but for Markdown within raw HTML), table of contents, sane lists, typographic
    marks and admonitions.
    """
    headings = TocExtension(slugify=slugify_unicode, permalink="", permalink_class="permalink", permalink_leading=True)
    markdown = Markdown(
        output_format="html",
        extensions=[
            AbbrExtension(),
            AdmonitionExtension(),
            AttrListExtension(),
            DefListExtension(),
            FencedCodeExtension(),
            FootnoteExtension(),
            SaneListExtension(),
            SmartyExtension(),
            TableExtension(use_align_attribute=True),
            headings,
        ],
    )
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    markdown.inlinePatterns.register(_Citations(cite), "citation", 178)  # below code and escapes, above links
    markdown.parser.blockprocessors.register(_Quotations(markdown.parser, quote), "quotation", 75)  # below code
    markdown.treeprocessors.register(_Tidy(refuse), "tidy", 7.5)  # after attributes are assigned, before ids are
    return markdown


class _Citations(InlineProcessor):
    """`[[10MOSCOW226#par4]]` becomes a link; its words are the cable's own and left as they are."""

    def __init__(self, cite: Callable[[str], Anchor | None]) -> None:
        super().__init__(CITATION.pattern)
        self.cite = cite

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        anchor = self.cite(m[1])
        if anchor is None:
            return AtomicString(m[0]), m.start(0), m.end(0)
        return _link(anchor), m.start(0), m.end(0)


class _Quotations(BlockProcessor):
    """`![[10MOSCOW226#par4]]` becomes the paragraph, whose words are left as they are, with a line that names it."""

    def __init__(self, parser: BlockParser, quote: Callable[[str], Quotation | None]) -> None:
        super().__init__(parser)
        self.quote = quote

    def test(self, parent: Element, block: str) -> bool:
        return QUOTATION.fullmatch(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool:
        match = QUOTATION.fullmatch(blocks[0])
        quotation = self.quote(match[1]) if match else None
        if quotation is None:
            return False
        blocks.pop(0)
        block = SubElement(parent, "blockquote", {"class": "cable"})
        SubElement(block, "p").text = AtomicString(html.escape(quotation.text, quote=False))
        SubElement(block, "p", {"class": "source"}).append(_link(quotation.source))
        return True


def _link(anchor: Anchor) -> Element:
    link = Element("a", {"href": html.escape(anchor.href), "class": "cable"})
    if anchor.title:
        link.set("title", html.escape(anchor.title))
    link.text = AtomicString(html.escape(anchor.text, quote=False))
    return link


class _Tidy(Treeprocessor):
    """Levels of headings, attributes without a value, and addresses that will not pass the allow-list."""

    def __init__(self, refuse: Callable[[str], None]) -> None:
        super().__init__()
        self.refuse = refuse

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if re.fullmatch("h[1-6]", element.tag)]
        shift = 2 - min((int(heading.tag[1]) for heading in headings), default=2)
        for heading in headings:
            heading.tag = f"h{min(int(heading.tag[1]) + shift, 6)}"
        for element in root.iter():
            for name in [name for name, value in element.items() if value is None]:
                del element.attrib[name]
            for name in ("href", "src"):
                untrusted_address = html.unescape(element.get(name, "").replace(AMP_SUBSTITUTE, "&"))
                if untrusted_address and not _address(element.tag, untrusted_address):
                    self.refuse(untrusted_address)


_TAGS = set(
    re.findall(
        r"\w+",
        "a abbr blockquote br code dd div dl dt em h2 h3 h4 h5 h6 hr img li ol p pre span strong sub sup "
        "table tbody td th thead tr ul",
    )
)
_ATTRIBUTES = {
    "*": {"id", "class"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}
_CLASSES = set(
    re.findall(
        r"[a-z-]+",
        "admonition admonition-title attention caution danger error hint important note tip warning "
        "cable footnote footnote-backref footnote-ref permalink source toc",
    )
)
_VALUES = {
    "align": re.compile("left|right|center"),
    "width": re.compile("[0-9]{1,4}"),
    "height": re.compile("[0-9]{1,4}"),
    "start": re.compile("[0-9]{1,9}"),
    "title": re.compile(".*", re.DOTALL),
    "alt": re.compile(".*", re.DOTALL),
}


def _address(tag: str, untrusted_address: str) -> str:
    """The address as the page may hold it, or empty; an image comes from the site itself.

    A fragment names an id of the article; a slash in front is the site's root, which is one folder up.
    """
    address = allowed_href(untrusted_address)
    if address.startswith("#"):
        return f"#{ID_PREFIX}{address[1:]}"
    if tag == "img" and is_external(address):
        return ""
    return f"..{address}" if address.startswith("/") else address


_EXTERNAL = re.compile(r'(<a (?:[a-z]+="[^"]*" )*)(href="(?i:https?):)')
"""A link to another host in what `nh3` wrote: there, `<` is a tag's beginning and a quotation mark a value's border."""


def _sanitised(untrusted_html: str) -> str:
    """What of the HTML is allowed, in its one way of writing it, with ids that are prefixed and unique."""
    ids: set[str] = set()

    def attribute(tag: str, name: str, untrusted_value: str) -> str | None:
        if name == "id":
            new = untrusted_value not in ids and re.fullmatch(r"[\w:.-]+", untrusted_value)
            ids.add(untrusted_value)
            return f"{ID_PREFIX}{untrusted_value}" if new else None
        if name == "class":
            classes = (word for word in untrusted_value.split() if word in _CLASSES or _is_language(tag, word))
            return " ".join(classes) or None
        if name in ("href", "src"):
            return _address(tag, untrusted_value) or None
        return untrusted_value if _VALUES[name].fullmatch(untrusted_value) else None

    safe = nh3.clean(
        untrusted_html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return _EXTERNAL.sub(r'\1rel="noreferrer noopener" \2', safe)


def _is_language(tag: str, word: str) -> bool:
    """Whether a class says the language of a block of code."""
    return tag == "code" and re.fullmatch("language-[a-z0-9+-]+", word) is not None
