"""`serve` as a person starts it, and a browser that says exactly what it is told to."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from tests.conftest import CHECKOUT
from tests.site.support import SiteTest

PATIENCE = 20.0

CABLE = "cables/10MOSCOW1.txt"
PAGE = "cable/2010/01/10MOSCOW1.html"


def archive(folder: Path) -> SiteTest:
    """Two cables, the first of them CABLE, and two files beside them; not built yet."""
    site = SiteTest(folder)
    site.cable("10MOSCOW1", "1. The first text.", subject="FIRST", tags="PGOV")
    site.cable("10MOSCOW2", subject="SECOND")
    site.write("static/notes/plain.txt", "Plain.\n")
    site.write("static/odd.unknown", b"\0\xff")
    return site


class Response(msgspec.Struct, frozen=True):
    status: int
    fields: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def shown(page: Response) -> str:
    """A page without the number of the news that it was sent with."""
    return re.sub(r' data-version="[^"]*"', "", page.text)


def exchange(port: int, message: bytes) -> bytes:
    """What comes back for some bytes, up to the end of the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(message)
        received = b""
        while part := connection.recv(65536):
            received += part
    return received


def response(received: bytes) -> Response:
    head, _, body = received.partition(b"\r\n\r\n")
    line, *fields = head.decode().split("\r\n")
    return Response(int(line.split()[1]), dict(field.split(": ", 1) for field in fields), body)


def request(target: str, port: int, *fields: str, method: str = "GET", host: str = "") -> bytes:
    """A request as a browser on this machine would send it, and what the test adds."""
    return "\r\n".join(
        [f"{method} {target} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", *fields, "", ""]
    ).encode()


def get(port: int, target: str, *fields: str, method: str = "GET") -> Response:
    return response(exchange(port, request(target, port, *fields, method=method)))


def eventually(look: Callable[[], bool], what: Callable[[], str] = str) -> None:
    end = time.monotonic() + PATIENCE
    while not look():
        assert time.monotonic() < end, what()
        time.sleep(0.02)


class Serve:
    """A running `cablepress serve`, the lines that it has printed, and when, by the monotonic clock."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self.moments: list[float] = []
        self.reader = threading.Thread(target=self._read)
        self.reader.start()
        self.url = re.sub(r" .*", "", self.until("http://127.0.0.1:"))
        self.port = urlsplit(self.url).port or 0

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.moments.append(time.monotonic())
            self.lines.append(line.rstrip("\n"))

    def until(self, text: str, after: int = 0) -> str:
        """The first line from number `after` that has the text, as soon as it is printed."""

        def found() -> list[str]:
            return [line for line in self.lines[after:] if text in line]

        def ended() -> bool:
            return bool(found()) or (self.process.poll() is not None and not self.reader.is_alive())

        eventually(ended, lambda: f"nothing about {text} in {self.lines}")
        assert found(), f"ended without a word about {text}: {self.lines}"
        return found()[0]

    def get(self, target: str) -> Response:
        return get(self.port, target)

    def troubles(self) -> list[dict[str, Any]]:
        news = msgspec.json.decode(self.get("/-/news").body)
        return [dict(trouble) for trouble in news["troubles"]]


@contextmanager
def served(site: SiteTest, *options: str) -> Iterator[Serve]:
    """The site served from its folder at a port that is free."""
    command = [sys.executable, str(CHECKOUT / "build.py"), "serve", *(options or ("--port", "0"))]
    with subprocess.Popen(
        command,
        cwd=site.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            started = Serve(process)
            yield started
        finally:
            process.terminate()
            process.wait(PATIENCE)
        started.reader.join()
