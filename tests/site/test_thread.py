"""The conversation on a cable's page, also where it is long."""

import re
from pathlib import Path

from generator.site.thread import LONGEST
from tests.site.support import SiteTest

PAGE = "cable/2010/01/10MOSCOW226.html"


def test_a_cable_that_very_many_refer_to_leads_to_all_of_them(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW226", subject="THE CALL")
    for number in range(1, 41):
        created = f"2010-02-{number // 2 + 1:02}T{number % 24:02}:00:00Z"
        site.cable(
            f"10PARIS{number}", subject="AN ANSWER", ref="10 MOSCOW 226", created=created, origin="Embassy Paris"
        )
    assert site.build().problems == ()
    assert site.check().problems == ()
    thread = re.search(r"<ol>\n(.*?)</ol>", site.page(PAGE), re.DOTALL)
    assert thread
    shown, _, folded = thread[1].partition("<details>")
    assert len(re.findall(r"class=id>10PARIS\d+", shown)) == LONGEST
    assert f"<summary>{40 - LONGEST} more refer to it</summary>" in folded
    leads = re.findall(r'href="([^"]*)"', thread[1])
    assert len(set(leads)) == len(leads) == 40
    assert len(site.page(PAGE)) < 10_000


def test_the_thread_follows_what_comes_and_goes(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW226")
    site.build()
    assert "Conversation" not in site.page(PAGE)
    answer = site.cable("10PARIS1", "1. As 10 MOSCOW 226 said.", created="2010-02-01", origin="Embassy Paris")
    site.build()
    assert "Conversation" in site.page(PAGE)
    assert "10MOSCOW226</b>" in site.page("cable/2010/02/10PARIS1.html")
    assert site.tree() == site.clean_build()
    (site.content / answer).unlink()
    site.build()
    assert "Conversation" not in site.page(PAGE)
