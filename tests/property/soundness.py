"""What must hold for every cable that was read, and lines that cables are made of."""

from generator import Cable

LINES = [
    "UNCLAS MOSCOW 000226\nTAGS: PREL\nSUBJECT: Y",
    "UNCLAS MOSCOW 000226 SIPDIS TAGS: PREL SUBJECT: A THING ----- 1. (C) It goes on.  2) And so. 2. BEYRLE",
    "1, (C) A <br>",
    "<br>\\",
    "VZCZCXRO1600",
    "PP RUEHDBU RUEHLN",
    "DE RUEHMO #0226/01 0291533",
    "P 291533Z JAN 10",
    "FM AMEMBASSY MOSCOW",
    "TO RUEHC/SECSTATE WASHDC PRIORITY 6110",
    "INFO RUCNCIS/CIS COLLECTIVE",
    "This record is a partial extract of the original cable.",
    "UNCLAS SECTION 01 OF 04 MOSCOW 000226 ",
    "S E C R E T MOSCOW 000226",
    "SIPDIS",
    "STATE FOR EUR",
    "E.O. 12958: DECL: 01/29/2020",
    "TAGS: PREL OVIP (DOE, JOHN), RS",
    "SUBJECT: (C) A THING AND",
    "REF: A. 09 MOSCOW 3010 B. LIMA 120 AND 133",
    "     ¶B. DOE-ROE E-MAIL",
    "Classified By: DCM Jane Roe for reasons 1.4 (b) and (d)",
    "-------",
    "--------------------------------------------- ----",
    "HEADING",
    "1. (SBU) Summary: it goes",
    "2.(C) B. End Summary.",
    "2006.  And so on.",
    "MOSCOW 00000226  002 OF 004",
    "PAGE 02        MOSCOW  00226  02 OF 02  271033Z",
    "-- a point",
    "(a) a point",
    "Hidalgo         472.3      418.3",
    "the governmenQ of XXXXXXXXXXXX met &some8 people in STATE 12345",
    " \\",
    " ",
    "",
    "BEYRLE",
    "NNNN",
    "</table>",
]


def assert_sound(cable: Cable) -> None:
    """The spans are a partition of the text, and border, marks, paragraphs and anchors stand on their edges."""
    assert "".join(cable.text[span.start : span.end] for span in cable.spans) == cable.text
    assert all(span.start < span.end for span in cable.spans)
    assert cable.text[cable.header_end : cable.body_start] in ("", "\n")
    edges = {span.start for span in cable.spans} | {len(cable.text)}
    assert not cable.text or {0, cable.header_end, cable.body_start} <= edges
    assert_marks(cable)
    at = 0
    for paragraph in cable.paragraphs:
        assert at <= paragraph.start < paragraph.end
        assert {paragraph.start, paragraph.end} <= edges
        at = paragraph.end
    anchors = [each.anchor for each in cable.paragraphs] + [each.anchor for each in cable.silent_anchors]
    assert len(set(anchors)) == len(anchors)


def assert_marks(cable: Cable) -> None:
    """Marks are sorted, do not overlap, and each lies within a span."""
    spans = iter(cable.spans)
    span = next(spans, None)
    at = 0
    for mark in cable.marks:
        assert at <= mark.start < mark.end
        at = mark.end
        while span is not None and span.end <= mark.start:
            span = next(spans, None)
        assert span is not None
        assert span.start <= mark.start
        assert mark.end <= span.end
