"""`roadmap publish`."""

import click

from generator.bootstrap import site_builder, theme, world
from generator.cli.options import audience_option
from generator.commands.build import build
from generator.commands.editions import MOST, Maker
from generator.commands.programme import Selection
from generator.commands.tampering import refuse_lying_views
from generator.model.fields import Classification


@click.command()
@click.argument("site", type=click.Path(file_okay=False))
@click.option(
    "--commit", default="HEAD", show_default=True, metavar="REV", help="Publish this commit, never the work tree."
)
@audience_option("internal")
@click.option("--store", default="", metavar="STORE", help="Issued packs: a folder, or branch:NAME; default .roadmap.")
@click.option(
    "--editions",
    type=click.IntRange(0, MOST),
    default=MOST,
    show_default=True,
    help="How many as-of editions, of the newest ends of quarters, stand beside the site.",
)
@click.pass_obj
def command(directory: str, site: str, commit: str, audience: Classification, store: str, editions: int) -> int:
    """Build a commit's site with the issued packs as downloads, check it, and swap it in.

    Readers see the old site until the new one is whole; where anything is wrong nothing changes. manifest.json
    lists every file with its SHA-256, the commit, and the ledger's checkpoint. Editions show what was true at the end
    of a quarter, as recorded then; each is built once, and one whose sources have errors is left out.
    """
    refuse_lying_views(world(directory).history)  # what is published must be what everyone's git shows
    maker = Maker(world(directory, store), site_builder(directory), theme(), editions)
    report = build(maker, Selection(commit, None, audience), site)
    for one in report.editions:
        if one.reason:
            click.echo(f"note: no edition as of {one.edition.day}: {one.reason}", err=True)
    click.echo(f"{report.directory}: {report.pages} pages, {report.files} files, {report.bytes / 1e6:.1f} MB")
    click.echo(f"manifest.json sha256 {report.manifest_sha256}")
    return 0
