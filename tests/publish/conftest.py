"""What the tests of publishing share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publish.service import Service, running
from tests.publish.support import put_site


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder with a finished site."""
    put_site(tmp_path / "output")
    return tmp_path / "output"


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that speaks like S3."""
    with running(tmp_path_factory.mktemp("s3") / "log") as found:
        yield found
