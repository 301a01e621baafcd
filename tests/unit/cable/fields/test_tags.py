"""The TAGS line in the forms of CABLE-FORMAT 2.4, and what drafters made of it."""

import pytest

from generator import Cable, read_cable
from generator.cable.source.facts import Facts
from generator.cable.spans import MarkKind


def cable(opening: str) -> Cable:
    text = f"C O N F I D E N T I A L BOGOTA 002076\n\nSIPDIS\n\n{opening}\n\n1. (C) The text of the cable.\n"
    return read_cable(text, Facts(id="08BOGOTA2076", header_lines=0))


TAGS = [
    ("TAGS: PGOV PREL CO", "PGOV|PREL|CO"),
    ("TAGS: PGOV, PREL, CO", "PGOV|PREL|CO"),
    ("TAGS PGOV, PREL, CO", "PGOV|PREL|CO"),
    ("TAGS:PGOV,PREL,CO", "PGOV|PREL|CO"),
    ("TAGS: PGOV; PREL; CO", "PGOV|PREL|CO"),
    ("TAGS; PGOV PREL CO", "PGOV|PREL|CO"),
    ("TAGS. PGOV PREL CO", "PGOV|PREL|CO"),
    ("TAGS - PGOV, PREL, CO", "PGOV|PREL|CO"),
    ("TAGS : PGOV PREL CO", "PGOV|PREL|CO"),
    ("TAG: PGOV PREL CO", "PGOV|PREL|CO"),
    ("TAG PGOV, PREL, CO", "PGOV|PREL|CO"),
    ("T A G S: PGOV PREL CO", "PGOV|PREL|CO"),
    ("Tags: PGOV PREL CO", "PGOV|PREL|CO"),
    ("tags: pgov, prel, co", "PGOV|PREL|CO"),
    ("TAGS: PGOV. PREL. CO.", "PGOV|PREL|CO"),
    ("TAGS: PGOV/PREL/CO", "PGOV|PREL|CO"),
    ("TAGS: PGOV, PREL AND CO", "PGOV|PREL|CO"),
    ("TAGS: (PGOV) (PREL) (CO)", "PGOV|PREL|CO"),
    ("TAGS: PGOV PREL CO PREL", "PGOV|PREL|CO"),
    ("TAGS: PGOV, PREL,\nCO", "PGOV|PREL|CO"),
    ("TAGS: PGOV, PREL\nCO, XM", "PGOV|PREL|CO|XM"),
    ("TAGS: PGOV PREL PTER\n      CO XM", "PGOV|PREL|PTER|CO|XM"),
    ("TAGS:\nPGOV PREL CO", "PGOV|PREL|CO"),
    ("TAGS: PGOV PREL\n\nCO", "PGOV|PREL|CO"),
    ("TAGS: OVIP (CLINTON, HILLARY), PREL, CO", "OVIP|CLINTON, HILLARY|PREL|CO"),
    ("TAGS: OVIP(CLINTON, HILLARY) PREL CO", "OVIP|CLINTON, HILLARY|PREL|CO"),
    ("TAGS: OVIP (CLINTON, HILLARY RODHAM) PREL", "OVIP|CLINTON, HILLARY RODHAM|PREL"),
    ("TAGS: OVIP STEINBERG, JAMES B. PREL", "OVIP|STEINBERG, JAMES B.|PREL"),
    ("TAGS: PREL OVIP (ROE, JANE), (POE, JOHN) CO", "PREL|OVIP|ROE, JANE|POE, JOHN|CO"),
    ("TAGS: PREL, OVIP (ROE, JANE", "PREL|OVIP|ROE, JANE"),
    ("TAGS: OTRA (DOE, JOHN A.) PREL", "OTRA|DOE, JOHN A.|PREL"),
    ("TAGS: PREL (IAEA, NPT) CO", "PREL|IAEA|NPT|CO"),
    ("TAGS: OVIP (RICE) PREL", "OVIP|RICE|PREL"),
    ("TAGS: OTRA (ROE, JANE) PREL", "OTRA|ROE, JANE|PREL"),
    ("TAGS: PREL CO (ROE, JANE)", "PREL|CO|ROE, JANE"),
    ("TAGS: KFRDCVISCMGTCASCKOCIASECPHUMSMIGEG", "KFRD|CVIS|CMGT|CASC|KOCI|ASEC|PHUM|SMIG|EG"),
    ("TAGS: ITPGOV PREL", "IT|PGOV|PREL"),
    ("TAGS: VTPREL", "VT|PREL"),
    ("TAGS: PGOVPREL CO", "PGOV|PREL|CO"),
    ("TAGS: MEDIA REACTION", "MEDIA REACTION"),
    ("TAGS: OPRC KMDR MEDIA REACTION", "OPRC|KMDR|MEDIA REACTION"),
    ("TAGS: MOPS IRAQI FREEDOM PREL", "MOPS|IRAQI FREEDOM|PREL"),
    ("TAGS: PREL UNGA/C-6 ZANU-PF AFL-CIO", "PREL|UNGA/C-6|ZANU-PF|AFL-CIO"),
    ("TAGS: PREL XYZW QQ", "PREL|XYZW|QQ"),
    ("TAGS: PREL PGOV UNSC IAEA NATO EU", "PREL|PGOV|UNSC|IAEA|NATO|EU"),
    ("TAGS: PBOR, EWWT, PDIP, EEC, ME", "PBOR|EWWT|PDIP|EEC|ME"),
    ("TAGS: N/A", ""),
    ("TAGS: NONE", ""),
    ("TAGS: (U) PREL CO", "PREL|CO"),
    ("TAGS: PREL\nPGOV\nCO", "PREL|PGOV|CO"),
    ("TAGS: PREL CO\nDEPT FOR EAP", "PREL|CO"),
    ("TAGS: PREL, CO,\nSENSITIVE", "PREL|CO"),
    ("TAGS: PGOV, PREL,\nCO, XM", "PGOV|PREL|CO|XM"),
    ("TAGS: PGOV PREL PTER\nCO XM", "PGOV|PREL|PTER|CO|XM"),
    ("Tags: pgov, prel", "PGOV|PREL"),
    ("TAG: PGOV PGOV CO", "PGOV|CO"),
    ("TAGS: OVIP STEINBERG, JAMES B., PREL, CO", "OVIP|STEINBERG, JAMES B.|PREL|CO"),
]


