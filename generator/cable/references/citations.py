"""Cables that a text cites: a post and a serial number, with a year or without (CABLE-FORMAT 2.6, 6.3)."""

import re

import msgspec

from generator.cable.ids import ReferenceId, four_digit_year
from generator.cable.vocabulary.posts import Posts

_NUMBER = re.compile(
    r"(?=[O\d])"
    r"(?:(?<![\w/.])(?!\d\)[ \t])(?=[O0]*\d)(?:[O0-9]{1,7}|0{2,5}\d{1,6})(?!\w|/(?!\d{1,6}(?![\d/])|[A-Z]{3})|\.\d)"
    r"|(?<=[A-Za-z])\d{1,7}(?!\w)|(?<=\d/)\d{3,6}(?![\w/]))"
)
_NUMBER_BEHIND_YEAR = re.compile(r"[ \n-]+(?=[O0]*\d)([O0-9]{1,6})(?![\w/]|\.\d)")
_WORDS_BEFORE = re.compile(r"(?<![A-Za-z])([A-Za-z][A-Za-z'.-]*+(?:\s++[A-Za-z][A-Za-z'.-]*+){0,4})[\s-]*\Z")
_WORD = re.compile(r"\S+")
_YEAR_BEFORE = re.compile(r"(?<![\w.])(?:'?(\d{2})|(\d{4}))[\s-]*\Z")
_AIRGRAM = re.compile(r"(?<![A-Z])C?A-\Z")
_YEAR_INSIDE = re.compile(r"\b([A-Z]{2,})\s+(\d\d)\s+([A-Z]{3,})\s+\Z")
_YEAR_AFTER = re.compile(r"\s*(?:\((?:19|20)?(\d\d)\)|[-/](?:(?:19|20)(\d\d)|(\d\d))(?!\d))")
_ENTRY_BEFORE = re.compile(r"(?:\A|[,;/&\n])[\s(]*\Z")
_ENTRY_BEHIND = re.compile(r"\s*(?:\Z|[,;.(&\n]|AND\b|and\b|NOTAL\b)|[ \t]*\n")
_SMALL_WORDS = frozenset({"AL", "DE", "EL", "LA", "ST"})
_SHARED = re.compile(r"[\s,;/&]*(?:\((?:NOTAL|EXDIS|NODIS|PASEP)\)[\s,;/&]*)?(?:(?:AND|and|&)[\s]*)?\Z")
_NEXT_CABLE = re.compile(r"[\s-]*([A-Za-z][A-Za-z' -]*[A-Za-z])[\s-]+\d")
_MONTH_BEHIND = re.compile(
    r"\s+(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?"
    r"|NOV(?:EMBER)?|DEC(?:EMBER)?)\b",
    re.IGNORECASE,
)
_WORDS_BEFORE_NUMBERS = """
AND ANNEX APR APRIL ARTICLE AT ATTACHMENT AUG AUGUST BILL BULLETIN BY CABLE CABLES CASE CFR CHAPTER CIRCULAR CONTRACT
CY DAILY DATED DEC DECEMBER DECREE DIPLOMATIC DTG EMAIL ENCLOSURE EO EXECUTIVE FAM FAX FBIS FEB FEBRUARY FOR FORM FROM
FY IIR IN IR JAN JANUARY JUL JULY JUN JUNE LAW LETTER LINE MAR MARCH MAY MEETING MEMO MESSAGE NEWS NO NOTE NOV NOVEMBER
NR NUMBER OCT OCTOBER OF ON ORDER PAGE PAGES PARA PARAGRAPH PARAGRAPHS PARAS PART PRESS REF REFS REFTEL REPORT RES
RESOLUTION SECTION SEP SEPT SEPTEMBER SERIAL TAB TD TELCON TELEGRAM THE TITLE TO TREATY UNSC UNSCR UPDATE USC VERSION
VOL VOLUME WITH
"""
_NO_POST = frozenset(_WORDS_BEFORE_NUMBERS.split())


class Citing(msgspec.Struct, frozen=True, gc=False):
    """The cable that cites: its year, which a citation without year means, its post, and the posts that are known."""

    year: int
    post: str
    posts: Posts


class FoundReference(msgspec.Struct, frozen=True, gc=False):
    """A reference to a cable in a text: its ID, whether the text gives the year, and its place."""

    id: ReferenceId
    year_given: bool
    start: int
    end: int


def find_cables(text: str, start: int, end: int, citing: Citing) -> list[FoundReference]:
    """All cables in a part of the reference list; a number without post belongs to the post before it."""
    found: list[FoundReference] = []
    floor = start
    for match in _NUMBER.finditer(text, start, end):
        if match.start() < floor:
            continue
        before = text[floor : match.start()]
        if named := _named(text, before, floor, match, end, citing):
            found.append(named)
        elif found and _SHARED.match(before) and not _begins_something_else(text, match, end, citing.posts):
            last = found[-1]
            reference = ReferenceId(last.id.year, last.id.post, _serial(match[0]))
            found.append(FoundReference(reference, last.year_given, match.start(), match.end()))
        else:
            continue
        floor = found[-1].end
    return found


