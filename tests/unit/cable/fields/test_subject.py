"""The SUBJECT line in the forms of CABLE-FORMAT 2.5, and what drafters made of it."""

import pytest

from generator import Cable, read_cable
from generator.cable.source.facts import Facts


def cable(opening: str) -> Cable:
    text = f"C O N F I D E N T I A L BOGOTA 002076\n\nSIPDIS\n\n{opening}\n\n1. (C) The text of the cable.\n"
    return read_cable(text, Facts(id="08BOGOTA2076", header_lines=0))


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
    ("SUBECT: A THING", "A THING"),
    ("SUJBECT: A THING", "A THING"),
    ("SUBJCT: A THING", "A THING"),
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
