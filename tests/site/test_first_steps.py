"""What someone meets who has the program for the first time: the errors say how to go on."""

import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.site.support import SiteTest
from tests.site.test_cli import run


def test_a_checkout_whose_dependencies_are_missing_says_how_to_install_them() -> None:
    bare = [sys.executable, "-S", str(CHECKOUT / "build.py")]
    done = subprocess.run(bare, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert "python3 -m venv .venv && .venv/bin/pip install ." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "folders",
    [(), ("--output", "my site"), ("--content", "texts", "--config", "texts/site.toml", "--base-url", "http://a/")],
)
def test_the_command_that_deletes_many_files_is_told_whole(tmp_path: Path, folders: tuple[str, ...]) -> None:
    site = SiteTest(tmp_path, 'title = "T"\n[publish.web]\nkind = "directory"\npath = "web"\n')
    for number in range(1, 61):
        site.cable(f"10MOSCOW{number}", path=f"cables/many/{number}.txt")
    if "texts" in folders:
        site.content = site.content.rename(tmp_path / "texts")
    assert run(site, "build", *folders).returncode == 0
    shutil.rmtree(site.content / "cables/many")
    site.cable("10ROME1")
    refused = run(site, "publish", "web", "--dry-run", *folders)
    assert refused.returncode == 1
    assert "\n  cable/2010/01/10MOSCOW1.html\n" in refused.stderr
    program, *arguments = shlex.split(refused.stderr.rpartition(": ")[2])
    assert program == "cablepress"
    assert run(site, *arguments).returncode == 0, arguments


@pytest.mark.parametrize("only", [(), ("--only", "origin=Rome")])
def test_a_build_that_builds_nothing_counts_nothing(tmp_path: Path, only: tuple[str, ...]) -> None:
    site = SiteTest(tmp_path, 'title = "T"\n' if only else "titel = 1\n")
    done = run(site, "build", "--output", "out", *only)
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "out: nothing was built")
    assert "0 written" not in done.stdout


@pytest.mark.parametrize("module", ["generator.errors", "generator.cable.spans", "generator.archive.catalog", "jinja2"])
@pytest.mark.parametrize("program", [str(CHECKOUT / "build.py"), str(Path(sys.executable).with_name("cablepress"))])
def test_an_interrupt_while_the_program_is_loaded_ends_it_in_a_sentence(program: str, module: str) -> None:
    command = [sys.executable, "-X", "importtime", program, "build", "--help"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert any(line.split()[-1] == module for line in process.stderr)
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait() == 130
    told = [line for line in rest.splitlines() if not line.startswith("import time:")]
    assert told == ["interrupted; the next build goes on from here"]


def test_the_next_step_after_a_new_archive_is_a_command_as_it_is_typed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "build.py"), "new", "My Archive"], cwd=tmp_path, capture_output=True, text=True
    )
    step = done.stdout.splitlines()[-1].removeprefix("next: ")
    assert step == "cd 'My Archive' && cablepress serve"
