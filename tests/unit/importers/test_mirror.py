import os
from pathlib import Path

import pytest

from generator.importers import mirror
from generator.importers.record import Entry, PassedOver, Record, Rejected

PAGE = """<html>
<head>
<title>Cable Viewer</title>
</head>
<body>
<div class='pane big'>
<h3>Viewing cable {id}, SUBJECT</h3>
<table class='cable'>
<tr>
<th>Reference ID</th>
</tr>
<tr>
<td>
<a href='/cable/2010/01/{id}.html'>{id}</a>
</td>
<td>
<a href='/date/2010-01_0.html'>2010-01-29 15:03</a>
</td>
<td>
<a href='/reldate/2010-12-01_0.html'>2010-12-01 21:09</a>
</td>
<td>
<a href='/classification/5_0.html' title='unclassified//fouo'>UNCLASSIFIED//FOR OFFICIAL USE ONLY</a>
</td>
<td>
<a href='/origin/39_0.html'>Embassy Moscow</a>
</td>
</tr>
{articles}
</table>
<code><pre>{header}</pre></code>
<code><pre>{body}</pre></code>
</div>
</body>
</html>
"""


def page(reference: str = "10MOSCOW226", header: str = "VZCZC", body: str = "UNCLAS", articles: str = "") -> str:
    return PAGE.format(id=reference, header=header, body=body, articles=articles)


def write(folder: Path, address: str, text: str) -> Path:
    path = folder / address
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def positions(found: list[Entry]) -> list[int]:
    return [entry.position for entry in found if not isinstance(entry, PassedOver)]


def one(folder: Path, text: str) -> Record:
    (record,) = mirror.read(write(folder, "10MOSCOW226.html", text))
    assert isinstance(record, Record)
    return record


def why(folder: Path, text: str) -> str:
    (found,) = mirror.read(write(folder, "page.html", text))
    assert isinstance(found, Rejected)
    return found.reason


def test_the_record_of_a_page(tmp_path: Path) -> None:
    record = one(tmp_path, page())
    assert (record.place, record.id, record.origin) == ("10MOSCOW226.html", "10MOSCOW226", "Embassy Moscow")
    assert record.classification == "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
    assert str(record.created) == "2010-01-29 15:03:00+00:00"
    assert str(record.released) == "2010-12-01 21:09:00+00:00"
    assert (record.header, record.body, record.articles) == ("VZCZC", "UNCLAS", ())


def test_press_articles(tmp_path: Path) -> None:
    cited = """<tr>
<td colspan='5'>
Appears in these articles:<br />
<a href='http://http://paper.example/a?x=1'>http://paper.example/a?x=1</a><br />\r
<a href='http://www.paper.example/b'>www.paper.example/b</a><br />
<a href='http://www.paper.example/b'>www.paper.example/b</a><br />
<a href='javascript:alert(1)'>javascript://%0aalert(1)</a><br />
</td>
</tr>"""
    assert one(tmp_path, page(articles=cited)).articles == ("http://paper.example/a?x=1", "http://www.paper.example/b")


def test_press_articles_that_are_no_pages_on_the_web_are_none(tmp_path: Path) -> None:
    words = (
        "javascript:alert(1)",
        "javascript:8o",
        "http://a@paper.example/",
        "data:text/html,x",
        "http://paper.example/a|b",
    )
    cited = "Appears in these articles:" + "".join(f"<a href='x'>{each}</a>" for each in words)
    record = one(tmp_path, page(articles=f"<tr><td colspan='5'>{cited}</td></tr>"))
    assert record.articles == ("http://paper.example/a%7Cb",)


@pytest.mark.parametrize(
    ("marked_up", "text"),
    [
        ("a&#x000A;b&#x000A;", "a\nb\n"),
        ("<a id='par1' href='#par1'>¶</a>1. Summary", "1. Summary"),
        ("<a id='parB' href='10MOSCOW226.html#parB'>¶</a>B. Refs", "B. Refs"),
        ("see ¶ 3 and ¶3", "see ¶ 3 and ¶3"),
        ("<a id='par1' href='#par2'>¶</a>1.", "¶1."),
        ("TAGS: <a href='/tag/PGOV_0.html'>PGOV</a> <a href='/tag/RS_0.html'>RS</a>", "TAGS: PGOV RS"),
        ("a<br />b", "ab"),
        ("SIPDIS <br>&#x000A;", "SIPDIS <br>\n"),
        ("AT&T <220571> </table> &nbsp; <b>x</b> <a friend>", "AT&T <220571> </table> &nbsp; <b>x</b> <a friend>"),
        ("&amp;lt; &lt;a b=c&gt; &quot;&#8217;&#x2019;", '&lt; <a b=c> "’’'),
        ("&#0; &#xD800; &#x110000; &#9999999;", "&#0; &#xD800; &#x110000; &#9999999;"),
        ("a&#x000D;&#x000A;b", "a\nb"),
    ],
)
def test_only_the_sites_own_markup_is_taken_out(tmp_path: Path, marked_up: str, text: str) -> None:
    record = one(tmp_path, page(header=marked_up, body=marked_up))
    assert (record.header, record.body) == (text, text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (page().partition("<code><pre>UNCLAS")[0], "the page has 1 texts"),
        (page().partition("</pre></code>\n</div>")[0], "the page has 2 texts (<code><pre>) and 1 ends of texts"),
        (page(body="x<code><pre>y</pre></code>"), "the page has 3 texts"),
        (page(header="</pre></code>").replace("UNCLAS</pre></code>", ""), "stand inside each other"),
        (page().replace("<table class='cable'>", ""), "the page has no record"),
        (page().replace("<td>", "", 1), "the record has 4 columns"),
        (page(reference="../../../etc/passwd"), "the reference ID '../../../etc/passwd' is not made of"),
        (page(body="a\0b"), "the body holds a NUL character"),
        (page().replace("2010-01-29 15:03", "2010-13-29 15:03"), "is not in the calendar"),
    ],
)
def test_a_damaged_page_is_rejected(tmp_path: Path, text: str, reason: str) -> None:
    assert reason in why(tmp_path, text)


