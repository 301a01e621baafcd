"""Each thing that a check finds, brought about for real, and found alone."""

from pathlib import Path

import pytest

from generator.check import check as module
from generator.errors import LockedError, Severity, UsageError
from generator.output.folder import claimed
from generator.site.theme import builtin_templates
from tests.site.support import BASE_URL, SITE_TOML, SiteTest

PAGE = "cable/2010/01/10MOSCOW1.html"
BODY = "1. As 10 MOSCOW 2 said.\n\n2006. A year, which the old site took for a paragraph.\n\n2. & <more>."


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    """Two cables, an article that cites one of them, and nothing wrong."""
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", f"FM AMEMBASSY MOSCOW\nTO SECSTATE\n\nUNCLAS MOSCOW 000001\n\n{BODY}", tags="PGOV")
    site.cable("10MOSCOW2", released="2011-08-30")
    site.write("articles/why.md", "# Why\n\n## Because\n\nSee [[10MOSCOW1#par2]] and [above](#because).\n")
    site.write("static/plain.html", "<p>A file of the editors'.")
    site.build()
    return site


def found(site: SiteTest) -> list[tuple[str, int, str]]:
    """What a check finds: path below the output, line, text. A finding fails the check and says what to do."""
    report = site.check()
    assert all(problem.hint for problem in report.problems)
    assert report.failed is bool(report.problems)
    return [(p.path.removeprefix(f"{site.output}/"), p.line, p.text) for p in report.problems]


def places(site: SiteTest) -> list[tuple[str, int, str]]:
    """What a check finds in the content: path in its folder, line, text."""
    return [(p.path.removeprefix(f"{site.content}/"), p.line, p.text) for p in site.check().problems]


def template(site: SiteTest, name: str, old: str, new: str) -> None:
    """Build with one of the program's templates, changed."""
    text = (builtin_templates() / name).read_text("utf-8")
    assert old in text
    site.write(f"theme/{name}", text.replace(old, new))
    site.write("site.toml", SITE_TOML + 'theme = "theme"\n')
    site.build()


def test_nothing_is_wrong_and_everything_was_looked_at(site: SiteTest) -> None:
    report = site.check()
    assert report.problems == ()
    assert not report.failed
    assert report.pages == sum(path.endswith(".html") for path in site.files())
    assert report.cables == 2
    assert report.links > 100
    skips, permalinks = report.pages - 1 - len([p for p in site.files() if p.endswith("_0.html")]), 3
    assert report.anchors >= skips + permalinks


# Links


def test_a_link_to_a_page_that_is_not_there(site: SiteTest) -> None:
    site.write("articles/why.md", "# Why\n\nSee [this](/page/none.html).\n")
    site.build()
    assert places(site) == [("articles/why.md", 3, 'the link "/page/none.html" leads nowhere')]


def test_a_link_that_the_theme_writes_is_told_where_it_stands(site: SiteTest) -> None:
    template(site, "article.html", "</main>", '<a href="none.html">x</a></main>')
    line = site.page("article/why.html").split("none.html")[0].count("\n") + 1
    assert found(site) == [("article/why.html", line, 'the link "none.html" leads nowhere')]


@pytest.mark.parametrize(
    ("key", "address", "text"),
    [
        ("[[navigation]]\nlabel = 'A'\naddress", "page/abuot.html", 'the link "page/abuot.html" leads nowhere'),
        ("[[community]]\nlabel = 'A'\naddress", "/article/why.html#x", "leads to a page without that id"),
        ("\n\nbanner", "static/none%20here.svg", 'the link "static/none%20here.svg" leads nowhere'),
    ],
)
def test_a_dead_link_of_the_configuration_is_told_once(site: SiteTest, key: str, address: str, text: str) -> None:
    site.write("site.toml", f'{SITE_TOML}{key} = "{address}"\n')
    site.build()
    ((path, line, told),) = places(site)
    assert (path, line) == ("site.toml", 5)
    assert text in told
    assert address.lstrip("/") in told


def test_a_link_out_of_the_site(site: SiteTest) -> None:
    site.write("articles/why.md", "# Why\n\n[x](../../../etc/passwd) [z](/../x.html)\n")
    site.build()
    assert places(site) == [
        ("articles/why.md", 3, 'the link "../../../etc/passwd" leads nowhere'),
        ("articles/why.md", 3, 'the link "/../x.html" leads nowhere'),
    ]


def test_a_link_to_an_id_that_is_not_there(site: SiteTest) -> None:
    there = "/cable/2010/01/10MOSCOW2.html#par7"
    site.write("articles/why.md", f"# Why\n\n[here](#none)\nand [there]({there}), [again](..{there}).\n")
    site.build()
    assert places(site) == [
        ("articles/why.md", 3, 'the link "#none" leads to a page without that id'),
        ("articles/why.md", 4, f'the link "{there}" leads to a page without that id'),
    ]


