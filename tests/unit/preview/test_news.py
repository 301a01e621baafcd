"""The bulletin that pages in a browser read."""

import threading
import time

from generator.preview.news import Bulletin
from generator.preview.trouble import Trouble

BROKEN = (Trouble("content/a.txt:3", "unknown key", ""),)


def test_a_new_reader_is_answered_at_once() -> None:
    news = Bulletin().wait("", 60)
    assert (news.troubles, bool(news.version)) == ((), True)


def test_a_reader_is_told_as_soon_as_there_are_news() -> None:
    bulletin = Bulletin()
    seen = bulletin.wait("", 60).version
    later = threading.Timer(0.1, bulletin.post, [(), True])
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


def test_the_same_troubles_are_no_news() -> None:
    bulletin = Bulletin()
    before = bulletin.wait("", 60)
    bulletin.post(BROKEN, False)
    broken = bulletin.wait(before.version, 60)
    bulletin.post(BROKEN, False)
    assert bulletin.wait("", 60) == broken
    assert broken.troubles == BROKEN
    bulletin.post((), False)
    assert bulletin.wait(broken.version, 60).troubles == ()


def test_a_changed_site_is_news_with_the_same_troubles() -> None:
    bulletin = Bulletin()
    bulletin.post(BROKEN, True)
    before = bulletin.wait("", 60)
    bulletin.post(BROKEN, True)
    assert bulletin.wait(before.version, 60).version != before.version


def test_two_previews_never_have_a_version_in_common() -> None:
    assert Bulletin().version != Bulletin().version
