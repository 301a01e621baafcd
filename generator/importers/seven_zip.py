"""Archives of the form .7z, through libarchive, which gives one file after the other.

libarchive is a library of the system; the extra `archives` installs what calls it. It holds the archive's list of
files, about 350 bytes a file, and believes how long the list says it is: so that is looked at before.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import IO, Any, cast

from generator.errors import CablepressError, UsageError
from generator.importers.member import LINK, MEMBERS, NO_FILE, Member, Meter, Wanted, metered, refused, unopened
from generator.importers.record import UnfitError
from generator.importers.seven_zip_list import length_of_list

LIST_LIMIT = 64 << 20
"""The most bytes that the list of files may have: those of 250,000 pages take 25 million."""

_UNPACK = "unpack it and import the folder"
_NO_LIBRARY = (
    ".7z needs libarchive",
    "install it: pip install libarchive-c, and the system's library (Debian: apt-get install libarchive13)",
)
_BLOCK = 1 << 16


def seven_zip_members(path: Path, wanted: Wanted) -> Iterator[Member]:
    """The wanted files of a .7z in the order in which they are packed; `position` counts the archive's own bytes.

    Raises UnfitError, once what stands before was given, where the archive is damaged or a bomb; UsageError where
    libarchive is not installed, CablepressError for an archive that cannot be opened or is encrypted, and OSError.
    """
    library = _library(path)
    size = path.stat().st_size
    _check(path, library)
    position, meter = 0, Meter(size)
    with path.open("rb") as file, _entries(file, library) as entries:
        for number, entry in enumerate(entries):
            if number >= MEMBERS:
                raise UnfitError(f"the archive holds more than {MEMBERS:,} files; {_UNPACK}")
            meter.count(entry.size or 0)
            position = min(max(position, file.tell()), size)
            name = entry.pathname
            if name is None:
                reason = "its name cannot be told in this locale; run the import again with LC_ALL=C.UTF-8"
                yield Member(f"{path.name}, file {number + 1}", position, refused(reason))
            elif wanted(name) and not entry.isdir:
                yield Member(name, position, partial(_open, entry, library))


def _open(entry: Any, library: ModuleType) -> IO[bytes]:
    if entry.issym or entry.islnk:
        raise UnfitError(LINK)
    if not entry.isfile:
        raise UnfitError(NO_FILE)
    return metered(cast(IO[bytes], _Unpacked(entry, library)))


def _library(path: Path) -> ModuleType:
    logging.getLogger("libarchive").addHandler(logging.NullHandler())
    try:
        import libarchive
    except (ImportError, OSError, AttributeError):
        raise UsageError(f"{path}: {_NO_LIBRARY[0]}", _NO_LIBRARY[1]) from None
    return cast(ModuleType, libarchive)


@contextmanager
def _entries(file: IO[bytes], library: ModuleType) -> Iterator[Iterator[Any]]:
    """The entries of the archive, each fault of it an UnfitError."""

    def sound(entries: Any) -> Iterator[Any]:
        try:
            yield from entries
        except library.ArchiveError as error:
            raise _fault(error) from error

    try:
        with library.stream_reader(file, "7zip", "none") as entries:
            yield sound(entries)
    except library.ArchiveError as error:
        raise _fault(error) from error


def _fault(error: Any) -> UnfitError:
    return UnfitError(f"the archive is damaged here ({error.msg or 'it ends too early'})")


def _check(path: Path, library: ModuleType) -> None:
    """Refuse an archive that will not do before a file of it is read."""
    try:
        with path.open("rb") as file:
            if length_of_list(file) > LIST_LIMIT:
                raise CablepressError(f"{path}: its list of files is longer than {LIST_LIMIT:,} bytes", _UNPACK)
        with path.open("rb") as file, library.stream_reader(file, "7zip", "none") as entries:
            next((next(entry.get_blocks(_BLOCK), b"") for entry in entries if entry.size), b"")
    except CablepressError:
        raise
    except library.ArchiveError as error:
        if "encrypted" in (error.msg or ""):
            raise CablepressError(f"{path}: is encrypted", f"{_UNPACK}, with its password") from None
        raise unopened(path, ".7z", _fault(error)) from error
    except UnfitError as error:
        raise unopened(path, ".7z", error) from error


class _Unpacked:
    """The bytes of a file. libarchive says only in its log that they are not those that were packed."""

    def __init__(self, entry: Any, library: ModuleType) -> None:
        self._blocks = entry.get_blocks(_BLOCK)
        self._library = library
        self._left = b""

    def read(self, size: int) -> bytes:
        """The next bytes. Raises UnfitError where the archive is damaged."""
        try:
            with _Doubts() as doubts:
                self._left = self._left or next(self._blocks, b"")
        except self._library.ArchiveError as error:
            raise _fault(error) from error
        if doubts.said:
            raise UnfitError(f"the archive is damaged here ({doubts.said})")
        piece, self._left = self._left[:size], self._left[size:]
        return piece


class _Doubts(logging.Handler):
    """What libarchive says in its log meanwhile."""

    said = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.said = record.getMessage()

    def __enter__(self) -> "_Doubts":
        logging.getLogger("libarchive").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("libarchive").removeHandler(self)
