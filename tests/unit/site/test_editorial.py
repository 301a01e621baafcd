"""Articles: what is read off them, what they cite, and that nothing but the allow-list comes out of them."""

import re
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.errors import CablepressError, Problem
from generator.site.editorial import Article, Citation, CitedCable, article_markup, missing, read_article
from tests.oracle import Oracle

PATH = "content/articles/a-sample.md"
MOSCOW = "../cable/2010/01/10MOSCOW226.html"
CABLES = {
    "10MOSCOW226": CitedCable(MOSCOW, "SCENESETTER"),
    "09PARIS1": CitedCable("../cable/2009/00/09PARIS1.html", ""),
}


def read(text: str, path: str = PATH) -> Article:
    return read_article(text.encode(), path)


def body(text: str) -> Markup:
    """The HTML of a text that stands under a title."""
    return article_markup(read(f"# Title\n\n{text}"), CABLES)


def said(article: Article) -> list[tuple[int, str]]:
    return [(problem.line, problem.text) for problem in article.problems]


# the facts of an article


def test_front_matter_gives_the_facts() -> None:
    article = read(
        '+++\ntitle = "The  cables"\ndate = 2010-11-28\nauthor = "A. Writer"\n'
        'summary = "Short."\ndraft = true\n+++\nText\n'
    )
    assert article == Article(
        path=PATH,
        slug="a-sample",
        title="The cables",
        date=date(2010, 11, 28),
        author="A. Writer",
        summary="Short.",
        draft=True,
        text="Text\n",
        citations=(),
        problems=(),
    )


@pytest.mark.parametrize(
    "text",
    [
        "# The cables #\nText [[1]]",
        "\n\n## The   cables {#x}\n\n[[1]]",
        "+++\nauthor = 'A'\n+++\n\n# The cables\n[[1]]",
    ],
)
def test_the_first_heading_is_the_title_and_not_shown_again(text: str) -> None:
    article = read(text)
    assert (article.title, article.problems) == ("The cables", ())
    assert "The" not in article_markup(article, {})
    line = text.count("\n", 0, text.index("[[")) + 1
    assert article.citations == (Citation("1", "", line),)


def test_a_title_in_the_front_matter_leaves_headings_alone() -> None:
    article = read("+++\ntitle = 'A'\n+++\n# B\n")
    assert article.title == "A"
    assert ">B</h2>" in article_markup(article, {})


@pytest.mark.parametrize(("day", "parsed"), [("'2010-11-28'", True), ("2010-11-28T10:00:00Z", True), ("'soon'", False)])
def test_a_date_may_be_written_as_text_or_moment(day: str, parsed: bool) -> None:
    article = read(f"+++\ntitle = 'A'\ndate = {day}\n+++\n")
    assert (article.date == date(2010, 11, 28)) is parsed
    assert said(article) == ([] if parsed else [(3, "date must be a day of the calendar")])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Only text", (1, "the article has no title")),
        ("", (1, "the article has no title")),
        ("+++\ndate = 2010-11-28\n+++\nText", (4, "the article has no title")),
        ("+++\ntitle = ''\n+++\nText", (2, "title is empty")),
        ("+++\n\ntitel = 'A'\n+++\n# A", (3, 'unknown key "titel"')),
        ("+++\ntitle = A\n+++\nText", (2, "not valid TOML: invalid value at character 9")),
        ("+++\ntitle = 'A'\ndate = 2010-02-30\n+++\n", (3, "not valid TOML: invalid date or datetime at character 8")),
        ("+++\ntitle = 'A'\ndraft = 'yes'\n+++\n", (3, "draft must be true or false, not text")),
        ("+++\ntitle = 'A'\n", (1, "the front matter has no end")),
        ("---\ntitle: A\n---\n# A", (1, "front matter between lines --- is not read")),
        ("# A\n\nA\x1b[31m", (3, "a control character in the text")),
        ("# A\n\n[x](javascript:alert%281%29)", (3, '"javascript:alert%281%29" can\'t be linked to')),
        ("# A\n\n[x](//evil.example/)", (3, '"//evil.example/" can\'t be linked to')),
        ("# A\n\n![x](https://other.example/x.png)", (3, '"https://other.example/x.png" can\'t be linked to')),
        ("# A\n\n" + "- " * 2000 + "x", (1, "quotations or lists are nested too deeply")),
    ],
)
def test_what_is_wrong_has_a_line_and_a_next_step(text: str, problem: tuple[int, str]) -> None:
    article = read(text)
    assert said(article) == [problem]
    assert article.problems[0].hint


