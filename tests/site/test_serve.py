"""`serve`: the site on this machine as it is in the output folder, and a page for every change."""

import gzip
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from generator.output.folder import claimed
from generator.output.journal import JOURNAL
from generator.preview import files
from generator.preview.files import Files
from generator.preview.news import Bulletin
from generator.preview.server import Preview, serving
from tests.conftest import CHECKOUT
from tests.site.serving import PATIENCE, Response, eventually, get, request, response, served
from tests.site.support import SiteTest

CABLE = "cables/10MOSCOW1.txt"
PAGE = "cable/2010/01/10MOSCOW1.html"


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1", "1. The first text.", subject="FIRST", tags="PGOV")
    site.cable("10MOSCOW2", subject="SECOND")
    site.write("static/notes/plain.txt", "Plain.\n")
    site.write("static/odd.unknown", b"\0\xff")
    return site


@pytest.fixture
def preview(site: SiteTest) -> Iterator[Preview]:
    assert not site.build().failed
    with serving(Files(site.output), Bulletin(), 0) as working:
        yield working


def shown(page: Response) -> str:
    """A page without the number of the news that it was sent with."""
    return re.sub(r' data-version="[^"]*"', "", page.text)


# The server


def test_the_home_page_has_the_client_and_the_output_has_not(preview: Preview, site: SiteTest) -> None:
    found = get(preview.port, "/")
    assert found.status == 200
    assert "/-/reload.js" in found.text
    assert not any(b"reload.js" in raw for raw in site.tree().values())
    assert found.text == get(preview.port, "/index.html").text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (PAGE, "text/html; charset=utf-8"),
        ("assets/site.css", "text/css; charset=utf-8"),
        ("assets/site.js", "text/javascript; charset=utf-8"),
        ("assets/icon.svg", "image/svg+xml"),
        ("static/notes/plain.txt", "text/plain; charset=utf-8"),
        ("static/odd.unknown", "application/octet-stream"),
        ("-/reload.js", "text/javascript; charset=utf-8"),
        ("-/news", "application/json"),
    ],
)
def test_every_file_has_its_type(preview: Preview, path: str, kind: str) -> None:
    found = get(preview.port, f"/{path}")
    assert (found.status, found.fields["Content-Type"]) == (200, kind)
    assert int(found.fields["Content-Length"]) == len(found.body)


def test_files_but_pages_are_served_as_they_are(preview: Preview, site: SiteTest) -> None:
    for path in ("assets/site.css", "static/odd.unknown"):
        assert get(preview.port, f"/{path}").body == (site.output / path).read_bytes()


def test_head_says_the_same_without_the_body(preview: Preview) -> None:
    whole, head = get(preview.port, f"/{PAGE}"), get(preview.port, f"/{PAGE}", method="HEAD")
    assert (head.status, head.fields, head.body) == (200, whole.fields, b"")


def test_a_missing_page_is_the_sites_own(preview: Preview) -> None:
    found = get(preview.port, "/tag/NONE.html")
    assert found.status == 404
    assert "There is no such page" in found.text
    assert "/-/reload.js" in found.text


def test_a_folder_is_shown_by_its_index_and_has_a_slash(preview: Preview) -> None:
    assert get(preview.port, "/tag/").text == get(preview.port, "/tag/index.html").text
    found = get(preview.port, "/tag?x=//evil.example")
    assert (found.status, found.fields["Location"]) == (302, "/tag/")


def test_what_another_build_makes_is_served_at_once(preview: Preview, site: SiteTest) -> None:
    assert get(preview.port, "/cable/2010/01/10MOSCOW3.html").status == 404
    site.cable("10MOSCOW3")
    site.delete(CABLE)
    site.build()
    assert get(preview.port, "/cable/2010/01/10MOSCOW3.html").status == 200
    assert get(preview.port, f"/{PAGE}").status == 404


def test_a_page_that_somebody_deleted_is_missing(preview: Preview, site: SiteTest) -> None:
    (site.output / PAGE).unlink()
    assert get(preview.port, f"/{PAGE}").status == 404


def test_a_folder_whose_list_is_damaged_is_not_shown(preview: Preview, site: SiteTest) -> None:
    listed = site.output / ".cablepress/manifest/tag.sha256"
    listed.write_text(listed.read_text("utf-8") + f"{'0' * 64}  tag/x.html\n", "utf-8")
    (site.output / "tag/x.html").write_text("x", "utf-8")
    assert get(preview.port, "/tag/x.html").status == 404
    assert get(preview.port, "/").status == 200


def test_a_site_that_is_being_put_in_place_is_waited_for(preview: Preview, site: SiteTest) -> None:
    journal = site.output / JOURNAL
    journal.touch()
    statuses: list[int] = []
    asking = threading.Thread(target=lambda: statuses.append(get(preview.port, "/").status))
    asking.start()
    time.sleep(0.3)
    assert statuses == []
    journal.unlink()
    asking.join()
    assert statuses == [200]


def test_a_site_that_stays_half_built_is_not_shown(
    preview: Preview, site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "COMMIT", 0.1)
    (site.output / JOURNAL).touch()
    assert get(preview.port, "/").status == 503


def test_pages_are_there_all_the_time_while_builds_go_on(preview: Preview, site: SiteTest) -> None:
    statuses: set[int] = set()
    enough = threading.Event()

    def ask() -> None:
        while not enough.is_set():
            statuses.add(get(preview.port, f"/{PAGE}").status)

    asking = threading.Thread(target=ask)
    asking.start()
    for number in range(8):
        site.edit("site.toml", f'"Test archive{number or ""}"', f'"Test archive{number + 1}"')
        site.build()
    enough.set()
    asking.join()
    assert statuses == {200}


