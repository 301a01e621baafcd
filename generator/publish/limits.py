"""What a host takes, held against a release before anything is brought there."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from generator.errors import CablepressError
from generator.publish.release import Release
from generator.settings.hosts import Host


class Size(msgspec.Struct, frozen=True):
    """How large a release is, its manifest included; see Host. `largest` and `fullest` name the file and the folder."""

    files: int
    entries: int
    total: int
    file: int
    largest: str
    in_folder: int
    fullest: str


def size_of(release: Release) -> Size:
    """Count and measure the files."""
    total, largest, name = release.manifest_size, 0, ""
    folders = Counter({"": 1})
    for path, _ in release.entries():
        size = release.source(path).stat().st_size
        total += size
        largest, name = max((largest, name), (size, path))
        folders[path.rpartition("/")[0]] += 1
    above = {folder[:at] for folder in folders for at, sign in enumerate(folder) if sign == "/"}
    fullest, most = folders.most_common(1)[0]
    entries = release.files + 1 + len((set(folders) | above) - {""})
    return Size(release.files + 1, entries, total, largest, name, most, f"{fullest or '.'}/")


def refuse_over(release: Release, name: str, host: Host) -> None:
    """Raise CablepressError for a release that is larger than the host takes, with everything that is too large."""
    if not any((host.files, host.entries, host.total, host.file, host.in_folder)):
        return
    over = list(_over(size_of(release), host))
    if over:
        told = "\n".join(f"{name} takes {each}" for each in over)
        raise CablepressError(told, "publish a part of it, such as --only from=2009-01, or choose another host")


def _over(size: Size, host: Host) -> Iterator[str]:
    if host.files and size.files > host.files:
        yield f"{host.files:,} files, and the site has {size.files:,}"
    if host.entries and size.entries > host.entries:
        yield f"{host.entries:,} files and folders, and the site has {size.entries:,}"
    if host.in_folder and size.in_folder > host.in_folder:
        yield f"{host.in_folder:,} files in a folder, and {size.fullest} has {size.in_folder:,}"
    if host.total and size.total > host.total:
        yield f"{host.total / 1e6:,.0f} MB, and the site has {size.total / 1e6:,.0f} MB"
    if host.file and size.file > host.file:
        yield f"files of {host.file / 1e6:,.0f} MB, and {size.largest} has {size.file / 1e6:,.0f} MB"
