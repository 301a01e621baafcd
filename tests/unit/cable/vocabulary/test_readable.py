"""Subjects in capitals, in readable case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cable.vocabulary import BUILT_IN, Vocabulary


@pytest.mark.parametrize(
    ("subject", "readable"),
    [
        (
            "SCENESETTER FOR FEBRUARY 4 U.S.-RUSSIA WORKING GROUP",
            "Scenesetter for February 4 U.S.-Russia Working Group",
        ),
        ("THE G-8 AND CHINA'S WTO BID: A VIEW", "The G-8 and China's WTO Bid: A View"),
        ("O'BRIEN ON THE XXXXXXXXXXXX CASE", "O'Brien on the XXXXXXXXXXXX Case"),
        ("UN/NATO: WHAT'S NEXT FOR NATO'S ALLIES?", "UN/NATO: What's Next for NATO's Allies?"),
        ("WORLD WAR II, PART IV", "World War II, Part IV"),
        ("TWELVE AH-64D HELICOPTERS", "Twelve AH-64D Helicopters"),
        ("CAFTA-DR AND THE MEDIA ROUND-UP", "CAFTA-DR and the Media Round-Up"),
        ("A/S VISIT TO COTE D'IVOIRE", "A/S Visit to Cote D'Ivoire"),
        ("PRT KANDAHAR, PD&S", "PRT Kandahar, PD&S"),
        ("ÉLAN IN THE EU", "Élan in the EU"),
        ("Mixed case STAYS", ""),
        ("2009", ""),
        ("", ""),
    ],
)
def test_a_subject_in_capitals_is_put_in_readable_case(subject: str, readable: str) -> None:
    assert BUILT_IN.readable.subject(subject) == readable


def test_the_words_of_a_site_count() -> None:
    own = Vocabulary({"acronyms": ({"acronym": "HESTCO"},)})
    assert own.readable.subject("HESTCO TALKS") == "HESTCO Talks"
    assert BUILT_IN.readable.subject("HESTCO TALKS") == "Hestco Talks"


@given(st.text(st.sampled_from("ABXÉß019 .,:'’&-/()\n"), max_size=60))
def test_nothing_but_case_changes(subject: str) -> None:
    readable = BUILT_IN.readable.subject(subject)
    assert not readable or readable.upper() == subject.upper()
