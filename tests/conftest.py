"""What all tests share."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CHECKOUT = Path(__file__).resolve().parent.parent

settings.register_profile("short", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))

# A shell that runs the tests in the background has interrupts ignored, and so would the commands that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real cables beside the checkout; CI always has it."""
    folder = CHECKOUT.parent / "shared"
    if not folder.is_dir() and "CI" not in os.environ:
        pytest.skip("real cables are not part of the project; put them in ../shared to run this test")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have measured."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    measured = [f"{name}: {words}" for report in reports for name, words in report.user_properties]
    if measured:
        terminalreporter.section("measured")
        terminalreporter.write("\n".join([*measured, ""]))
