"""Another machine, reached by ssh: one connection, POSIX scripts that run there, and rsync over it.

Keys, names and ports are the business of ssh's own configuration. A script gets its arguments as arguments: nothing is
written into it. Where no person sits at a terminal, nobody is asked for a password.
"""

import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from generator.errors import StorageError, UsageError, printable

NO_CONNECTION = 255
"""What ssh ends with where it cannot reach the machine, or may not come in."""


class Machine(msgspec.Struct, frozen=True):
    """Another machine: `address` as ssh takes it, `config` a file of ssh's settings or None.

    `control` is the socket of a connection that is open, empty where each script opens its own.
    """

    address: str
    config: Path | None = None
    control: str = ""

    def refuse(self) -> None:
        """Raise UsageError where a program is missing on this machine."""
        for program in ("ssh", "rsync"):
            if not shutil.which(program):
                raise UsageError(
                    f"{program} is not installed on this machine", f"install it: apt-get install {program}"
                )
        if self.config and not self.config.is_file():
            raise UsageError(f"{self.config}: there is no such file", "mend `ssh_config` of the target in site.toml")

    @contextmanager
    def connected(self) -> Iterator["Machine"]:
        """The machine with a connection that all scripts share."""
        with tempfile.TemporaryDirectory(prefix="cablepress-") as folder:
            machine = msgspec.structs.replace(self, control=f"{folder}/ssh")
            opening = [*machine._ssh(), "-M", "-N", "-f", self.address]
            with tempfile.TemporaryFile() as said:  # a pipe would stay open as long as the connection
                done = subprocess.run(opening, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False)  # noqa: S603
                if done.returncode:
                    said.seek(0)
                    raise self._failed(done.returncode, said.read())
            try:
                yield machine
            finally:
                closing = [*machine._ssh(), "-O", "exit", self.address]
                subprocess.run(closing, capture_output=True, check=False)  # noqa: S603

    def run(self, script: str, *arguments: str, into: BinaryIO | None = None, fine: tuple[int, ...] = (0,)) -> str:
        """Run a script there and return what it prints, or have that written to a file.

        Raises StorageError where it ends with a code that is not `fine`.
        """
        command = [*self._ssh(), self.address, _quoted(script, arguments)]
        to = into if into is not None else subprocess.PIPE
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=to, stderr=subprocess.PIPE, check=False)  # noqa: S603
        if done.returncode not in fine:
            raise self._failed(done.returncode, done.stderr)
        return (done.stdout or b"").decode("utf-8", "replace")

    @contextmanager
    def running(self, script: str, *arguments: str) -> Iterator[str]:
        """Run a script there that prints a line and then waits for the end of its input; gives the line."""
        command = [*self._ssh(), self.address, _quoted(script, arguments)]
        with subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdin
            assert process.stdout
            assert process.stderr
            line = process.stdout.readline().decode("utf-8", "replace").rstrip("\n")
            try:
                if not line:
                    raise self._failed(process.wait(), process.stderr.read())
                yield line
            finally:
                process.stdin.close()

    def rsync(self, *words: str, to: str) -> None:
        """Bring files there. Raises StorageError where rsync says no."""
        command = ["rsync", "--secluded-args", f"--rsh={shlex.join(self._ssh())}", *words, f"{self.address}:{to}"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603
        if done.returncode:
            raise self._failed(done.returncode, done.stderr)

    def _ssh(self) -> list[str]:
        words = ["ssh", "-T"]
        words += ["-F", str(self.config)] if self.config else []
        words += ["-o", f"ControlPath={self.control}"] if self.control else []
        words += [] if sys.stdin.isatty() else ["-o", "BatchMode=yes"]
        return words

    def _failed(self, code: int, said: bytes) -> StorageError:
        lines = [line for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
        words = "; ".join(map(printable, lines[-2:])) or f"ended with {code}"
        hint = "readers still see the last release; mend this and publish again"
        if code == NO_CONNECTION:
            config = ["-F", str(self.config)] if self.config else []
            hint = f"does this get through? {shlex.join(['ssh', *config, self.address, 'true'])}"
        return StorageError(f"{self.address}: {words}", hint)


def _quoted(script: str, arguments: tuple[str, ...]) -> str:
    """The command line for the far shell, whichever that is."""
    return shlex.join(["sh", "-c", script, "cablepress", *arguments])
