"""A site's own theme: what it changes, and what is said when it is faulty."""

from pathlib import Path

import pytest

from generator.build.build import build
from generator.build.options import Progress
from generator.errors import CablepressError
from tests.site.support import BASE_URL, SiteTest

EXAMPLE = Path(__file__).parent / "theme-example"
PAGE = '{% extends "base.html" %}{% block main %}<main id="main"><h1>WORDS</h1></main>{% endblock %}'


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path, f'title = "T"\nbase_url = "{BASE_URL}"\ntheme = "theme"\n')
    site.cable("10MOSCOW226", tags="PGOV")
    site.write("static/a.txt", "a")
    site.write("theme/404.html", PAGE)
    return site


def test_a_file_of_the_theme_stands_before_the_programs(site: SiteTest) -> None:
    site.build()
    assert "<h1>WORDS</h1>" in site.page("404.html")
    site.write("theme/404.html", PAGE.replace("WORDS", "OTHERS"))
    result = site.build(explain=True)
    assert result.explained == ("404.html: its template or theme changed",)
    assert "<h1>OTHERS</h1>" in site.page("404.html")


@pytest.mark.parametrize("block", ["contents", "help", "share", "conversation"])
def test_no_link_is_dead_where_a_theme_leaves_a_block_out(site: SiteTest, block: str) -> None:
    """From a cable that refers to one that is not here, and has contents."""
    text = "\n\n".join(f"{number}. As 09 PARIS {number} said." for number in range(1, 30))
    site.cable("10MOSCOW227", text)
    site.write("theme/cable.html", f'{{% extends "cablepress/cable.html" %}}{{% block {block} %}}{{% endblock %}}')
    site.build()
    assert "href=#thread" in site.page(next(path for path in site.files() if path.endswith("10MOSCOW227.html")))
    assert site.check().problems == ()


def test_no_link_is_dead_where_a_theme_puts_the_blocks_in_another_order(site: SiteTest) -> None:
    site.write("theme/cable.html", (EXAMPLE / "cable.html").read_bytes())
    site.cable("10MOSCOW227", "1. As 09 PARIS 3 said.")
    site.build()
    assert "href=#thread" in site.page(next(page for page in site.files() if page.endswith("10MOSCOW227.html")))
    assert site.check().problems == ()


def test_a_theme_saved_during_a_build_is_for_the_next_one(site: SiteTest) -> None:
    """Saved and saved back: the pages must not keep what stood there in between."""
    saved = False

    def save(_: Progress) -> None:
        nonlocal saved
        if not saved:
            site.write("theme/404.html", PAGE.replace("WORDS", "BETWEEN"))
            saved = True

    build(site.options(), save)
    assert saved
    site.write("theme/404.html", PAGE)
    site.build()
    assert "<h1>WORDS</h1>" in site.page("404.html")
    assert site.tree() == site.clean_build()


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{% if %}", "404.html:1"),
        ("\n{{ page.nope }}", "404.html:2"),
        ("\n\n{{ 1 // 0 }}", "404.html:3"),
        ("{{ page.site + 1 }}", "404.html:1"),
        ('{% extends "nowhere.html" %}', "nowhere.html"),
        ("{% include page.canonical ~ '.html' %}", "write the name out"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_a_faulty_template_is_told_with_its_place_and_changes_nothing(
    site: SiteTest, template: str | bytes, told: str
) -> None:
    site.build()
    before = site.tree()
    site.write("theme/404.html", template)
    with pytest.raises(CablepressError) as caught:
        site.build()
    assert told in f"{caught.value.text} {caught.value.hint}"
    assert site.tree() == before


def test_an_include_that_may_be_missing_is_noticed_when_it_comes(site: SiteTest) -> None:
    site.write("theme/404.html", PAGE.replace("WORDS", "{% include 'more.html' ignore missing %}"))
    site.build()
    site.write("theme/more.html", "MORE")
    site.build()
    assert "<h1>MORE</h1>" in site.page("404.html")


def test_what_people_read_in_a_style_sheet_or_script_is_left_out_and_nothing_else(site: SiteTest) -> None:
    site.write("theme/assets/own.css", "/* Ours. */\nb   i { content: '/* no  comment */' }\n\n")
    site.write("theme/assets/own.js", "// Ours.\nlet a = '// no  comment';   let b = /[/*]  */;\n\n")
    site.write("theme/assets/own.svg", "<!-- Ours. -->  <svg/>\n")
    site.build()
    assert site.page("assets/own.css") == "b i{content:'/* no  comment */'}"
    assert site.page("assets/own.js") == "let a='// no  comment';let b=/[/*]  */;"
    assert site.page("assets/own.svg") == "<!-- Ours. -->  <svg/>\n"


def test_a_style_sheet_changes_itself_and_nothing_else(site: SiteTest) -> None:
    site.build()
    site.write("theme/assets/site.css", "body { color: black }\n")
    site.write("theme/assets/site.css~", "an editor's backup")
    result = site.build(explain=True)
    assert result.explained == ("assets/site.css: its template or theme changed",)
