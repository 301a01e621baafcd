"""What pages in a browser are told: that there is a new edition of the site, and what has to be mended."""

import secrets
import threading
import time
from collections.abc import Callable

import msgspec

from generator.errors import CablepressError, Problem, printable

PULSE = 0.5
"""Seconds between two looks whether a reader still waits."""


class Trouble(msgspec.Struct, frozen=True):
    """Something to be mended. `place` is the file and the line, as `path:line`, where they are known."""

    place: str
    text: str
    hint: str


class News(msgspec.Struct, frozen=True):
    """The latest. `edition` changes with the site, `version` with every piece of news."""

    edition: str
    version: str
    troubles: tuple[Trouble, ...] = ()


def trouble(cause: Problem | CablepressError) -> Trouble:
    """What a page shows of a problem, or of an error that stopped a build."""
    place = ""
    if isinstance(cause, Problem):
        place = f"{cause.path}:{cause.line}" if cause.line else cause.path
    return Trouble(printable(place), printable(cause.text), printable(cause.hint))


class Bulletin:
    """Where the latest news are posted, and where any number of readers wait for the next."""

    def __init__(self) -> None:
        self._start = secrets.token_hex(8)
        self._editions = self._versions = 0
        self._posted = threading.Condition()
        self._news = News(f"{self._start}-0", f"{self._start}-0")

    @property
    def edition(self) -> str:
        """The edition of the site; of two previews no two are the same."""
        return self._news.edition

    def post(self, troubles: tuple[Trouble, ...], *, new_edition: bool) -> None:
        """Tell what has to be mended, and whether the site has changed."""
        with self._posted:
            if not new_edition and troubles == self._news.troubles:
                return
            self._editions += new_edition
            self._versions += 1
            self._news = News(f"{self._start}-{self._editions}", f"{self._start}-{self._versions}", troubles)
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
