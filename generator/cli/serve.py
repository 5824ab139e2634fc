"""`roadmap serve`."""

from pathlib import Path

import click

from generator.adapters.mkdocs_build import serve


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="Where to listen.")
@click.pass_obj
def command(directory: str, address: str) -> int:
    """Serve the site on this machine and rebuild it on every edit: `mkdocs serve` with the same settings."""
    serve(str(Path(directory) / "mkdocs.yml"), address)
    return 0
