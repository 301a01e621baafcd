"""Raw text, a cable a file (CABLE-FORMAT 8.5): one file, or a folder or an archive of them.

(a) The cable alone, header and body at times glued together. (b) A preface of five lines before it: ID, title, date,
classification, origin. (c) The preface alone. (d) A preface of keys and values. (e) A page of the old site saved as
text, whose furniture ends with the five values on one line.

The border between header and body is the one that the text marks, else the one that the reader's rule finds. The only
thing taken out of a text is the old site's pilcrow before a paragraph's number, kept or broken by a wrong encoding. A
page that was copied has lost its last line feed, which it gets back.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path, PurePosixPath

import msgspec

from generator.cable.ids import parse_id
from generator.cable.read import read_cable
from generator.cable.source.border import find_border
from generator.cable.source.facts import Facts, only_facts
from generator.cable.vocabulary import BUILT_IN, Vocabulary, classification
from generator.importers import sources
from generator.importers.encoding import decoded
from generator.importers.member import Member, whole
from generator.importers.record import (
    RECORD_LIMIT,
    Entry,
    Record,
    Rejected,
    UnfitError,
    checked_id,
    checked_text,
    checked_time,
    checked_value,
    web_address,
)

LOOKED_FOR = "text files (.txt)"
ONE_FILE = False

_ID = re.compile(r"\d{2,4}[A-Z][0-9A-Z]{2,50}(?:_[a-z])?")
_PILCROW = re.compile(r"^( *)(?:Â?¶|\ufffd{1,2})(?=(?:\d+|[A-Z])\.)", re.MULTILINE)
_CLOCK = re.compile(
    r"(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (?:(?:UTC|GMT)|([+-])(\d\d)(\d\d)) (\d{4})"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE = r"\d{4}-\d\d-\d\d \d{1,2}:\d\d"
_PAGE = re.compile(
    r"^[ \t]*Reference ID[ \t]+Created[ \t]+Released[ \t]+Classification[ \t]+Origin[ \t]*\n\s*"
    rf"(?P<id>[^\s]{{1,60}})[ \t]+(?P<created>{_MINUTE})[ \t]+(?P<released>{_MINUTE})[ \t]+(?P<rest>[^\n]+)\n?",
    re.MULTILINE,
)
_CITED_IN = re.compile(r"[ \t]*Appears in these articles:[ \t]*\n?((?:[ \t]*(?:https?://|www\.)\S+[ \t]*(?:\n|\Z))*)")
_KEY = re.compile(r"(id|date|refid|origin|classification|destination|header) *:[ \t]*(.*)", re.IGNORECASE)
_HEADER_ENDS = re.compile(r"^-+ *header ends *-+[ \t]*(?:\n|\Z)", re.MULTILINE | re.IGNORECASE)


class Preface(Facts, frozen=True, kw_only=True):
    """What stands before a cable's text and says more than it: facts, as they stand there. `text` is what follows."""

    text: str
    has_keys: bool = False


def recognises(path: Path) -> bool:
    """Whether the path is a file named as text, or a folder or an archive that begins with one."""
    return (sources.is_text_name(path.name) or sources.is_many(path)) and bool(sources.beginning_of_texts(path))


def size(path: Path) -> int:
    """How far `read` will come: the number of files in a folder, the bytes of an archive."""
    return sources.size(path, sources.is_text_name)


def read(path: Path, vocabulary: Vocabulary = BUILT_IN) -> Iterator[Entry]:
    """The cables of the files, in a folder in the order of their names; `position` is in the unit of `size`.

    In a folder or an archive, only what is named `.txt` is looked at. Holds one file. Raises CablepressError for an
    archive that cannot be opened, and OSError.
    """
    selection = sources.Selection(sources.is_text_name)
    for member in sources.members(path, selection):
        try:
            yield _record(member, vocabulary)
        except UnfitError as error:
            yield Rejected(member.place, member.position, str(error))
    yield from selection.passed_over()


def has_preface(raw: bytes) -> bool:
    """Whether more stands in a file than the cable alone, and is no front matter."""
    try:
        text, _ = decoded(raw)
        return not text.startswith("+++\n") and (_page(text) or _keys(text) or _five_lines(text)) is not None
    except UnfitError:
        return False