@pytest.mark.parametrize(("lines", "tags"), TAGS)
def test_tags(lines: str, tags: str) -> None:
    read = cable(f"E.O. 12958: N/A\n{lines}\nSUBJECT: X")
    assert "|".join(read.tags) == tags
    assert read.subject == "X"


@pytest.mark.parametrize("name", ["ROE, JANE", "VAN DER ROE, JANE B.", "ROE", "HEAD OF THE HOUSE OF ROE, JANE"])
def test_the_marks_of_tags_stand_on_their_words(name: str) -> None:
    read = cable(f"TAGS: OVIP ({name}), PREL\nSUBJECT: X")
    marks = [mark for mark in read.marks if mark.kind is MarkKind.TAG]
    assert [mark.value for mark in marks] == [read.text[mark.start : mark.end] for mark in marks]
    assert tuple(mark.value for mark in marks) == read.tags


@pytest.mark.parametrize(
    ("line", "glued"),
    [
        ("TAGS: ITPGOV PREL", ("ITPGOV",)),
        ("TAGS: PGOV/PREL XX", ("PGOV/PREL",)),
        ("TAGS: PGOV PREL MEDIA REACTION", ()),
    ],
)
def test_the_words_of_glued_tags_are_kept(line: str, glued: tuple[str, ...]) -> None:
    assert tuple(each.word for each in cable(f"{line}\nSUBJECT: X").glued_tags) == glued
