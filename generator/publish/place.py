"""What a kind of target has to be able to do."""

from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol

import msgspec

from generator.publish.plan import Plan
from generator.publish.release import Release


class Arrival(msgspec.Struct, frozen=True):
    """A release that has come to a place, and stands there as it should.

    `release` is its name there; `is_new` is false where it stood there before. `copied` counts files that took room,
    where others share it with another release; `compared` those whose bytes were compared with the manifest there.
    """

    release: str
    is_new: bool = True
    copied: int = 0
    compared: int = 0


class Place(Protocol):
    """Where releases are put."""

    @property
    def name(self) -> str:
        """As a person calls the place."""

    @property
    def remark(self) -> str:
        """What a person has to know who publishes there now; mostly nothing. Asked for together with `held`."""

    def refuse(self, release: Release) -> None:
        """Raise UsageError where the release cannot go there, as far as that is known at once; nothing is written."""

    def held(self) -> BinaryIO:
        """The manifest that we left there with the last release; an empty file where there is none.

        It is asked for while the place is `looked_at` or `locked`.
        """

    def looked_at(self) -> AbstractContextManager[None]:
        """See whether the place is ours as `locked` does, but write nothing, there or here."""

    def locked(self) -> AbstractContextManager[None]:
        """Keep other runs out of the place.

        Raises LockedError where one is at work, and UsageError where the place is not ours.
        """

    def put(self, release: Release, held: BinaryIO, plan: Plan) -> Arrival:
        """Bring the release there, and prove that it arrived. Until then readers see the old one, as far as can be."""
