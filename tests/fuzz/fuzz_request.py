"""The preview's requests under coverage-guided fuzzing: whatever is sent, an answer that tells no secret.

    pip install . atheris
    python -m tests.fuzz.fuzz_request -max_total_time=60 FOLDER

FOLDER keeps what was found, for the next run; requests of the tests are what it begins with.
"""

import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

with atheris.instrument_imports(include=["generator.preview"]):
    from tests.fuzz.harness import ask, tiny_site

from tests.property.test_fuzzing import REQUESTS

if __name__ == "__main__":
    folder = Path(tempfile.mkdtemp(prefix="cablepress-fuzz-"))
    seeds = folder / "seeds"
    seeds.mkdir()
    for number, request in enumerate(REQUESTS):
        (seeds / str(number)).write_bytes(request)
    files = tiny_site(folder / "site")

    def one(raw: bytes) -> None:
        ask(raw, files)

    atheris.Setup([*sys.argv, str(seeds), "-max_len=8192"], one)
    atheris.Fuzz()
