"""One file of a source, wherever it stands: in a folder, or in an archive that is never unpacked.

Whatever is read is counted as it comes: what an archive says of its sizes is not believed. An archive that gives more
than 200 times its own size is a bomb; the largest known one makes 4.5 PB out of 46 MB.
"""

import errno
import io
from collections.abc import Callable
from pathlib import Path
from typing import IO

import msgspec

from generator.errors import CablepressError
from generator.importers.encoding import without_bom
from generator.importers.record import UnfitError

RATIO = 200
"""How many times its own size an archive may give; mirrors of the old site have been seen to reach 40."""
ALLOWANCE = 16 << 20
"""The bytes that an archive may give however small it is."""
MEMBERS = 1_000_000
"""The most files that an archive may hold."""

NEXT_STEP = "fetch it again, or unpack it and import what is in it"
"""What to do about an archive that is damaged."""
LINK = "it is a symbolic link, which is not followed"
NO_FILE = "it is no file"
BOMB = f"the archive unpacks to more than {RATIO} times its size, as a bomb does"

Wanted = Callable[[str], bool]
"""Whether a file of this name, which is untrusted, is one that the format reads."""


class Member(msgspec.Struct, frozen=True, gc=False):
    """A file of a source.

    `place` is its name there, untrusted, and never a path to write to; `position` how much of the source was read with
    it. `open` gives its bytes, until the next member is asked for; it and reading raise UnfitError, with the reason,
    for what is no file that can be read.
    """

    place: str
    position: int
    open: Callable[[], IO[bytes]]


def is_plain_file(path: Path) -> bool:
    """Whether the path is a file and no symbolic link, device or pipe."""
    return path.is_file() and not path.is_symlink()


def refused(reason: str) -> Callable[[], IO[bytes]]:
    """The `open` of a member that cannot be read."""

    def refuse() -> IO[bytes]:
        raise UnfitError(reason)

    return refuse


def whole(member: Member, limit: int) -> bytes:
    """All bytes of the member but a byte order mark. Raises UnfitError where there are more than the limit."""
    with member.open() as file:
        raw = file.read(limit + 1)
    if len(raw) > limit:
        raise UnfitError(f"it is longer than {limit:,} bytes, which no cable is")
    return without_bom(raw)


def fault_of(error: Exception) -> Exception:
    """What an error of an archive's library is to be raised as: an UnfitError, but for errors of the system itself.

    Each library has its own classes of errors, and a place that an archive names outside of itself is an invalid
    argument to the system.
    """
    if isinstance(error, UnfitError) or (isinstance(error, OSError) and error.errno not in (None, errno.EINVAL)):
        return error
    return UnfitError(f"the archive is damaged here ({error or type(error).__name__})")


def unopened(path: Path, kind: str, error: Exception) -> Exception:
    """What an error on opening an archive is to be raised as."""
    fault = fault_of(error)
    text = f"{path}: not a {kind} that can be read: {fault}"
    return CablepressError(text, NEXT_STEP) if isinstance(fault, UnfitError) else fault


class Meter:
    """How many bytes an archive has given, and how many it may give."""

    def __init__(self, archive_size: int) -> None:
        self.read = 0
        self.limit = max(RATIO * archive_size, ALLOWANCE)

    def count(self, number: int) -> None:
        """Count so many bytes more. Raises UnfitError above the limit."""
        self.read += number
        self.check()

    def check(self) -> None:
        """Raises UnfitError where the archive has given more than it may."""
        if self.read > self.limit:
            raise UnfitError(BOMB)


class Metered(io.RawIOBase):
    """A stream out of an archive: each byte counted, and an UnfitError for each fault that its library finds."""

    def __init__(self, file: IO[bytes], meter: Meter | None = None) -> None:
        super().__init__()
        self._file = file
        self._meter = meter

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as the stream goes."""
        try:
            piece = self._file.read(len(buffer))
        except Exception as error:
            raise fault_of(error) from error
        if self._meter is not None:
            self._meter.count(len(piece))
        buffer[: len(piece)] = piece
        return len(piece)


def metered(file: IO[bytes], meter: Meter | None = None) -> IO[bytes]:
    """The stream, with each byte counted and each fault of the archive an UnfitError."""
    return io.BufferedReader(Metered(file, meter))
