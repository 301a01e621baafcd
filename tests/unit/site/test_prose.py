"""Markdown as it is written by people and by attackers: what comes out is the allow-list and nothing else."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.site.prose import Anchor, prose
from tests.oracle import Oracle, assert_harmless


def body(text: str) -> Markup:
    return prose(text, lambda name: Anchor(name, f"../cable/{name}.html"))


def test_headings_begin_below_the_title_of_the_page() -> None:
    assert re.findall("<h[0-9]", body("# A\n\n### B\n\n###### C")) == ["<h2", "<h4", "<h6"]
    assert re.findall("<h[0-9]", body("### B\n\n#### C\n\n### D")) == ["<h2", "<h3", "<h2"]


def test_ids_are_prefixed_and_unique_and_links_to_them_follow() -> None:
    text = "## record\n\n## Отчёт\n\n## A {#body}\n\n## B {#body}\n\n[up](#record)\n\nText[^1]\n\n[TOC]\n\n[^1]: Note\n"
    ids = re.findall(' id="([^"]*)"', body(text))
    assert ids == ["text-record", "text-отчёт", "text-body", "text-fnref:1", "text-fn:1"]
    targets = {unquote(target) for target in re.findall(' href="#([^"]*)"', body(text))}
    assert targets == set(ids)


def test_what_markdown_is_expected_to_do_is_done() -> None:
    page = body(
        'A "quote" -- *em* **strong** `code` &copy; ABBR[^1]\n\n| a | b |\n|--|-:|\n| 1 | 2 |\n\n'
        '```python\nx < 1\n```\n\nTerm\n:   Meaning\n\n3. one\n4. two\n\n!!! note "Title"\n    Text\n\n> quote\n\n'
        '![alt](/static/a.png "title"){width=30}\n\n[^1]: Note\n\n*[ABBR]: Abbreviation\n'
    )
    for piece in (
        'A “quote” – <em>em</em> <strong>strong</strong> <code>code</code> © <abbr title="Abbreviation">ABBR</abbr>',
        '<td align="right">2</td>',
        '<pre><code class="language-python">x &lt; 1\n</code></pre>',
        "<dt>Term</dt>",
        '<ol start="3">',
        '<div class="admonition note">\n<p class="admonition-title">Title</p>',
        "<blockquote>",
        '<img alt="alt" src="../static/a.png" title="title" width="30">',
        '<div class="footnote">',
    ):
        assert piece in page, piece


def test_links_to_other_sites_do_not_say_where_the_reader_comes_from() -> None:
    page = body(
        '[a](https://a.example/?x=1&y=2 "t > \\"q\\"") <http://b.example> [c](/page/about.html) [d](../x.html) '
        '<m@example.org> [e](HTTPS&#58;//e.example) [f][]\n\n[f]: https://f.example/\n\n`<a href="https://g.example">`'
    )
    links = [attributes for tag, attributes in Oracle(page).tags if tag == "a"]
    rel = "noreferrer noopener"
    assert links == [
        {"rel": rel, "href": "https://a.example/?x=1&y=2", "title": 't > "q"'},
        {"rel": rel, "href": "http://b.example"},
        {"href": "../page/about.html"},
        {"href": "../x.html"},
        {"href": "mailto:m@example.org"},
        {"rel": rel, "href": "HTTPS://e.example"},
        {"rel": rel, "href": "https://f.example/"},
    ]


ADDRESSES = """\
javascript:alert(1)
JaVaScRiPt:alert(1)
javascript&#58;alert(1)
javascript&colon;alert(1)
&#x6A;avascript:alert(1)
java&Tab;script:alert(1)
java&NewLine;script:alert(1)
java\tscript:alert(1)
&#1;javascript:alert(1)
 javascript:alert(1)
