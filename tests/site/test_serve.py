"""`serve` and `build --watch` as a person starts them: a page for every change."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from generator.output.folder import claimed
from tests.conftest import CHECKOUT
from tests.site.serving import CABLE, PAGE, PATIENCE, archive, eventually, served, shown
from tests.site.support import SiteTest


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    return archive(tmp_path)


def test_an_edit_is_built_told_and_served(site: SiteTest) -> None:
    with served(site) as serve:
        before = msgspec.json.decode(serve.get("/-/news").body)
        site.edit(CABLE, "The first text", "Another text")
        assert "content/cables/10MOSCOW1.txt → 1 page in 0." in serve.until("10MOSCOW1.txt →")
        assert "Another text" in serve.get(f"/{PAGE}").text
        eventually(lambda: msgspec.json.decode(serve.get("/-/news").body)["version"] != before["version"])
        assert site.tree() == site.clean_build()


def test_a_theme_and_a_configuration_are_watched_as_well(site: SiteTest) -> None:
    with served(site) as serve:
        site.write("theme/404.html", "<title>Lost</title>")
        site.edit("site.toml", 'title = "Test archive"', 'title = "New title"\ntheme = "theme"')
        eventually(lambda: "<title>Lost" in serve.get("/none").text)
        eventually(lambda: "New title" in serve.get("/").text)


def test_a_faulty_cable_is_told_with_its_lines_its_page_stays_and_mending_it_is_told(site: SiteTest) -> None:
    with served(site) as serve:
        page = serve.get(f"/{PAGE}")
        site.edit(CABLE, "created", "craeted")
        serve.until("error: content/cables/10MOSCOW1.txt:3: unknown key 'craeted'")
        serve.until("  >    3 | craeted = 2010-01-29T15:33:00Z")
        eventually(lambda: [t["place"] for t in serve.troubles()] == ["content/cables/10MOSCOW1.txt:3"])
        assert serve.troubles()[0]["excerpt"][2] == "craeted = 2010-01-29T15:33:00Z"
        assert shown(serve.get(f"/{PAGE}")) == shown(page)
        site.edit("cables/10MOSCOW2.txt", "SECOND", "OTHER")
        serve.until("10MOSCOW2.txt →")
        assert len(serve.troubles()) == 1
        site.edit(CABLE, "craeted", "created")
        serve.until("mended")
        eventually(lambda: serve.troubles() == [])
        assert site.tree() == site.clean_build()


def test_what_was_saved_while_a_template_was_faulty_is_built_when_it_is_mended(site: SiteTest) -> None:
    site.edit("site.toml", "title", 'theme = "theme"\ntitle')
    site.write("theme/404.html", "<p>Lost</p>")
    with served(site) as serve:
        site.write("theme/404.html", "<p>\n{% if %}")
        serve.until("  >    2 | {% if %}")
        site.edit(CABLE, "The first text", "Another text")
        site.write("theme/404.html", "<p>\n\n{% if %}")
        serve.until("  >    3 | {% if %}")  # what came before was taken in with this, or sooner
        site.write("theme/404.html", "<p>Lost</p>")
        serve.until("404.html →")
        assert "Another text" in serve.get(f"/{PAGE}").text


@pytest.mark.parametrize(
    ("path", "broken", "told"),
    [
        ("site.toml", 'title = "A', "content/site.toml:1"),
        ("site.toml", 'title = "A"\ncolection = "x"', "colection"),
        ("theme/404.html", "{% if", "404.html:1"),
        ("vocabulary/tags.csv", "tag,desc\n", "content/vocabulary/tags.csv:1"),
        ("articles/why.md", "# Why\n\n[[10MOSCOW999]]", "content/articles/why.md:3"),
    ],
)
def test_whatever_is_faulty_the_site_stays_and_mending_is_enough(
    site: SiteTest, path: str, broken: str, told: str
) -> None:
    site.edit("site.toml", "title", 'theme = "theme"\ntitle')
    site.write("theme/404.html", "<p>Lost</p>")
    site.write("vocabulary/tags.csv", "tag,description\nXX,A place\n")
    site.write("articles/why.md", "# Why\n\n[[10MOSCOW1]]\n")
    sound = site.read(path)
    with served(site) as serve:
        before = {target: serve.get(target).status for target in ("/", f"/{PAGE}", "/article/why.html", "/none")}
        site.write(path, broken)
        assert "error: " in serve.until(told)
        eventually(lambda: len(serve.troubles()) == 1)
        assert {target: serve.get(target).status for target in before} == before
        site.write(path, sound)
        serve.until("mended")
        assert site.tree() == site.clean_build()


@pytest.mark.parametrize("broken", ["titel = 1", 'title = "'])
def test_a_site_that_could_never_be_built_is_served_with_the_reason(site: SiteTest, broken: str) -> None:
    sound = site.read("site.toml")
    site.write("site.toml", broken)
    with served(site) as serve:
        assert serve.get("/").status == 404
        assert "/-/reload.js" in serve.get("/").text
        assert all("site.toml" in f"{trouble['place']}{trouble['text']}" for trouble in serve.troubles())
        site.write("site.toml", sound)
        serve.until("mended")
        assert serve.get("/").status == 200


def test_a_change_that_no_event_tells_of_is_found_after_the_next_that_is_told(site: SiteTest) -> None:
    silent = site.folder / "outside.txt"
    silent.hardlink_to(site.content / "cables/10MOSCOW2.txt")
    with served(site) as serve:
        site.edit(CABLE, "The first text", "Another text")
        serve.until("10MOSCOW1.txt →")
        silent.write_text(silent.read_text("utf-8") + "2. Told by nobody.\n", "utf-8")
        eventually(lambda: "Told by nobody" in serve.get("/cable/2010/01/10MOSCOW2.html").text)


def test_another_build_at_work_is_waited_for(site: SiteTest) -> None:
    with served(site) as serve:
        with claimed(site.output):
            site.edit(CABLE, "The first text", "Another text")
            serve.until("another build is at work")
            assert serve.troubles() == []
        eventually(lambda: "Another text" in serve.get(f"/{PAGE}").text)
        assert "error" not in "\n".join(serve.lines)


def test_two_previews_of_one_folder_know_of_each_other_and_both_follow(site: SiteTest) -> None:
    told = "output: another preview follows this folder already"
    with served(site) as first, served(site) as second:
        assert second.until(told)
        assert told not in "\n".join(first.lines)
        seen = [msgspec.json.decode(each.get("/-/news").body)["version"] for each in (first, second)]
        site.edit(CABLE, "The first text", "Another text")
        for each, version in zip((first, second), seen, strict=True):
            news = msgspec.json.decode(each.get(f"/-/news?seen={version}").body)
            assert (news["version"] != version, news["troubles"]) == (True, [])
            assert "Another text" in each.get(f"/{PAGE}").text
        assert "error" not in "\n".join([*first.lines, *second.lines])
    with served(site) as third:
        assert told not in "\n".join(third.lines)


def test_the_next_free_port_is_taken(site: SiteTest) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with served(site, "--port", str(port)) as serve:
            assert port < serve.port <= port + 100
            assert serve.get("/").status == 200


def test_the_browser_is_opened_and_not_waited_for(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = site.folder / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {site.folder}/opened\nexec sleep 2\n', "utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    with served(site, "--port", "0", "--open") as serve:
        opened = site.folder / "opened"
        eventually(lambda: opened.is_file() and opened.read_text("utf-8") == f"{serve.url}\n")
        site.edit(CABLE, "The first text", "Another text")
        serve.until("10MOSCOW1.txt →")


def test_an_interrupt_during_a_build_leaves_a_whole_site(site: SiteTest) -> None:
    with served(site) as serve:
        site.edit("site.toml", "Test archive", "Another title")
        serve.process.send_signal(signal.SIGINT)
        assert serve.process.wait(PATIENCE) == 130
    assert "Traceback" not in "\n".join(serve.lines)
    site.build()
    assert site.tree() == site.clean_build()


def test_a_folder_without_an_archive_is_not_served(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "build.py"), "serve", "--port", "0"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 2
    assert "cablepress new" in done.stderr


def test_build_watch_does_the_same_without_a_server(site: SiteTest) -> None:
    with watched(site) as process:
        assert process.stdout is not None
        lines = iter(process.stdout)
        assert any("content is watched" in line for line in lines)
        site.edit(CABLE, "The first text", "Another text")
        assert "content/cables/10MOSCOW1.txt → 1 page in 0." in next(lines)
        assert "Another text" in site.page(PAGE)
        site.edit(CABLE, "created", "craeted")
        assert any("error: content/cables/10MOSCOW1.txt:3" in line for line in lines)
        site.edit(CABLE, "craeted", "created")
        assert any(line == "mended\n" for line in lines)
        process.send_signal(signal.SIGINT)
        assert list(lines)[-1] == "stopped\n"
        assert process.wait(PATIENCE) == 130
    assert site.tree() == site.clean_build()


@contextmanager
def watched(site: SiteTest) -> Iterator[subprocess.Popen[str]]:
    """`build --watch` at work in the site's folder."""
    with subprocess.Popen(
        [sys.executable, str(CHECKOUT / "build.py"), "build", "--watch"],
        cwd=site.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        yield process
        process.kill()
