"""Records of the National Archives, from the dump to the pages (CABLE-FORMAT 8.6)."""

import html
import re
from pathlib import Path

from generator.importers.run import run_import
from tests.site.support import SiteTest
from tests.unit.importers.test_nara import TEXT, attributes_only, record

PAGE = "cable/1976/04/1976STATE000001.html"


def test_a_message_without_text_is_a_page_of_its_attributes(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    dump = tmp_path / "records.txt"
    dump.write_text(attributes_only("1976STATE000001") + record("1976STATE000002", TEXT.replace("091590", "000002")))
    assert run_import(dump, site.content).imported == 2
    assert site.build().problems == ()
    page = site.page(PAGE)
    text = html.unescape(re.sub(r"<[^>]*>", "", page))
    for line in ("Film Number: D760141-0001", "Concepts: INVENTED, MEETINGS", "Office: ORIGIN EUR", "TAGS: PFOR, EEC"):
        assert f"\n{line}\n" in text
    assert "This cable has no text." in page
    assert re.search(r"<dt>Created<dd><a [^>]*>1976-04-15</a>", page)
    assert "This cable has no header." not in page
    assert "This cable has no text." not in site.page(PAGE.replace("1.html", "2.html"))
    assert "1976STATE000001" in site.page("tag/EEC.html")
    assert site.check().problems == ()
