"""`--only`: a site of a part of the archive, in an output folder of its own."""

import re

import click
import msgspec
from click.core import ParameterSource

from generator.build.options import Options
from generator.settings.selection import Selection

only_option = click.option(
    "--only",
    multiple=True,
    metavar="KEY=VALUE",
    help="A part of the archive: origin=, tag=, from=2009-06, to=2009-12; may be given several times.",
)


def of_part(options: Options, part: Selection) -> Options:
    """The options for a part, whose output folder is named after it where none is given."""
    if not part.conditions:
        return options
    output = options.output
    if click.get_current_context().get_parameter_source("output") is ParameterSource.DEFAULT:
        name = re.sub(r"\W+", "-", "-".join(part.conditions).lower()).strip("-")
        output = output.with_name(f"{output.name}-{name}")
    return msgspec.structs.replace(options, output=output, only=part)
