"""`roadmap init`."""

from pathlib import Path

import click

from generator.adapters.clock import SystemClock
from generator.adapters.files import DiskFiles
from generator.adapters.starter import starter_files
from generator.commands.init import Programme, init
from generator.model.words import numbered


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
@click.option("--name", default="Our bank", show_default=True, help="The organisation's name.")
def command(folder: str, name: str) -> int:
    """Start a programme of your own in DIR: a small set of sources, the site's settings, schemas for editors.

    Nothing in it claims to be approved: modules are drafts and the board holds every right. No file is overwritten.
    """
    today = SystemClock().now().astimezone().date()
    paths = init(DiskFiles(), str(Path(folder)), starter_files(), Programme(name, today))
    click.echo(f"{folder}: {numbered(len(paths), 'file')}")
    click.echo(f"next: cd {folder} && git init && roadmap check --tree; then look for TODO", err=True)
    return 0