def _record(member: Member, vocabulary: Vocabulary) -> Record:
    text, note = decoded(whole(member, RECORD_LIMIT))
    if text.startswith("+++\n"):
        raise UnfitError("it has front matter, as content files have; put it into content/cables as it is")
    preface = _page(text) or _keys(text) or _five_lines(text) or Preface(text=text)
    header, body = _boxes(preface)
    stem = PurePosixPath(member.place).stem
    given = preface.id or (stem if _ID.fullmatch(stem) else "")
    cable = read_cable(f"{header}\n{body}" if header else body, Facts(id=given), vocabulary)
    if not cable.id:
        raise UnfitError("neither its name nor its text says the reference ID; name it after it, like 10MOSCOW226.txt")
    facts = msgspec.structs.asdict(only_facts(preface)) | {
        "id": checked_id(cable.id),
        "created": preface.created or cable.created,
        "classification": checked_value(preface.classification, "classification"),
        "origin": checked_value(preface.origin, "origin"),
        "subject": "" if cable.subject else checked_value(preface.subject, "title"),
    }
    return Record(
        **facts,
        place=member.place,
        position=member.position,
        header=checked_text(header, "header"),
        body=checked_text(body, "body"),
        note=note,
    )


def _boxes(preface: Preface) -> tuple[str, str]:
    """Header and body, without pilcrows; the line feed between them belongs to neither.

    The rule between them is the form's own where it has keys; else it is residue (2.1), and stays.
    """
    text = _PILCROW.sub(r"\1", preface.text)
    if found := _HEADER_ENDS.search(text):
        return text[: found.start()].removesuffix("\n"), text[found.end() if preface.has_keys else found.start() :]
    header_end, body_start = find_border(text)
    return text[:header_end], text[body_start:]


def _page(text: str) -> Preface | None:
    """Form (e)."""
    found = _PAGE.search(text)
    if found is None:
        return None
    words = found["rest"].split()
    known = next((n for n in range(len(words), 0, -1) if classification(" ".join(words[:n]))), 0)
    if not known:
        raise UnfitError(f"the line of values has no classification that is known: {found['rest'][:80]!r}")
    cited = _CITED_IN.match(text, found.end())
    rest = text[cited.end() if cited else found.end() :]
    return Preface(
        text=rest if not rest or rest.endswith("\n") else f"{rest}\n",
        id=checked_id(found["id"]),
        created=checked_time(found["created"]),
        released=checked_time(found["released"]),
        classification=" ".join(words[:known]),
        origin=" ".join(words[known:]),
        articles=tuple(filter(None, map(web_address, cited[1].split()))) if cited else (),
    )


def _five_lines(text: str) -> Preface | None:
    """Forms (b) and (c)."""
    lines = [line.strip() for line in text.split("\n", 5)[:5]]
    if len(lines) < 5 or not _ID.fullmatch(lines[0]):
        return None
    created = _clock(lines[2])
    if created is None:
        return None
    rest = re.sub(r"\A(?:[ \t]*\n)+", "", text.split("\n", 5)[5]) if text.count("\n") >= 5 else ""
    return Preface(
        text=rest if rest.strip() else "",
        id=lines[0],
        subject=lines[1],
        created=created,
        classification=lines[3],
        origin=lines[4],
    )


def _clock(line: str) -> datetime | date | None:
    """A time as programs write it, `Wed Nov 20 00:00:00 +0100 2002`, or as a dump does, in UTC.

    Midnight on the exporter's clock is what became of a day without time: it stays that day.
    """
    if found := _CLOCK.fullmatch(line):
        name, day, hour, minute, second, sign, ahead, minutes, year = found.groups()
        offset = timedelta(hours=int(ahead or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
        try:
            month = _MONTHS.index(name) + 1
            zone = timezone(offset)
            moment = datetime(int(year), month, int(day), int(hour), int(minute), int(second), tzinfo=zone)
            return moment.astimezone(UTC) if (hour, minute, second) != ("00", "00", "00") else moment.date()
        except (ValueError, OverflowError):
            return None
    try:
        return checked_time(line)
    except UnfitError:
        return None


def _keys(text: str) -> Preface | None:
    """Form (d)."""
    values: dict[str, str] = {}
    at = len(text) - len(text.lstrip())
    while at < len(text) and "header" not in values:
        line = text[at : (text.find("\n", at) + 1) or len(text)]
        found = _KEY.fullmatch(line.rstrip("\n"))
        if found is None:
            break
        key = found[1].lower()
        values[key] = found[2].strip()
        at += found.start(2) if key == "header" else len(line)
    untrusted_id = values.get("refid") or values.get("id", "")
    if len(values) < 3 or not untrusted_id or untrusted_id.isdigit():
        return None
    return Preface(
        text=text[at:].removeprefix("\n"),
        has_keys=True,
        id=checked_id(untrusted_id),
        created=_clock(values.get("date", "")),
        classification=values.get("classification", ""),
        origin=values.get("origin", ""),
        references=tuple(word for word in re.split(r"[|,;\s]+", values.get("destination", "")) if parse_id(word)),
    )
