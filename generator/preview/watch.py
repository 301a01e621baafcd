"""Tells when files have changed, and which.

What the system reports is a hint and no more: events come late, twice, or not at all. Whoever waits for a change looks
for himself what is different, and where not all of it may have been told, at everything.
"""

import errno
import logging
import os
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Self

import msgspec
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer, ObserverType
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver
from watchdog.utils.dirsnapshot import DirectorySnapshot

from generator.archive.discover import hidden

QUIET = 0.1
"""Seconds without an event after which it counts as quiet; in a storm, five times as many."""

PATIENCE = 5.0
"""Seconds after which changes that do not end are told all the same; in a storm, ten times as many."""

STORM = 200
"""More paths than these at a time are a storm, in which the system may lose events."""

PULSE = 1.0
"""Seconds between two looks at what no event tells: watched folders that were replaced; when polling, every file."""

SHARE = 10
"""When polling, the time between two looks is at least so many times what a look takes."""

READING = {"opened", "closed_no_write"}
"""Events of files that are read, as a build does; taking them for changes would be a loop without end."""

LIMITS = {
    errno.ENOSPC: "sudo sysctl fs.inotify.max_user_watches=1048576",
    errno.EMFILE: "sudo sysctl fs.inotify.max_user_instances=1024",
}
"""What inotify reports when the system's limits are used up, and the command that raises them."""


# watchdog 7.1 warns on the terminal where a folder is made while its parent is being looked through; no event is lost.
warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)


class Changes(msgspec.Struct, frozen=True):
    """The paths of what changed, in order; `complete` unless there may be more."""

    paths: tuple[str, ...]
    complete: bool = True


class Watcher:
    """Watches folders with all that is in them, and single files. Hidden files and editors' backups are passed over."""

    def __init__(
        self,
        folders: Sequence[Path],
        files: Sequence[Path],
        say: Callable[[str], None],
        observers: tuple[ObserverType, ObserverType] = (Observer, PollingObserver),
    ) -> None:
        self.folders = folders
        self.files = files
        self._say = say
        self._observers = observers
        self._event = threading.Condition()
        self._changed: set[str] = set()
        self._latest = 0.0
        self._doubtful = False
        self._log = _Losses(self._lose)

    def __enter__(self) -> Self:
        logging.getLogger("watchdog").addHandler(self._log)
        self._standing = self._stand()
        self._observer = self._observing()
        return self

    def __exit__(self, *_: object) -> None:
        self._observer.stop()
        self._observer.join()
        logging.getLogger("watchdog").removeHandler(self._log)

    def changes(self, timeout: float | None = None) -> Changes:
        """Wait until something changes and it is quiet again; then tell what.

        Nothing, if there was no change for `timeout` seconds. What changes between two calls is told by the later one.
        """
        if not self._wait(timeout):
            return Changes(())
        with self._event:
            start = time.monotonic()
            while (left := self._quiet_from(start) - time.monotonic()) > 0:
                self._event.wait(left)
            doubtful, self._doubtful = self._doubtful or self._storms(), False
            changed, self._changed = self._changed, set()
        if doubtful:
            self._see_to_watches()
        return Changes(tuple(sorted(changed)), not doubtful)

    def stirring(self) -> bool:
        """Whether there are changes to be told."""
        return bool(self._changed)

    def note(self, event: FileSystemEvent) -> None:
        """Take notice of what the system reports."""
        if event.event_type in READING or (event.is_directory and event.event_type in ("modified", "attrib")):
            return
        paths = {os.fsdecode(path) for path in (event.src_path, event.dest_path) if path}
        concerned = {path for path in paths if self._concerns(Path(path))}
        if not concerned:
            return
        with self._event:
            self._doubtful |= event.is_directory
            self._take(concerned)

    def _lose(self, folders: Sequence[Path] = ()) -> None:
        """Take notice that events were lost, of these folders or of any."""
        with self._event:
            self._doubtful = True
            self._take(map(str, folders or self.folders))

    def _take(self, paths: Iterable[str]) -> None:
        self._changed.update(paths)
        self._latest = time.monotonic()
        self._event.notify_all()

    def _storms(self) -> bool:
        return len(self._changed) > STORM

    def _quiet_from(self, start: float) -> float:
        """When what began at `start` may be told, if nothing more comes."""
        if self._storms():
            return min(self._latest + 5 * QUIET, start + 10 * PATIENCE)
        return min(self._latest + QUIET, start + PATIENCE)

    def _wait(self, timeout: float | None) -> bool:
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            with self._event:
                left = PULSE if end is None else min(PULSE, end - time.monotonic())
                if self._changed or (left > 0 and self._event.wait(left)):
                    return True
            if self._stand() != self._standing:
                self._start_anew()
                return True
            if end is not None and time.monotonic() >= end:
                return False

    def _concerns(self, path: Path) -> bool:
        if path in self.files:
            return True
        inner = (path.relative_to(folder).parts for folder in self.folders if path.is_relative_to(folder))
        return any(not any(hidden(part) for part in parts) for parts in inner)

    def _observing(self) -> BaseObserver:
        """An observer at work: one that polls, where the system has no watches left."""
        native, polling = self._observers
        try:
            observer = self._started(native())
        except OSError as error:
            if error.errno not in LIMITS:
                raise
            pause = self._pause()
            self._say(f"too many folders to be told of changes: they are looked for every {pause:.0f} s instead")
            self._say(f"  hint: {LIMITS[error.errno]} lets more be watched; then start again")
            observer = self._started(polling(timeout=pause))
        return observer

    def _pause(self) -> float:
        """Seconds from one look at every file to the next, so that looking leaves the machine to others."""
        start = time.monotonic()
        for folder in filter(Path.is_dir, self.folders):
            DirectorySnapshot(str(folder))
        return max(PULSE, SHARE * (time.monotonic() - start))

    def _started(self, observer: BaseObserver) -> BaseObserver:
        listener = _Listener(self.note)
        try:
            for folder in self.folders:
                if folder.is_dir():
                    observer.schedule(listener, str(folder), recursive=True)
            for folder in {file.parent for file in self.files}:
                observer.schedule(listener, str(folder), recursive=False)
            observer.start()
            _try_one_more(observer)
        except OSError:
            observer.stop()
            raise
        return observer

    def _see_to_watches(self) -> None:
        """Make sure that new folders could be watched."""
        try:
            _try_one_more(self._observer)
        except OSError:
            self._start_anew()

    def _start_anew(self) -> None:
        self._observer.stop()
        self._observer.join()
        before, self._standing = self._standing, self._stand()
        self._observer = self._observing()
        stands = zip(self.folders, before, self._standing, strict=True)
        self._lose([folder for folder, old, new in stands if old != new])

    def _stand(self) -> list[tuple[int, int] | None]:
        """Which folders stand at the watched paths: one that was replaced sends no more events."""
        return [_identity(folder) for folder in self.folders]


class _Listener(FileSystemEventHandler):
    def __init__(self, note: Callable[[FileSystemEvent], None]) -> None:
        self._note = note

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._note(event)


class _Losses(logging.Handler):
    """Hears what watchdog 7 tells nobody but its log: that the system lost events, or that it can't watch any more."""

    def __init__(self, lose: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._lose = lose

    def emit(self, record: logging.LogRecord) -> None:
        self._lose()


def _try_one_more(observer: BaseObserver) -> None:
    """Raise OSError if the system has no watch left: watchdog 7 says nothing where one for a subfolder was refused."""
    watch = observer.schedule(FileSystemEventHandler(), str(Path(__file__).parent), recursive=False)
    observer.unschedule(watch)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
