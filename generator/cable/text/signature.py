"""The end of a body: who signed, and what may follow the signature (CABLE-FORMAT 4.5)."""

import re

import msgspec

from generator.cable.partition import BLANKS
from generator.cable.spans import Kind, Span

LONGEST_ENDING = 3_000
MOST_LINES = 12
LONGEST_FOOTER = 600

_CLOSING = re.compile(
    r"""[ \t]*(?:
      [-=*_~ \t]{3,}(?:CABLE[ ]ENDS)?[-=*_~ \t]*
    | (?i:UNCLASSIFIED|CONFIDENTIAL|SECRET|LIMITED[ ]OFFICIAL[ ]USE|NNNN|BT|SIPDIS|NOFORN)
    | (?i:END[ ](?:OF[ ])?CABLE(?:[ ]TEXT)?)
    | \#+\d*|\d{1,3}
    | <<[ ]?END[ ]OF[ ]DOCUMENT[ ]?>>
    | (?:</(?:td|tr|table|pre|code|p|div)>|<br[ ]?/?>)+
    | (?:Declassified|DECLASSIFIED)\b.*
    | [* ]*+[Vv](?:isit|ISIT)[ ].*(?:[Ww]eb|WEB|[Ss]ite|http).*
    | (?:For[ ]more[ ]reporting|This[ ]cable[ ]and[ ]other|You[ ]can[ ]also[ ]access|Embassy[ ].*reporting.*).*
    | .*\bhttps?://.* | www\..*
    | (?i:charg[e\xe9](?:[ ]d'affaires)?(?:,?[ ]a\.i\.)? | dcm | ambassador | consul[ ]general) | [\"',|=;>]{1,4}
    | \d{4}-\d\d-\d\d | NOTE:?[ ]BY[ ].*
    )[ \t\\]*\Z""",
    re.VERBOSE,
)
_PARTICLE = r"(?:(?:van|von|de|del|della|der|den|di|du|la|le|el|al|bin|Van|Von|De|Del|Di|Du|La|Le)[ ])"
_CAPITALS = r"[A-Z][A-Z'\u2019`.-]{1,20}(?:[ ](?:[A-Z][A-Z'\u2019`.-]{0,20}|III?)){0,2}(?:,?[ ]JR\.?)?"
_SURNAMES = r"[A-Z][A-Z'\u2019`-]{2,20}(?:[ ](?:[A-Z]\.|[A-Z][A-Z'\u2019`-]{1,20}|JR\.?)){0,2}"
_MIXED = (
    rf"{_PARTICLE}{{0,2}}[A-Z][A-Za-z\u00c0-\u017f'\u2019`-]{{2,20}}"
    r"(?:[ ][A-Z][A-Za-z'\u2019`.-]{0,20}){0,2}(?:,?[ ](?:JR|Jr)\.?)?"
)
_SIGNATURE_LINE = re.compile(
    rf"[ \t\xa0]*(?P<name>{_CAPITALS}|{_MIXED})(?:[ ]?[.*=\",|;#>\x1a]{{1,3}})?(?:</\w{{1,6}}>)*[ \t\\]*\Z"
)
_SIGNATURE_IN_LINE = re.compile(
    rf"""(?:[ ](?:(?<=[.!?;")\u201d*X/][ ])|(?<=(?i:signed):[ ])
        |(?<=omment[ ])|(?<=OMMENT[ ])|(?<=ummary[ ])|(?<=UMMARY[ ])
        |(?<=END[ ]TEXT[ ]))[ ]*
      |(?<=\n)(?=[^\n]*(?:</t|<br|=====)))
    \**[ ]*(?:[Vv]isit[ ][^\n]{{3,120}}[ ])?
    (?P<name>{_SURNAMES}|[A-Z][a-z]{{3,15}}|[A-Z][a-z]{{1,2}}[A-Z][a-z]{{2,12}})
    (?P<rest>[ ]+\d{{4}}-\d\d-\d\d|(?:[ ]+\d+)?[ ]+\d\d/\d\d/\d{{4}}.{{0,80}}
      |[ ]+(?:</t|<br|={{5}}).{{0,90}})?[ \t\\]*\Z""",
    re.VERBOSE,
)
_END_MARKS = tuple(
    f"{end} {word}"
    for end, *words in (("END", "COMMENT", "SUMMARY", "TEXT", "NOTE"), ("End", "Comment", "Summary", "Text", "Note"))
    for word in (*words, *map(str.lower, words))
)
_ABBREVIATION = re.compile(
    r"(?<![\w-])(?:Mr|Mrs|Ms|Dr|Gen|Amb|Col|Lt|Sen|Rep|Gov|Prof|Capt|Maj|St|MR|MRS|DR|GEN|COL|vs|No)\.\Z"
)
_NO_NAME = re.compile(
    r"\b(?:X{4,20}|NNNN|BT|END|TEXT|COMMENT|SUMMARY|NOTE|UNCLASSIFIED|CONFIDENTIAL|SECRET|UNQUOTE|QUOTE|ANNEX|NONE"
    r"|TABLE|TOTAL|DRAFT|CABLE|D'AFFAIRES|CONSUL GENERAL|APPENDIX|DECLASSIFY|OADR|INFO|YES"
    r"|ENDTEXT|ENCLOSURE|SIPDIS|NOFORN|NODIS|EXDIS|LIMDIS|SENSITIVE|ACTION|REQUEST|POINTS|MEETING|GOVERNMENT|REGARDS"
    r"|PARTICIPANTS|CONCLUSION|BIO|DATE|PRESIDENT|PRIME|MINISTER|SECRETARY|UNITED|NATIONS|FUND|CITY"
    r"|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY"
    r"|AND|OR|THE|OF|FOR|IN|TO|U\.S|USG|GP-\d|BEGIN|MINIMIZE|CONSIDERED|ADDRESS|(?:AM)?EMBASSY|AMCONSUL|MINISTRY"
    r"|RELEASE|SIGNED|CLEARED|DRAFTED|PAGE)\b",
    re.IGNORECASE,
)


