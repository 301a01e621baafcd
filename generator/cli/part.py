"""`--only`: a site of a part of the archive, in an output folder of its own."""

import re
from collections.abc import Iterable

import click
import msgspec
from click.core import ParameterSource

from generator.options import Options
from generator.selection import read_selection

only_option = click.option(
    "--only",
    multiple=True,
    metavar="KEY=VALUE",
    help="A part of the archive: origin=, tag=, from=2009-06, to=2009-12; may be given several times.",
)


def of_part(options: Options, only: Iterable[str]) -> Options:
    """The options for a part, whose output folder is named after it where none is given.

    Raises UsageError for a condition that can't be understood.
    """
    conditions = read_selection(only).conditions
    if not conditions:
        return options
    output = options.output
    if click.get_current_context().get_parameter_source("output") is ParameterSource.DEFAULT:
        name = re.sub(r"\W+", "-", "-".join(conditions).lower()).strip("-")
        output = output.with_name(f"{output.name}-{name}")
    return msgspec.structs.replace(options, output=output, only=conditions)
