"""Every importer under coverage-guided fuzzing: whatever the bytes, each record is taken or rejected with a reason.

    pip install atheris
    python -m tests.fuzz.fuzz_importers -max_total_time=60 [FOLDER]

FOLDER keeps what was found, for the next run. The first byte of an input chooses the format.
"""

import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

with atheris.instrument_imports(include=["generator"]):
    from generator.errors import CablepressError
    from generator.importers.record import Record, Rejected
    from generator.importers.run import FORMATS

NAMES = {"csv": "cables.csv", "tsv": "cables.tsv", "nara": "records.txt", "text": "cable.txt", "mirror": "page.html"}
SOURCES = [(FORMATS[name], NAMES[name]) for name in FORMATS]
FOLDER = Path(tempfile.mkdtemp(prefix="fuzz"))


def read(raw: bytes) -> None:
    """One input: a format, and what its source holds."""
    if not raw:
        return
    reader, name = SOURCES[raw[0] % len(SOURCES)]
    path = FOLDER / name
    path.write_bytes(raw[1:])
    reader.recognises(path)
    last = 0
    try:
        for entry in reader.read(path):
            assert isinstance(entry, Record | Rejected)
            assert 0 <= last <= entry.position <= max(reader.size(path), 1)
            last = entry.position
            if isinstance(entry, Rejected):
                assert entry.reason
            else:
                assert entry.id.replace("_", "").isalnum()
                assert "\r" not in entry.header + entry.body
                assert "\0" not in entry.header + entry.body
                (entry.header + entry.body).encode()
    except CablepressError:
        return


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