_FOOTER = re.compile(
    r"(?:\n|(?<=  ))((?:\*[* ]*)?[Vv](?:isit|ISIT) [^\n]{3,80}(?:[Ss]ite|SITE|http)[^\n]*\n(?:[^\n]+\n){0,3}[ \t\n]*)\Z"
)
_NAME_ABOVE = re.compile(r"\n[ \t]*([A-Z][A-Z'-]{2,20}(?: [A-Z][A-Z'-]+)?)[ \t]*\n(?:[ \t]*\n)*\Z")
_HEAD_OF_LIST = re.compile(r"(?!.*(?:isit|ISIT|[Ss]ite|SITE)).{1,30}[:,]\Z")


class Ending(msgspec.Struct, frozen=True, gc=False):
    """Where the ending begins, its spans, and the name (`VAN VOORST`; two on two lines are one text)."""

    start: int
    claims: list[Span]
    signature: str


def read_ending(text: str, start: int) -> Ending:
    """Read the last lines of `text[start:]` from the last one upwards."""
    floor = max(start, len(text) - LONGEST_ENDING)
    claims: list[Span] = []
    names: list[str] = []
    end = len(text)
    for _ in range(MOST_LINES):
        line_start, line_end = _line_before(text, floor, end)
        line = text[line_start:line_end]
        if not line.strip(BLANKS):
            if line_start <= floor:
                break
            end = line_start
            continue
        kind = _kind(text, floor, line_start, line, len(names))
        if kind is None and not names and not claims and _below_signature(text, floor, line_start, line):
            kind = Kind.CLOSING
        if kind is None:
            break
        if kind is Kind.SIGNATURE and (match := _SIGNATURE_LINE.match(line.rstrip(BLANKS))):
            names.insert(0, match["name"].rstrip("."))
        claims.insert(0, Span(kind, line_start, line_end))
        end = line_start
    if not names or _ends_list(text, floor, end, names):
        return _ending_in_line(text, floor, end if not names else len(text), [] if names else claims)
    claims = claims[next(index for index, claim in enumerate(claims) if claim.kind is Kind.SIGNATURE) :]
    above = text[max(floor, claims[0].start - LONGEST_FOOTER) : claims[0].start]
    if ("isit " in above or "ISIT " in above) and (footer := _FOOTER.search(above)):
        start = claims[0].start - len(above) + footer.start(1)
        claims.insert(0, Span(Kind.CLOSING, start, claims[0].start))
    return Ending(claims[0].start, claims, _once(names))


