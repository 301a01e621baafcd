"""The preview's server: one request a connection, from this machine only."""

import contextlib
import errno
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from generator.errors import UsageError
from generator.preview.answer import Answer, answered, refused
from generator.preview.files import Files
from generator.preview.news import Bulletin
from generator.preview.request import BLANK_LINE, HEAD_LIMIT, Refusal, read_request

ADDRESS = "127.0.0.1"
CONNECTIONS = 32
TIMEOUT = 5.0
"""Seconds that a browser has for its request, and again for taking the response."""

FIELDS = (
    "Cache-Control: no-store",
    "Connection: close",
    "Content-Security-Policy: frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy: same-origin",
    "Cross-Origin-Resource-Policy: same-origin",
    "Referrer-Policy: no-referrer",
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: DENY",
)
"""What every response says: no other site may read, embed or frame it, and nobody keeps it."""


class PreviewServer(socketserver.ThreadingTCPServer):
    """Serves a site's files and the news about it at a port of this machine; port 0 means any that is free."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = CONNECTIONS

    def __init__(self, files: Files, bulletin: Bulletin, port: int) -> None:
        self.files = files
        self.bulletin = bulletin
        self._places = threading.BoundedSemaphore(CONNECTIONS)
        super().__init__((ADDRESS, port), _Connection)

    @property
    def port(self) -> int:
        """The port that it serves at."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """Where the site is to be seen."""
        return f"http://{ADDRESS}:{self.port}/"

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Answer in a thread of its own, if there are not too many of them; else hang up."""
        if self._places.acquire(blocking=False):
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
            self._places.release()


class _Connection(socketserver.BaseRequestHandler):
    request: socket.socket
    server: PreviewServer

    def handle(self) -> None:
        # A browser that hangs up, or is too slow, is no concern of ours.
        with contextlib.suppress(OSError):
            head_only = False
            try:
                head, body = self._received()
                request = read_request(head, self.server.port)
                if body:
                    raise Refusal(400, "A request to the preview has no body.")
                head_only = request.method == "HEAD"
                answer = answered(request, self.server.files, self.server.bulletin, self._waits)
            except Refusal as refusal:
                answer = refused(refusal)
            self.request.settimeout(TIMEOUT)
            self.request.sendall(_head_of(answer) + (b"" if head_only else answer.body))
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

    def _hang_up(self) -> None:
        """Close without a reset, which would take the response away from a sender that is not done yet."""
        self.request.shutdown(socket.SHUT_WR)
        self.request.settimeout(0.1)
        for _ in range(CONNECTIONS):
            if not self.request.recv(HEAD_LIMIT):
                break


def _head_of(answer: Answer) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}", *FIELDS]
    lines += [f"Content-Type: {answer.content_type}", f"Content-Length: {len(answer.body)}"]
    lines += ["Allow: GET, HEAD"] if answer.status == HTTPStatus.METHOD_NOT_ALLOWED else []
    lines += [f"Location: {answer.location}"] if answer.location else []
    return "\r\n".join(lines).encode() + BLANK_LINE


@contextmanager
def serving(files: Files, bulletin: Bulletin, port: int) -> Iterator[PreviewServer]:
    """A server at work in the background, at the port or the next one that is free.

    Raises UsageError where there is none, or where it may not be used.
    """
    with _listening(files, bulletin, port) as server:
        working = threading.Thread(target=server.serve_forever, name="preview", daemon=True)
        working.start()
        try:
            yield server
        finally:
            server.shutdown()
            working.join()


def _listening(files: Files, bulletin: Bulletin, port: int) -> PreviewServer:
    last = min(port + 100, 65536) if port else 1
    for candidate in range(port, last):
        try:
            return PreviewServer(files, bulletin, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise UsageError(f"port {candidate}: {error.strerror}", "name another with --port") from error
    raise UsageError(f"the ports from {port} to {last - 1} are taken", "name another with --port")
