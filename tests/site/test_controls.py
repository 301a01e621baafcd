"""Control characters and marks of writing direction are shown on every page, and obeyed on none."""

from pathlib import Path

from generator.cable.controls import CONTROL
from tests.site.support import BASE_URL, SiteTest

RLO = "\u202e"
SHOWN = "⟨U+202E⟩"
LONG = "The group met again and agreed on what had been said before. " * 60
BODY = f"""\
1. (U) Summary: It {RLO}was \x1b[31mred. {LONG}

BEFORE{RLO}HAND

2. (U) {LONG}

AFTER{RLO}WARDS

3. (U) As 10 MOSCOW 2 said.

AND{RLO}SO ON

4. (U) The end.
"""
HEADED = f"""\
+++
id = "10MOSCOW3"
header_lines = 6
+++
VZCZCXRO1600
PP RUEHDBU
DE RUEHMO #0003/01 0291533
P 291533Z JAN 10
FM AMEMBASSY MOS{RLO}COW
TO RUEHC/SECSTATE WASH{RLO}DC PRIORITY 6110

UNCLAS MOSCOW 000003

TAGS: PG{RLO}OV
SUBJECT: NO{RLO}NE

1. (U) None.
"""


def test_everywhere_they_are_named(tmp_path: Path) -> None:
    site = SiteTest(tmp_path, f'title = "T"\nbase_url = "{BASE_URL}"\n')
    subject, ref = f"SUB{RLO}JECT", f"A. 09 MOSCOW 7 {RLO}(NOTAL)"
    site.cable("10MOSCOW1", BODY, subject=subject, tags="PGOV", ref=ref, released="2011-08-24T01:00:00Z", origin="")
    site.cable("10MOSCOW2", f"1. As 10 MOSCOW 1 said{RLO}.", subject=f"AN{RLO}SWER", origin="")
    site.write("cables/10MOSCOW3.txt", HEADED)
    site.write("articles/a.md", '+++\ntitle = "A"\n+++\n[[10MOSCOW1]]\n\n![[10MOSCOW2#par1]]\n')
    site.build()
    files = site.files()
    for path in files:
        if path.endswith(".png"):
            continue
        text = site.page(path)
        for found in CONTROL.finditer(text):
            assert text[: found.start()].endswith(f'<bdi title="U+{ord(found[0]):04X}">'), path
    cable = site.page("cable/2010/01/10MOSCOW1.html")
    for where in ("<title>10MOSCOW1: SUB", "<h1>", "09 MOSCOW 7 ", "Before", "cable 10MOSCOW1"):
        assert where in cable
    assert cable.count(SHOWN) >= 6
    assert '<bdi title="U+202E">\u202e</bdi>was <bdi title="U+001B">' in cable
    for path in ("index.html", "tag/PGOV.html", "article/a.html", "feed.xml", "date/2010-01.html"):
        assert SHOWN in site.page(path), path
    assert not site.check().failed
