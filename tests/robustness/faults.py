"""Every error of the system at every file operation of a build: told, and no harm done.

    python -m tests.robustness.faults                   all of them: some thousand builds of a small archive
    python -m tests.robustness.faults --every 7         each seventh operation, with one error after the other
    python -m tests.robustness.faults --errors EIO          all operations, with some of the errors

The system calls are those of the C library with `faults.c` in front of them, which a C compiler makes first. For each
operation a build starts from the old site and meets one error there, or that error from then on. It must end with
exit code 5 and a sentence that names the path, or do without the operation; what was left, completed or cleared away,
must be the old or the new site; and the next build must give the new one with nothing left over.
"""

import argparse
import ctypes
import errno
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from generator.archive.notes import notes_folder, open_catalog
from generator.errors import CablepressError, StorageError
from generator.output.folder import claimed
from generator.site.commit import recover
from tests.conftest import CHECKOUT
from tests.site.support import SiteTest, Tree, differences, in_a_fork

ERRORS = ("ENOSPC", "EDQUOT", "EIO", "EMFILE", "ENFILE", "EROFS", "EACCES")


class Case:
    """An archive whose next build is given errors, again and again from the same beginning."""

    def __init__(self, folder: Path, *, first: bool) -> None:
        self.site = SiteTest(folder / "site")
        self.said = folder / "said"
        self.saved = folder / "saved"
        self.site.cable("10MOSCOW1", subject="FIRST", tags="PGOV")
        self.site.cable("10MOSCOW2", "1. See 10 MOSCOW 1.", subject="SECOND")
        self.site.write("articles/why.md", "# Why\n\nSee [[10MOSCOW1]].\n")
        self.site.write("static/a/b.bin", b"\0")
        if not first:
            self.site.build()
            self.site.edit("cables/10MOSCOW1.txt", "SUBJECT: FIRST", "SUBJECT: 1ST")
            self.site.delete("cables/10MOSCOW2.txt")
            self.site.cable("10MOSCOW3", tags="ECON")
            self.site.write("static/a/b.bin", b"\1")
        self.old: Tree = self.site.tree()
        self.new = self.site.clean_build()
        shutil.copytree(self.site.folder, self.saved)

    def meets(self, at: int, error: str, *, lasting: bool) -> str:
        """Let operation number `at` fail; what failed, or the empty string where there are fewer of them."""
        shutil.rmtree(self.site.folder)
        shutil.copytree(self.saved, self.site.folder)
        self.said.write_text("", "utf-8")
        code = in_a_fork(lambda: self._build(at, getattr(errno, error), lasting=lasting))
        failed, _, told = self.said.read_text("utf-8").partition("\n")
        where = f"{error} at operation {at}, {failed!r}{', lasting' * lasting}: exit code {code}, {told!r}"
        assert code in (0, StorageError.exit_code), where
        assert code == 0 or str(self.site.folder) in told, where
        found = self._recovered()
        assert found in ((self.old, self.new) if code else (self.new,)), (where, differences(found, self.new))
        assert self.site.build().problems == (), where
        assert differences(self.site.tree(), self.new) == {}, where
        left = [path for path in notes_folder(self.site.content, self.site.output).rglob("*") if path.is_file()]
        assert [path.name for path in left] == ["catalog.sqlite"], (where, left)
        return failed

    def _build(self, at: int, error: int, *, lasting: bool) -> None:
        faults = ctypes.CDLL(None)
        faults.fault_failed.restype = ctypes.c_char_p
        faults.fault_arm(os.fsencode(self.site.folder), ctypes.c_long(at), error, lasting)
        told = ""
        try:
            assert self.site.build().problems == ()
        except CablepressError as error:
            told = f"{error.text}\n{error.hint}"
            raise
        finally:
            failed = faults.fault_failed().decode()
            faults.fault_arm(b"", ctypes.c_long(0), 0, 0)
            self.said.write_text(f"{failed}\n{told}", "utf-8")

    def _recovered(self) -> Tree:
        """The output after what was left is completed or cleared away; without the empty mark of ours."""
        with closing(open_catalog(self.site.content, self.site.output)) as catalog, claimed(self.site.output):
            recover(self.site.output, catalog)
        return {path: raw for path, raw in self.site.tree().items() if raw or self.old}


def shim(folder: Path) -> Path:
    """Compile what stands between the program and the C library."""
    made = folder / "faults.so"
    source = CHECKOUT / "tests/robustness/faults.c"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", made, source, "-ldl"], check=True)
    return made


def preloaded(*arguments: str) -> list[str]:
    """The command that runs this module, in an environment that the shim is preloaded in."""
    return [sys.executable, "-m", "tests.robustness.faults", *arguments]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, help="meet every n-th operation, with one of the errors each")
    parser.add_argument("--errors", nargs="+", choices=ERRORS, default=ERRORS, help="meet these only")
    given = parser.parse_args()
    if "faults.so" not in os.environ.get("LD_PRELOAD", ""):
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            again = preloaded(*sys.argv[1:])
            environment = {**os.environ, "LD_PRELOAD": str(shim(Path(folder)))}
            sys.exit(subprocess.run(again, cwd=CHECKOUT, env=environment, check=False).returncode)
    for first in (True, False):
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            met = inject(Case(Path(folder), first=first), given.every, given.errors)
            told = ", ".join(f"{count} {name}" for name, count in sorted(met.items()))
            print(f"{'first build' if first else 'change'}: {met.total()} failures, none of harm: {told}", flush=True)


def inject(case: Case, every: int, errors: Sequence[str]) -> Counter[str]:
    """Meet the errors, each once and lasting, and count the operations by name."""
    met: Counter[str] = Counter()
    ways = itertools.cycle([(error, lasting) for error in errors for lasting in (False, True)])
    for at in itertools.count(1, every):
        for error, lasting in itertools.islice(ways, 1 if every > 1 else 2 * len(errors)):
            failed = case.meets(at, error, lasting=lasting)
            if not failed:
                return met
            met[failed.partition(" ")[0]] += 1
    raise AssertionError("operations without end")


if __name__ == "__main__":
    main()
