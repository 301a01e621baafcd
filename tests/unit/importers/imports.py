"""A dump to import, and what an import leaves."""

import hashlib
from pathlib import Path

from generator.importers.run import ImportReport

CABLE = "cables/2006/03/06BOGOTA1.txt"
IMPORT = """
import sys
from pathlib import Path
from generator.importers.run import run_import
run_import(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def dump(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "cables.csv"
    path.write_text("".join(rows), encoding="utf-8", newline="")
    return path


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.imported, report.unchanged, report.rejected, report.conflicts


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix == ".txt"
    }


def stamps(content: Path) -> dict[Path, tuple[int, int, int]]:
    """What tells whether a file or folder of the cables was written to."""
    return {
        path: (path.stat().st_ino, path.stat().st_mtime_ns, path.stat().st_ctime_ns)
        for path in content.glob("cables/**/*")
    }
