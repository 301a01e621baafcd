"""Real web servers, told what we print for them, serve a release as it should be served."""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import pytest

from generator.errors import UsageError
from generator.publish.compressed import copies
from generator.publish.directory import Directory
from generator.publish.headers import HEADERS, server_config
from generator.publish.kinds import served_root
from generator.settings.targets import CommandTarget, DirectoryTarget, RsyncTarget
from tests.publish.support import owned, publish, put


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def nginx(folder: Path, snippet: str) -> Iterator[int]:
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "site.conf").write_text(snippet)
    (folder / "nginx.conf").write_text(
        f"daemon off; {user} pid {folder}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {temporary} server {{ listen 127.0.0.1:{port}; include {folder}/site.conf; }} }}\n"
    )
    with serving(
        ["/usr/sbin/nginx", "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")], folder, port
    ):
        yield port


@contextmanager
def caddy(folder: Path, snippet: str) -> Iterator[int]:
    port = free_port()
    inside = "\n".join(f"\t{line}" for line in snippet.splitlines())
    (folder / "Caddyfile").write_text(
        f"{{\n\tadmin off\n\tauto_https off\n}}\nhttp://127.0.0.1:{port} {{\n{inside}\n}}\n"
    )
    with serving(["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], folder, port):
        yield port


@contextmanager
def serving(command: list[str], folder: Path, port: int) -> Iterator[None]:
    own = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "log").open("w") as log, subprocess.Popen(command, env=own, stdout=log, stderr=log) as server:
        try:
            for _ in range(1000):
                with socket.socket() as trying:
                    if server.poll() is not None or trying.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.01)
            assert server.poll() is None, (folder / "log").read_text()
            yield
        finally:
            server.terminate()


SERVERS = {"nginx": nginx, "caddy": caddy}


def ask(port: int, path: str, encoding: str = "") -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Accept-Encoding": encoding} if encoding else {})
    answer = connection.getresponse()
    headers = {name.lower(): value for name, value in answer.getheaders()}
    raw = answer.read()
    connection.close()
    return answer.status, headers, raw


@pytest.fixture
def site(output: Path) -> Path:
    put(output, "404.html", "<p>nowhere")
    put(output, "static/map.svg", "<svg/>")
    put(output, "static/data.csv", "a,b\n" * 200)
    put(output, "static/letter.xyz", "?")
    return output


@pytest.mark.parametrize("base", ["/", "/archive/"])
@pytest.mark.parametrize("server", SERVERS)
def test_files_types_headers_copies_and_the_page_for_nothing(
    site: Path, tmp_path: Path, server: str, base: str
) -> None:
    target = DirectoryTarget(path="web", host=server, compress=("gzip",))
    made = copies(site, list(owned(site)), target.compress, tmp_path / "copies", 1)
    place = Directory(tmp_path / target.path)
    publish(site, place, copies=(tmp_path / "copies/files", made))
    (tmp_path / "server").mkdir()
    told = server_config(server, served_root(target, tmp_path), base, compressed=target.compress)
    with SERVERS[server](tmp_path / "server", told) as port:
        for path, kind in (
            ("", "text/html; charset=utf-8"),
            ("a.html", "text/html; charset=utf-8"),
            ("%C3%A9.html", "text/html; charset=utf-8"),
            ("static/map.svg", "image/svg+xml"),
            ("static/data.csv", "text/csv; charset=utf-8"),
        ):
            status, headers, raw = ask(port, base + path)
            assert (status, headers["content-type"]) == (200, kind), path
            assert {name: headers[name.lower()] for name, _ in HEADERS} == dict(HEADERS)
            assert headers["cache-control"] == "public, max-age=0, must-revalidate"
            assert "etag" in headers
        _, headers, raw = ask(port, f"{base}static/data.csv", "gzip")
        assert headers["content-encoding"] == "gzip"
        assert raw == (tmp_path / "web/current/static/data.csv.gz").read_bytes()
        assert headers["content-type"] == "text/csv; charset=utf-8"
        for path in ("nowhere.html", "static/nowhere.png", "static/"):
            status, headers, raw = ask(port, base + path)
            assert (status, raw) == (404, b"<p>nowhere") if path != "static/" else status in (403, 404), path
            assert headers["content-security-policy"] == dict(HEADERS)["Content-Security-Policy"]
        assert b"root:" not in ask(port, f"{base}../../../../../../../../etc/passwd")[2]
        put(site, "a.html", "new")
        publish(site, place)
        assert ask(port, f"{base}a.html")[2] == b"new"


def test_caddy_sends_brotli_where_there_is_some(site: Path, tmp_path: Path) -> None:
    made = copies(site, list(owned(site)), ("gzip", "br"), tmp_path / "copies", 1)
    publish(site, Directory(tmp_path / "web"), copies=(tmp_path / "copies/files", made))
    (tmp_path / "server").mkdir()
    told = server_config("caddy", PurePosixPath(tmp_path, "web/current"), "/", compressed=("gzip", "br"))
    with caddy(tmp_path / "server", told) as port:
        assert ask(port, "/static/data.csv", "gzip, br")[1]["content-encoding"] == "br"


def test_the_folder_is_known_or_asked_for(tmp_path: Path) -> None:
    assert served_root(DirectoryTarget(path="web"), tmp_path) == PurePosixPath(tmp_path, "web/current")
    assert served_root(RsyncTarget(to="a@b:/srv/www"), tmp_path) == PurePosixPath("/srv/www/current")
    for target in (RsyncTarget(to="a@b:www"), CommandTarget(command=("x",))):
        with pytest.raises(UsageError, match="is not known"):
            served_root(target, tmp_path)
    with pytest.raises(UsageError, match="can't be written into a configuration"):
        server_config("nginx", PurePosixPath("/srv/my; site"), "/")
