import hashlib

from generator import read_cable
from generator.cable.text.anchors import Anchors

OPENING = "UNCLAS MOSCOW 000226\n\nSUBJECT: X\n\n"


def test_the_first_of_a_number_keeps_its_anchor() -> None:
    text = "1. A\n\n6. B\n\n6. C\n"
    anchors = Anchors(text, 0)
    assert [anchors.numbered("1", 0), anchors.numbered("6", 6), anchors.numbered("6", 12)] == ["par1", "par6", "par6-2"]
    assert anchors.silent() == ()


def test_what_the_old_rule_saw_and_we_do_not_is_silent() -> None:
    anchors = Anchors("1. A in\n2006. It\nB. C\n", 0)
    assert anchors.numbered("1", 0) == "par1"
    assert [(each.anchor, each.start) for each in anchors.silent()] == [("par2006", 8), ("parB", 17)]


def test_numbers_that_the_old_rule_did_not_see_come_after_those_that_it_saw() -> None:
    anchors = Anchors("1.(C) A\n\n1. B\n", 0)
    assert anchors.numbered("1", 0) == "par1-2"
    assert anchors.numbered("1", 9) == "par1"


def test_the_header_is_not_searched() -> None:
    assert Anchors("1. A\n1. B", 5).silent()[0].start == 5


def test_blocks_without_number_are_named_by_what_they_say() -> None:
    anchors = Anchors("", 0)
    expected = "p-" + hashlib.sha256(b"A note.").hexdigest()[:8]
    assert anchors.unnumbered("A note.") == expected
    assert anchors.unnumbered("A note.") == f"{expected}-2"


def test_anchors_of_a_cable() -> None:
    cable = read_cable(f"{OPENING}1. (U) Signed in\n2006.  It was.\n\nA note.\n\n2.(C) Second.\n\n2. (C) Again.\n")
    assert [each.anchor for each in cable.paragraphs if each.number] == ["par1", "par2-2", "par2"]
    assert [each.anchor for each in cable.silent_anchors] == ["par2006"]
