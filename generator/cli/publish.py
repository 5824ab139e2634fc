"""`roadmap publish`."""

import click

from generator.bootstrap import site_builder, theme, world
from generator.cli.options import audience_option
from generator.commands.build import build
from generator.commands.programme import Selection
from generator.model.fields import Classification


@click.command()
@click.argument("site", type=click.Path(file_okay=False))
@click.option(
    "--commit", default="HEAD", show_default=True, metavar="REV", help="Publish this commit, never the work tree."
)
@audience_option("internal")
@click.option("--store", default="", metavar="STORE", help="Issued packs: a folder, or branch:NAME; default .roadmap.")
@click.pass_obj
def command(directory: str, site: str, commit: str, audience: Classification, store: str) -> int:
    """Build a commit's site with the issued packs as downloads, check it, and swap it in.

    Readers see the old site until the new one is whole; where anything is wrong nothing changes. manifest.json
    lists every file with its SHA-256, the commit, and the ledger's checkpoint.
    """
    report = build(world(directory, store), site_builder(directory), theme(), Selection(commit, None, audience), site)
    click.echo(f"{report.directory}: {report.pages} pages, {report.files} files, {report.bytes / 1e6:.1f} MB")
    click.echo(f"manifest.json sha256 {report.manifest_sha256}")
    return 0
