"""The front matter of a content file: TOML that says what a cable's text does not say."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Any, NamedTuple

import msgspec

from generator.cable.ids import file_name, parse_id
from generator.cable.vocabulary import classification, classifications
from generator.errors import Severity
from generator.href import web_page


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the front matter says of a cable; it wins over the text. Empty: the text decides.

    `header_lines` is the number of lines of the header where the rule would not find the border; the line feed after
    the last of them belongs to neither box. 0 means that the whole text is body.
    """

    id: str = ""
    created: datetime | date | None = None
    released: datetime | date | None = None
    classification: str = ""
    origin: str = ""
    subject: str = ""
    references: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    header_lines: int | None = None


def only_facts(more: Facts) -> Facts:
    """The facts alone of what has more than facts, such as a cable's texts."""
    return Facts(**{name: getattr(more, name) for name in Facts.__struct_fields__})


def stem_of(path: str) -> str:
    """The name of a content file without folders and ending: of most, the reference ID."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def named(facts: Facts, path: str) -> Facts:
    """The facts with the reference ID that the file's name is, unless the front matter says another."""
    stem = stem_of(path)
    return facts if facts.id or parse_id(stem) is None else msgspec.structs.replace(facts, id=stem)


class Finding(NamedTuple):
    """Something wrong with the front matter; `line` counts from 1 within it."""

    line: int
    text: str
    hint: str = ""
    severity: Severity = Severity.ERROR


_TEXTS = ("id", "classification", "origin", "subject")
_LISTS = ("references", "articles", "aliases")
_MOMENTS = ("created", "released")
_EXAMPLES = {
    "created": "created = 2010-01-29T15:33:00Z",
    "released": "released = 2011-08-30",
    "header_lines": "header_lines = 12",
}
_FAR = 366
"""So many days ahead of today a date is most likely a slip."""
_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_LINE_OF_KEY = r"^[ \t]*\[?[\[ \t]*[\"']?{}[\"']?[ \t]*[=.\]]"


def read_front_matter(untrusted_toml: str, untrusted_text: str, stem: str) -> tuple[Facts, list[Finding]]:
    """The facts that are sound, and what is wrong with the others.

    `untrusted_text` is what follows the front matter, `stem` the file's name without ending.
    """
    try:
        untrusted_table = tomllib.loads(untrusted_toml)
    except (ValueError, RecursionError) as error:
        return Facts(), [_not_toml(error, untrusted_toml)]
    findings = []
    sound: dict[str, Any] = {}
    for key, value in untrusted_table.items():
        checked = _check(key, value, untrusted_text)
        if isinstance(checked, Finding):
            findings.append(checked._replace(line=_line_of(key, untrusted_toml)))
        else:
            sound[key] = checked
    facts = Facts(**sound)
    doubts = [*_doubts(facts), *_doubts_of_id(facts.id, stem), *_empty_texts(sound)]
    return facts, sorted(findings + [found._replace(line=_line_of(key, untrusted_toml)) for key, found in doubts])


def _not_toml(error: Exception, untrusted_toml: str) -> Finding:
    place = _PLACE.search(str(error))
    said = _PLACE.sub("", str(error)).strip() if isinstance(error, ValueError) else "nested too deeply"
    hint = "a day is written 2010-01-29, a moment 2010-01-29T15:33:00Z, words in double quotes"
    line = int(place[1]) if place else max(1, untrusted_toml.count("\n"))
    return Finding(line, f"the front matter is not valid TOML: {said}", hint)


def _line_of(key: str, untrusted_toml: str) -> int:
    found = re.search(_LINE_OF_KEY.format(re.escape(key)), untrusted_toml, re.MULTILINE)
    return untrusted_toml.count("\n", 0, found.start()) + 1 if found else 1


def _check(key: str, value: object, untrusted_text: str) -> object:
    """The value as `Facts` holds it, or a finding."""
    if key in _TEXTS:
        return _check_text(key, value)
    if key in _LISTS:
        return _check_list(key, value)
    if key in _MOMENTS:
        return _check_moment(key, value)
    if key == "header_lines":
        return _check_header_lines(value, untrusted_text.count("\n") + 1)
    return Finding(0, f"unknown key {key!r} in the front matter", _did_you_mean(key, Facts.__struct_fields__))


