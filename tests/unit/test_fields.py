"""E.O., TAGS and SUBJECT in the forms of CABLE-FORMAT 2.3 to 2.5, and what drafters made of them."""

from datetime import date

import pytest

from generator import Cable, read_cable
from generator.cable.facts import Facts
from generator.cable.model import Kind, MarkKind


def cable(opening: str) -> Cable:
    text = f"C O N F I D E N T I A L BOGOTA 002076\n\nSIPDIS\n\n{opening}\n\n1. (C) The text of the cable.\n"
    return read_cable(text, Facts(id="08BOGOTA2076", header_lines=0))


CHRISTMAS = date(2018, 12, 25)
ORDERS: list[tuple[str, str, date | str]] = [
    ("E.O. 12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12/25/18", "12958", CHRISTMAS),
    ("E.O. 12958: DECL:12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958 DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL. 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958:  DECL: 12-25-2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12.25.2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12/25/2018.", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 2018/12/25", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 2018-12-25", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 20181225", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 25/12/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: DECEMBER 25, 2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 25 DEC 2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: Dec 25 2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL:  12/25/2018\n", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: \n12/25/2018", "12958", CHRISTMAS),
    ("EO 12958 DECL: 12/25/2018", "12958", CHRISTMAS),
    ("EO 12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("EO: 12958 DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O.12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E. O. 12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O 12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958, DECL: 12/25/2018", "12958", CHRISTMAS),
    ("e.o. 12958: decl: 12/25/2018", "12958", CHRISTMAS),
    ("E.0. 12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("EXECUTIVE ORDER 12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("EO12958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 1.2958: DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 129858: DECL: 12/25/2018", "129858", CHRISTMAS),
    ("E.O. 2958: N/A", "2958", "N/A"),
    ("E.O. 12958: DECL: 12/ 25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12//25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12/25/2O18", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: O5/O1/2018", "12958", date(2018, 5, 1)),
    ("E.O. 12958: DECL: 12252018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12/25/201", "12958", "12/25/201"),
    ("E.O. 13526: DECL: 12/25/2018", "13526", CHRISTMAS),
    ("E.O. 13526: DECLASSIFY ON: 12/25/2018", "13526", CHRISTMAS),
    ("E.O. 12958: DNG: CO 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DNG: CO 12/25/2008 DECL: 12/25/2018", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12/25/2018 DNG: CO 12/25/2008", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 12/25/2018 (MR)", "12958", CHRISTMAS),
    ("E.O. 12958: DECL: 02/30/2018", "12958", "02/30/2018"),
    ("E.O. 12958: N/A", "12958", "N/A"),
    ("E.O. 12958: N/A.", "12958", "N/A"),
    ("E.O. 12958: NA", "12958", "N/A"),
    ("E.O. 12958: n/a", "12958", "N/A"),
    ("E.O. 12958: (N/A)", "12958", "N/A"),
    ("E.O. 12958:N/A", "12958", "N/A"),
    ("E.O. 12958: DECL: N/A", "12958", "N/A"),
    ("E.O. 12958:   N/A", "12958", "N/A"),
    ("EO 12958 N/A", "12958", "N/A"),
    ("E.O. 12958 N/A", "12958", "N/A"),
    ("E.O. 12958: DECL: X1", "12958", "X1"),
    ("E.O. 12958: DECL: X1,X5,X6", "12958", "X1,X5,X6"),
    ("E.O. 12958: X1", "12958", "X1"),
    ("E.O. 12958: DECL: 1.6X1", "12958", "1.6X1"),
    ("E.O. 12958: DECL: MR", "12958", "MR"),
    ("E.O. 12958: DECL: OADR", "12958", "OADR"),
    ("E.O. 12958: DECL: 25X1-HUMAN", "12958", "25X1-HUMAN"),
    ("E.O. 12958: DECL: TWENTY YEARS", "12958", "TWENTY YEARS"),
    ("E.O. 12958: DECL: TEN YEARS AFTER CLOSURE OF THE POST", "12958", "TEN YEARS AFTER CLOSURE OF THE POST"),
    ("E.O. 12958: DECL: AFTER KOREAN UNIFICATION", "12958", "AFTER KOREAN UNIFICATION"),
    ("E.O. 12958: DECL: WHEN THE TWO\nSIDES AGREE", "12958", "WHEN THE TWO SIDES AGREE"),
    ("E.O. 12356: DECL: OADR", "12356", "OADR"),
    ("E.O. 12356: N/A", "12356", "N/A"),
    ("E.O. 12065: GDS 12/25/18 (ROE, JANE) OR-P", "12065", CHRISTMAS),
    ("E.O. 12065: N/A", "12065", "N/A"),
    ("E.O. 11652: GDS", "11652", "GDS"),
    ("E.O. 11652: XGDS-3", "11652", "XGDS-3"),
    ("E.O. 11652: N/A", "11652", "N/A"),
    ("E.O. 12958: DECL: 01/29/2020", "12958", date(2020, 1, 29)),
    ("E.O. 12958: DECL: 1/9/20", "12958", date(2020, 1, 9)),
    ("EO 12958 DECL: 10/31/2018", "12958", date(2018, 10, 31)),
    ("E.O. 12958: DECL: 2019/10/05", "12958", date(2019, 10, 5)),
    ("E.O. 12958: DNG: CO 01/29/2020", "12958", date(2020, 1, 29)),
    ("E.O. 13526: DECL: 01/29/2020", "13526", date(2020, 1, 29)),
    ("E.O. 12356:DECL:OADR", "12356", "OADR"),
    ("E.O. 12065: GDS 8/12/85 (SMITH, JOHN) OR-P", "12065", date(1985, 8, 12)),
    ("E.0. 12958: N/A", "12958", "N/A"),
]


@pytest.mark.parametrize(("line", "order", "declassify_on"), ORDERS)
def test_orders(line: str, order: str, declassify_on: date | str) -> None:
    read = cable(f"{line}\nTAGS: PREL\nSUBJECT: X")
    assert read.eo is not None
    assert (read.eo.order, read.eo.declassify_on) == (order, declassify_on)
    assert (read.tags, read.subject) == (("PREL",), "X")


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


SUBJECTS = [
    ("SUBJECT: A THING", "A THING"),
    ("SUBJECT:A THING", "A THING"),
    ("SUBJECT : A THING", "A THING"),
    ("SUBJECT; A THING", "A THING"),
    ("SUBJECT. A THING", "A THING"),
    ("SUBJECT A THING", "A THING"),
    ("SUBJECT:: A THING", "A THING"),
    ("SUBJECT: : A THING", "A THING"),
    ("SUBJ: A THING", "A THING"),
    ("SUBJ. A THING", "A THING"),
    ("Subj: A Thing", "A Thing"),
    ("Subject: A Thing", "A Thing"),
    ("subject: a thing", "a thing"),
    ("SUBJECT - A THING", "A THING"),
    ("SUBJECT: SUBJECT: A THING", "A THING"),
    ("SUBJECT:\nA THING", "A THING"),
    ("SUBJECT:\n\nA THING", "A THING"),
    ("SUBJECT: (C) A THING", "A THING"),
    ("SUBJECT: (SBU) A THING", "A THING"),
    ("SUBJECT: (S/NF) A THING", "A THING"),
    ("SUBJECT: (U) A THING", "A THING"),
    ("SUBJECT:(C)A THING", "A THING"),
    ("SUBJECT: C)  A THING", "A THING"),
    ("SUBJECT: (EU) A THING", "(EU) A THING"),
    ("SUBJECT: A THING (C)", "A THING (C)"),
    ("SUBJECT: A THING \nTHAT GOES ON \nAND ON", "A THING THAT GOES ON AND ON"),
    ("SUBJECT: A THING\n         THAT GOES ON", "A THING THAT GOES ON"),
    ("SUBJECT: A THING AND \n\nANOTHER THING", "A THING AND ANOTHER THING"),
    ("SUBJECT: THE US-\nRUSSIA THING", "THE US-RUSSIA THING"),
    ("SUBJECT: THE U.S. -\nRUSSIA THING", "THE U.S. - RUSSIA THING"),
    ("SUBJECT: A THING --\nPART TWO", "A THING -- PART TWO"),
    ("SUBJECT: A THING: ITS REF AND REFS", "A THING: ITS REF AND REFS"),
    ('SUBJECT: TFGG01: A THING: "ITS USE"', 'TFGG01: A THING: "ITS USE"'),
    ("SUBJECT: REFORM OF A THING", "REFORM OF A THING"),
    ("SUBJECT: REFERENCE TO A THING", "REFERENCE TO A THING"),
    ("SUBJECT: COMMENTS ON A THING\nREFERRED TO THE COURT", "COMMENTS ON A THING REFERRED TO THE COURT"),
    ("SUBJECT: A THING IN 2006\n2007 AND 2008", "A THING IN 2006 2007 AND 2008"),
    ("SUBJECT: THE TAGS: OF A THING", "THE TAGS: OF A THING"),
    ("SUBJECT: A THING\nREF: BOGOTA 1", "A THING"),
    ("SUBJECT: A THING\nREFS: BOGOTA 1", "A THING"),
    ("SUBJECT: A THING\nREFTEL: BOGOTA 1", "A THING"),
    ("SUBJECT: A THING\nREFTELS: BOGOTA 1", "A THING"),
    ("SUBJECT: A THING\nREF(S): BOGOTA 1", "A THING"),
    ("SUBJECT: A THING\nREF BOGOTA 1", "A THING"),
    ("SUBJECT: A THING\nREF Bogota 1", "A THING"),
    ("SUBJECT: A THING\nREF(A): BOGOTA 1", "A THING"),
    ("SUBJECT: A THING REF: BOGOTA 1", "A THING"),
    ("SUBJECT: A THING REF: A. BOGOTA 1", "A THING"),
    ("SUBJECT: A THING\nClassified By: John Doe", "A THING"),
    ("SUBJECT: A THING CLASSIFIED BY: John Doe", "A THING"),
    ("SUBJECT: A THING\nClassified by Ambassador Roe", "A THING"),
    ("SUBJECT: A THING\nBOGOTA 00002076  001.2 OF 003\n\nREF: BOGOTA 1", "A THING"),
    ("SUBJECT: A THING\n-------\nSUMMARY\n-------", "A THING"),
    ("SUBJECT: A THING\nSummary:", "A THING"),
    ("SUBJECT: A THING\n(U) SUMMARY: It is.", "A THING"),
    ("SUBJECT: A THING\n1. (C) Text", "A THING"),
    ("SUBJECT: A THING\n1. Text", "A THING"),
    ("SUBJECT: A THING\n1) Text", "A THING"),
    ("SUBJECT: A THING\n(SBU) This cable is sensitive.", "A THING"),
    (f"SUBJECT: A THING 1. (C) {'Text that goes on. ' * 9}", "A THING"),
    ("SUBJECT: A THING 1. (C) Text that is cut into\nlines of its own.", "A THING"),
    ("SUBJECT: A THING THAT GOES\nON 1. Summary: Text that is cut into\nlines of its own.", "A THING THAT GOES ON"),
    (f"SUBJECT: A THING THAT IS LONG  1. {'Text that goes on. ' * 9}", "A THING THAT IS LONG"),
    ("SUBJECT: A THING\n(C) Text that has no number.", "A THING"),
    ("SUBJECT: DESIGNATION OF A THING UNDER\nE.O. 13224 AS THAT", "DESIGNATION OF A THING UNDER E.O. 13224 AS THAT"),
    ('SUBJECT: TFGG01: A THING: ITS REF AND "USE"', 'TFGG01: A THING: ITS REF AND "USE"'),
]


@pytest.mark.parametrize(("lines", "subject"), SUBJECTS)
def test_subjects(lines: str, subject: str) -> None:
    read = cable(f"E.O. 12958: N/A\nTAGS: PREL\n{lines}")
    assert read.subject == subject
    assert read.tags == ("PREL",)


@pytest.mark.parametrize(
    "opening",
    [
        "TAGS: PREL, CO\nE.O. 12958: DECL: 12/25/2018\nSUBJECT: A THING",
        "SUBJECT: A THING\nE.O. 12958: DECL: 12/25/2018\nTAGS: PREL, CO",
        "SUBJECT: A THING\n\nTAGS: PREL, CO\n\nE.O. 12958: DECL: 12/25/2018",
        "E.O. 12958: DECL: 12/25/2018 TAGS: PREL CO SUBJECT: A THING",
        "E.O. 12958: DECL: 12/25/2018 TAGS PREL, CO\nSUBJECT A THING",
        "EO 12958 DECL: 12/25/2018\nTAGS PREL, CO\nSUBJECT: A THING",
        "EO 12958 DECL: 12/25/2018 TAGS PREL CO\nSUBJECT A THING",
        "E.O. 12958: DECL: 12/25/2018 TAGS: PREL\nCO SUBJECT: A THING",
        "E.O. 12958: DECL: 12/25/2018 TAGS: PREL\nCO\nCO SUBJECT: A\nTHING",
        "\n\nE.O. 12958: DECL: 12/25/2018 \n \nTAGS: PREL CO \n \n \nSUBJECT: A THING \n \n",
        "DEPT FOR WHA\nE.O. 12958: DECL: 12/25/2018\nTAGS: PREL, CO\nSUBJECT: A THING\nREF: QUITO 1",
        "E.O. 12958: DECL: 12/25/2018\nSIPDIS\nTAGS: PREL, CO\nSENSITIVE\nSUBJECT: A THING",
        "E.O. 12958: DECL: 12/25/2018\nTAGS: PREL, CO\nSUBJECT: A THING\n\nE.O. 12958: DECL: 01/01/2001\nTAGS: XX\n",
        "e.o. 12958: decl: 12/25/2018\ntags: prel, co\nsubject: A THING",
    ],
)
def test_labels_in_every_order(opening: str) -> None:
    read = cable(opening)
    assert read.eo is not None
    assert (read.eo.declassify_on, read.tags, read.subject) == (CHRISTMAS, ("PREL", "CO"), "A THING")
    assert [each.number for each in read.paragraphs] == ["1"]
    assert Kind.TEXT not in {span.kind for span in read.spans}


@pytest.mark.parametrize("opening", ["", "DEPT FOR WHA", "TAGS: PREL", "REF: QUITO 1", "SUBJECT:", "E.O. 12958:"])
def test_what_is_missing_is_empty(opening: str) -> None:
    read = cable(opening)
    assert read.subject == ""
    assert read.tags == (("PREL",) if "TAGS" in opening else ())
    assert [each.number for each in read.paragraphs] == ["1"]
