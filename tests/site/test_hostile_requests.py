"""The real server against whatever can be put on a socket: the site, and not one byte of anything else."""

import random
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.preview import server
from generator.preview.files import Files
from generator.preview.news import Bulletin
from generator.preview.server import CONNECTIONS, Preview, serving
from tests.site.serving import Response, eventually, exchange, get, request, response
from tests.site.support import SiteTest

SECRET = "NOT-TO-BE-READ"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A site with things around it that are none of its: beside it, in the content, in the output folder itself."""
    site = SiteTest(tmp_path_factory.mktemp("site"))
    site.cable("10MOSCOW1", subject="FIRST")
    site.build()
    for path in ("secret.txt", "content/secret.txt", "output/secret.txt", "output/tag/secret.html"):
        (site.folder / path).parent.mkdir(exist_ok=True)
        (site.folder / path).write_text(SECRET, "utf-8")
    with serving(Files(site.output), Bulletin(), 0) as working:
        yield working


def sent(preview: Preview, message: bytes) -> Response:
    """The response to a message, which must not tell anything."""
    found = response(exchange(preview.port, message))
    assert SECRET not in found.text
    return found


NO_PATHS = [
    "*",
    "index.html",
    "//evil.example/",
    "///etc/passwd",
    "/..",
    "/../secret.txt",
    "/tag/../../secret.txt",
    "/./index.html",
    "/tag/./secret.html",
    "/tag//secret.html",
    "/%2e%2e/secret.txt",
    "/%2E%2e/content/secret.txt",
    "/.%2e/secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e%2fsecret.txt",
    "/tag%2Fsecret.html",
    "/..%5csecret.txt",
    "/..%5Ccontent%5Csecret.txt",
    "/..\\secret.txt",
    "/index.html%00",
    "/secret.txt%00.html",
    "/index.html%0d%0aSet-Cookie:%20a=b",
    "/index.html%7f",
    "/%e2%80%aeindex.html",
    "/%ff%fe",
    "/%c0%ae%c0%ae/secret.txt",
    "/%",
    "/%2",
    "/%zz",
    "/%u002e%u002e/secret.txt",
    "/index.html#top",
    "http://127.0.0.1/index.html",
    "http://evil.example/index.html",
    "file:///etc/passwd",
    "127.0.0.1:443",
]


@pytest.mark.parametrize("target", NO_PATHS)
def test_a_target_that_is_no_path_is_refused(preview: Preview, target: str) -> None:
    assert sent(preview, request(target, preview.port)).status == 400


NOT_OURS = [
    "/secret.txt",
    "/tag/secret.html",
    "/%252e%252e/secret.txt",
    "/..;/secret.txt",
    "/.../secret.txt",
    "/content/secret.txt",
    "/etc/passwd",
    "/.cablepress/manifest.sha256",
    "/.cablepress/manifest/tag.sha256",
    "/.cablepress/",
    "/.git/config",
    "/cable",
    "/cable/",
    "/index.html/",
    "/INDEX.HTML",
    "/index.html.",
    "/index.html%20",
    "/index.html;a",
    "/-/",
    "/-/client.py",
    "/-/reload.js/",
    "/C:/Windows/win.ini",
    "/~root/",
]


@pytest.mark.parametrize("target", NOT_OURS)
def test_what_is_not_of_the_site_is_as_if_it_were_not_there(preview: Preview, target: str) -> None:
    found = sent(preview, request(target, preview.port))
    assert found.status == 404
    assert found == sent(preview, request("/no-such-page.html", preview.port))


LINES = [
    b"\r\n\r\n",
    b"GET /\r\n\r\n",
    b"GET / HTTP/1.1\n\n\r\n\r\n",
    b"GET  / HTTP/1.1\r\nHost: %s\r\n\r\n",
    b"GET\t/\tHTTP/1.1\r\nHost: %s\r\n\r\n",
    b"\r\nGET / HTTP/1.1\r\nHost: %s\r\n\r\n",
    b" GET / HTTP/1.1\r\nHost: %s\r\n\r\n",
    b"get / HTTP/1.1\r\nHost: %s\r\n\r\n",
    b"GET / HTTP/2.0\r\nHost: %s\r\n\r\n",
    b"GET / HTTP/1.1 \r\nHost: %s\r\n\r\n",
    b"GET /index.html and more HTTP/1.1\r\nHost: %s\r\n\r\n",
    b"GET /\xff HTTP/1.1\r\nHost: %s\r\n\r\n",
    b"GET /\0 HTTP/1.1\r\nHost: %s\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: %s\r\nno field\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: %s\r\nX: a\r\n folded: b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: %s\r\nX : a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: %s\r\nX: a\0b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: %s\nOrigin: http://evil.example\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: %s\rX: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: %s\r\nContent-Length: 4\r\n\r\nbody",
    b"GET / HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\nContent-Length: 4\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: %s\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: %s\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: %s\r\n\r\nGET /secret.txt HTTP/1.1\r\nHost: %s\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
]


@pytest.mark.parametrize("message", LINES)
def test_what_is_no_request_is_refused(preview: Preview, message: bytes) -> None:
    host = f"127.0.0.1:{preview.port}".encode()
    assert sent(preview, message.replace(b"%s", host)).status == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_the_site_can_only_be_read(preview: Preview, method: str) -> None:
    found = sent(preview, request("/", preview.port, method=method))
    assert (found.status, found.fields["Allow"]) == (405, "GET, HEAD")


HOSTS = ["evil.example", "evil.example:{}", "127.0.0.1", "localhost", "127.0.0.1:1", "localhost:{}.", "LOCALHOST:{}"]
HOSTS += ["127.0.0.1:{}, evil.example", "a@127.0.0.1:{}", "127.0.0.1:0{}", "[::1]", "0.0.0.0:{}", "127.1:{}", "[::]:{}"]


@pytest.mark.parametrize("host", HOSTS)
def test_another_name_for_this_machine_is_refused(preview: Preview, host: str) -> None:
    assert sent(preview, request("/", preview.port, host=host.format(preview.port))).status == 421


def test_no_host_and_two_hosts_are_refused(preview: Preview) -> None:
    assert sent(preview, b"GET / HTTP/1.0\r\n\r\n").status == 421
    assert sent(preview, request("/", preview.port, f"Host: 127.0.0.1:{preview.port}")).status == 421
    assert sent(preview, request("/", preview.port, "host: evil.example")).status == 421


@pytest.mark.parametrize(
    "field",
    [
        "Origin: null",
        "Origin: http://evil.example",
        "Origin: https://127.0.0.1:{}",
        "Origin: http://127.0.0.1:1",
        "Origin: http://localhost:{}",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "sec-fetch-site: CROSS-SITE",
    ],
)
@pytest.mark.parametrize("target", ["/", "/-/news", "/-/reload.js", "/no-such-page.html"])
def test_what_another_site_sends_is_refused(preview: Preview, field: str, target: str) -> None:
    assert sent(preview, request(target, preview.port, field.format(preview.port))).status == 403


def test_a_long_head_is_refused(preview: Preview) -> None:
    assert sent(preview, request("/", preview.port, f"X: {'a' * 9000}")).status == 431
    assert sent(preview, request(f"/{'a' * 9000}", preview.port)).status == 431
    assert sent(preview, b"a" * 100_000).status == 431


@pytest.mark.parametrize("target", ["/", "/no-such-page.html", "/../", "/-/news", "/-/reload.css"])
def test_no_response_may_be_read_framed_or_kept_by_others(preview: Preview, target: str) -> None:
    found = sent(preview, request(target, preview.port))
    assert found.fields["Cross-Origin-Resource-Policy"] == "same-origin"
    assert found.fields["Cross-Origin-Opener-Policy"] == "same-origin"
    assert found.fields["X-Frame-Options"] == "DENY"
    assert found.fields["X-Content-Type-Options"] == "nosniff"
    assert found.fields["Cache-Control"] == "no-store"
    assert not any(name.startswith("Access-Control") for name in found.fields)


def test_a_link_in_the_place_of_a_page_is_not_followed(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW1")
    site.build()
    (tmp_path / "secret.txt").write_text(SECRET, "utf-8")
    page = site.output / "cable/2010/01/10MOSCOW1.html"
    page.unlink()
    page.symlink_to(tmp_path / "secret.txt")
    with serving(Files(site.output), Bulletin(), 0) as working:
        assert sent(working, request("/cable/2010/01/10MOSCOW1.html", working.port)).status == 404


def test_who_says_nothing_is_hung_up_on(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "TIMEOUT", 0.2)
    assert exchange(preview.port, b"GET / HTTP/1.1\r\n") == b""


def test_who_drips_is_hung_up_on(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "TIMEOUT", 0.5)
    with socket.create_connection(("127.0.0.1", preview.port), timeout=0.1) as connection:

        def hung_up() -> bool:
            try:
                connection.sendall(b"a")
                return connection.recv(1) == b""
            except TimeoutError:
                return False
            except ConnectionError:
                return True

        eventually(hung_up)


def test_there_is_a_place_for_few_at_a_time_and_again_when_they_go(preview: Preview) -> None:
    others = [socket.create_connection(("127.0.0.1", preview.port)) for _ in range(CONNECTIONS)]
    try:
        with pytest.raises((ConnectionError, IndexError)):
            get(preview.port, "/")
    finally:
        for other in others:
            other.close()
    eventually(lambda: exchange(preview.port, request("/", preview.port)).startswith(b"HTTP/1.1 200"))


def test_pages_that_have_gone_keep_no_place(preview: Preview) -> None:
    seen = preview.bulletin.wait("", 0).version
    for _ in range(CONNECTIONS):
        with socket.create_connection(("127.0.0.1", preview.port)) as connection:
            connection.sendall(request(f"/-/news?seen={seen}", preview.port))
    eventually(lambda: exchange(preview.port, request("/", preview.port)).startswith(b"HTTP/1.1 200"))


def test_it_lives_through_noise(preview: Preview, capfd: pytest.CaptureFixture[str]) -> None:
    noise = random.Random(5)
    whole = request("/index.html", preview.port, "Accept: */*")
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(noise.randint(1, 5)):
            damaged[noise.randrange(len(damaged) - 4)] = noise.randrange(256)
        assert SECRET.encode() not in exchange(preview.port, bytes(damaged))
    assert get(preview.port, "/").status == 200
    assert capfd.readouterr().err == ""