def _named(
    text: str, before: str, floor: int, number: re.Match[str], end: int, citing: Citing
) -> FoundReference | None:
    """The cable whose serial is `number`, if the words before it are a post."""
    if before.endswith("A-") and _AIRGRAM.search(before[-4:]):
        return None
    if split := _split_by_year(before, number, citing):
        return split
    words = _WORDS_BEFORE.search(before[-80:])
    if words is None:
        return None
    offset = number.start() - len(before[-80:])
    post, length = _post(words[1], citing)
    if not post and _ENTRY_BEHIND.match(text, number.end(), end):
        post, length = _unknown_post(before[-80:], words)
    if not post or (before[-80:][: words.start()].endswith("(") and not citing.posts.find(post)):
        return None
    start = offset + words.end(1) - length
    given = None
    if match := _YEAR_BEFORE.search(text[max(floor, start - 40) : start]):
        given = plausible_year(match[1] or match[2], citing.year)
        start = start - len(match[0]) if given else start
    digits, stop, behind = _serial_and_year(text, number, end, citing.year, given)
    serial = _serial(digits)
    given = given or behind
    return FoundReference(ReferenceId(given or citing.year, post, serial), bool(given), start, stop) if serial else None


def _serial_and_year(
    text: str, number: re.Match[str], end: int, year: int, given: int | None
) -> tuple[str, int, int | None]:
    """The serial number, where the reference ends, and the year if it stands between post and serial or behind it."""
    stop = number.end()
    if given is not None:
        return number[0], stop, None
    between = plausible_year(number[0], year) if len(number[0]) == 2 and number[0].isdigit() else None
    if between and (match := _NUMBER_BEHIND_YEAR.match(text, stop, end)):
        return match[1], match.end(), between
    if match := _YEAR_AFTER.match(text, stop, end):
        behind = plausible_year(match[1] or match[2] or match[3], year)
        return number[0], match.end() if behind else stop, behind
    return number[0], stop, None


def _serial(digits: str) -> int:
    return int(digits.replace("O", "0"))


def _split_by_year(before: str, number: re.Match[str], citing: Citing) -> FoundReference | None:
    """The cable, where its year stands inside the post's name (`SAO 06 PAULO 1038`)."""
    match = _YEAR_INSIDE.search(before[-40:])
    if match is None:
        return None
    find = citing.posts.find
    post, given = find(match[1] + match[3], misspelled=False), plausible_year(match[2], citing.year)
    if not post or not given or find(match[3], misspelled=False):
        return None
    start = number.start() - len(before[-40:]) + match.start()
    return FoundReference(ReferenceId(given, post, _serial(number[0])), True, start, number.end())


def _post(words: str, citing: Citing) -> tuple[str, int]:
    """The post that the last of these words name, and the length of its name."""
    find = citing.posts.find_of_the_seventies if citing.year < 1980 else citing.posts.find
    starts = [match.start() for match in _WORD.finditer(words)]
    for start in starts[-4:]:
        if post := find(words[start:]) or _own(words[start:], citing):
            return post, len(words) - start
    last = words[starts[-1] :]
    letters = letters_of(last)
    unknown = last.isupper() and 4 <= len(letters) <= 17 and letters not in _NO_POST and "." not in last
    return (letters, len(last)) if unknown and len(starts) == 1 else ("", 0)


def _own(words: str, citing: Citing) -> str:
    """The cable's own post, if that is what these words name, by its initials or letter by letter."""
    letters = letters_of(words)
    own = letters == citing.post or (len(letters) > 1 and letters == citing.posts.initials(citing.post))
    return citing.post if own else ""


def _unknown_post(before: str, words: re.Match[str]) -> tuple[str, int]:
    """The name of an unknown post of two to four words in capitals, with which an entry of the list begins (6.3)."""
    name = words[1].removeprefix("AND ").lstrip()
    parts = name.split()
    if not 2 <= len(parts) <= 4 or not name.isupper() or any(not _can_name_post(part) for part in parts):
        return "", 0
    head = before[: words.end(1) - len(name)].removesuffix("AND ")
    year = _YEAR_BEFORE.search(head)
    return (letters_of(name), len(name)) if _ENTRY_BEFORE.search(head[: year.start()] if year else head) else ("", 0)


def _can_name_post(word: str) -> bool:
    return word in _SMALL_WORDS or (len(word) > 2 and word.isalpha() and word not in _NO_POST)


def letters_of(words: str) -> str:
    """The letters alone, as posts are called in reference IDs."""
    return "".join(filter(str.isalpha, words))


def plausible_year(digits: str, year: int) -> int | None:
    """The year that two or four digits mean, unless no cable of `year` can cite it."""
    given = int(digits) if len(digits) == 4 else four_digit_year(int(digits))
    return given if 1966 <= given <= year + 1 else None


def _begins_something_else(text: str, number: re.Match[str], end: int, posts: Posts) -> bool:
    """Whether the number is the year of the next cable, or the day of a date."""
    if _MONTH_BEHIND.match(text, number.end(), end):
        return True
    following = _NEXT_CABLE.match(text, number.end(), end)
    return len(number[0]) in {2, 4} and following is not None and posts.find(following[1]) != ""
