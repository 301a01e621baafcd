"""Which cables a part of an archive has, as the command line and `site.toml` say it: `origin=Embassy Moscow`."""

import re
from collections.abc import Iterable
from datetime import date

import msgspec

from generator.errors import UsageError
from generator.settings.toml import did_you_mean

KEYS = ("origin", "tag", "from", "to")

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Selection(msgspec.Struct, frozen=True):
    """A part of an archive: cables of any of the `origins` (all, where there is none), with any of the `tags`, and
    created from the day `first` to the day `last`, which may be months or years, or empty.
    """

    origins: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    first: str = ""
    last: str = ""

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the part is, in one form for everything that means the same."""
        told = [*(f"origin={each}" for each in self.origins), *(f"tag={each}" for each in self.tags)]
        told += [f"from={self.first}"] * bool(self.first) + [f"to={self.last}"] * bool(self.last)
        return tuple(told)


def read_selection(conditions: Iterable[str]) -> Selection:
    """What the conditions select, each a key, `=` and a value. Raises UsageError for one that can't be understood."""
    found: dict[str, set[str]] = {key: set() for key in KEYS}
    for condition in conditions:
        key, sign, value = (part.strip() for part in condition.partition("="))
        if key not in found:
            hint = did_you_mean(key, KEYS) or "write origin=…, tag=…, from=2009-06 or to=2009-12-31"
            raise UsageError(f'"{condition}" selects no cables', hint)
        if not sign or not value:
            hint = f"write {key}={'2009-06' if key in ('from', 'to') else 'NAME'}"
            raise UsageError(f'"{condition}" selects no cables', hint)
        if key in ("from", "to") and not _is_in_the_calendar(value):
            raise UsageError(f'"{condition}": {value} is no day, month or year', f"write {key}=2009-06-30")
        found[key].add(value.upper() if key == "tag" else " ".join(value.casefold().split()))
    return Selection(
        origins=tuple(sorted(found["origin"])),
        tags=tuple(sorted(found["tag"])),
        first=_only("from", found["from"]),
        last=_only("to", found["to"]),
    )


def _is_in_the_calendar(value: str) -> bool:
    """Whether it is a day, or a month or a year, whose first day is one."""
    try:
        return bool(_DAY.fullmatch(value) and date.fromisoformat(value + "-01-01"[len(value) - 4 :]))
    except ValueError:
        return False


def _only(key: str, days: set[str]) -> str:
    if len(days) > 1:
        told = " and ".join(f'"{key}={day}"' for day in sorted(days))
        raise UsageError(f"{told}: a part begins on one day and ends on one", f"give {key} once")
    return "".join(days)
