"""What pages in a browser are told: that the site has changed, and what has to be mended."""

import secrets
import threading
import time
from collections.abc import Callable

import msgspec

from generator.preview.trouble import Trouble

PULSE = 0.5
"""Seconds between two looks whether a reader still waits."""


class News(msgspec.Struct, frozen=True):
    """The latest. `version` changes with every piece of news; of two previews no two are the same.

    `files` says of each file that was asked for in which state it is, in the same order.
    """

    version: str
    troubles: tuple[Trouble, ...] = ()
    files: tuple[str, ...] = ()


class Bulletin:
    """Where the latest news are posted, and where any number of readers wait for the next."""

    def __init__(self) -> None:
        self._start = secrets.token_hex(8)
        self._number = 0
        self._posted = threading.Condition()
        self._news = News(f"{self._start}-0")

    @property
    def version(self) -> str:
        """The version of the latest news."""
        return self._news.version

    def post(self, troubles: tuple[Trouble, ...], changed: bool) -> None:
        """Tell what has to be mended, and whether the site has changed."""
        with self._posted:
            if not changed and troubles == self._news.troubles:
                return
            self._number += 1
            self._news = News(f"{self._start}-{self._number}", troubles)
            self._posted.notify_all()

    def wait(self, seen: str, timeout: float, waiting: Callable[[], bool] = lambda: True) -> News:
        """The news after the version `seen`, as soon as there are any.

        The same again after `timeout` seconds, or when the reader is no longer `waiting`.
        """
        end = time.monotonic() + timeout
        with self._posted:
            while self._news.version == seen and (left := end - time.monotonic()) > 0 and waiting():
                self._posted.wait(min(left, PULSE))
            return self._news
