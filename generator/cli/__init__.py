"""The commands, as `cablepress VERB` and as `python build.py VERB`: one module a command, `common` what all share."""

import click

from generator import __version__
from generator.cli import build, check, clean, export, import_, new, publish, serve, show
from generator.cli.common import Verbs
from generator.errors import EXIT_CODES

HELP = f"""Make a site from an archive of diplomatic cables.

Exit codes: {", ".join(f"{code} {meaning}" for code, meaning in EXIT_CODES.items())}.
"""


@click.group(cls=Verbs, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cablepress")
def main() -> None:
    """All commands."""


for _module in (build, serve, import_, export, check, show, publish, new, clean):
    main.add_command(_module.command)
