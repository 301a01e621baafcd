"""Where the header box ends and the body box begins in one text (CABLE-FORMAT 8.5).

The rule: the body begins at the first classification line after the FM line. What a dump keeps apart is not searched
for: then the number of header lines stands in the front matter.
"""

import re

LONGEST_HEADER = 40_000
NOTICE = "This record is a partial extract of the original cable."
CLASSIFICATION = (
    r"(?:UNCLAS(?:SIFIED)?(?: ?E ?F ?T ?O)?|L ?I ?M ?I ?T ?E ?D {1,3}O ?F ?F ?I ?C ?I ?A ?L {1,3}U ?S ?E"
    r"|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|(?:T ?O ?P {1,3})?S ?E ?C ?R ?E ?T)"
)
SECTION = (
    r"(?: ?//? ?(?:NOFORN|NF|FOUO|FOR OFFICIAL USE ONLY|NODIS|EXDIS|LIMDIS)(?: ?//)?)?"
    r"(?: *(?:FINAL )?SECTION(?: \d\d?)? OF \d\d?)?"
)
POST_AND_SERIAL = r" +[A-Z][A-Z.'/-]+(?: [A-Z][A-Z.'/-]*){0,3} +\d{1,7}\b"

_NOTICE_END = re.compile(rf"not available\.?[ \t]*(?=\n|\Z|{CLASSIFICATION}{SECTION}{POST_AND_SERIAL})")
_FULL_LINE_AT_START = re.compile(rf" *(?i:{CLASSIFICATION}{SECTION}{POST_AND_SERIAL})")
_FULL_LINE = re.compile("\n" + _FULL_LINE_AT_START.pattern)
_BARE_LINE = re.compile(rf"\n *{CLASSIFICATION}{SECTION}[ .]*(?=\n)")
_GLUED = re.compile(rf"(?<=[^\n ]){CLASSIFICATION}{SECTION}{POST_AND_SERIAL}")
_LABEL = re.compile(r"\n(?:E\.?O\.? ?1\d{4}|TAGS?\b|SUBJ(?:ECT)?\b)", re.IGNORECASE)
_FROM = re.compile(r"\nFM +[A-Z]{2}")
_CAPTION = re.compile(r"\nSIPDIS\b")
_HEADER_LINE = re.compile(r"V?ZCZC|[ZOPR] (?:[ZOPR] )?\d{6}Z |(?:OO|PP|RR|ZZ) R[A-Z]{4,7}\b|DE R[A-Z]{4,7} #")


def find_border(text: str) -> tuple[int, int]:
    """The end of the header box and the start of the body box: at most a line feed apart, and that is in neither.

    A text without header gives (0, 0). Header and body that are glued together give the same offset twice.
    """
    head = text[:LONGEST_HEADER]
    notice = _NOTICE_END.search(head, 0, 400) if head.startswith(NOTICE) else None
    start = _from_line(head)
    opened_before = start > 0 and _FULL_LINE.search(head, 0, start)
    if notice and (start < 0 or opened_before):
        return notice.end(), notice.end() + text.startswith("\n", notice.end())
    if start < 0 or opened_before or _FULL_LINE_AT_START.match(head):
        return 0, 0
    return _after(head, start, len(text))


def _from_line(head: str) -> int:
    """Where the FM line begins; 0 for a header that has lost it; -1 where no header is seen."""
    if head.startswith("FM "):
        return 0
    match = _FROM.search(head)
    if match is None:
        return 0 if _HEADER_LINE.match(head) else -1
    return match.start()


def _after(head: str, start: int, whole: int) -> tuple[int, int]:
    """The border in a text whose FM line begins at `start`."""
    label = _LABEL.search(head, start)
    end = label.start() if label else len(head)
    if full := _FULL_LINE.search(head, start, end):
        return full.start(), full.start() + 1
    if glued := [match.start() for match in _GLUED.finditer(head, start, end)]:
        return glued[-1], glued[-1]
    for pattern in (_BARE_LINE, _CAPTION, _LABEL):
        if match := pattern.search(head, start, end + 1):
            return match.start(), match.start() + 1
    blank = head.find("\n\n", start + 1)
    return (blank, blank + 1) if blank >= 0 else (whole, whole)
