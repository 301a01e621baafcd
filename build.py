"""Build the site: the same commands as `cablepress`, for a checkout that is not installed."""

import sys

from generator.__main__ import main

if __name__ == "__main__":
    try:
        main(prog_name="build.py")
    except ModuleNotFoundError as error:
        print(f"error: the Python package {error.name} is not installed for {sys.executable}", file=sys.stderr)
        print("  hint: python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/python build.py", file=sys.stderr)
        sys.exit(2)
