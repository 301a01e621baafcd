"""Publish a release: refuse what is not whole, plan, put, prove. The same for every kind of target."""

import msgspec

from generator.errors import StorageError
from generator.publish.manifest import entries
from generator.publish.place import Arrival, Place
from generator.publish.plan import Change, Plan, changes, planned, refuse_deletes
from generator.publish.release import Release


class Published(msgspec.Struct, frozen=True):
    """What was done, or would be: after a dry run `arrival` is None, and `changes` has each file that is not kept."""

    place: str
    files: int
    plan: Plan
    arrival: Arrival | None = None
    changes: tuple[Change, ...] = ()


def publish(release: Release, place: Place, *, dry_run: bool = False, max_deletes: int | None = None) -> Published:
    """Put the release in place; `max_deletes` is how many files may be deleted there.

    Raises CablepressError where the output is not exactly what was built or too many files would be deleted; UsageError
    for a target that cannot be one; LockedError; StorageError. In all these cases readers go on seeing what they saw,
    as far as the kind of target can do that. A dry run refuses the same and writes nothing.
    """
    try:
        place.refuse(release)
        release.refuse_strangers(hashed=dry_run)
        if dry_run:
            return _looked_at(release, place, max_deletes)
        with place.locked():
            plan = _plan(release, place, max_deletes)
            arrival = place.put(release, plan)
    except OSError as error:
        told = f"{error.filename2 or error.filename or place.name}: {error.strerror or error}"
        raise StorageError(told, "readers still see the last release; mend this and publish again") from error
    return Published(place.name, release.files, plan, arrival)


def _plan(release: Release, place: Place, max_deletes: int | None) -> Plan:
    with place.held() as held:
        plan = planned(changes(entries(held), release.entries()), release.files)
    refuse_deletes(plan, max_deletes, place.name)
    return plan


def _looked_at(release: Release, place: Place, max_deletes: int | None) -> Published:
    plan = _plan(release, place, max_deletes)
    with place.held() as held:
        found = tuple(changes(entries(held), release.entries()))
    return Published(place.name, release.files, plan, None, found)
