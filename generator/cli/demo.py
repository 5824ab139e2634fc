"""`roadmap demo`."""

import click

from generator.adapters.new_repository import GitRepositories
from generator.adapters.sample import PackagedSample
from generator.commands.demo import write_demo


@click.command()
@click.argument("directory", type=click.Path())
def command(directory: str) -> int:
    """Write the sample bank's repository, with its whole past, into a new folder."""
    made = write_demo(PackagedSample(), GitRepositories(), directory)
    click.echo(f"{made.directory}: {made.commits} commits, head {made.head}")
    return 0
