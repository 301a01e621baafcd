"""The reader under coverage-guided fuzzing: whatever the file, a partition of its text, in bounded time.

    pip install . atheris
    python -m tests.fuzz.fuzz_reader -max_total_time=60 FOLDER content/cables

FOLDER keeps what was found, for the next run; the sample's cables are what it begins with. An input of at most 20,000
bytes that takes more than five seconds, instrumented, is a fault.
"""

import sys
import tempfile

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

with atheris.instrument_imports(include=["generator"]):
    from tests.fuzz.harness import read

from tests.property.soundness import LINES


def dictionary() -> str:
    """A file of the lines of cables, for libFuzzer to put together."""
    with tempfile.NamedTemporaryFile("w", suffix=".dict", delete=False) as file:
        for line in filter(None, LINES):
            file.write('"' + "".join(f"\\x{byte:02x}" for byte in f"{line}\n".encode()) + '"\n')
    return file.name


if __name__ == "__main__":
    atheris.Setup([*sys.argv, "-max_len=20000", "-timeout=5", f"-dict={dictionary()}"], read)
    atheris.Fuzz()
