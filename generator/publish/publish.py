"""Publish a release: refuse what is not whole, plan, put, prove. The same for every kind of target."""

import msgspec
from msgspec.structs import replace

from generator.errors import StorageError
from generator.publish.limits import refuse_over
from generator.publish.manifest import entries
from generator.publish.place import Arrival, Place
from generator.publish.plan import Change, Plan, changes, planned, refuse_deletes
from generator.publish.release import Release
from generator.settings.hosts import HOSTS


class Published(msgspec.Struct, frozen=True):
    """What was done, or would be: after a dry run `arrival` is None, and `changes` has each file that is not kept.

    `remark` is what a person should know besides, mostly empty.
    """

    place: str
    files: int
    plan: Plan
    arrival: Arrival | None = None
    changes: tuple[Change, ...] = ()
    remark: str = ""


def publish(
    release: Release, place: Place, *, host: str = "", dry_run: bool = False, max_deletes: int | None = None
) -> Published:
    """Put the release in place; `max_deletes` is how many files may be deleted there, `host` one of HOSTS or empty.

    Raises CablepressError where the output is not exactly what was built, the host does not take so much, or too many
    files would be deleted; UsageError for a target that cannot be one; LockedError; StorageError. In all these cases
    readers go on seeing what they saw, as far as the kind of target can do that. A dry run refuses the same, but for
    another run at work, and writes nothing.
    """
    try:
        if host:
            refuse_over(release, host, HOSTS[host])
        place.refuse(release)
        release.refuse_strangers(hashed=dry_run)
        with place.looked_at() if dry_run else place.locked(), place.held() as held:
            plan = planned(changes(entries(held), release.entries()), release.files)
            refuse_deletes(plan, max_deletes, place.name)
            done = Published(place.name, release.files, plan, remark=place.remark)
            if dry_run:
                return replace(done, changes=tuple(changes(entries(held), release.entries())))
            return replace(done, arrival=place.put(release, held, plan))
    except OSError as error:
        told = f"{error.filename2 or error.filename or place.name}: {error.strerror or error}"
        raise StorageError(told, "readers still see the last release; mend this and publish again") from error
