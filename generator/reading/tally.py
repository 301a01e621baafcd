"""The findings of many cables, counted."""

from collections import Counter

import msgspec

from generator.reading.findings import Field, FindingKind, Reading


class FieldCount(msgspec.Struct, frozen=True):
    """In how many cables a field was found, in how many not, and in how many of these it was to be expected."""

    found: int
    missing: int
    to_look_at: int


class Counts(msgspec.Struct, frozen=True):
    """How far the reading of some cables came.

    `fields` has every field by its name, `findings` the number of cables with a finding of the kind, for kinds that
    were found. `to_look_at` cables have at least one finding, or miss a field that nearly every cable has.
    """

    cables: int
    to_look_at: int
    fields: dict[str, FieldCount]
    findings: dict[str, int]


class Tally:
    """Counts cables one by one; takes the same memory for any number of them."""

    def __init__(self) -> None:
        self._cables = 0
        self._to_look_at = 0
        self._missing: Counter[Field] = Counter()
        self._wanted: Counter[Field] = Counter()
        self._findings: Counter[FindingKind] = Counter()

    def add(self, reading: Reading) -> None:
        """Count one cable."""
        self._cables += 1
        self._to_look_at += reading.needs_an_eye
        self._missing.update(reading.missing)
        self._wanted.update(reading.wanted)
        self._findings.update({finding.kind for finding in reading.findings})

    def counts(self) -> Counts:
        """What was counted so far."""
        return Counts(
            cables=self._cables,
            to_look_at=self._to_look_at,
            fields={
                field.value: FieldCount(self._cables - self._missing[field], self._missing[field], self._wanted[field])
                for field in Field
            },
            findings={kind.value: self._findings[kind] for kind in FindingKind if self._findings[kind]},
        )