def test_a_part_of_a_file_is_sent_on_request(preview: Preview, site: SiteTest) -> None:
    whole = get(preview.port, "/static/notes/plain.txt")
    assert whole.fields["Accept-Ranges"] == "bytes"
    part = get(preview.port, "/static/notes/plain.txt", "Range: bytes=1-3")
    assert (part.status, part.body, part.fields["Content-Range"]) == (206, b"lai", "bytes 1-3/7")
    assert part.fields["Content-Length"] == "3"
    tag = whole.fields["ETag"]
    assert get(preview.port, "/static/notes/plain.txt", "Range: bytes=1-3", f"If-Range: {tag}").status == 206
    assert get(preview.port, "/static/notes/plain.txt", "Range: bytes=1-3", 'If-Range: "old"').body == whole.body
    behind = get(preview.port, "/static/notes/plain.txt", "Range: bytes=7-")
    assert (behind.status, behind.body, behind.fields["Content-Range"]) == (416, b"", "bytes */7")
    assert get(preview.port, f"/{PAGE}", "Range: bytes=0-9").status == 200


def test_what_the_browser_has_is_not_sent_again(preview: Preview, site: SiteTest) -> None:
    for path in (PAGE, "static/notes/plain.txt"):
        tag = get(preview.port, f"/{path}").fields["ETag"]
        found = get(preview.port, f"/{path}", f'If-None-Match: "other", {tag}')
        assert (found.status, found.body, found.fields["ETag"]) == (304, b"", tag)
        assert get(preview.port, f"/{path}", 'If-None-Match: "other"').status == 200
    site.write("static/notes/plain.txt", "Other.\n")
    site.build()
    assert get(preview.port, "/static/notes/plain.txt", f"If-None-Match: {tag}").status == 200


def test_a_precompressed_copy_is_sent_to_who_takes_it(preview: Preview, site: SiteTest) -> None:
    packed = gzip.compress(b"Plain.\n", mtime=0)
    site.write("static/notes/plain.txt.gz", packed)
    site.build()
    target = "/static/notes/plain.txt"
    found = get(preview.port, target, "Accept-Encoding: br, gzip")
    assert (found.body, found.fields["Content-Encoding"]) == (packed, "gzip")
    assert (found.fields["Content-Type"], found.fields["Vary"]) == ("text/plain; charset=utf-8", "Accept-Encoding")
    plain = get(preview.port, target, "Accept-Encoding: gzip;q=0")
    assert (plain.body, plain.fields.get("Content-Encoding")) == (b"Plain.\n", None)
    assert get(preview.port, f"{target}.gz").fields["Content-Type"] == "application/gzip"


def test_a_large_file_arrives_whole_while_another_takes_its_place(preview: Preview, site: SiteTest) -> None:
    large = random.Random(1).randbytes(30_000_000)
    site.write("static/large.bin", large)
    site.build()
    with socket.create_connection(("127.0.0.1", preview.port)) as connection:
        connection.sendall(request("/static/large.bin", preview.port))
        received = connection.recv(65536)
        site.write("static/large.bin", b"small")
        site.build()
        while part := connection.recv(2**20):
            received += part
    assert response(received).body == large
    assert get(preview.port, "/static/large.bin").body == b"small"


def test_news_tell_which_files_are_not_as_they_were(preview: Preview, site: SiteTest) -> None:
    def states() -> list[str]:
        of = "&of=".join(("/", f"/{PAGE}", "/assets/site.css", "/none.html", "/tag/"))
        return list(msgspec.json.decode(get(preview.port, f"/-/news?of={of}").body)["files"])

    before = states()
    assert f'data-state="{before[1]}"' in get(preview.port, f"/{PAGE}").text
    assert f'data-state="{before[3]}"' in get(preview.port, "/none.html").text
    site.edit(CABLE, "The first text", "Another text")
    site.build()
    assert [now == then for now, then in zip(states(), before, strict=True)] == [True, False, True, True, True]
    site.cable("10MOSCOW3", tags="ECON")
    site.build()
    assert [now == then for now, then in zip(states(), before, strict=True)] == [False, False, False, True, False]


@pytest.mark.parametrize("query", ["of=..", "of=//x", "of=/%252e%252e/x%00", "&".join(["of=/"] * 99)])
def test_news_are_of_files_of_the_site_only(preview: Preview, query: str) -> None:
    assert get(preview.port, f"/-/news?{query}").status == 400


def test_both_addresses_that_localhost_may_mean_are_served_or_none_has_somebody_else(site: SiteTest) -> None:
    site.build()
    with serving(Files(site.output), Bulletin(), 0) as preview:
        try:
            connection = socket.create_connection(("::1", preview.port), timeout=PATIENCE)
        except OSError:
            with pytest.raises(OSError, match="Errno"):  # this machine has no such address
                socket.create_server(("::1", 0), family=socket.AF_INET6)
            return
        with connection:
            connection.sendall(request("/", preview.port, host=f"[::1]:{preview.port}"))
            assert connection.recv(15) == b"HTTP/1.1 200 OK"
        with socket.create_server(("::1", 0), family=socket.AF_INET6) as other:
            port = other.getsockname()[1]
            with serving(Files(site.output), Bulletin(), port) as second:
                assert second.port > port


def test_no_other_address_is_served(preview: Preview) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", preview.port))


# The command


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


# `build --watch`


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
