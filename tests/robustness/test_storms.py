"""Each storm once over a small archive; `storms.py` by hand raises many over a large one."""

import random
from collections.abc import Iterator

import pytest

from tests.robustness.storms import BURSTS, OTHERS, SAVES, Storm, Weather, archive, passed
from tests.site.serving import served

FILES = 250


@pytest.fixture(scope="module")
def weather(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Weather]:
    site = archive(tmp_path_factory.mktemp("storms"), FILES)
    with served(site) as serve:
        yield Weather(site, serve, FILES, random.Random(7))


@pytest.mark.parametrize("storm", [*SAVES, *BURSTS, *OTHERS], ids=lambda storm: storm.__name__)
def test_when_it_is_quiet_the_site_is_as_a_clean_build_makes_it(weather: Weather, storm: Storm) -> None:
    passed(weather, storm)
