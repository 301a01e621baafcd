"""What answers a browser while `serve` is at work: the site as it is in the output folder."""

import gzip
import random
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from generator.output.journal import JOURNAL
from generator.preview import files
from generator.preview.files import Files
from generator.preview.news import Bulletin
from generator.preview.server import Preview, serving
from tests.site.serving import CABLE, PAGE, PATIENCE, archive, get, request, response
from tests.site.support import SiteTest


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    return archive(tmp_path)


@pytest.fixture
def preview(site: SiteTest) -> Iterator[Preview]:
    assert not site.build().failed
    with serving(Files(site.output), Bulletin(), 0) as working:
        yield working


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
