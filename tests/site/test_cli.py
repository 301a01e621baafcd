"""The commands as a person or a script meets them: what they print, and with which code they end."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.output.manifest import manifest_path
from tests.conftest import CHECKOUT
from tests.site.support import SiteTest
from tests.unit.importers import test_text_dump
from tests.unit.importers.test_mirror import page as mirror_page


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path)
    site.cable("10MOSCOW226", "1. (SBU) Summary: all quiet.", subject="QUIET", tags="PGOV")
    return site


def run(site: SiteTest, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(CHECKOUT / "build.py"), *arguments], cwd=site.folder, capture_output=True, text=True
    )


def test_no_verb_means_build(site: SiteTest) -> None:
    done = run(site)
    assert done.returncode == 0
    assert "1 cable" in done.stdout
    assert "cablepress serve" in done.stdout
    assert (site.output / "cable/2010/01/10MOSCOW226.html").is_file()


def test_a_verb_may_be_left_out_before_options(site: SiteTest) -> None:
    done = run(site, "--output", "elsewhere", "--explain")
    assert done.returncode == 0
    assert "cable/2010/01/10MOSCOW226.html: it" in done.stdout
    assert (site.folder / "elsewhere/index.html").is_file()


def test_the_summary_counts_what_was_done(site: SiteTest) -> None:
    run(site)
    assert "0 written" in run(site).stdout


def test_the_summary_has_every_kind_of_page(site: SiteTest) -> None:
    site.write("static/robots.png", "copied")
    built = json.loads(run(site, "build", "--json").stdout)["pages"]
    counts = run(site).stdout.partition("\n")[0].removeprefix("output: ").split(", ")
    assert sorted(int(count.split()[0]) for count in counts) == sorted(built.values())
    assert "1 static file" in counts


def test_profile_says_what_each_stage_took(site: SiteTest) -> None:
    done = run(site, "--profile")
    assert done.returncode == 0
    rows = [line.split() for line in done.stdout.partition("stage ")[2].splitlines()]
    assert rows[0] == ["wall", "cpu", "workers"]
    assert [row[0] for row in rows[1:8]] == ["prepare", "read", "mark", "survey", "render", "commit", "rest"]
    assert all(float(number) >= 0 for row in rows[1:8] for number in row[1:4])


@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_a_faulty_cable_ends_with_1_and_a_sentence(site: SiteTest, quiet: tuple[str, ...]) -> None:
    site.cable("10MOSCOW227", front='clasification = "SECRET"')
    done = run(site, "build", *quiet)
    assert done.returncode == 1
    assert "content/cables/10MOSCOW227.txt:5" in done.stderr
    assert "did you mean 'classification'" in done.stderr
    assert "Traceback" not in done.stderr
    assert (site.output / "cable/2010/01/10MOSCOW226.html").is_file()


def test_quiet_says_nothing_when_all_is_well(site: SiteTest) -> None:
    done = run(site, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("publish", "nowhere"), 2), (("show", "10NOWHERE1"), 2), (("frobnicate",), 2), (("--output", "content"), 2)],
)
def test_what_cannot_be_done_ends_with_2(site: SiteTest, arguments: tuple[str, ...], code: int) -> None:
    done = run(site, *arguments)
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_a_missing_archive_says_how_to_start_one(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "build.py")], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "cablepress new" in done.stderr


def test_a_second_build_at_the_same_time_ends_with_4(site: SiteTest) -> None:
    run(site)
    descriptor = os.open(site.output / ".cablepress", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        assert run(site).returncode == 4
    finally:
        os.close(descriptor)


def test_a_full_disk_ends_with_5(site: SiteTest) -> None:
    """A file limit stands in for a full disk: the system refuses to write more than one block to any file."""
    command = f"ulimit -f 1; exec {sys.executable} {CHECKOUT / 'build.py'}"
    done = subprocess.run(
        ["/bin/bash", "-c", command], cwd=site.folder, capture_output=True, text=True, preexec_fn=_ignore_file_limit
    )
    assert done.returncode == 5, done.stderr
    assert "Traceback" not in done.stderr


def _ignore_file_limit() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def test_an_interrupt_ends_with_130(site: SiteTest) -> None:
    with subprocess.Popen(
        [sys.executable, str(CHECKOUT / "build.py"), "serve", "--port", "0"],
        cwd=site.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert "http://127.0.0.1:" in "".join(_until_served(process))
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130


def _until_served(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    seen: list[str] = []
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not any("http://" in line for line in seen):
        seen.append(process.stdout.readline())
    return seen


def test_json_is_for_programs(site: SiteTest) -> None:
    done = run(site, "build", "--json")
    assert json.loads(done.stdout)["pages"]["cable"] == 1
    shown = json.loads(run(site, "show", "10MOSCOW226", "--json").stdout)
    assert (shown["id"], shown["subject"], shown["tags"]) == ("10MOSCOW226", "QUIET", ["PGOV"])
    assert json.loads(run(site, "check", "--json").stdout)["cables"] == 1


def test_show_takes_a_file_as_well(site: SiteTest) -> None:
    by_id = run(site, "show", "10MOSCOW226")
    assert by_id.returncode == 0
    assert "QUIET" in by_id.stdout
    assert run(site, "show", "content/cables/10MOSCOW226.txt").stdout == by_id.stdout


@pytest.mark.parametrize(
    "text",
    [
        mirror_page("10MOSCOW300"),
        test_text_dump.FURNITURE.format(values="SECRET Embassy Bogota") + test_text_dump.BODY,
        test_text_dump.LINES.format(clock="Wed Mar 08 16:00:00 +0000 2006") + test_text_dump.BODY,
    ],
)
def test_show_of_what_an_import_would_read_says_so(site: SiteTest, text: str) -> None:
    (site.folder / "my page").write_text(text, encoding="utf-8")
    done = run(site, "show", "my page")
    assert done.returncode == 0
    assert "warning: my page: this is a page or a file of a dump" in done.stderr
    assert "cablepress import 'my page'" in done.stderr
    assert run(site, "show", "my page", "--quiet").stderr == ""
    assert run(site, "show", "content/cables/10MOSCOW226.txt").stderr == ""


def test_show_finds_an_id_with_a_suffix(site: SiteTest) -> None:
    site.cable("1973STATE043554_b", "1. Text.", subject="OLD")
    assert "OLD" in run(site, "show", "1973STATE043554_b").stdout


def test_nothing_untrusted_reaches_the_terminal_raw(site: SiteTest) -> None:
    site.cable("10MOSCOW227", "1. \x1b]0;gotcha\x07 \u202e evil", subject="\x1b[31mRED", front='tgs = "\\u001b[2J"')
    for arguments in (("build", "--explain", "--verbose"), ("show", "content/cables/10MOSCOW227.txt"), ("check",)):
        done = run(site, *arguments)
        raw = (done.stdout + done.stderr).replace("\n", "")
        assert raw
        assert raw.isprintable(), ascii(raw)


def test_debug_shows_the_traceback(site: SiteTest) -> None:
    assert "Traceback" in run(site, "publish", "nowhere", "--debug").stderr


def test_clean_removes_what_we_wrote_and_nothing_else(site: SiteTest) -> None:
    run(site)
    (site.output / "mine.txt").write_text("mine", encoding="utf-8")
    (site.output / "index.html").write_text("changed", encoding="utf-8")
    done = run(site, "clean")
    assert done.returncode == 0
    left = {path.relative_to(site.output).as_posix() for path in site.output.rglob("*")}
    assert left == {"mine.txt", "index.html"}
    assert "index.html" in done.stdout


def test_an_import_names_the_files_that_list_what_it_left(site: SiteTest) -> None:
    (site.folder / "cables.csv").write_text('"1","1/29/2010 15:33","../x","Embassy Moscow","SECRET","","H","B"\n')
    done = run(site, "import", "cables.csv")
    assert done.returncode == 1
    assert "  1 reject, a line each: content/.import/rejects.txt\n" in done.stdout


@pytest.mark.parametrize(
    ("name", "looked_for"), [("auto", "text files (.txt) and pages of the old site"), ("text", "text files (.txt)")]
)
def test_a_source_without_any_cable_is_an_error(site: SiteTest, name: str, looked_for: str) -> None:
    (site.folder / "dumps").mkdir()
    (site.folder / "dumps/cables.csv").write_text("a dump that the user may have meant")
    done = run(site, "import", "dumps", "--format", name)
    assert done.returncode == 2
    assert "0 records" in done.stdout
    assert "dumps: no cable is in it" in done.stderr
    assert f"hint: looked for were {looked_for}" in done.stderr


def test_import_build_check_and_publish(site: SiteTest) -> None:
    row = (
        '"1","1/29/2010 15:33","10MOSCOW300","Embassy Moscow","SECRET","","H","S E C R E T MOSCOW 000300\nTAGS: PGOV"\n'
    )
    (site.folder / "cables.csv").write_text(row, encoding="utf-8")
    site.write(
        "site.toml", 'title = "T"\nbase_url = "https://example.org/"\n[publish.web]\nkind = "directory"\npath = "web"\n'
    )
    assert "1 record = 1 imported" in run(site, "import", "cables.csv").stdout
    assert run(site).returncode == 0
    assert run(site, "check").returncode == 0
    assert "to publish" in run(site, "publish", "web", "--dry-run").stdout
    assert not (site.folder / "web").exists()
    assert run(site, "publish", "web").returncode == 0
    assert (site.folder / "web/current/cable/2010/01/10MOSCOW300.html").is_file()
    assert run(site, "publish", "web").returncode == 0


def test_json_shows_nothing_raw_and_says_the_same(site: SiteTest) -> None:
    subject = "A \x9b31m \u202e \U000e0041 \x7f B"
    site.cable("10MOSCOW227", subject=subject)
    site.cable("10MOSCOW228", front="tgs = 1")
    site.content.rename(site.folder / "c\x9b\u202e")
    folder = ("--content", "c\x9b\u202e", "--json")
    shown, built = run(site, "show", "10MOSCOW227", *folder).stdout, run(site, "build", *folder).stdout
    for raw in (shown, built):
        assert raw.replace("\n", "").isprintable(), ascii(raw)
    assert json.loads(shown)["subject"] == subject
    assert json.loads(built)["problems"][0]["path"] == "c\x9b\u202e/cables/10MOSCOW228.txt"


def test_a_refusal_to_publish_has_a_line_for_each_file(site: SiteTest) -> None:
    site.write(
        "site.toml", 'title = "T"\nbase_url = "https://example.org/"\n[publish.web]\nkind = "directory"\npath = "web"\n'
    )
    run(site)
    for name in ("a.txt", "b\x9b.txt"):
        (site.output / name).write_text("mine", encoding="utf-8")
    refused = run(site, "publish", "web").stderr.partition("error: ")[2].splitlines()
    assert [line.partition("output/")[2].partition(".txt")[0] for line in refused[:2]] == ["a", "b\\x9b"]


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_without_a_verb_lists_the_verbs(site: SiteTest, option: str) -> None:
    assert "publish" in run(site, option).stdout


def test_a_name_too_long_for_a_file_is_no_cable(site: SiteTest) -> None:
    for name in ("A" * 300, "A" * 252, "A" * 298 + "_b"):
        done = run(site, "show", name)
        assert (done.returncode, "neither such a file" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


@pytest.mark.parametrize("verb", ["check", "show"])
def test_what_the_system_refuses_ends_with_5_and_a_sentence(site: SiteTest, verb: str) -> None:
    """A folder in the place of a file stands in for a faulty disk, for root as well."""
    run(site)
    if verb == "check":
        manifest = site.output / manifest_path("cable/2010/01")
        manifest.unlink()
        manifest.mkdir()
    else:
        (site.content / "cables/10MOSCOW300.txt").mkdir()
    done = run(site, verb, *(["10MOSCOW300"] if verb == "show" else []))
    assert done.returncode == 5, done.stderr
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr
