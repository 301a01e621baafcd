"""`cablepress check`."""

import sys
from typing import Any

import click

from generator.archive.notes import open_catalog
from generator.build.options import Options
from generator.cli.common import common, options_of
from generator.cli.console import Console, counted
from generator.errors import Severity
from generator.settings.config import load_config


@click.command("check")
@common
@click.option("--reading", is_flag=True, help="Tell what was not found in the cables, and which of them need an eye.")
def command(reading: bool, **given: Any) -> None:
    """Compare the site with its sources: texts, links, anchors, files that are not ours."""
    options, console = options_of(given)
    failed = _reading_failed(options, console) if reading else _site_failed(options, console)
    sys.exit(1 if failed else 0)


def _site_failed(options: Options, console: Console) -> bool:
    from generator.check.check import check

    config, complaints = load_config(options.config, content=options.content, base_url=options.base_url)
    catalog = open_catalog(options.content, options.output)
    try:
        with console.progress() as bar:
            found = check(
                *(options.output, options.content, catalog, config.base_url),
                lambda done: bar.move("check", done, 0),
                config=options.config,
            )
    finally:
        catalog.close()
    console.complain((*complaints, *found.problems))
    console.say(
        f"{options.output}: {counted(found.pages, 'page', 'pages')}, {counted(found.cables, 'text', 'texts')} compared,"
        f" {counted(found.links, 'link', 'links')} and {counted(found.anchors, 'anchor', 'anchors')} followed"
    )
    console.data(found)
    return found.failed or any(p.severity is Severity.ERROR for p in complaints)


def _reading_failed(options: Options, console: Console) -> bool:
    from generator.reading import printout
    from generator.reading.report import read_archive

    with console.progress() as bar:
        report = read_archive(options.content, options.processes, lambda done: bar.move("read", done, 0))
    with report:
        console.complain(report.problems)
        for line in printout.table(report, everything=console.verbose):
            console.say(line)
        console.stream(printout.as_json(report))
        return report.failed
