"""`roadmap build`."""

from datetime import date

import click

from generator.bootstrap import site_builder, theme, world
from generator.cli.options import as_of_option, audience_option, commit_option
from generator.commands.build import build
from generator.commands.editions import Maker
from generator.commands.programme import Selection
from generator.model.fields import Classification


@click.command()
@click.argument("site", type=click.Path(file_okay=False), default="site")
@commit_option
@as_of_option
@audience_option("internal")
@click.option("--store", default="", metavar="STORE", help="Issued packs: a folder, or branch:NAME; default .roadmap.")
@click.pass_obj
def command(directory: str, site: str, commit: str, as_of: date | None, audience: Classification, store: str) -> int:
    """Build the site into the folder SITE: aside first, then checked, then put in its place in one step.

    \b
    Examples:
      roadmap build                       the work tree, into site/
      roadmap build --commit HEAD public  what a merge publishes
      roadmap build --as-of 2026-03-31    as it was seen that day
    """
    selection = Selection(commit, as_of, audience)
    report = build(Maker(world(directory, store), site_builder(directory), theme()), selection, site)
    click.echo(f"{report.directory}: {report.pages} pages, {report.files} files, {report.bytes / 1e6:.1f} MB")
    return 0
