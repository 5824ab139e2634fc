"""`roadmap check`."""

import os
from datetime import date

import click

from generator.bootstrap import world
from generator.checks import RULES
from generator.cli.options import as_of_option, commit_option
from generator.commands.check import check
from generator.commands.programme import Selection
from generator.errors import Severity
from generator.model.words import numbered
from generator.render.diagnostics import FORMATS, Listing, summary


@click.command()
@commit_option
@as_of_option
@click.option("--tree", "tree_only", is_flag=True, help="Judge the files only: no history, no rules on change.")
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default=None, help="How problems are printed.")
@click.option("--fail-on", type=click.Choice(["error", "warning"]), default="error", help="What makes the exit code 1.")
@click.pass_obj
def command(directory: str, commit: str, as_of: date | None, tree_only: bool, form: str | None, fail_on: str) -> int:
    """List every problem of the sources, each with file, line, column and the way out."""
    report = check(world(directory), Selection(commit, as_of, tree_only=tree_only))
    form = form or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    if form == "text":
        click.echo(report.note)
    click.echo(FORMATS[form](Listing(report.problems, report.root, report.lines, RULES)), nl=False)
    if form == "text":
        click.echo(f"{numbered(report.files, 'file')}, {numbered(report.records, 'record')}")
    else:
        click.echo(f"{report.note}; {summary(report.problems)}", err=True)
    failing = report.count(Severity.ERROR) + (report.count(Severity.WARNING) if fail_on == "warning" else 0)
    return 1 if failing else 0
