"""`roadmap history`."""

from datetime import date

import click

from generator.bootstrap import world
from generator.cli.options import as_of_option, commit_option
from generator.commands.history import key_history
from generator.render.history import FORMATS, Line


@click.command()
@click.argument("key")
@commit_option
@as_of_option
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="text", help="How it is printed.")
@click.option("-n", "count", type=click.IntRange(1), default=None, help="The newest so many steps only.")
@click.pass_obj
def command(directory: str, key: str, commit: str, as_of: date | None, form: str, count: int | None) -> int:
    """Say what changed in one record, when and by whom; names and dates are the commits' own claims.

    With --as-of, the history ends at the last commit of the main line that claims that day or an earlier one.
    A day as --commit, such as 2026-03-31, is the last commit by then.
    """
    found = key_history(world(directory), key, commit, count, as_of)
    lines = [Line(told.step, told.changes, told.decisions, told.signed) for told in found.steps]
    click.echo(FORMATS[form](found.key, lines), nl=False)
    for gap in found.gaps:
        click.echo(f"note: commit {gap.commit.id[:10]} does not load: {gap.problem}", err=True)
    return 0