def test_a_page_with_one_text_has_a_body_and_no_header_and_that_is_said(tmp_path: Path) -> None:
    record = one(tmp_path, page().replace("<code><pre>VZCZC</pre></code>\n", ""))
    assert (record.header, record.body) == ("", "UNCLAS")
    assert "one text" in record.note
    assert one(tmp_path, page()).note == ""


def test_a_text_that_is_not_utf8_is_rejected_and_the_sidebar_does_not_matter(tmp_path: Path) -> None:
    raw = page(body="Bogotá").encode()
    path = tmp_path / "10MOSCOW226.html"
    path.write_bytes(raw.replace(b"<body>", b"<body>\xe1"))
    assert isinstance(next(mirror.read(path)), Record)
    path.write_bytes(raw.replace("á".encode(), b"\xe1"))
    (found,) = mirror.read(path)
    assert isinstance(found, Rejected)
    assert "the body is not UTF-8 (byte 0xe1)" in found.reason


def test_a_folder_gives_its_cables_by_name_and_passes_over_other_pages(tmp_path: Path) -> None:
    write(tmp_path, "cable/2010/01/10MOSCOW226.html", page())
    write(tmp_path, "cable/2009/12/09MOSCOW3010", page("09MOSCOW3010"))
    write(tmp_path, "tag/PGOV_0.html", "<h3>Browse by PGOV</h3>")
    write(tmp_path, "index.html", "<table class='cable'></table>")
    write(tmp_path, "static/gfx/logo.png", "")
    found = list(mirror.read(tmp_path))
    assert [entry.place for entry in found] == ["cable/2009/12/09MOSCOW3010", "cable/2010/01/10MOSCOW226.html"]
    assert positions(found)[-1] <= mirror.size(tmp_path) == 4


def test_what_stands_at_a_cables_address_is_never_passed_over_in_silence(tmp_path: Path) -> None:
    outside = write(tmp_path, "secret", page())
    mirrored = tmp_path / "mirror"
    write(mirrored, "cable/2010/01/10MOSCOW1.html", "")
    (mirrored / "cable/2010/01/10MOSCOW2.html").symlink_to(outside)
    os.mkfifo(mirrored / "cable/2010/01/10MOSCOW3.html")
    (mirrored / "cable/2010/02").symlink_to(mirrored / "cable/2010/01")
    reasons = {entry.place[14:]: entry.reason for entry in mirror.read(mirrored) if isinstance(entry, Rejected)}
    assert reasons == {
        "10MOSCOW1.html": "the page has no record (no table of the class 'cable')",
        "10MOSCOW2.html": "it is a symbolic link, which is not followed",
        "10MOSCOW3.html": "it is no file",
        "": "it is a symbolic link, which is not followed",
    }


PIECES = ["<a ", "<a =", "<a id='par", "<td>", "<a href='", "&#x", "<code><pre", "Appears in these articles:"]
"""Repeated a million times, what a careless pattern would try from each of them to the end: for days."""


def repeated(piece: str, length: int) -> str:
    """A page that is full of the piece."""
    many = piece * (length // len(piece))
    return page(body=many, articles=f"<tr><td colspan='5'>Appears in these articles:{many}</td></tr>")


@pytest.mark.parametrize("piece", PIECES)
def test_repeated_pieces_of_markup_are_text(tmp_path: Path, piece: str) -> None:
    (found,) = mirror.read(write(tmp_path, "10MOSCOW226.html", repeated(piece, 1_000_000)))
    if piece == "<td>":
        assert isinstance(found, Rejected)
        assert "columns instead of 5" in found.reason
    else:
        assert isinstance(found, Record)
        assert found.body == piece * (1_000_000 // len(piece))


def test_recognises(tmp_path: Path, shared: Path) -> None:
    assert mirror.recognises(tmp_path)
    assert mirror.recognises(write(tmp_path, "page", page()))
    assert not mirror.recognises(shared / "real" / "cables.csv")
    assert not mirror.recognises(tmp_path / "absent")
