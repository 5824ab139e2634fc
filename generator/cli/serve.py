"""`roadmap serve`."""

from pathlib import Path

import click

from generator.adapters.mkdocs_build import serve


def _address(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        message = f'expected HOST:PORT with a port from 1 to 65535, such as 127.0.0.1:8000, found "{value}"'
        raise click.BadParameter(message)
    return value


@click.command()
@click.option(
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    callback=_address,
    help="Where to listen.",
)
@click.pass_obj
def command(directory: str, address: str) -> int:
    """Serve the site on this machine and rebuild it on every edit: `mkdocs serve` with the same settings."""
    serve(str(Path(directory) / "mkdocs.yml"), address)
    return 0
