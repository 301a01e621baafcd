"""Articles that quote a paragraph of a cable: they follow the cable, and say when it has changed."""

from pathlib import Path

import pytest

from generator.errors import Severity
from generator.site.quotations import text_digest
from tests.site.support import SiteTest

ARTICLE = "# An article\n\nIt says:\n\n![[10MOSCOW226#par2{}]]\n"
BODY = "1. First.\n\n2. (C) Nothing\nhappened.\n"
PAGE = "article/a.html"


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW226", BODY)
    return site


def said(site: SiteTest) -> list[tuple[str, str, Severity]]:
    """What the build says, and how gravely."""
    return [(problem.text, problem.hint, problem.severity) for problem in site.build().problems]


def test_a_quotation_follows_the_text_of_the_cable(site: SiteTest) -> None:
    site.write("articles/a.md", ARTICLE.format(""))
    site.build()
    assert "<p>2. (C) Nothing happened.</p>" in site.tree()[PAGE].decode()
    site.edit("cables/10MOSCOW226.txt", "Nothing\nhappened", "Something\nhappened")
    site.build()
    assert "<p>2. (C) Something happened.</p>" in site.tree()[PAGE].decode()
    assert site.tree() == site.clean_build()


def test_an_edit_beside_the_quoted_paragraph_leaves_the_page_alone(site: SiteTest) -> None:
    site.write("articles/a.md", ARTICLE.format(""))
    site.build()
    site.edit("cables/10MOSCOW226.txt", "First", "At first")
    assert site.build().written == 1


def test_the_build_says_what_to_write_and_is_then_content(site: SiteTest) -> None:
    digits = text_digest("2. (C) Nothing happened.")
    hint = f"once you have read it and the article is right, write ![[10MOSCOW226#par2 {digits}]]"
    site.write("articles/a.md", ARTICLE.format(""))
    assert said(site) == [("10MOSCOW226#par2 is quoted unchecked", hint, Severity.WARNING)]
    site.write("articles/a.md", ARTICLE.format(f" {digits}"))
    assert said(site) == []


def test_a_changed_text_is_a_warning_that_other_line_breaks_are_not(site: SiteTest) -> None:
    site.write("articles/a.md", ARTICLE.format(f" {text_digest('2. (C) Nothing happened.')}"))
    site.build()
    site.edit("cables/10MOSCOW226.txt", "Nothing\nhappened", "Nothing happened")
    assert said(site) == []
    site.edit("cables/10MOSCOW226.txt", "Nothing", "Something")
    assert [(text, gravity) for text, _, gravity in said(site)] == [
        ("10MOSCOW226#par2 no longer says what was quoted", Severity.WARNING)
    ]
    assert PAGE in site.tree()


def test_a_paragraph_that_is_gone_is_an_error(site: SiteTest) -> None:
    site.write("articles/a.md", ARTICLE.format(""))
    site.build()
    site.edit("cables/10MOSCOW226.txt", "2. (C) Nothing\nhappened.\n", "")
    assert [(text, gravity) for text, _, gravity in said(site)] == [
        ("cable 10MOSCOW226 has no paragraph par2", Severity.ERROR)
    ]
    assert PAGE not in site.tree()
