"""The commands, as `cablepress VERB` and as `python build.py VERB`: one module a command, `common` what all share."""

import click

from generator import __version__
from generator.cli import build, check, clean, export, import_, new, publish, serve, show
from generator.cli.common import Verbs


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cablepress")
def main() -> None:
    """Make a site from an archive of diplomatic cables.

    Exit codes: 0 done, 1 content or check failed, 2 usage, 4 another build is at work, 5 disk or permissions,
    130 interrupted.
    """


for _module in (build, serve, import_, export, check, show, publish, new, clean):
    main.add_command(_module.command)
