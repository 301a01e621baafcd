"""The preview's server: one request a connection, from this machine only.

It is our own, because no library that we tried (November 2026) does what RELIABILITY 12 asks with less code. uvicorn
0.54 waits for ever for the end of a request, so that connections which say nothing lock everybody out; its application
would still have to check hosts, targets and origins, find the files and change the pages. cheroot 11.1 limits the time
for each byte and not for a request, and takes two Host fields. `http.server` reads requests leniently, so that all of
its parsing would have to be replaced. What is left to a library is accepting connections: `socketserver` does it.
"""

import contextlib
import errno
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http import HTTPStatus

from generator.errors import UsageError
from generator.preview.answer import Answer, answered, refused
from generator.preview.files import Files
from generator.preview.news import Bulletin
from generator.preview.request import BLANK_LINE, HEAD_LIMIT, Refusal, read_request

ADDRESS = "127.0.0.1"
ADDRESS_6 = "::1"
CONNECTIONS = 32
TIMEOUT = 5.0
"""Seconds that a browser has for its request, and again for taking the response."""

PORTS = 100
"""So many ports are tried, from the one that is asked for."""

FIELDS = (
    ("Cache-Control", "no-store"),
    ("Connection", "close"),
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
"""What every response says: no other site may read, embed or frame it, and nobody keeps it."""


class Preview:
    """What all connections share: the site's files, the news about it, the port, and how many more are answered."""

    def __init__(self, files: Files, bulletin: Bulletin) -> None:
        self.files = files
        self.bulletin = bulletin
        self.port = 0
        self.places = threading.BoundedSemaphore(CONNECTIONS)

    @property
    def address(self) -> str:
        """Where the site is to be seen."""
        return f"http://{ADDRESS}:{self.port}/"


class _Listener(socketserver.ThreadingTCPServer):
    """Takes connections at one address of this machine."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = CONNECTIONS

    def __init__(self, preview: Preview, address: str, port: int) -> None:
        self.preview = preview
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        super().__init__((address, port), _Connection)

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Answer in a thread of its own, if there are not too many of them; else hang up."""
        if self.preview.places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Answer a request, then make room for another."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.preview.places.release()


class _Connection(socketserver.BaseRequestHandler):
    request: socket.socket
    server: _Listener

    def handle(self) -> None:
        # A browser that hangs up, or is too slow, is no concern of ours.
        with contextlib.suppress(OSError):
            preview, head_only = self.server.preview, False
            try:
                head, body = self._received()
                request = read_request(head, preview.port)
                if body:
                    raise Refusal(400, "A request to the preview has no body.")
                head_only = request.method == "HEAD"
                answer = answered(request, preview.files, preview.bulletin, self._waits)
            except Refusal as refusal:
                answer = refused(refusal)
            self._send(answer, head_only=head_only)
            self._hang_up()

    def _received(self) -> tuple[bytes, bytes]:
        """All of a request up to its blank line, and what came along behind it."""
        end = time.monotonic() + TIMEOUT
        head = b""
        while BLANK_LINE not in head:
            if len(head) >= HEAD_LIMIT:
                raise Refusal(431, f"A request may have {HEAD_LIMIT} bytes.")
            self.request.settimeout(max(end - time.monotonic(), 0.001))
            received = self.request.recv(HEAD_LIMIT - len(head))
            if not received:
                raise ConnectionAbortedError
            head += received
        head, blank, body = head.partition(BLANK_LINE)
        return head + blank, body

    def _waits(self) -> bool:
        """Whether the browser is still there: one that has gone would keep a place from the others."""
        self.request.setblocking(False)
        try:
            return bool(self.request.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def _send(self, answer: Answer, *, head_only: bool) -> None:
        self.request.settimeout(TIMEOUT)
        if isinstance(answer.body, bytes):
            self.request.sendall(_head_of(answer) + (b"" if head_only else answer.body))
            return
        file, part = answer.body
        with file:
            self.request.sendall(_head_of(answer))
            if part and not head_only:
                self.request.sendfile(file, part.start, len(part))

    def _hang_up(self) -> None:
        """Close without a reset, which would take the response away from a sender that is not done yet."""
        self.request.shutdown(socket.SHUT_WR)
        self.request.settimeout(0.1)
        for _ in range(CONNECTIONS):
            if not self.request.recv(HEAD_LIMIT):
                break


def _head_of(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in (*FIELDS, *answer.fields)]
    lines += [] if answer.status == HTTPStatus.NOT_MODIFIED else [f"Content-Length: {answer.length}"]
    return "\r\n".join(lines).encode() + BLANK_LINE


@contextmanager
def serving(files: Files, bulletin: Bulletin, port: int) -> Iterator[Preview]:
    """A server at work in the background, at the port or the next one that is free; 0 means any.

    Raises UsageError where there is none, or where it may not be used.
    """
    preview = Preview(files, bulletin)
    with ExitStack() as opened:
        for listener in _listening(preview, port):
            opened.enter_context(listener)
            working = threading.Thread(target=listener.serve_forever, name="preview", daemon=True)
            working.start()
            opened.callback(working.join)
            opened.callback(listener.shutdown)
        yield preview


def _listening(preview: Preview, port: int) -> list[_Listener]:
    last = min(port + PORTS, 65536)
    for candidate in range(port, last) if port else [0] * PORTS:
        try:
            return _listeners(preview, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise UsageError(f"port {candidate}: {error.strerror}", "name another with --port") from error
    raise UsageError(f"the ports from {port} to {last - 1} are taken", "name another with --port")


def _listeners(preview: Preview, port: int) -> list[_Listener]:
    """Takes a port at both addresses that localhost may mean, so that nobody else is found at one of them."""
    first = _Listener(preview, ADDRESS, port)
    preview.port = int(first.server_address[1])
    try:
        return [first, _Listener(preview, ADDRESS_6, preview.port)]
    except OSError as error:
        if error.errno in (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL):  # this machine has no such address
            return [first]
        first.server_close()
        raise
