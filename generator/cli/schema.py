"""`roadmap schema`."""

import click

from generator.bootstrap import CONTENT, world
from generator.commands.schema import outdated, write_schemas


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a schema is not current.")
@click.pass_obj
def command(directory: str, check: bool) -> int:
    """Write JSON Schemas and editor settings, so that editors complete, explain and check as you type."""
    if check:
        stale = outdated(world(directory), directory, CONTENT)
        for path in stale:
            click.echo(f"{path} is not current; run `roadmap schema`")
        return 1 if stale else 0
    for path in write_schemas(world(directory), directory, CONTENT):
        click.echo(path)
    return 0
