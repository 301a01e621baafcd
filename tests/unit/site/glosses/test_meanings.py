"""What is said of codes that the vocabulary does not explain, or explains only in part."""

import pytest

from generator.cable.vocabulary import BUILT_IN
from generator.site.glosses.meanings import Meanings

MEANINGS = Meanings(BUILT_IN)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("PGOV", "Internal Governmental Affairs"),
        ("XQZZ", "Meaning not known"),
        ("COUNTRY CLEARANCE", "Meaning not known"),
        ("CLINTON, HILLARY", ""),
    ],
)
def test_a_tag_that_no_list_explains_says_so_and_a_persons_name_needs_no_words(code: str, words: str) -> None:
    assert MEANINGS.tag(code, 2009) == words


@pytest.mark.parametrize("mark", ["QQ", "12", ""])
def test_a_portion_mark_without_a_level_is_not_certain(mark: str) -> None:
    assert MEANINGS.portion(mark) == "A portion mark that is not certain"


def test_a_relay_has_no_name_of_its_own() -> None:
    assert MEANINGS.station("RUEHMO") == "AMEMBASSY MOSCOW"
    assert BUILT_IN.routing["RHEHAAA"].relay
    assert MEANINGS.station("RHEHAAA") == MEANINGS.station("RXXXXXX") == ""
