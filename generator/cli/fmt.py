"""`roadmap fmt`."""

import os
from pathlib import Path

import click

from generator.bootstrap import world, yaml_formatter
from generator.commands.fmt import fmt, rewrite
from generator.errors import ContentError


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path())
@click.option("--check", "check_only", is_flag=True, help="Write nothing; exit 1 when a file would change.")
@click.pass_obj
def command(directory: str, paths: tuple[str, ...], check_only: bool) -> int:
    """Normalise sources without losing comments: indentation, spacing, the order of table rows.

    Files that cannot be read are left as they are and reported.

    \b
    Examples:
      roadmap fmt                               every source below content/
      roadmap fmt content/curriculum/matrix.csv
      roadmap fmt --check                       what a pipeline asks
    """
    top = Path(directory).resolve()
    asked = [Path(os.path.relpath(top / path, top)).as_posix() for path in paths]
    here = world(directory)
    result = fmt(here, yaml_formatter(), asked)
    if not check_only:
        rewrite(here, str(top), result)
    for path in result.changed:
        click.echo(f"{'would reformat' if check_only else 'reformatted'} {path}")
    for path, reason in result.kept.items():
        click.echo(f"note: {path} is left as it is: {reason}", err=True)
    count = len(result.changed)
    click.echo(f"{count} of {result.files} files {'would change' if check_only else 'changed'}", err=True)
    if result.problems:
        raise ContentError(result.problems)
    return 1 if check_only and count else 0
