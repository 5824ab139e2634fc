"""`roadmap new`."""

from pathlib import Path

import click

from generator.bootstrap import world
from generator.commands.scaffold import Wanted, scaffold, write_scaffold


@click.command()
@click.argument("kind")
@click.option(
    "--for", "subject", default="", metavar="KEY", help="The record it is for; for a decision also KEY#field."
)
@click.option("--title", default="", help="Its title; where ids are words, the id is made of it.")
@click.option("--id", "key", default="", metavar="ID", help="Its id, instead of the next free one.")
@click.option("--dry-run", is_flag=True, help="Print the file as it would be and write nothing.")
@click.pass_obj
def command(directory: str, kind: str, subject: str, title: str, key: str, dry_run: bool) -> int:
    """Scaffold a record of KIND with the next free id, in its file and place.

    What is known is filled in; every other required field is left empty and marked TODO, so that `roadmap check`
    asks for it until somebody has decided.

    \b
    Examples:
      roadmap new module --title "Spotting deepfakes"
      roadmap new decision --for kpi-completion#target
      roadmap new sign-off --for mod-ai-foundations     with the digest of its wording now
      roadmap new milestone --for phs-pilot
    """
    here = world(directory)
    made = scaffold(here, Wanted(kind, subject, title, key))
    if dry_run:
        click.echo(made.edit.data.decode(), nl=False)
        return 0
    write_scaffold(here, str(Path(directory).resolve()), made)
    click.echo(f"{made.edit.path}:{made.line}: {made.key}")
    if made.open:
        click.echo(f"fill in {', '.join(made.open)}, then run `roadmap check`", err=True)
    return 0
