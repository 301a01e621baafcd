"""Where the program begins. An interrupt ends it in a sentence, even while its parts are still being loaded."""

import signal
import sys


def main(prog_name: str | None = None) -> None:
    """Run the command line of `sys.argv`; ends the process with its exit code."""
    try:
        from generator.cli import main as commands

        commands(prog_name=prog_name)
    except KeyboardInterrupt:
        print("interrupted; the next build goes on from here", file=sys.stderr)
        sys.exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()
