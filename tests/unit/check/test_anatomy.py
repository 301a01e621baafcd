"""What the check sees in a page is what a browser sees."""

import pytest

from generator.check.anatomy import Address, anatomy


def text(page: str) -> list[str]:
    return anatomy(page.encode()).texts[""]


def test_the_text_of_an_element_is_that_of_all_elements_in_it() -> None:
    page = '<p>before</p><div data-text>a<p class="x">b<br>c</p><span></span>&lt;d&gt;&amp;&#13;</div>after'
    assert text(page) == ["abc<d>&\r"]


def test_raw_carriage_returns_are_line_feeds() -> None:
    assert text("<div data-text>a\r\nb\rc</div>") == ["a\nb\nc"]


def test_the_line_feed_after_pre_is_none_but_one_inside_an_element_is() -> None:
    assert text("<pre data-text>\n\na</pre>") == ["\na"]
    assert text("<pre data-text><span>\na</span></pre>") == ["\na"]
    assert text("<div data-text>\na</div>") == ["\na"]


def test_texts_are_found_in_their_sections() -> None:
    page = b'<section id="a"><pre data-text>x</pre></section><section id="b"><p>y</p></section>'
    found = anatomy(page)
    assert found.sections == {"a", "b"}
    assert found.texts == {"a": ["x"]}


def test_ids_and_their_lines() -> None:
    found = anatomy(b'<p id="a">\n<p id=b>\n<p id="a">')
    assert found.ids == {"a": 1, "b": 2}
    assert found.repeated == [("a", 3)]


@pytest.mark.parametrize(
    ("tag", "href", "fetched"),
    [
        ('<a href="x?a=1&amp;b=2">', "x?a=1&b=2", False),
        ('<a href="x" href="y">', "x", False),
        ('<img src="x">', "x", True),
        ("<script src='x'></script>", "x", True),
        ('<video poster="x">', "x", True),
        ('<object data="x">', "x", True),
        ('<link rel="stylesheet" href="x">', "x", True),
        ('<link rel="canonical" href="x">', "x", False),
        ('<link rel="canonical preload" href="x">', "x", True),
        ('<meta http-equiv="Refresh" content="0; url=x">', "x", False),
        ('<meta http-equiv="refresh" content="0;URL=\'x\'">', "x", False),
    ],
)
def test_addresses(tag: str, href: str, fetched: bool) -> None:
    assert anatomy(tag.encode()).addresses == [Address(href, 1, fetched)]


def test_every_picture_of_a_set() -> None:
    found = anatomy(b'<img srcset="a.png 1x, b.png 2x">').addresses
    assert [address.href for address in found] == ["a.png", "b.png"]


def test_permalinks_and_headings() -> None:
    found = anatomy(b'<h1>x</h1>\n<h1>y</h1><a class="b permalink" href="#par1"></a><a href="#par2"></a>')
    assert found.permalinks == {"#par1"}
    assert found.headings == [1, 2]
