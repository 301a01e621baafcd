"""Moments and days as cables write them (CABLE-FORMAT 1.1, 2.3, 8.2)."""

import re
from datetime import UTC, date, datetime

from generator.cable.ids import four_digit_year

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DATE_TIME_GROUP = re.compile(r"\b(\d\d)(\d\d)(\d\d)Z? +([A-Za-z]{3})[A-Za-z]* +(\d{4}|\d\d)\b", re.ASCII)


def read_date_time_group(text: str) -> datetime | None:
    """The moment of a date-time group (`P 291533Z JAN 10`) in UTC; None where it is garbled."""
    for match in _DATE_TIME_GROUP.finditer(text):
        day, hour, minute, month, year = match.groups()
        try:
            number = _MONTHS.index(month.upper()) + 1
            return datetime(_year(year), number, int(day), int(hour), int(minute), tzinfo=UTC)
        except ValueError:
            continue
    return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else four_digit_year(int(digits))


def with_minutes_of(created: datetime | date | None, group: datetime | None) -> datetime | date | None:
    """When the cable was created: the given time, with the minutes of a group that agrees in day and hour (8.2).

    A day stays a day where no group of that day says more.
    """
    if created is None:
        return group
    if not isinstance(created, datetime):
        return group if group is not None and group.date() == created else created
    created = created.astimezone(UTC) if created.tzinfo else created.replace(tzinfo=UTC)
    if group is not None and (group.date(), group.hour) == (created.date(), created.hour):
        return created.replace(minute=group.minute)
    return created


_DAY = re.compile(
    r"\b(?:(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})"
    r"|((?:19|20)\d\d)(\d\d)(\d\d)|(\d\d)(\d\d)((?:19|20)\d\d))\b"
)
_YEAR_MONTH_DAY = ((1, 2, 3), (6, 4, 5), (7, 8, 9), (12, 10, 11))
"""The groups of `_DAY` in its four forms."""

_ZERO = re.compile(r"(?<=[\d/])[Oo](?=[\d/])|(?<![A-Za-z])[Oo](?=\d)")
_SLASHES = re.compile(r"\s*/[\s/]*")
_DAY_IN_WORDS = re.compile(
    rf"\b(?:(?P<before>\d{{1,2}})[ -])?(?P<month>{'|'.join(_MONTHS)})[A-Z]*[ .-]+(?:(?P<behind>\d{{1,2}})[ ,]+)?"
    r"(?P<year>\d{4})\b",
    re.IGNORECASE,
)


def read_day(words: str) -> date | None:
    """The first day in the words: month, day, year, or year, month, day; two-digit years are 20yy up to 60 (2.3)."""
    return _first_day(words) or _first_day(_ZERO.sub("0", _SLASHES.sub("/", words)))


def _first_day(words: str) -> date | None:
    for match in _DAY.finditer(words):
        year, month, day = next(match.group(*form) for form in _YEAR_MONTH_DAY if match[form[0]])
        number = int(year) if len(year) == 4 else int(year) + (2000 if int(year) <= 60 else 1900)
        if found := _day(number, int(month), int(day)) or _day(number, int(day), int(month)):
            return found
    for match in _DAY_IN_WORDS.finditer(words):
        number = _MONTHS.index(match["month"].upper()) + 1
        if found := _day(int(match["year"]), number, int(match["before"] or match["behind"] or 0)):
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
