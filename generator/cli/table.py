"""`roadmap table`."""

from datetime import date
from pathlib import Path

import click

from generator.bootstrap import spreadsheets, world
from generator.cli.options import Day
from generator.commands.edits import written
from generator.commands.table import Import, export_matrix, import_matrix
from generator.errors import UsageError


@click.group()
def command() -> None:
    """Export or import the matrix as a spreadsheet, roles down and modules across.

    \b
    Examples:
      roadmap table export matrix.xlsx
      roadmap table import matrix.xlsx --dry-run
      roadmap table import matrix.xlsx --from 2026-12-01
    """


@command.command("export")
@click.argument("workbook", type=click.Path(dir_okay=False))
@click.pass_obj
def export(directory: str, workbook: str) -> int:
    """Write the matrix that is in force into WORKBOOK (.xlsx), ready to be edited."""
    if Path(workbook).suffix.lower() != ".xlsx":  # never a source that is named by mistake
        raise UsageError(f"a workbook ends in .xlsx, found {workbook}", remedy="name it so, such as matrix.xlsx")
    here = world(directory)
    here.files.write(workbook, export_matrix(here, spreadsheets()))
    click.echo(workbook)
    return 0


@command.command("import")
@click.argument("workbook", type=click.Path(dir_okay=False))
@click.option(
    "--from", "start", type=Day(), default=None, help="First day of the changes (YYYY-MM-DD); default: today."
)
@click.option("--dry-run", is_flag=True, help="Print what changes and write nothing.")
@click.pass_obj
def import_(directory: str, workbook: str, start: date | None, dry_run: bool) -> int:
    """Print which rows of the matrix WORKBOOK changes, and write them; conflicting edits are refused.

    An edited cell ends the row in force the day before and begins a new one.
    """
    here = world(directory)
    found = import_matrix(here, spreadsheets(), here.files.read(workbook), start)
    if found.conflicts:
        for line in found.conflicts:
            click.echo(f"conflict: {line}")
        click.echo("nothing is written: settle these cells with who changed them, export again and edit", err=True)
        return 1
    for line in found.lines:
        click.echo(line)
    if found.lines and not dry_run:
        written(here.files, str(Path(directory).resolve()), (found.edit,))
    _tell(found, dry_run=dry_run)
    return 0


def _tell(found: Import, *, dry_run: bool) -> None:
    count = f"{found.cells} cell{'' if found.cells == 1 else 's'}"
    click.echo(f"{count} edited, {found.edit.path} {'not ' if dry_run or not found.lines else ''}written", err=True)
    if found.controlled:
        names = ", ".join(found.controlled[:5]) + (" …" if found.controlled[5:] else "")
        click.echo(f"note: these rows change by decision; it names them in affects: {names}", err=True)