def test_bytes_that_are_no_utf_8_are_an_error_and_stay_visible() -> None:
    article = read_article(b"\xef\xbb\xbf# A\r\n\r\ncaf\xe9\r", PATH)
    assert said(article) == [(3, "not UTF-8")]
    assert (article.title, article.text) == ("A", "\n\ncaf\ufffd\n")
    assert read("# A\n\x02amp\x03").text == "\n\ufffdamp\ufffd"


@pytest.mark.parametrize("name", ["About", "a_b", "-a", "a--b", "été", "a b", "con", "com1", "a.b", "x" * 81, "a\x1b"])
def test_the_file_name_must_be_an_address(name: str) -> None:
    article = read("# A", f"content/pages/{name}.md")
    assert article.slug == ""
    assert said(article) == [
        (0, "the file's name becomes an address: up to 80 lower-case letters, digits and single hyphens")
    ]


def test_a_better_file_name_is_suggested() -> None:
    assert read("# A", "content/pages/How to_Read.md").problems[0].hint == "rename it to how-to-read.md"


def test_an_article_that_is_nested_too_deeply_has_no_page() -> None:
    article = read("# A\n\n" + "- " * 2000 + "x")
    with pytest.raises(CablepressError, match=r"a-sample\.md: quotations or lists are nested too deeply"):
        article_markup(article, CABLES)


# citations


def test_citations_have_their_lines_and_code_has_none() -> None:
    text = """\
+++
title = "A"
+++
[[10MOSCOW226]] is not `[[10MOSCOW226]]`, \\[[10MOSCOW226]],
`` ` [[09PARIS1]] `` or *[[ 10MOSCOW226 # par4 ]]*.

    [[09PARIS2]]

```
[[09PARIS3]]
```

> | a | b |
> |---|---|
> | [[09PARIS4]] | [[10 PARIS 5#x]] |

[^1]: In a note: [[09PARIS6]]

Text[^1] [link [[09PARIS7]]](x.html) [[no
citation]] [[0]] [[]] [[^1]]

## [[09PARIS8#par2]]
"""
    assert read(text).citations == (
        Citation("10MOSCOW226", "", 4),
        Citation("10MOSCOW226", "par4", 5),
        Citation("09PARIS4", "", 15),
        Citation("10 PARIS 5", "x", 15),
        Citation("09PARIS6", "", 17),
        Citation("09PARIS7", "", 19),
        Citation("0", "", 20),
        Citation("09PARIS8", "par2", 22),
    )


@pytest.mark.parametrize(
    ("citation", "attributes", "words"),
    [
        ("10MOSCOW226", {"href": MOSCOW}, "10MOSCOW226: SCENESETTER"),
        ("10MOSCOW226#par4", {"href": f"{MOSCOW}#par4", "title": "SCENESETTER"}, "10MOSCOW226, paragraph 4"),
        ("10MOSCOW226#par6-2", {"href": f"{MOSCOW}#par6-2", "title": "SCENESETTER"}, "10MOSCOW226, paragraph 6 (2)"),
        ("10MOSCOW226#parB", {"href": f"{MOSCOW}#parB", "title": "SCENESETTER"}, "10MOSCOW226, paragraph B"),
        ("10MOSCOW226#p-1a2b3c4d", {"href": f"{MOSCOW}#p-1a2b3c4d"}, "10MOSCOW226: SCENESETTER"),
        ("09PARIS1", {"href": "../cable/2009/00/09PARIS1.html"}, "09PARIS1"),
    ],
)
def test_a_citation_is_a_link_with_the_title_of_the_cable(
    citation: str, attributes: dict[str, str], words: str
) -> None:
    page = Oracle(body(f"[[{citation}]]"))
    assert page.tags == [("p", {}), ("a", {"class": "cable", **attributes})]
    assert page.text == words


