"""`roadmap diff`."""

from datetime import date

import click

from generator.bootstrap import world
from generator.cli.options import as_of_option, audience_option
from generator.commands.diff import diff, parsed_range
from generator.diff.effects import Weight
from generator.errors import UsageError
from generator.model.fields import Classification
from generator.render.diffs import FORMATS

BLOCKING = "blocking"
SORTS = ("coverage-loss", "unapproved", "target-weaker", "sign-off-lapsed", "gate", BLOCKING)


@click.command()
@click.argument("revisions", metavar="A..B")
@click.option("--store", default="", metavar="STORE", help="Issued packs: a folder, or branch:NAME; default .roadmap.")
@as_of_option
@audience_option("restricted")
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="text", help="How it is printed.")
@click.option("--fail-on", default="", metavar="SORT,...", help=f"Exit 1 on these effects: {', '.join(SORTS)}.")
@click.pass_obj
def command(
    directory: str, revisions: str, store: str, as_of: date | None, audience: Classification, form: str, fail_on: str
) -> int:
    """Say what changed in meaning between two commits; A.. compares A with the work tree.

    A...B compares B with the commit where it left A: what a branch brings, whatever A did meanwhile.

    A and B may be days: 2026-03-31 is the last commit by then.
    """
    wanted = {sort.strip() for sort in fail_on.split(",") if sort.strip()}
    unknown = sorted(wanted - set(SORTS))
    if unknown:
        raise UsageError(f'--fail-on knows no "{unknown[0]}"', remedy=f"choose among {', '.join(SORTS)}")
    found = diff(world(directory, store), parsed_range(revisions), as_of, audience)
    click.echo(FORMATS[form](found), nl=False)
    failing = [e for e in found.effects if e.sort in wanted or (BLOCKING in wanted and e.weight is Weight.BLOCKS)]
    return 1 if failing else 0
