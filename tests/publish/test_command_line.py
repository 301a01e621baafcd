"""`cablepress publish` as a person or a script meets it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.site.support import SITE_TOML, SiteTest
from tests.site.test_cli import run

TARGETS = """
[publish.web]
kind = "directory"
path = "web"
"""


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    site = SiteTest(tmp_path, SITE_TOML + TARGETS)
    site.cable("10MOSCOW226", "1. (SBU) Summary: all quiet.", subject="QUIET", tags="PGOV")
    return site


def test_a_dry_run_lists_what_would_change_and_writes_nothing(site: SiteTest) -> None:
    done = run(site, "publish", "web", "--dry-run", "--verbose")
    assert done.returncode == 0, done.stderr
    assert "  added    cable/2010/01/10MOSCOW226.html\n" in done.stdout
    assert not (site.folder / "web").exists()
    assert run(site, "publish", "web").returncode == 0
    site.cable("10MOSCOW227")
    (site.content / "cables/10MOSCOW226.txt").unlink()
    told = json.loads(run(site, "publish", "web", "--dry-run", "--json").stdout)
    kinds = {change["path"]: change["kind"] for change in told["changes"]}
    assert kinds["cable/2010/01/10MOSCOW226.html"] == "deleted"
    assert kinds["cable/2010/01/10MOSCOW227.html"] == "added"
    assert kinds["index.html"] == "changed"
    assert (told["plan"]["added"], told["arrival"]) == (1, None)


def test_what_check_refuses_is_not_published(site: SiteTest) -> None:
    site.write("pages/about.md", '+++\ntitle = "About"\n+++\n[Nowhere](nowhere.html)\n')
    for options in ((), ("--dry-run",), ("--quiet",)):
        refused = run(site, "publish", "web", *options)
        assert refused.returncode == 1
        assert 'the link "nowhere.html" leads nowhere' in refused.stderr
        assert "does not pass its check" in refused.stderr
    assert not (site.folder / "web").exists()
    site.write("pages/about.md", '+++\ntitle = "About"\n+++\nHere.\n')
    assert run(site, "publish", "web").returncode == 0


def test_a_site_with_errors_is_not_published(site: SiteTest) -> None:
    site.cable("10MOSCOW227", front="tgs = 1")
    refused = run(site, "publish", "web")
    assert refused.returncode == 1
    assert "the last build had 1 error\n" in refused.stderr
    assert not (site.folder / "web").exists()


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ('[publish.far]\nkind = "directry"\npath = "far"', 'unknown kind "directry"'),
        ('[publish]\nfar = "web"', 'publish: "far" must be a table'),
    ],
)
def test_a_target_with_a_fault_is_told_of_by_its_line_and_not_as_unknown(
    site: SiteTest, target: str, told: str
) -> None:
    site.write("site.toml", SITE_TOML + target)
    for option in ("--dry-run", "--releases", "--quiet"):
        refused = run(site, "publish", "far", option)
        assert refused.returncode == 1
        assert told in refused.stderr
        assert "the target 'far' can't be used" in refused.stderr
    assert not site.output.exists()


def test_a_fault_of_another_target_is_no_hindrance_to_looking_at_one(site: SiteTest) -> None:
    site.write("site.toml", SITE_TOML + TARGETS + '[publish.far]\nkind = "directry"\n')
    assert run(site, "publish", "web", "--releases").returncode == 0


def test_a_target_that_is_not_there_is_a_slip_of_the_command(site: SiteTest) -> None:
    refused = run(site, "publish", "wbe")
    assert refused.returncode == 2
    assert "there is no publish target 'wbe'" in refused.stderr
    assert "known: web\n  hint: name one of these" in refused.stderr


def test_releases_rollback_and_prune(site: SiteTest) -> None:
    before = datetime.now(UTC)
    for number in range(3):
        site.cable("10MOSCOW226", f"1. State {number}.")
        assert run(site, "publish", "web").returncode == 0
    kept = json.loads(run(site, "publish", "web", "--releases", "--json").stdout)
    moments = [datetime.fromisoformat(each["published"]) for each in kept]
    assert before.replace(microsecond=0) <= moments[0] < moments[1] < moments[2] <= datetime.now(UTC)
    names = [each["name"] for each in kept]
    page = site.folder / "web/current/cable/2010/01/10MOSCOW226.html"
    assert "State 2." in page.read_text("utf-8")
    assert f"would see {names[1]}" in run(site, "publish", "web", "--rollback", "--dry-run").stdout
    assert "State 2." in page.read_text("utf-8")
    assert run(site, "publish", "web", "--rollback", "--release", names[0]).returncode == 0
    assert "State 0." in page.read_text("utf-8")
    dry = run(site, "publish", "web", "--prune", "--keep", "1", "--dry-run").stdout
    assert "1 release to take away" in dry
    assert names[1] in dry
    assert run(site, "publish", "web", "--prune", "--keep", "1").returncode == 0
    shown = run(site, "publish", "web", "--releases").stdout
    days = [f"{moment:%Y-%m-%d %H:%M} UTC" for moment in moments]
    assert shown == f"{names[0]}  {days[0]}  readers see this one\n{names[2]}  {days[2]}\n"


def test_with_json_an_error_is_json_too(site: SiteTest) -> None:
    refused = run(site, "publish", "wbe", "--releases", "--json")
    told = json.loads(refused.stdout)["error"]
    assert (refused.returncode, told["exit_code"]) == (2, 2)
    assert "there is no publish target 'wbe'" in told["text"]
    assert told["hint"]
    assert refused.stderr.startswith("error: there is no publish target")
    unknown = run(site, "build", "--json", "--frobnicate")
    assert (unknown.returncode, unknown.stdout) == (2, "")


@pytest.mark.parametrize(
    "options", [("--rollback", "--prune"), ("--release", "1-x"), ("--prune", "--keep", "0"), ("--max-deletes", "-1")]
)
def test_options_that_do_not_go_together_end_with_2(site: SiteTest, options: tuple[str, ...]) -> None:
    assert run(site, "publish", "web", *options).returncode == 2
    assert not (site.folder / "web").exists()


def test_what_a_web_server_has_to_be_told_is_printed(site: SiteTest) -> None:
    site.edit("site.toml", 'path = "web"', 'path = "web"\nhost = "nginx"\ncompress = ["gzip"]')
    told = run(site, "publish", "web", "--server-config")
    assert told.returncode == 0, told.stderr
    assert f"alias {site.folder.resolve()}/web/current/;" in told.stdout
    assert "location /archive/ {" in told.stdout
    assert "gzip_static on;" in told.stdout
    assert not site.output.exists()
    assert run(site, "publish", "web").returncode == 0
    assert (site.folder / "web/current/index.html.gz").is_file()
    site.edit("site.toml", 'host = "nginx"', "")
    assert run(site, "publish", "web", "--server-config").returncode == 2


def test_a_host_gets_the_redirects_of_old_addresses(site: SiteTest) -> None:
    site.edit("site.toml", 'path = "web"', 'path = "web"\nhost = "netlify"')
    assert run(site, "publish", "web").returncode == 0
    told = (site.folder / "web/current/_redirects").read_text("utf-8").splitlines()
    assert "/archive/tag/PGOV_0.html /archive/tag/PGOV.html 301" in told
    assert (site.folder / "web/current/tag/PGOV_0.html").is_file()
    assert "frame-ancestors" in (site.folder / "web/current/_headers").read_text("utf-8")


def test_a_warning_is_told_once_and_the_target_by_its_own_path(site: SiteTest) -> None:
    site.edit("site.toml", 'path = "web"', 'path = "../away/web"')
    site.cable("10MOSCOW228", front='classification = "HUSH"')
    done = run(site, "publish", "web", "--dry-run")
    assert done.returncode == 0
    assert done.stderr.count("warning: ") == done.stderr.count("HUSH") == 1
    assert f"{site.folder.parent}/away/web: " in done.stdout
