"""Bodies with a blank line below each of their lines are read as if they had none."""

import pytest

from generator import read_cable
from tests.property.soundness import assert_sound

BODY = """UNCLAS LIMA 000012

SIPDIS

E.O. 12958: N/A
TAGS: PREL, PGOV,
PE
SUBJECT: A thing that is so long that it goes on in
the line below

REF: A. QUITO 7
     B. 08 LIMA 250

1. (SBU) Summary: The first paragraph says that it goes on, and
that it goes on in the line below, where it has more words to
say than anyone would have thought it had.  End summary.

2. (SBU) The second paragraph is as long as the first, and it
says as little as that one did, but it does say it in lines
that are as wide as a page is.

ROE
"""


@pytest.mark.parametrize("feeds", ["\n\n", "\n \n", " \n \n", " \n  \n", " \\\n \\\n"])
def test_double_spaced(feeds: str) -> None:
    text = BODY.replace("\n", feeds)
    read = read_cable(text)
    assert_sound(read)
    assert read.text == text
    assert read.tags == ("PREL", "PGOV", "PE")
    assert read.subject == "A thing that is so long that it goes on in the line below"
    assert [each.id[-4:] for each in read.references] == ["ITO7", "A250"]
    assert [each.number for each in read.paragraphs] == ["1", "2"]
    assert read.summary.endswith("than anyone would have thought it had.")
    assert read.signature == "ROE"


def test_a_body_that_has_blank_lines_between_paragraphs_is_as_it_was() -> None:
    read = read_cable(BODY)
    assert "and\nthat" in read.paragraphs[0].text
    sentences = "\n\n".join(f"{n}. (U) This is the sentence of a list." for n in range(1, 30))
    assert len(read_cable(f"UNCLAS LIMA 000012\n\n{sentences}\n").paragraphs) == 29