def test_a_citation_comes_before_the_links_of_markdown() -> None:
    page = Oracle(body("[[09PARIS1]](x.html) and [[09PARIS1]][1] and ![[09PARIS1]]\n\n[09PARIS1]: y.html"))
    assert [found.get("href") for tag, found in page.tags if tag == "a"] == [CABLES["09PARIS1"].href] * 3


def test_code_inside_brackets_is_code() -> None:
    assert body("[[`x`]] [[09PARIS1\\]]]") == "<p>[[<code>x</code>]] [[09PARIS1]]]</p>"


def test_an_address_for_letters_is_no_problem() -> None:
    assert read("# A\n\n<letters@example.org>").problems == ()


def test_a_citation_of_an_unknown_cable_stays_as_it_is_written() -> None:
    assert body("[[09PARIS2#par1]]") == "<p>[[09PARIS2#par1]]</p>"


@pytest.mark.parametrize(
    "subject",
    [
        '<img src=x onerror=alert(1)>"',
        "A -- \"B\" ... 'C'",
        "AT&amp;T &lt;b&gt; &#106;",
        "*HTML* _x_ [[09PARIS1]] `c`",
        "[TOC]",
    ],
)
def test_a_subject_is_shown_as_it_is(subject: str) -> None:
    article = read("# T\n\n[[10MOSCOW226]]\n\n*[HTML]: x\n")
    cables = {"10MOSCOW226": CitedCable("../x.html", subject)}
    assert Oracle(article_markup(article, cables)).text == f"10MOSCOW226: {subject}"
    [_, link] = Oracle(article_markup(read("# T\n[[10MOSCOW226#par1]]"), cables)).tags
    assert link == ("a", {"class": "cable", "href": "../x.html#par1", "title": subject})


def test_a_subject_with_control_characters_cannot_reach_into_markdown() -> None:
    cables = {"10MOSCOW226": CitedCable("../x.html", "\x02wzxhzdk:0\x03 \x02amp\x03 \x0265\x03")}
    assert "A" not in Oracle(article_markup(read("# T\n\n[[10MOSCOW226]]\n\n```\nsecret\n```\n"), cables)).text
    assert article_markup(read("# T\n\n[[10MOSCOW226]]\n\n```\nsecret\n```\n"), cables).count("secret") == 1


def test_missing_cables_and_paragraphs_are_errors_with_the_nearest() -> None:
    article = read(
        "# A\n[[10MOSCOW226]] [[10MOSCOW226#par4]]\n[[10MOSOCW226]]\n"
        "[[10 MOSCOW 226]] [[11MOSCOW226]]\n[[x]] [[10MOSCOW226#par44]] [[10MOSCOW22]]"
    )
    known = {"10MOSCOW226": frozenset({"par4", "par5"}), "09PARIS1": frozenset[str]()}
    assert tuple(sorted(missing(article, known))) == (
        Problem(PATH, 3, "there is no cable 10MOSOCW226 in the archive", 'did you mean "10MOSCOW226"?'),
        Problem(PATH, 4, "there is no cable 10 MOSCOW 226 in the archive", 'did you mean "10MOSCOW226"?'),
        Problem(PATH, 4, "there is no cable 11MOSCOW226 in the archive", 'did you mean "10MOSCOW226"?'),
        Problem(PATH, 5, "cable 10MOSCOW226 has no paragraph par44", 'did you mean "par4"?'),
        Problem(PATH, 5, "there is no cable 10MOSCOW22 in the archive", 'did you mean "10MOSCOW226"?'),
        Problem(PATH, 5, "there is no cable x in the archive", "a backslash in front makes it plain text: \\[[…]]"),
    )


