"""`cablepress check`."""

import sys
from typing import Any

import click

from generator.archive.notes import open_catalog
from generator.cli.common import common, options_of
from generator.config import load_config
from generator.console import counted
from generator.errors import Severity


@click.command("check")
@common
def command(**given: Any) -> None:
    """Compare the site with its sources: texts, links, anchors, files that are not ours."""
    from generator.check.check import check

    options, console = options_of(given)
    config, complaints = load_config(options.config, content=options.content, base_url=options.base_url)
    catalog = open_catalog(options.content, options.output)
    try:
        with console.progress() as bar:
            found = check(
                options.output, options.content, catalog, config.base_url, lambda done: bar.move("check", done, 0)
            )
    finally:
        catalog.close()
    console.complain((*complaints, *found.problems))
    console.say(
        f"{options.output}: {counted(found.pages, 'page', 'pages')}, {counted(found.cables, 'text', 'texts')} compared,"
        f" {counted(found.links, 'link', 'links')} and {counted(found.anchors, 'anchor', 'anchors')} followed"
    )
    console.data(found)
    sys.exit(1 if found.failed or any(p.severity is Severity.ERROR for p in complaints) else 0)