def test_links_that_are_right(site: SiteTest) -> None:
    links = "[a](/cable/2010/01/10MOSCOW2.html#par1) [b](/tag/) [c](/#) [d](/#top) [e](why.html?x=1#text-f)"
    site.write(
        "articles/why.md",
        f"# Why\n\n## F\n\n{links} [f](mailto:a@b.c) [g]({BASE_URL}{PAGE}#par2) [h](https://other.example/)\n",
    )
    site.build()
    assert found(site) == []


def test_the_sites_own_address_is_no_other_host(site: SiteTest) -> None:
    site.write("articles/why.md", f"# Why\n\n[here]({BASE_URL}none.html)\n")
    site.build()
    assert [text for *_, text in found(site)] == [f'the link "{BASE_URL}none.html" leads nowhere']


def test_a_site_is_checked_for_the_address_that_it_was_built_for(site: SiteTest) -> None:
    site.build(base_url="http://127.0.0.1:8000/sub/")
    assert site.check("").problems == ()
    assert site.check("http://127.0.0.1:8000/sub/").problems == ()
    report = site.check()
    assert [(p.text, p.severity) for p in report.problems] == [
        (f"this site was built for http://127.0.0.1:8000/sub/, and not for {BASE_URL}", Severity.WARNING)
    ]
    assert not report.failed


# Pages


def test_an_id_that_stands_twice(site: SiteTest) -> None:
    template(site, "404.html", "<h1>", '<i id="x"></i>\n<i id="x"></i><h1>')
    line = site.page("404.html").split('<i id="x">')[0].count("\n") + 2
    assert found(site) == [("404.html", line, 'the id "x" stands in this page twice')]


def test_a_page_without_heading(site: SiteTest) -> None:
    template(site, "404.html", "h1>", "h2>")
    assert found(site) == [("404.html", 0, "this page has no <h1>")]


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="//other.example/x.png" alt="">',
        '<script src="https://other.example/x.js"></script>',
        '<link rel="stylesheet" href="HTTPS://other.example/x.css">',
        '<img srcset="https://other.example/x.png 2x" alt="">',
        '<iframe src="http://other.example/"></iframe>',
    ],
)
def test_a_page_that_asks_another_host(site: SiteTest, tag: str) -> None:
    template(site, "404.html", "</main>", f"{tag}</main>")
    ((path, line, text),) = found(site)
    assert (path, line > 0) == ("404.html", True)
    assert "would be asked of another host" in text
    assert "other.example" in text


def test_a_style_sheet_that_asks_another_host(site: SiteTest) -> None:
    site.write("theme/assets/site.css", 'p { color: red }\n@import "https://fonts.example/a.css";\n')
    site.write("site.toml", SITE_TOML + 'theme = "theme"\n')
    site.build()
    text = '"https://fonts.example/a.css" would be asked of another host'
    assert found(site) == [("assets/site.css", 1, text)]


# The page of a cable


def test_text_that_is_not_the_sources(site: SiteTest) -> None:
    template(site, "cable.html", "<div data-text>{{ page.body }}", "<div data-text>{{ page.body }} ")
    assert [text for *_, text in found(site)] == [
        "line 8 of its body is not the text of cables/10MOSCOW1.txt",
        "line 3 of its body is not the text of cables/10MOSCOW2.txt",
    ]


def test_header_that_is_not_the_sources(site: SiteTest) -> None:
    template(site, "cable.html", "{{ page.header }}</pre>", "{{ page.header }}.</pre>")
    assert [(path, text) for path, _, text in found(site)] == [
        (PAGE, "line 5 of its header is not the text of cables/10MOSCOW1.txt"),
        ("cable/2010/01/10MOSCOW2.html", "line 1 of its header is not the text of cables/10MOSCOW2.txt"),
    ]


def test_sections_that_are_missing(site: SiteTest) -> None:
    site.delete("cables/10MOSCOW2.txt")
    template(site, "cable.html", "id=record", "id=facts")
    assert (PAGE, 0, 'this page has no <section id="record">') in found(site)


def test_text_that_stands_twice(site: SiteTest) -> None:
    site.delete("cables/10MOSCOW2.txt")
    site.build()
    template(site, "cable.html", "<h2>Text</h2>", "<h2 data-text>Text</h2>")
    assert found(site) == [(PAGE, 0, "its body has 2 elements with data-text, and must have one")]