def _ends_list(text: str, floor: int, end: int, names: list[str]) -> bool:
    """Whether the names are the last lines of a list of such words, one below the other."""
    line = text[slice(*_line_before(text, floor, end))].rstrip(BLANKS)
    return len(names) > 1 and line.isupper() and is_name(line)


def _line_before(text: str, floor: int, end: int) -> tuple[int, int]:
    start = max(floor, text.rfind("\n", floor, max(end - 1, floor)) + 1)
    return start, end


def _kind(text: str, floor: int, start: int, line: str, names: int) -> Kind | None:
    """SIGNATURE, CLOSING, or None where the text of the cable is reached."""
    bare = line.rstrip(BLANKS)
    if len(bare) > 200:
        return None
    if names < 2 and is_name(bare) and (names == 0 or bare.isupper()) and _can_stand_after(text, floor, start, bare):
        return Kind.SIGNATURE
    if names or not _CLOSING.match(bare):
        return None
    return None if "isit " in bare and _name_in_line(bare) else Kind.CLOSING


def _below_signature(text: str, floor: int, start: int, line: str) -> bool:
    """Whether a short line stands below a surname that itself stands below the end of a sentence.

    It is a caption from a newspaper, where blank lines part it from the name, else a note in capitals.
    """
    name = _NAME_ABOVE.search(text, max(floor, start - 80), start)
    if name is None or len(line) > 40 or not is_name(name[1]):
        return False
    apart = text[name.end(1) : start].count("\n") > 1 and text[: name.start() + 1].endswith((" \n", "\n\n"))
    return apart or (line.isupper() and text[floor : name.start()].rstrip(BLANKS)[-1:] in {".", "!", "?", '"'})


def _can_stand_after(text: str, floor: int, start: int, name: str) -> bool:
    """Whether the name is no rest of the sentence before it."""
    before = text[_line_before(text, floor, start)[0] : start]
    words = before.strip(BLANKS)
    if _ABBREVIATION.search(words[-8:]) or _HEAD_OF_LIST.match(_short_line_above(text, floor, start, name)):
        return False
    if (
        not words
        or words.startswith("--")
        or words[-1] in '.!?:;")*-=X\u201d'
        or "://" in words
        or words.endswith(_END_MARKS)
    ):
        return True
    if not name.isupper() and " " in name.strip():
        return False
    return len(words) < 60 and not name.endswith(".") and (name.isupper() != words.isupper() or len(words) < 30)


def _short_line_above(text: str, floor: int, start: int, name: str) -> str:
    """The last line above that is not blank, if it ends in a colon or, above a name not in capitals, in a comma."""
    above = text[max(floor, start - 60) : start].rstrip(BLANKS)
    ends = ":" if name.isupper() else (":", ",")
    return above.rsplit("\n", 1)[-1].strip(BLANKS) if above.endswith(ends) else ""


def is_name(line: str) -> bool:
    """Whether the line can be a signature: up to three words, in capitals or with capital initials."""
    match = _SIGNATURE_LINE.match(line)
    return match is not None and not _NO_NAME.search(match["name"])


def _name_in_line(line: str) -> re.Match[str] | None:
    """The name with which the line ends, behind other words."""
    match = _SIGNATURE_IN_LINE.search(line)
    while match and _NO_NAME.search(match["name"]):
        match = _SIGNATURE_IN_LINE.search(line, match.start("name") + 1)
    return match


def _ending_in_line(text: str, floor: int, end: int, closings: list[Span]) -> Ending:
    """The signature at the end of the last line, as flattened bodies have it."""
    start = max(floor, end - 200)
    match = _name_in_line(text[start:end].rstrip("\n"))
    if match is None:
        return Ending(closings[0].start if closings else len(text), closings, "")
    at = start + match.start("name")
    name_end = start + match.end("name")
    claims = [Span(Kind.SIGNATURE, at, name_end), Span(Kind.CLOSING, name_end, end), *closings]
    if not text[name_end:end].strip():
        claims = [Span(Kind.SIGNATURE, at, end), *closings]
    return Ending(at, claims, _once([match["name"]]))


def _once(names: list[str]) -> str:
    """The names, without one that is there twice."""
    words = " ".join(dict.fromkeys(names)).split()
    half = len(words) // 2
    return " ".join(words[:half] if half and words[:half] == words[half:] else words)
