"""`roadmap pack`."""

import hashlib
from datetime import date

import click

from generator.bootstrap import pack_theme, world
from generator.cli.options import Day
from generator.commands.pack import base_pack, request_for
from generator.evidence.facts import property_of
from generator.evidence.request import PackRequest


@click.command()
@click.argument("pack_id", metavar="PACK", required=False, default="")
@click.option("--commit", default="", metavar="REV", help="Print from this commit; default: HEAD.")
@click.option("--as-of", type=Day(), default=None, help="Print as of another day than the pack's own; that is a draft.")
@click.option(
    "--request",
    "request_file",
    type=click.Path(exists=True, dir_okay=False),
    help="Rebuild from a pack's request.json.",
)
@click.option("--output", "output", default="", metavar="FILE", help="Where the pack is written; default PACK.pdf.")
@click.option("--store", default="", metavar="DIR", help="Where the ledger lies; default .roadmap.")
@click.option("--draft", is_flag=True, help="Print content that has errors, watermarked; a draft is never sealed.")
@click.pass_obj
def command(
    directory: str,
    pack_id: str,
    commit: str,
    as_of: date | None,
    request_file: str | None,
    output: str,
    store: str,
    draft: bool,
) -> int:
    """Print the base pack PACK from a commit (default HEAD): deterministic, without key or network.

    The same request, which lies inside every pack as request.json, gives the same bytes again.
    """
    if bool(pack_id) == bool(request_file):
        raise click.UsageError("give the id of a pack or --request FILE, not both")
    home = world(directory, store)
    request = (
        PackRequest.from_bytes(home.files.read(request_file))
        if request_file
        else request_for(home, pack_id, commit, as_of)
    )
    click.echo(f"printing {request.pack} as of {request.as_of} from commit {request.commit[:10]}", err=True)
    data = base_pack(home, pack_theme(), request, draft=draft)
    target = output or f"{request.pack}.pdf"
    home.files.write(target, data)
    click.echo(f"file    {target}")
    click.echo(f"sha256  {hashlib.sha256(data).hexdigest()}")
    click.echo(f"pages   {property_of(data, 'pages') or 'unknown'}")
    click.echo(f"bytes   {len(data):,}")
    return 0