def test_paragraphs_without_anchors(site: SiteTest) -> None:
    site.delete("cables/10MOSCOW2.txt")
    site.delete("articles/why.md")
    site.build()
    template(site, "cable.html", "{{ page.body }}", "{{ page.body.striptags() }}")
    texts = [text for *_, text in found(site)]
    assert "the paragraph par2 has no permalink" in texts
    assert "the old anchor par2006 is missing" in texts


def test_a_cable_that_has_changed_since(site: SiteTest) -> None:
    site.edit("cables/10MOSCOW2.txt", "Nothing", "Something")
    text = "its content file cables/10MOSCOW2.txt has changed since the page was made"
    assert found(site) == [("cable/2010/01/10MOSCOW2.html", 0, text)]
    site.delete("cables/10MOSCOW2.txt")
    text = "its content file cables/10MOSCOW2.txt is gone"
    assert found(site) == [("cable/2010/01/10MOSCOW2.html", 0, text)]
    site.build()
    assert found(site) == []


# The folder


def test_files_that_are_not_ours_were_changed_or_are_missing(site: SiteTest) -> None:
    (site.output / "notes").mkdir()
    (site.output / "notes/a.txt").write_text("mine", "utf-8")
    (site.output / "b.txt").write_text("mine", "utf-8")
    (site.output / PAGE).write_text("mine", "utf-8")
    (site.output / "tag/index.html").write_bytes((site.output / "tag/index.html").read_bytes() + b"\n")
    (site.output / "static/plain.html").unlink()
    (site.output / "static").rmdir()
    (site.output / "assets/site.js").unlink()
    (site.output / "assets/site.js").symlink_to(site.output / "index.html")
    assert sorted(text for path, _, text in found(site) if path == "b.txt") == ["is not a file of ours"]
    assert {(path, text) for path, _, text in found(site) if "leads" not in text} == {
        ("b.txt", "is not a file of ours"),
        ("notes/a.txt", "is not a file of ours"),
        (PAGE, "somebody changed this file"),
        ("tag/index.html", "somebody changed this file"),
        ("assets/site.js", "somebody changed this file"),
        ("static/plain.html", "this file of the site is missing"),
    }


def test_a_damaged_list_of_files(site: SiteTest) -> None:
    (site.output / ".cablepress/manifest/tag.sha256").write_text("x", "utf-8")
    assert found(site) == [("tag/*", 0, "the list of our files in this folder is lost or damaged")]


def test_a_site_that_is_not_the_last_builds(site: SiteTest) -> None:
    root = site.output / ".cablepress/manifest.sha256"
    before = root.read_bytes()
    site.cable("10MOSCOW3")
    site.build()
    root.write_bytes(before)
    problems = site.check().problems
    assert (problems[0].path, problems[0].text) == (
        str(site.output),
        "this site is not the one that the last build made",
    )


def test_an_interrupted_build(site: SiteTest) -> None:
    site.edit("cables/10MOSCOW2.txt", "Nothing", "Something")
    step = 1
    while not (site.output / ".cablepress/journal").exists():
        assert site.build_killed(step)
        step += 1
    assert (str(site.output), 0, "a build was interrupted here") in found(site)


def test_what_is_wrong_with_the_content(site: SiteTest) -> None:
    site.cable("10MOSCOW3", front='subjekt = "TYPO"')
    site.cable("10MOSCOW4", front='classification = "HUSH"')
    site.build()
    report = site.check()
    assert [(p.path, p.line, p.severity) for p in report.problems] == [
        (str(site.content / "cables/10MOSCOW3.txt"), 5, Severity.ERROR),
        (str(site.content / "cables/10MOSCOW4.txt"), 5, Severity.WARNING),
    ]
    assert report.failed
    site.delete("cables/10MOSCOW3.txt")
    site.build()
    assert not site.check().failed


def test_text_that_could_not_be_kept_is_counted(site: SiteTest) -> None:
    path = site.write("cables/10BYTES1.txt", b"UNCLAS abc \xff\xfe\ncaf\xe9\n1. (U) Text.")
    for result in (site.build(), site.build(), site.check()):
        (problem,) = result.problems
        assert (problem.path, problem.line, result.failed) == (str(site.content / path), 1, False)
        assert problem.text.startswith("3 characters stand as U+FFFD")


def test_of_many_findings_the_first_are_told(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("articles/why.md", "# Why\n\n" + "".join(f"[x](none{number}.html)\n" for number in range(9)))
    site.build()
    monkeypatch.setattr(module, "MOST", 4)
    report = site.check()
    assert (len(report.problems), report.more) == (4, 5)
    assert report.failed


def test_where_there_is_no_site(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    with pytest.raises(UsageError, match="no site of ours"):
        site.check()
    assert not site.output.exists()


def test_no_check_while_a_build_is_at_work(site: SiteTest) -> None:
    with claimed(site.output), pytest.raises(LockedError):
        site.check()
