"""`check --reading` and what an import says, as a person and as a program meet them."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.reading.report import read_archive
from tests.site.support import SiteTest
from tests.site.test_cli import run

BODY = "UNCLAS MOSCOW 000{}\n\nE.O. 12958: N/A\nTAGS: PGOV\nSUBJECT: QUIET\n{}\n1. All quiet.\n\nROE\n"


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    return SiteTest(tmp_path)


def cable(site: SiteTest, serial: int, more: str = "", *, path: str = "", front: str = "") -> str:
    """A sound cable of January 2010, and what the test adds; returns its path."""
    header = (
        f"DE RUEHMO #0{serial}/01 0291533\nP 291533Z JAN 10\nFM AMEMBASSY MOSCOW\nTO RUEHC/SECSTATE WASHDC PRIORITY\n"
    )
    text = f'+++\nid = "10MOSCOW{serial}"\n{front}+++\n{header}{BODY.format(serial, more)}'
    return site.write(path or f"cables/10MOSCOW{serial}.txt", text)


def told(site: SiteTest, *arguments: str) -> list[str]:
    done = run(site, "check", "--reading", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def data(site: SiteTest, *arguments: str) -> Any:
    done = run(site, "check", "--reading", "--json", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def wanted(site: SiteTest) -> list[str]:
    with read_archive(site.content, 1) as report:
        return [f"{each.id} {each.references}/{each.cables} {each.line}" for each in report.store.unresolved(-1)]


def test_sound_cables_need_no_eye_and_no_site(site: SiteTest) -> None:
    cable(site, 226)
    lines = told(site)
    assert lines[0] == "1 cable read, 0 to look at"
    assert ["date-time", "group", "1", "100.0", "%", "0", "0"] in [line.split() for line in lines]
    assert not site.output.exists()
    assert not (site.folder / ".cablepress").exists()


def test_the_table_counts_and_gives_the_first_examples(site: SiteTest) -> None:
    for serial in range(226, 231):
        site.edit(cable(site, serial), "SUBJECT: QUIET\n", "")
    site.edit(cable(site, 231), "#0231", "#0999")
    lines = told(site)
    assert lines[0] == "6 cables read, 6 to look at"
    (place,) = (number for number, line in enumerate(lines) if line.startswith("subject"))
    assert lines[place].split() == ["subject", "1", "16.6", "%", "5", "5"]
    assert lines[place + 1 : place + 5] == [
        *(f"  content/cables/10MOSCOW{serial}.txt" for serial in range(226, 229)),
        "  … and 2 more",
    ]
    assert "  content/cables/10MOSCOW231.txt:4: the header has number 999, the ID is 10MOSCOW231" in lines
    assert lines[-1] == "all of it: cablepress check --reading --verbose, for programs --json"
    everything = told(site, "--verbose")
    assert "  content/cables/10MOSCOW230.txt" in everything
    assert not any("more" in line for line in everything)


def test_json_has_every_cable_that_needs_an_eye_and_nothing_else(site: SiteTest) -> None:
    cable(site, 226)
    site.edit(cable(site, 227, "REF: 09 KYIV 12\n"), "TAGS: PGOV\n", "")
    site.edit(cable(site, 228), "JAN 10", "JAN 09")
    said = data(site)
    assert list(said) == ["cables", "to_look_at", "fields", "findings", "look_at", "unresolved", "problems", "more"]
    assert (said["cables"], said["to_look_at"], said["findings"]) == (3, 2, {"id_and_header": 1})
    assert said["fields"]["tags"] == {"found": 2, "missing": 1, "to_look_at": 1}
    assert said["look_at"] == [
        {"path": "content/cables/10MOSCOW227.txt", "id": "10MOSCOW227", "missing": ["tags"], "findings": []},
        {
            "path": "content/cables/10MOSCOW228.txt",
            "id": "10MOSCOW228",
            "missing": [],
            "findings": [{"kind": "id_and_header", "line": 5, "text": "the header is of 2009, the ID is 10MOSCOW228"}],
        },
    ]
    assert said["unresolved"] == {
        "references": 1,
        "cables": 1,
        "wanted": [
            {"id": "09KYIV12", "references": 1, "cables": 1, "path": "content/cables/10MOSCOW227.txt", "line": 12}
        ],
    }
    assert (said["problems"], said["more"]) == ([], 0)


def test_missed_cables_come_in_the_order_in_which_they_are_wanted(site: SiteTest) -> None:
    cable(site, 226, "REF: A. 09 KYIV 12\nB. 09 KYIV 13\n")
    cable(site, 227, "REF: 09 KYIV 13\n")
    cable(site, 228, "REF: A. MOSCOW 226\nB. 09 KYIV 13\n")
    assert wanted(site) == ["09KYIV13 3/3 14", "09KYIV12 1/1 13"]
    with read_archive(site.content, 1) as report:
        assert [each.id for each in report.store.unresolved(1)] == ["09KYIV13"]
    assert "  09KYIV13                   3 in 3 cables, first content/cables/10MOSCOW226.txt:14" in told(site)


def test_a_reference_without_year_is_resolved_as_the_site_does(site: SiteTest) -> None:
    cable(site, 226, "REF: KYIV 12\n")
    assert wanted(site) == ["10KYIV12 1/1 13"]
    site.cable("09KYIV12", created="2009-12-30")
    assert wanted(site) == []
    site.edit("cables/10MOSCOW226.txt", "P 291533Z JAN 10", "P 291533Z MAR 10")
    assert wanted(site) == ["10KYIV12 1/1 13"]


def test_aliases_and_canonical_ids_resolve_a_reference(site: SiteTest) -> None:
    cable(site, 226, "REF: A. 09 KYIV 12\nB. 09 KYIV 13\n")
    site.cable("09KYIV99", front='aliases = ["09KYIV12"]')
    site.cable("09EFTOKYIV13")
    assert wanted(site) == []


def test_a_second_cable_of_an_address_is_not_shown_and_neither_leads_nor_refers(site: SiteTest) -> None:
    cable(site, 226, "REF: 09 KYIV 12\n")
    cable(site, 226, "REF: 09 KYIV 13\n", path="cables/z.txt", front='aliases = ["09KYIV12"]\n')
    assert wanted(site) == ["09KYIV12 1/1 13"]


def test_references_of_the_front_matter_have_no_line(site: SiteTest) -> None:
    cable(site, 226, front='references = ["09KYIV12"]\n')
    assert wanted(site) == ["09KYIV12 1/1 0"]
    assert "  09KYIV12                   1 in 1 cable, first content/cables/10MOSCOW226.txt" in told(site)


def test_several_processes_say_the_same(site: SiteTest) -> None:
    for serial in range(226, 700):
        cable(site, serial, "REF: 09 KYIV 12\n" if serial % 7 else "")
    one, two = (run(site, "check", "--reading", "--json", "--jobs", jobs).stdout for jobs in "12")
    assert one == two
    assert json.loads(one)["cables"] == 474


def test_what_cannot_be_read_is_told_and_ends_with_1(site: SiteTest) -> None:
    cable(site, 226)
    cable(site, 227, front='clasification = "SECRET"\n')
    (site.content / "cables/10MOSCOW228.txt").symlink_to("10MOSCOW226.txt")
    done = run(site, "check", "--reading")
    assert done.returncode == 1
    assert "content/cables/10MOSCOW227.txt:3: unknown key 'clasification'" in done.stderr
    assert "content/cables/10MOSCOW228.txt: this is a symbolic link" in done.stderr
    assert done.stdout.startswith("1 cable read, 0 to look at\n")
    said = json.loads(run(site, "check", "--reading", "--json").stdout)
    assert [problem["path"] for problem in said["problems"]] == [
        "content/cables/10MOSCOW227.txt",
        "content/cables/10MOSCOW228.txt",
    ]


def test_no_content_folder_is_a_usage_error_and_no_cable_is_none(site: SiteTest) -> None:
    assert run(site, "check", "--reading", "--content", "nowhere").returncode == 2
    assert told(site) == ["0 cables read, 0 to look at"]
    assert data(site)["look_at"] == []


def test_nothing_untrusted_reaches_the_terminal_raw(site: SiteTest) -> None:
    evil = "\x1b]0;gotcha\x07 \u202e\x9b31m"
    path = cable(site, 226, front=f'aliases = ["A"]\nreferences = ["09\\u202eKYIV12", "09KYIV{1:03}"]\n')
    site.edit(path, "FM AMEMBASSY", f"ODD {evil} LINE\nFM AMEMBASSY")
    cable(site, 227, path="cables/b.txt", front='origin = "\\u001b[2J"\n')
    site.cable("10\\u001b[31mX", path="cables/c.txt")
    for arguments in ((), ("--verbose",), ("--json",)):
        done = run(site, "check", "--reading", *arguments)
        raw = (done.stdout + done.stderr).replace("\n", "")
        assert "ODD" in raw
        assert raw.isprintable(), ascii(raw)
    said = json.loads(run(site, "check", "--reading", "--json").stdout)
    (odd,) = (each for each in said["look_at"] if each["id"] == "10MOSCOW226")
    assert odd["findings"][0]["text"] == " ".join(f"ODD {evil} LINE".split())


def test_an_import_says_what_it_found_in_the_cables_that_it_imported(site: SiteTest) -> None:
    cable(site, 300)
    row = '"1","1/29/2010 15:03","10MOSCOW{0}","Embassy Moscow","UNCLASSIFIED","","{1}","{2}"\n'
    header = "DE RUEHMO #0{0}/01 0291533\nP 291533Z JAN 10\nFM AMEMBASSY MOSCOW\nTO RUEHC/SECSTATE WASHDC"
    first = row.format(226, header.format(226), BODY.format(226, ""))
    second = row.format(227, header.format(999), BODY.format(227, "").replace("SUBJECT: QUIET\n", ""))
    (site.folder / "cables.csv").write_text(first + second, encoding="utf-8")
    lines = run(site, "import", "cables.csv").stdout.splitlines()
    assert lines == [
        "2 records = 2 imported + 0 unchanged + 0 rejected + 0 in conflict",
        "  2 cables read, 1 to look at",
        "    without subject 1 (50.0 %), references 2 (100.0 %), Classified By 2 (100.0 %), summary 2 (100.0 %)",
        "    ID and header disagree: 1",
        "  cablepress check --reading shows which",
    ]
    assert len(run(site, "import", "cables.csv").stdout.splitlines()) == 1
    (site.folder / "cables.csv").write_text(first.replace("All quiet", "Very quiet"), encoding="utf-8")
    said = json.loads(run(site, "import", "cables.csv", "--json").stdout)
    assert (said["replaced"], said["reading"]["cables"], said["reading"]["to_look_at"]) == (1, 1, 0)
    assert said["reading"]["fields"]["subject"] == {"found": 1, "missing": 0, "to_look_at": 0}


def test_an_import_of_many_cables_reads_them_in_other_processes_and_says_the_same(site: SiteTest) -> None:
    row = '"1","1/29/2010 15:03","10MOSCOW{0}","Embassy Moscow","UNCLASSIFIED","","","{1}"\n'
    rows = (
        row.format(serial, BODY.format(serial, "").replace("1. All", "1. All" if serial % 3 else "All"))
        for serial in range(226, 700)
    )
    (site.folder / "cables.csv").write_text("".join(rows), encoding="utf-8")
    said = json.loads(run(site, "import", "cables.csv", "--json", "--jobs", "2").stdout)["reading"]
    report = data(site)
    assert said == {key: report[key] for key in ("cables", "to_look_at", "fields", "findings")}
    assert (said["cables"], said["fields"]["numbered_paragraphs"]["missing"]) == (474, 158)