# fmt: off
PIECES = st.sampled_from([
    "[[10MOSCOW226]]", "[[09PARIS1#par1]]", "[[x]]", "[[", "]]", "`", "```", "\n", "\n\n", "    ", "\t", "> ", "- ",
    "[", "]", "(x)", "[^1]", "[^1]: ", "[a]: ", "\\", "*", "_", "|", "\n|-|\n", "# ", '!!! note "', "{", "}", "<", ">",
    "&", "\x02", "é",
])
# fmt: on


@given(st.lists(PIECES, max_size=30).map("".join))
def test_citations_found_are_the_citations_shown(text: str) -> None:
    article = read(f"+++\ntitle = 'T'\n+++\n{text}")
    shown = re.findall('href="../cable/[0-9]{4}/[0-9]{2}/([0-9A-Z]+).html', article_markup(article, CABLES))
    assert set(shown) == {citation.id for citation in article.citations if citation.id in CABLES}
    lines = article.text.split("\n")
    assert all(f"[[{citation.id}" in lines[citation.line - 4] for citation in article.citations)


def test_equal_articles_give_equal_bytes_in_every_process() -> None:
    text = '# A\n\n## B {.warning .note #x title=t}\n\n[[10MOSCOW226#par1]] [a](https://a.example "t"){#y .tip}'
    program = (
        "import sys; from generator.site.editorial import *; "
        f"sys.stdout.write(article_markup(read_article({text.encode()!r}, 'a.md'), "
        "{'10MOSCOW226': CitedCable('../x.html', 'S')}))"
    )
    pages = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(pages) == 1
    assert b"paragraph 1" in pages.pop()


def test_markdown_is_loaded_only_when_there_is_an_article() -> None:
    program = "import sys, generator.site.editorial; sys.exit('markdown' in sys.modules or 'nh3' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


# quotations


def test_a_quotation_puts_the_words_of_the_paragraph_and_their_source_there() -> None:
    cables = {"10MOSCOW226": CitedCable(MOSCOW, "A & B", "Embassy <Moscow>", "29 January 2010")}
    text = "# T\n\nBefore.\n\n![[10MOSCOW226#par4 1a2b3c4d]]\n\nAfter `![[10MOSCOW226#par4]]`.\n"
    page = article_markup(read(text), cables, {"10MOSCOW226": {"par4": '4. (C) *Not* "smart" & <b>raw</b> [[x]]'}})
    assert page == Markup(
        '<p>Before.</p>\n<blockquote class="cable">\n'
        '<p>4. (C) *Not* "smart" &amp; &lt;b&gt;raw&lt;/b&gt; [[x]]</p>\n'
        f'<p class="source"><a class="cable" href="{MOSCOW}#par4" title="A &amp; B">'
        "Embassy &lt;Moscow&gt;, 10MOSCOW226, paragraph 4, 29 January 2010</a></p>\n"
        "</blockquote>\n<p>After <code>![[10MOSCOW226#par4]]</code>.</p>"
    )


def test_quotations_are_read_with_the_digits_of_the_text_that_was_checked() -> None:
    article = read("# T\n\n![[10MOSCOW226#par4  1a2b3c4d]]\n\n![[09PARIS1#p-00c0ffee]]\n\n\\![[09PARIS1]]\n")
    assert article.problems == ()
    assert article.citations == (
        Citation("10MOSCOW226", "par4", 3, quoted=True, checked="1a2b3c4d"),
        Citation("09PARIS1", "p-00c0ffee", 5, quoted=True),
        Citation("09PARIS1", "", 7),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("So ![[10MOSCOW226#par4]] it says.", "![[10MOSCOW226…]] quotes a paragraph, but stands within one"),
        ("![[10MOSCOW226]]", "cable 10MOSCOW226 can't be quoted whole"),
    ],
)
def test_a_quotation_that_cannot_be_is_an_error(text: str, problem: str) -> None:
    assert said(read(f"# T\n\n{text}\n")) == [(3, problem)]
