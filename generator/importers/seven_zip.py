"""Archives of the form .7z, through py7zr, which the extra `archives` installs.

py7zr hands out bytes when it likes, not when it is asked; so it runs in a thread of its own, at most a few files ahead.
"""

import queue
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from generator.errors import CablepressError, UsageError
from generator.importers.member import (
    ALLOWANCE,
    BOMB,
    LINK,
    MEMBERS,
    NEXT_STEP,
    RATIO,
    Member,
    Wanted,
    metered,
    refused,
)
from generator.importers.record import UnfitError

if TYPE_CHECKING:
    import py7zr
    import py7zr.io

AHEAD = 4
"""The most files that wait to be read."""
HELD = 4 << 20
"""The most bytes of a file that are held: as many as one cable may have. The rest is counted, and not read."""

_TOO_LONG = f"it is longer than {HELD:,} bytes, the most that is read of a file in a .7z; unpack it, import the folder"


def seven_zip_members(path: Path, wanted: Wanted) -> Iterator[Member]:
    """The wanted files of a .7z, whose list of files is held in memory; `position` counts the archive's own bytes.

    Raises UnfitError, once what stands before was given, where the archive is damaged or a bomb.

    Raises UsageError where py7zr is not installed, CablepressError for an archive that cannot be opened or is
    encrypted, and OSError.
    """
    with path.open("rb") as file:
        archive = _opened(path, file)
        links = {entry.filename for entry in archive.files if entry.is_symlink or entry.is_junction}
        names = {entry.filename for entry in archive.files if not entry.is_directory and wanted(entry.filename)}
        for place, raw in _Unpacking(archive, names):
            if place in links:
                yield Member(place, file.tell(), refused(LINK))
            else:
                yield Member(place, file.tell(), partial(_open, raw))


def _open(raw: bytes) -> IO[bytes]:
    """The file whose first bytes are held; all of them, unless it is too long."""
    return BytesIO(raw) if len(raw) <= HELD else metered(cast(IO[bytes], _Beginning(raw)))


class _Beginning:
    """The bytes that are held of a file that is too long."""

    def __init__(self, raw: bytes) -> None:
        self._file = BytesIO(raw)

    def read(self, size: int) -> bytes:
        """The next bytes. Raises UnfitError where there are no more of them, for the file goes on."""
        if piece := self._file.read(size):
            return piece
        raise UnfitError(_TOO_LONG)


def _opened(path: Path, file: IO[bytes]) -> "py7zr.SevenZipFile":
    try:
        import py7zr
    except ImportError:
        raise UsageError(f"{path}: .7z needs py7zr", "install it: pip install py7zr") from None
    try:
        archive = py7zr.SevenZipFile(file, max_extract_size=max(RATIO * path.stat().st_size, ALLOWANCE))
        locked = archive.needs_password()
    except py7zr.PasswordRequired:
        locked = True
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise CablepressError(f"{path}: not a .7z that can be read ({error})", NEXT_STEP) from error
    if locked:
        raise CablepressError(f"{path}: is encrypted", "unpack it with its password, and import the folder")
    if len(archive.files) > MEMBERS:
        raise CablepressError(f"{path}: holds more than {MEMBERS:,} files", "unpack it and import the folder")
    return archive


class _StoppedError(Exception):
    """Nobody reads any more."""


class _Unpacking:
    """The names and bytes of an archive's files as py7zr unpacks them. Raises UnfitError for a damaged archive.

    py7zr closes a file before it checks its digest; so each one is held back until the next one begins.
    """

    def __init__(self, archive: "py7zr.SevenZipFile", names: set[str]) -> None:
        self._archive = archive
        self._names = names
        self._ready: queue.Queue[tuple[str, bytes] | UnfitError | None] = queue.Queue(AHEAD)
        self._held: tuple[str, bytearray] | None = None
        self._stopped = threading.Event()

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        thread = threading.Thread(target=self._unpack, daemon=True)
        thread.start()
        try:
            while (entry := self._ready.get()) is not None:
                if isinstance(entry, UnfitError):
                    raise entry
                yield entry
        finally:
            self._stopped.set()
            with suppress(queue.Empty):
                while True:
                    self._ready.get_nowait()
            thread.join()

    def begin(self, name: str) -> bytearray:
        """Hand on the file before, which is sound, and take in the bytes of this one."""
        self._hand_on()
        self._held = (name, bytearray())
        return self._held[1]

    def take(self, into: bytearray, piece: bytes | bytearray) -> int:
        """Some bytes of a file: as many are kept as are held, and one more to tell."""
        if self._stopped.is_set():
            raise _StoppedError
        into += piece[: HELD + 1 - len(into)]
        return len(piece)

    def _hand_on(self) -> None:
        """Hand on the file that is held. py7zr keeps each place that it wrote to until the end, so that is emptied."""
        if self._held is not None:
            name, raw = self._held
            self._put((name, bytes(raw)))
            raw.clear()
        self._held = None

    def _put(self, entry: tuple[str, bytes] | UnfitError | None) -> None:
        while not self._stopped.is_set():
            with suppress(queue.Full):
                self._ready.put(entry, timeout=0.2)
                return
        raise _StoppedError

    def _unpack(self) -> None:
        import py7zr.exceptions

        with suppress(_StoppedError):
            try:
                self._archive.extract(targets=self._names, factory=_writer_factory(self))
                self._hand_on()
            except _StoppedError:
                raise
            except py7zr.exceptions.DecompressionBombError:
                self._put(UnfitError(BOMB))
            except Exception as error:
                self._put(UnfitError(f"the archive is damaged here ({type(error).__name__}: {error})"))
            self._put(None)


def _writer_factory(unpacking: _Unpacking) -> "py7zr.io.WriterFactory":
    """What py7zr asks for a place to write each file to. Made here, since py7zr need not be installed."""
    from py7zr.io import Py7zIO, WriterFactory

    class Held(Py7zIO):
        def __init__(self, name: str) -> None:
            self._bytes = unpacking.begin(name)

        def write(self, s: bytes | bytearray) -> int:
            return unpacking.take(self._bytes, s)

        def read(self, size: int | None = None) -> bytes:
            return b""

        def seek(self, offset: int, whence: int = 0) -> int:
            return 0

        def flush(self) -> None:
            pass

        def size(self) -> int:
            return len(self._bytes)

    class Factory(WriterFactory):
        def create(self, filename: str) -> Py7zIO:
            return Held(filename)

    return Factory()
