"""What the tests of publishing share."""

from pathlib import Path

import pytest

from tests.publish.support import put_site


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder with a finished site."""
    put_site(tmp_path / "output")
    return tmp_path / "output"
