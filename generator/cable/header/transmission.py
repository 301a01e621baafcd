"""The lines of a header that the relays worked with, from the identifier to the date-time group (CABLE-FORMAT 1.1)."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from generator.cable.model import SecurityLine, SenderLine

PRECEDENCES = {"Z": "FLASH", "O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE"}
"""The letters of a date-time group, the highest first."""

_LEVELS = {
    "U": "UNCLASSIFIED",
    "E": "UNCLASSIFIED EFTO",
    "C": "CONFIDENTIAL",
    "S": "SECRET",
    "T": "TOP SECRET",
}
_RELAYS = re.compile(r"\bR[A-Z]{3,7}\b")
_SENDER = re.compile(r"DE +(R[A-Z]{3,7})\b(?: +#(\d{1,6})(?:/(\d{1,2}))?)?(?:\D* (\d{3})(\d\d)(\d\d)\b)?")
_SECURITY = re.compile(r"(ZN[RY]) +([UECST])[A-Z]{2,4}(?:/ *([A-Z]+))?\b *(.*)")
_GROUP = re.compile(r"(?:([ZOPR])(?: +([ZOPR]))? +)?\d{4,6}Z? *(?:[A-Za-z]{3,9} +\d{1,4})?\b *(.*)")


class DayOfYear(NamedTuple):
    """The day of a year, the first of January is 1, and the time in UTC, as a DE line says them."""

    day: int
    hour: int
    minute: int

    @property
    def exists(self) -> bool:
        """Whether a year has such a day, and a day such a time."""
        return 1 <= self.day <= 366 and self.hour < 24 and self.minute < 60


def read_relays(lines: str) -> tuple[str, ...]:
    """The routing indicators behind the precedence of line 2, which may go on over lines."""
    return tuple(_RELAYS.findall(lines))


def read_sender(line: str, group: datetime | None) -> SenderLine | None:
    """The DE line; its day is one of the year, so the date-time group has to say which."""
    match = _SENDER.match(line)
    if match is None:
        return None
    day = _day_of_year(match)
    sent = _sent(day, group) if day and day.exists and group else None
    return SenderLine(match[1], int(match[2] or 0), int(match[3] or 0), sent)


def read_day_of_year(line: str) -> DayOfYear | None:
    """The day and time that a DE line says, be they possible or not."""
    match = _SENDER.match(line)
    return _day_of_year(match) if match else None


def _day_of_year(match: re.Match[str]) -> DayOfYear | None:
    return DayOfYear(int(match[4]), int(match[5]), int(match[6])) if match[4] else None


def _sent(moment: DayOfYear, group: datetime) -> datetime:
    """The moment of a day of the year, in the year of the group or, behind its last days, in the next."""
    year = group.year + (group.month == 12 and moment.day < 32)
    return datetime(year, 1, 1, moment.hour, moment.minute, tzinfo=UTC) + timedelta(days=moment.day - 1)


def read_security(line: str) -> SecurityLine | None:
    """The ZNR or ZNY line; a garbled letter or two do not matter."""
    match = _SECURITY.match(line)
    return SecurityLine(match[1], _LEVELS[match[2]], match[3] or "", match[4].strip()) if match else None


def read_group(line: str, routing: str) -> tuple[str, str, str]:
    """What stands around a date-time group: the precedence for action addressees, the one for information addressees
    where there are two, and the operating signals and free text behind; line 2 has one precedence alone.
    """
    match = _GROUP.match(line)
    remarks = match[3].strip() if match else ""
    if match and match[1]:
        return PRECEDENCES[match[1]], PRECEDENCES.get(match[2] or "", ""), remarks
    return PRECEDENCES.get(routing[:1], "") if routing[:1] == routing[1:2] else "", "", remarks