%6Aavascript:alert(1)
javascript&amp;#58;alert(1)
data:text/html,<script>alert(1)</script>
data:image/svg+xml;base64,PHN2Zz4=
vbscript:msgbox(1)
file:///etc/passwd
//evil.example
/\\evil.example
\\\\evil.example
/&#9;/evil.example
https:evil.example
https&#58;//evil.example
https&amp;#58;//evil.example
https:/\\evil.example
http://evil.example/" onclick="alert(1)
blob:https://x/1
view-source:javascript:1
x.html
#here
/page/about.html
""".splitlines()
RAW = """\
<script>alert(1)</script>
<svg onload=alert(1)>
<svg/onload=alert(1)//
<img src=x onerror=alert(1)>
<img src=`x` onerror=alert(1)>
<a href=javascript:alert(1)>x</a>
<iframe srcdoc='<script>alert(1)</script>'>
<style>@import 'https://evil.example'</style>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<!--><img src=x onerror=alert(1)>-->
<![CDATA[><img src=x onerror=alert(1)>]]>
<?xml version="1.0"?>
<!DOCTYPE html>
<base href=//evil.example>
<meta http-equiv=refresh content='0;url=//evil.example'>
<div markdown="1" onclick=alert(1)>*x*</div>
<details open ontoggle=alert(1)>
<x onclick=alert(1)>
</p><script>alert(1)</script>
&lt;script&gt;alert(1)&lt;/script&gt;
&#60;script&#62;
""".splitlines()
ATTRIBUTE_LISTS = """\
{onclick=alert(1)}
{: onclick="alert(1)" }
{style="position:fixed"}
{#record .record onmouseover='alert(1)'}
{href=javascript:alert(1)}
{href="//evil.example" rel=opener target=_blank}
{src=x onerror=alert(1)}
{id="a b"}
{onclick}
{id}
{class}
{href}
{xlink:href=javascript:alert(1)}
{data-share=x}
{.python onclick=alert(1)}
{rel=x href=https://evil.example}
{start=-1 width=100% align=javascript}
""".splitlines()


@pytest.mark.parametrize("payload", RAW)
@pytest.mark.parametrize(
    "frame", ["{}", "# {}", "text {} text", "> {}", "- {}", '!!! note "{}"\n    {}', "[{}](x.html)", "|{}|\n|-|\n|{}|"]
)
def test_raw_html_is_text(payload: str, frame: str) -> None:
    page = body(frame.format(payload, payload))
    assert_harmless(page)
    assert "<script" not in page
    assert not {"script", "svg", "img", "style", "iframe", "x", "details"} & {tag for tag, _ in Oracle(page).tags}


def test_raw_html_is_still_readable() -> None:
    assert body("<b>bold</b> and\n\n<div>\nblock\n</div>") == (
        "<p>&lt;b&gt;bold&lt;/b&gt; and</p>\n<p>&lt;div&gt;\nblock\n&lt;/div&gt;</p>"
    )


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "frame",
    ["[x]({})", "[x](<{}>)", "![x]({})", "<{}>", "[x][1]\n\n[1]: {}", '[x](y){{href="{}"}}', '![x](y){{src="{}"}}'],
)
def test_addresses_are_of_the_web_or_of_the_site(address: str, frame: str) -> None:
    assert_harmless(body(frame.format(address)))


@pytest.mark.parametrize("attributes", ATTRIBUTE_LISTS)
@pytest.mark.parametrize(
    "frame",
    [
        "text\n{}",
        "## head {}",
        "[x](y.html){}",
        "*em*{}",
        "![x](y.png){}",
        "``` {}\nx\n```",
        "- item {}",
        "|a {}|\n|-|\n|b {}|",
        "`code`{}",
        "[[10MOSCOW226]]{}",
    ],
)
def test_attribute_lists_set_nothing_that_is_not_allowed(attributes: str, frame: str) -> None:
    page = body(frame.replace("{}", attributes))
    assert_harmless(page)
    tags = Oracle(page).tags
    assert not any({"onclick", "style", "target", "onerror", "data-share"} & set(found) for _, found in tags)


def test_the_page_is_made_of_known_classes() -> None:
    assert "record" not in body("text\n{.record .warning}")
    assert 'class="warning"' in body("text\n{.record .warning}")


# fmt: off
MARKDOWN = [
    '*', '**', '_', '`', '```', '~~~', '[', ']', '(', ')', '![', '](', '[[10MOSCOW226', '#par4', ']]', '[^1]',
    '[^1]: ', '[x]: ', '\n', '\n\n', '\n    ', '    ', '\t', '> ', '- ', '1. ', '# ', '## ', '\n===\n', '\n---\n',
    '|', '\n|-|-|\n', ':   ', '!!! note "', '*[x]: ', '{', '}', '{: ', ' #', ' .', '=', '"', "'", '\\', '<', '>',
    '</', '&', '&lt;', '&#', ';', '&amp;', 'x', 'a b', ' ', '[TOC]', '\x02', '\x03', '\x00', '\x02klzzwxh:0000\x03',
    '\x02wzxhzdk:0\x03', '\x02amp\x03', 'href=', 'onclick=', 'src=', 'id=', 'title=', '\u2028', '\xa0', '…', 'é', '😀',
]
# fmt: on
FRAGMENTS = st.lists(
    st.one_of(
        st.sampled_from(MARKDOWN),
        st.sampled_from(ADDRESSES),
        st.sampled_from(RAW),
        st.sampled_from(ATTRIBUTE_LISTS),
        st.text(max_size=4),
    ),
    max_size=40,
).map("".join)


@given(FRAGMENTS)
def test_nothing_but_the_allow_list_comes_out_of_any_text(text: str) -> None:
    page = body(text)
    assert_harmless(page)
    assert page == body(text)
