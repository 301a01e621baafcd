"""The bulletin that pages in a browser read."""

import threading
import time

from generator.errors import CablepressError, Problem
from generator.preview.news import Bulletin, Trouble, trouble

BROKEN = (Trouble("content/a.txt:3", "unknown key", ""),)


def test_a_new_reader_is_answered_at_once() -> None:
    news = Bulletin().wait("", 60)
    assert (news.troubles, bool(news.version), bool(news.edition)) == ((), True, True)


def test_a_reader_is_told_as_soon_as_there_are_news() -> None:
    bulletin = Bulletin()
    seen = bulletin.wait("", 60).version
    later = threading.Timer(0.1, bulletin.post, [()], {"new_edition": True})
    later.start()
    assert bulletin.wait(seen, 60).version != seen
    later.join()


def test_a_reader_who_has_seen_everything_waits_and_is_told_the_same() -> None:
    bulletin = Bulletin()
    news = bulletin.wait("", 60)
    started = time.monotonic()
    assert bulletin.wait(news.version, 0.2) == news
    assert time.monotonic() - started >= 0.2


def test_a_reader_who_has_gone_is_not_waited_for() -> None:
    bulletin = Bulletin()
    started = time.monotonic()
    bulletin.wait(bulletin.wait("", 60).version, 60, lambda: False)
    assert time.monotonic() - started < 5


def test_troubles_are_no_new_edition_and_the_same_ones_no_news() -> None:
    bulletin = Bulletin()
    before = bulletin.wait("", 60)
    bulletin.post(BROKEN, new_edition=False)
    broken = bulletin.wait(before.version, 60)
    bulletin.post(BROKEN, new_edition=False)
    assert bulletin.wait("", 60) == broken
    assert (broken.edition, broken.troubles) == (before.edition, BROKEN)
    bulletin.post((), new_edition=True)
    mended = bulletin.wait(broken.version, 60)
    assert mended.edition != before.edition
    assert mended.troubles == ()


def test_two_previews_never_have_an_edition_in_common() -> None:
    assert Bulletin().edition != Bulletin().edition


def test_a_trouble_has_the_place_and_nothing_unprintable() -> None:
    assert trouble(Problem("a\x1b.txt", 3, "b\u202ec", "d")) == Trouble("a\\x1b.txt:3", "b\\u202ec", "d")
    assert trouble(Problem("a.txt", 0, "b")).place == "a.txt"
    assert trouble(CablepressError("the disk", "make room")) == Trouble("", "the disk", "make room")
