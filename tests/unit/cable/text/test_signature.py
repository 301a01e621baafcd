"""The end of a cable (CABLE-FORMAT 4.5): all forms of signatures, and what may follow them."""

import pytest

from generator import Cable, read_cable
from generator.cable.source.facts import Facts
from generator.cable.spans import Kind

OPENING = (
    "C O N F I D E N T I A L MOSCOW 000226\n\nTAGS: PREL\nSUBJECT: X\n\n1. (C) The Minister said so to all of us.\n\n"
)
TEXT = "2. (C) Comment: We think that he meant it, and that he will \nkeep to what he said to us in June.  End comment."


def cable(ending: str, text: str = TEXT) -> Cable:
    return read_cable(OPENING + text + ending, Facts(id="10MOSCOW226", header_lines=0))


NAMES = [
    "BEYRLE",
    "Beyrle",
    "VAN VOORST",
    "van Voorst",
    "van der Loom",
    "VON DER ROE",
    "de la Roe",
    "LeBaron",
    "McCormick",
    "McCORMICK",
    "MCKINLEY",
    "O'DONNELL",
    "O'Donnell",
    "ROE-DOE",
    "Roe-Doe",
    "ROE JR",
    "ROE JR.",
    "ROE, JR.",
    "ROE III",
    "J. ROE",
    "JANE ROE",
    "Jane Roe",
    "HU",
    "WOOD",
    "RICE",
    "YEE",
    "PRICE",
    "POWELL",
    "D'ROE",
    "DE ROE",
    "XXXXXXXXXXXX",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("before", ["\n", "\n\xa0", " \n", "\n\n", " \n \n", "\n\n\n\n\n"])
def test_names(name: str, before: str) -> None:
    read = cable(f"{before}{name}")
    expected = "" if name.startswith("XX") else name.rstrip(".")
    assert read.signature == expected
    assert read.paragraphs[-1].text == TEXT or name.startswith("XX")


AFTER = [
    "",
    "\n",
    " \n",
    " \n \n \n",
    ".",
    " .",
    "\n#",
    "\nBT",
    "\nBT\n#0226\n",
    "\nBT\n#0226\n\nNNNN\n",
    "\nNNNN",
    "\n\nNNNN\n\n\n",
    "\n\nCONFIDENTIAL",
    "\n\n\n                           CONFIDENTIAL\n",
    "\nUNCLASSIFIED\n\nNNNN",
    "\n\n<< END OF DOCUMENT >>",
    "\n=======================CABLE ENDS============================",
    "\n\n=======================CABLE ENDS============================\n",
    "\n-----------------------",
    "\n***",
    "\n</td></tr>\n</table>",
    " \n</td></tr> \n</table> \n",
    "\n<br />",
    "\nDeclassified/Released US Department of State EO Systematic Review 30 JUN 2005",
    "\n\nCONFIDENTIAL\n\n\nNNNN\n\n\nDeclassified/Released US Department of State EO Systematic Review 30 JUN 2005",
    "\nVisit Ankara's Classified Web Site at http://www.state.sgov.gov/p/eur/ankara/",
    "\n\nMOSCOW 00000226  004 OF 004\n",
    "\n1",
    "=",
    '"',
    ",",
    "</pre>",
    '\n"',
    "\xa0",
    "\nCHARGE D'AFFAIRES",
    "\nTEXT ON MICROFILM",
    "\n\n\nNNNN\n\n\nEnd Cable Text",
    "\n\nTo view the entire message, go to URL http://www.example.sgov.gov/results.aspx?k=messageid:1",
    "\nCONFIDENTIAL\n>",
    "\n\nSecret",
    "#",
    "##",
    "\x1a",
]


@pytest.mark.parametrize("after", AFTER)
def test_what_follows_a_signature(after: str) -> None:
    read = cable(f"\nBEYRLE{after}")
    assert read.signature == "BEYRLE"
    assert [each.number for each in read.paragraphs] == ["1", "2"]
    kinds = [span.kind for span in read.spans]
    assert kinds.count(Kind.SIGNATURE) == 1
    assert Kind.TEXT not in kinds


FOOTERS = [
    "\n\nVisit Moscow's Classified Web Site at http://www.state.sgov.gov/p/eur/moscow/\n\n",
    "\n\nVisit Moscow's Classified Website:\nhttp://www.state.sgov.gov/p/eur/moscow\n",
    "\n*************** ******** \nVisit Embassy Moscow's Classified Website: \nXXXXXXXX\n*************** ******** \n",
    "\n\n********************************************\nVisit our Classified Website\n*******************\n",
    "  Visit Moscow's Classified Website: XXXXXXXXXXXX \n",
]


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_web_footer_before_the_name(footer: str) -> None:
    read = cable(f"{footer}BEYRLE")
    assert read.signature == "BEYRLE"
    assert "Visit" not in read.paragraphs[-1].text


IN_LINE = [
    ("  BEYRLE", "BEYRLE"),
    (" BEYRLE", "BEYRLE"),
    (" Beyrle", "Beyrle"),
    (" LeBaron", "LeBaron"),
    (" VAN VOORST", "VAN VOORST"),
    (" O'DONNELL", "O'DONNELL"),
    (" BEYRLE 2009-12-31", "BEYRLE"),
    (" STEVENS 0 03/13/2008 9871 PGOV,PREL,", "STEVENS"),
    (" Visit Moscow's Classified Website: XXXXXXXXXXXX*************** ******** BEYRLE", "BEYRLE"),
    (
        " *************** ******** Visit Embassy Moscow's Classified Website: XXXX*************** ******** ERELI",
        "ERELI",
    ),
    (" NNNN", ""),
    (" END TEXT", ""),
    (" They met the PRIME MINISTER", ""),
]


@pytest.mark.parametrize(("tail", "signature"), IN_LINE)
def test_in_the_last_line(tail: str, signature: str) -> None:
    text = "2. (C) Comment: We think that he meant it, and that he will keep to what he said. " * 3
    assert cable(tail, f"{text}End comment.").signature == signature


NONE = [
    "",
    "\n\nEnd text.",
    "\n\nEND TEXT",
    "\n\nEND COMMENT",
    "\n\nCONFIDENTIAL",
    "\n\nNNNN",
    "\n\nUNQUOTE",
    "\n\n3. (C) Minimize considered.",
    "\n\nMinimize considered.",
    "\n\n-- and the last point",
    "\n\nParticipants:\n\nJane Roe",
    "\n\nFRANCE\nGERMANY\nITALY",
    "\n\nThe following countries:\n\nFRANCE\nGERMANY\nITALY\nSPAIN",
    "\n\nMINIMIZE CONSIDERED",
    "\n\nSincerely,\n\nHugo Roe",
    "\n\nSincerely,\nHugo Roe\nPresident",
    "\n\nKuwait City",
    "\n\nUnited Nations",
    "\n\nAMEMBASSY LIMA",
    "\n\nEXDIS",
    "\n\nMonday",
    "\n\n3. (SBU) Bio data follows:\n\nName: John Roe\nDOB: 1 May 1950\nPOB: Lima",
    "\n\n3. (SBU) Participants:\n\nU.S.\nAmbassador Roe\nJane Poe (notetaker)\n\nPERU\nMinister Foo\nJuan Bar",
]


@pytest.mark.parametrize("ending", NONE)
def test_no_signature(ending: str) -> None:
    assert cable(ending).signature == ""


@pytest.mark.parametrize(
    ("ending", "signature"),
    [
        ("\nPOLASCHIK\nCRETZ", "POLASCHIK CRETZ"),
        ("\nFRISBIE \nFRISBIE", "FRISBIE"),
        ("\nBEYRLE\nNNNN", "BEYRLE"),
        ("\nBEYRLE BEYRLE", "BEYRLE"),
        ("\n\nThe text of the report ends here without a stop. END TEXT\nBEYRLE", "BEYRLE"),
        ("\n\nVisit Moscow's Classified Website: XXXXXXXXXXXX BEYRLE", "BEYRLE"),
        ("\n\nVisit our site http://www.state.sgov.gov/p/eur/moscow/ BEYRLE", "BEYRLE"),
        ("\nJ. J. ROE", "J. J. ROE"),
        ("\nBEYRLE\n\nNNNN\n\nNNNN", "BEYRLE"),
        ("\nSIGNED\nBEYRLE", "BEYRLE"),
        ("\nSIGNED: BEYRLE", "BEYRLE"),
        ("\n\nMINIMIZE CONSIDERED\nBEYRLE", "BEYRLE"),
        ("\nGP-3\nBEYRLE", "BEYRLE"),
        ("\nHARROW\nOAKSHOTT JR", "HARROW OAKSHOTT JR"),
    ],
)
def test_two_lines(ending: str, signature: str) -> None:
    assert cable(ending).signature == signature


def test_the_rest_of_a_sentence_is_no_name() -> None:
    assert cable("", "2. (C) The Ambassador will meet with the leader of the party, Mr. \nRoe").signature == ""
    assert cable("", "2. (U) THE AMBASSADOR WILL MEET THE LEADER OF THE GREAT PARTY OF THE \nWORKERS").signature == ""


@pytest.mark.parametrize(
    ("ending", "signature"),
    [
        ("BEYRLE", "BEYRLE"),
        ("\n\n\nBeyrle", "Beyrle"),
        ("VAN VOORST", "VAN VOORST"),
        ("van Voorst", "van Voorst"),
        ("LeBaron", "LeBaron"),
        ("SMITH JR", "SMITH JR"),
        ("BEYRLE.\n\nCONFIDENTIAL\n\nNNNN", "BEYRLE"),
        ("BEYRLE\n=======================CABLE ENDS============================", "BEYRLE"),
        ("BEYRLE \n</td></tr>\n</table>", "BEYRLE"),
        ("Visit Ankara's Classified Web Site at http://www.state.sgov.gov/p/eur/ankara/\n\nBEYRLE", "BEYRLE"),
        ("POLASCHIK\nCRETZ", "POLASCHIK CRETZ"),
        ("", ""),
        ("END TEXT.", ""),
        ("End comment.", ""),
        ("CONFIDENTIAL", ""),
    ],
)
def test_short_endings(ending: str, signature: str) -> None:
    assert cable(f"\n\n{ending}", "2. (C) The text of the cable, which ends here.").signature == signature


@pytest.mark.parametrize(
    ("tail", "signature"),
    [
        ("End comment. STEVENS", "STEVENS"),
        ("It ends. Hoffman", "Hoffman"),
        ("It ends. KUBISKE 2009-12-31", "KUBISKE"),
        ("It ends. STEVENS 0 03/13/2008 9871 PGOV,PREL,", "STEVENS"),
        ("It ends. END COMMENT", ""),
        ("It ends in the U.S. NAVY.", ""),
    ],
)
def test_in_the_last_line_of_a_flattened_body(tail: str, signature: str) -> None:
    text = "2. (C) A text that goes on and on in one line, as flattened bodies have it. "
    assert cable(tail, text).signature == signature