def _did_you_mean(word: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"


def _check_text(key: str, value: object) -> str | Finding:
    if not isinstance(value, str):
        return Finding(0, f"{key} is {_in_words(value)}, and must be text", f'write {key} = "..." in double quotes')
    if key == "id" and (value != value.strip() or not value.isprintable() or not 0 < len(value) <= 200):
        return Finding(
            0, "the id is empty, too long, or has blanks or control characters around it", 'id = "10MOSCOW226"'
        )
    known = classification(value) if key == "classification" else None
    return known.value if known else value


def _check_list(key: str, value: object) -> tuple[str, ...] | Finding:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return Finding(0, f"{key} is {_in_words(value)}, and must be a list of texts", f'write {key} = ["..."]')
    none = next((item for item in value if not web_page(item)), None) if key == "articles" else None
    if none is not None:
        said = f"articles has {none[:80]!r}, which is not the address of a page on the web"
        return Finding(0, said, 'write articles = ["https://example.org/story"], or leave it out')
    return tuple(value)


def _check_moment(key: str, value: object) -> datetime | date | Finding:
    if isinstance(value, datetime):
        try:
            return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        except OverflowError:
            return Finding(0, f"{key} is outside of the calendar", f"write {_EXAMPLES[key]}")
    if isinstance(value, date):
        return value
    return Finding(0, f"{key} is {_in_words(value)}, and must be a date", f"write {_EXAMPLES[key]}, without quotes")


def _check_header_lines(value: object, text_lines: int) -> int | Finding:
    hint = f"write {_EXAMPLES['header_lines']}, or leave it out"
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        return Finding(0, f"header_lines is {_in_words(value)}, and must be a number of lines", hint)
    return value if value <= text_lines else Finding(0, f"header_lines is {value}, the text has {text_lines}", hint)


def _in_words(value: object) -> str:
    if isinstance(value, str):
        return f"the text {value[:60]!r}"
    if isinstance(value, bool | int | float):
        return f"the value {str(value).lower()}"
    return "a list" if isinstance(value, list) else "a table" if isinstance(value, dict) else f"the time {value}"


def _doubts(facts: Facts) -> list[tuple[str, Finding]]:
    """What is possible and yet most likely a slip."""
    doubts = []
    if facts.classification and classification(facts.classification) is None:
        hint = _did_you_mean(facts.classification.upper(), tuple(known.value for known in classifications()))
        said = f"unknown classification {facts.classification!r}"
        doubts.append(("classification", Finding(0, said, hint, Severity.WARNING)))
    if facts.created and facts.released and _day(facts.released) < _day(facts.created):
        said = f"released on {_day(facts.released)}, before it was created on {_day(facts.created)}"
        doubts.append(("released", Finding(0, said, "check the year of both", Severity.WARNING)))
    for key in _MOMENTS:
        moment = getattr(facts, key)
        if moment and (_day(moment) - datetime.now(UTC).date()).days > _FAR:
            doubts.append(
                (key, Finding(0, f"{key} on {_day(moment)}, years ahead", "check the year", Severity.WARNING))
            )
    for entry in facts.references:
        if parse_id("".join(entry.split()).upper()) is None:
            said = f"references has {entry[:80]!r}, which is no reference ID"
            doubts.append(("references", Finding(0, said, 'write references = ["09MOSCOW1"]', Severity.WARNING)))
    return doubts


def _doubts_of_id(untrusted_id: str, stem: str) -> Iterator[tuple[str, Finding]]:
    """Whether the ID is one, and the one that the file is named after.

    An ID of another form may have been published: then it is what the file is called, as an import does.
    """
    if not untrusted_id or stem == file_name(untrusted_id):
        return
    if parse_id(untrusted_id) is None:
        said = f"the id {untrusted_id!r} is no reference ID"
        yield "id", Finding(0, said, 'write year, post and number without blanks: id = "10MOSCOW226"', Severity.WARNING)
    elif parse_id(stem):
        said = f"the id is {untrusted_id}, and the file is named {stem}"
        yield "id", Finding(0, said, "mend the id, or rename the file", Severity.WARNING)


def _empty_texts(sound: dict[str, Any]) -> Iterator[tuple[str, Finding]]:
    for key in _TEXTS:
        if key in sound and not sound[key].strip():
            said = f"{key} is empty, as if the line were not there"
            yield key, Finding(0, said, "fill it in, or take the line away", Severity.WARNING)


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def write_front_matter(facts: Facts) -> str:
    """The facts as TOML, one a line, in the order of `Facts`; what is empty is left out."""
    empty = Facts()
    lines = []
    for key in Facts.__struct_fields__:
        value = getattr(facts, key)
        if value != getattr(empty, key):
            lines.append(f"{key} = {_toml(value)}\n")
    return "".join(lines)


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        sound = value.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
        return json.dumps(sound, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
