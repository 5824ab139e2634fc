"""`roadmap doctor`."""

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from generator.adapters.machine import ThisMachine
from generator.bootstrap import world
from generator.commands.doctor import examined


@click.command()
@click.pass_obj
def command(directory: str) -> int:
    """Say what this machine can do and what it lacks; exit 3 where something is missing."""
    rows = examined(world(directory), ThisMachine())
    table = Table("", "part", "found", "needed for", box=None, pad_edge=False)
    for row in rows:
        table.add_row("ok" if row.good else "NO", *(escape(text) for text in (row.name, row.found, row.needed_for)))
    Console().print(table)
    lacking = [row for row in rows if not row.good]
    for row in lacking:
        click.echo(f"{row.name}: {row.remedy}")
    if lacking:
        click.echo("reason: LACKING", err=True)
    return 3 if lacking else 0
