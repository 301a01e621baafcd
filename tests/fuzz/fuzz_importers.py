"""Every importer under coverage-guided fuzzing: whatever the bytes, each record is taken or rejected with a reason.

    pip install '.[archives]' atheris
    python -m tests.fuzz.fuzz_importers -max_total_time=60 [FOLDER]

FOLDER keeps what was found, for the next run. The first byte of an input chooses the format.
"""

import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

with atheris.instrument_imports(include=["generator"]):
    from tests.fuzz.harness import take

if __name__ == "__main__":
    folder = Path(tempfile.mkdtemp(prefix="fuzz"))
    atheris.Setup(sys.argv, lambda raw: take(raw, folder))
    atheris.Fuzz()
