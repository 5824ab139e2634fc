"""`roadmap history`."""

import click

from generator.bootstrap import world
from generator.cli.options import commit_option
from generator.commands.history import key_history
from generator.render.history import FORMATS


@click.command()
@click.argument("key")
@commit_option
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="text", help="How it is printed.")
@click.option("-n", "count", type=click.IntRange(1), default=None, help="The newest so many steps only.")
@click.pass_obj
def command(directory: str, key: str, commit: str, form: str, count: int | None) -> int:
    """Say what changed in one record, when and by whom; names and dates are the commits' own claims."""
    found = key_history(world(directory), key, commit)
    click.echo(FORMATS[form](found.key, found.steps[:count]), nl=False)
    for gap in found.gaps:
        click.echo(f"note: commit {gap.commit.id[:10]} does not load: {gap.problem}", err=True)
    return 0
