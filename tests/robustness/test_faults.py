"""Errors of the disk at some of the file operations of a build; `faults.py` by hand meets all of them."""

import subprocess

from tests.conftest import CHECKOUT
from tests.robustness.faults import preloaded


def test_an_error_at_a_file_operation_is_told_and_does_no_harm() -> None:
    run = subprocess.run(preloaded("--every", "31"), cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    first, change = run.stdout.splitlines()
    assert all(f" {name}" in first for name in ("open", "write"))
    assert "failures, none of harm" in change
