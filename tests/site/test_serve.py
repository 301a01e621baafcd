"""`serve`: the site on this machine as it is in the output folder, and a page for every change."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from generator.output.folder import claimed
from generator.output.journal import JOURNAL
from generator.preview import files
from generator.preview.files import Files
from generator.preview.news import Bulletin
from generator.preview.server import PreviewServer, serving
from tests.conftest import CHECKOUT
from tests.site.serving import PATIENCE, eventually, get, served
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
def preview(site: SiteTest) -> Iterator[PreviewServer]:
    assert not site.build().failed
    with serving(Files(site.output), Bulletin(), 0) as working:
        yield working


# The server


def test_the_home_page_has_the_client_and_the_output_has_not(preview: PreviewServer, site: SiteTest) -> None:
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
def test_every_file_has_its_type(preview: PreviewServer, path: str, kind: str) -> None:
    found = get(preview.port, f"/{path}")
    assert (found.status, found.fields["Content-Type"]) == (200, kind)
    assert int(found.fields["Content-Length"]) == len(found.body)


def test_files_but_pages_are_served_as_they_are(preview: PreviewServer, site: SiteTest) -> None:
    for path in ("assets/site.css", "static/odd.unknown"):
        assert get(preview.port, f"/{path}").body == (site.output / path).read_bytes()


def test_head_says_the_same_without_the_body(preview: PreviewServer) -> None:
    whole, head = get(preview.port, f"/{PAGE}"), get(preview.port, f"/{PAGE}", method="HEAD")
    assert (head.status, head.fields, head.body) == (200, whole.fields, b"")


def test_a_missing_page_is_the_sites_own(preview: PreviewServer) -> None:
    found = get(preview.port, "/tag/NONE.html")
    assert found.status == 404
    assert "There is no such page" in found.text
    assert "/-/reload.js" in found.text


def test_a_folder_is_shown_by_its_index_and_has_a_slash(preview: PreviewServer) -> None:
    assert get(preview.port, "/tag/").text == get(preview.port, "/tag/index.html").text
    found = get(preview.port, "/tag?x=//evil.example")
    assert (found.status, found.fields["Location"]) == (302, "/tag/")


def test_what_another_build_makes_is_served_at_once(preview: PreviewServer, site: SiteTest) -> None:
    assert get(preview.port, "/cable/2010/01/10MOSCOW3.html").status == 404
    site.cable("10MOSCOW3")
    site.delete(CABLE)
    site.build()
    assert get(preview.port, "/cable/2010/01/10MOSCOW3.html").status == 200
    assert get(preview.port, f"/{PAGE}").status == 404


def test_a_page_that_somebody_deleted_is_missing(preview: PreviewServer, site: SiteTest) -> None:
    (site.output / PAGE).unlink()
    assert get(preview.port, f"/{PAGE}").status == 404


def test_a_folder_whose_list_is_damaged_is_not_shown(preview: PreviewServer, site: SiteTest) -> None:
    listed = site.output / ".cablepress/manifest/tag.sha256"
    listed.write_text(listed.read_text("utf-8") + f"{'0' * 64}  tag/x.html\n", "utf-8")
    (site.output / "tag/x.html").write_text("x", "utf-8")
    assert get(preview.port, "/tag/x.html").status == 404
    assert get(preview.port, "/").status == 200


def test_a_site_that_is_being_put_in_place_is_waited_for(preview: PreviewServer, site: SiteTest) -> None:
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
    preview: PreviewServer, site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "COMMIT", 0.1)
    (site.output / JOURNAL).touch()
    assert get(preview.port, "/").status == 503


def test_pages_are_there_all_the_time_while_builds_go_on(preview: PreviewServer, site: SiteTest) -> None:
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


# The command


def test_an_edit_is_built_told_and_served(site: SiteTest) -> None:
    with served(site) as serve:
        before = msgspec.json.decode(serve.get("/-/news").body)
        site.edit(CABLE, "The first text", "Another text")
        assert "content/cables/10MOSCOW1.txt → 1 page in 0." in serve.until("10MOSCOW1.txt →")
        assert "Another text" in serve.get(f"/{PAGE}").text
        eventually(lambda: msgspec.json.decode(serve.get("/-/news").body)["edition"] != before["edition"])
        assert site.tree() == site.clean_build()


def test_a_theme_and_a_configuration_are_watched_as_well(site: SiteTest) -> None:
    with served(site) as serve:
        site.write("theme/404.html", "<title>Lost</title>")
        site.edit("site.toml", 'title = "Test archive"', 'title = "New title"\ntheme = "theme"')
        eventually(lambda: "<title>Lost" in serve.get("/none").text)
        eventually(lambda: "New title" in serve.get("/").text)


def test_a_faulty_cable_is_told_its_page_stays_and_mending_it_is_told(site: SiteTest) -> None:
    with served(site) as serve:
        page = serve.get(f"/{PAGE}").text
        site.edit(CABLE, "created", "craeted")
        serve.until("error: content/cables/10MOSCOW1.txt:3: unknown key 'craeted'")
        eventually(lambda: [t["place"] for t in serve.troubles()] == ["content/cables/10MOSCOW1.txt:3"])
        assert serve.get(f"/{PAGE}").text == page
        site.edit(CABLE, "craeted", "created")
        serve.until("mended")
        eventually(lambda: serve.troubles() == [])


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
        serve.until("mended")
        assert "Another text" in serve.get(f"/{PAGE}").text


def test_the_next_free_port_is_taken(site: SiteTest) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with served(site, "--port", str(port)) as serve:
            assert port < serve.port <= port + 100
            assert serve.get("/").status == 200


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
