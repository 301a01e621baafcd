"""Comments with their ends (CABLE-FORMAT 4.3, 4.5)."""

import pytest

from generator import read_cable

OPENING = "C O N F I D E N T I A L MOSCOW 000226\n\nSUBJECT: A THING\n\n"


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("1. (C) A.\n\n2. (C) Comment: It was so. End comment.\n\n3. (C) B.", ("It was so.",)),
        ("1. (C) A.\n\n2. (C) COMMENT. It\nwas so. END\nCOMMENT.\n\n3. (C) B.", ("It was so.",)),
        ("1. (C) A.\n\n2. Comment: (SBU) It was so.\n\n3. (C) B.", ("It was so.",)),
        ("1. (C) A.\n\n2. (C) Comment: It was so.\n\n3. (C) And so. End Comment.\n", ("It was so. 3. (C) And so.",)),
        ("1. (C) He left. (Comment: It was so. End comment.) He came.", ("It was so.",)),
        ("1. (C) He left. [Comment: It was (not) so.] He came.", ("It was (not) so.",)),
        ("1. (C) He left. (Embassy comment: It was so. End note.) He came.", ("It was so. End note.",)),
        ("1. (C) He left. Comment: So.  End\nComment.\n\n2. (C) COMMENT: More.", ("So.", "More.")),
        (
            "1. (C) A.\n\n-------\nCOMMENT\n-------\n\n2. (C) It was so.\n\n3. (C) And so.\n",
            ("It was so. 3. (C) And so.",),
        ),
        ("1. (C) A.\n\nComment\n-------\n\n2. (C) It was so.\n\nNext Steps\n----------\n\n3. (C) B.", ("It was so.",)),
        ("1. (C) A.\n\nCOMMENT\n-------\n\n2. (C) Comment: It was so. End comment.\n\n3. B.", ("It was so.",)),
        ("1. (C) Summary and Comment: It was so. End summary and comment.\n\n2. (C) B.", ()),
        ("1. (C) HE HAD NO COMMENT. HE ASKED FOR COMMENTS: NONE CAME.\n\n2. (C) His comment: none.", ()),
        ("1. (C) It was so. End comment.", ()),
        ("", ()),
    ],
)
def test_comments(text: str, comments: tuple[str, ...]) -> None:
    assert read_cable(OPENING + text).comments == comments
