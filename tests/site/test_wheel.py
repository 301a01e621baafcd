"""An installed wheel makes an archive and its site in a folder that has nothing to do with the checkout."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import CHECKOUT


def test_an_installed_wheel_builds_elsewhere(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    wheels, installed, work = tmp_path / "wheels", tmp_path / "installed", tmp_path / "work"
    work.mkdir()
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(CHECKOUT)]
    subprocess.run([*pip, *build], check=True)
    (wheel,) = wheels.glob("cablepress-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", str(installed), str(wheel)], check=True)

    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-P", "-c", "from generator.cli import main; main(prog_name='cablepress')"]

    def run(*arguments: str, folder: Path = work) -> str:
        done = subprocess.run(
            [*command, *arguments], cwd=folder, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    run("new", "archive")
    assert "1 cable" in run("build", folder=work / "archive")
    (page,) = (work / "archive" / "output" / "cable").rglob("*.html")
    assert "Viewing cable" in page.read_text(encoding="utf-8")
    assert (work / "archive" / "output" / "assets" / "site.css").is_file()
    run("check", folder=work / "archive")
