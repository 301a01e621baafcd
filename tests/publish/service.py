"""Moto's server: a stand-in for S3 that speaks its protocol and keeps the objects in memory."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Service:
    """The server, and what it was asked."""

    def __init__(self, log: Path, endpoint: str) -> None:
        self.log = log
        self.endpoint = endpoint
        self._read = 0

    def asked(self) -> list[str]:
        """Method and path of the requests since it was asked before."""
        found = re.findall(r"([A-Z]{3,6} /\S*) HTTP", self.log.read_text("utf-8"))
        new, self._read = found[self._read :], len(found)
        return new


@contextmanager
def running(log: Path) -> Iterator[Service]:
    """The server at work on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with log.open("w") as said, subprocess.Popen(command, stdout=said, stderr=said) as server:
        for _ in range(1000):
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.03)
        yield Service(log, f"http://127.0.0.1:{port}")
        server.terminate()
