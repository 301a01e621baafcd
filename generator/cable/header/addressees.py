"""The addressees of a cable: `[RI/]NAME[ PRECEDENCE][ NUMBER]` (CABLE-FORMAT 1.2)."""

import re

from generator.cable.model import Recipient
from generator.cable.vocabulary.posts import one_slip_apart

_PAGE_MARK = re.compile(r"PAGE +\d\d .*")
_ROUTING_INDICATOR = re.compile(r"(?:(?:ZEN|ZFF\d?)/ *)?(?:(R[A-Z]{4,7})/)?")
_PRECEDENCE = re.compile(r"(?:^| )(FLASH|(?:NIACT )?IMMEDIATE|(?:NIACT )?PRIORITY|ROUTINE)$")
_LAST_OF_PRECEDENCES = ("PRIORITY", "IMMEDIATE", "ROUTINE", "FLASH")
_MISSPELLED = re.compile(r"(?:^| )((?:NIACT )?([PIR][A-Z]{5,9}))$")
_CONTINUITY_NUMBER = re.compile(r" (\d{1,5}(?:-\d{1,5})?)$")
_NO_ADDRESSEE = frozenset({"", "ZEN", "BT", "ZFF", "NULL", "UNCLAS"})


def read_recipient(action: str, untrusted_line: str) -> Recipient | None:
    """The addressee on the line, if there is one; words such as ZEN and BT in its place are none."""
    rest = untrusted_line.strip()
    indicator = _ROUTING_INDICATOR.match(rest)
    ri = (indicator and indicator[1]) or ""
    rest = rest[indicator.end() if indicator else 0 :]
    number = _CONTINUITY_NUMBER.search(rest) if rest[-1:].isdigit() else None
    rest = rest[: number.start()].rstrip() if number else rest
    precedence = _PRECEDENCE.search(rest) if rest.endswith(_LAST_OF_PRECEDENCES) else _misspelled(rest)
    name = rest[: precedence.start()].rstrip() if precedence else rest
    if (name.startswith("PAGE ") and _PAGE_MARK.match(name)) or (not ri and name.upper() in _NO_ADDRESSEE):
        return None
    return Recipient(action, precedence[1] if precedence else "", ri, name, number[1] if number else "")


def _misspelled(rest: str) -> re.Match[str] | None:
    """A last word that is one slip away from a precedence: `PRIOITY`."""
    match = _MISSPELLED.search(rest)
    return match if match and any(one_slip_apart(word, match[2]) for word in _LAST_OF_PRECEDENCES[:3]) else None
