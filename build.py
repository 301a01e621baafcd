"""Build the site: the same commands as `cablepress`, for a checkout that is not installed."""

from generator.cli import main

if __name__ == "__main__":
    main(prog_name="build.py")
