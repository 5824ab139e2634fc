"""`roadmap seal`."""

from pathlib import Path

import click

from generator import bootstrap
from generator.commands.seal import seal


@click.command()
@click.argument("base", type=click.Path(dir_okay=False))
@click.option(
    "-o", "--output", metavar="FILE", default="", help="Where to write the sealed pack; default: NAME-sealed.pdf."
)
@click.option("--config", metavar="FILE", default="", help="publish.toml with store, signer and authorities.")
@click.option("--store", metavar="DIR", default="", help="Keep the issue here, or on branch:NAME; default: .roadmap.")
@click.option("--keys", metavar="DIR", default="", help="The demo authority's folder, made there on first use.")
@click.pass_obj
def command(directory: str, base: str, output: str, config: str, store: str, keys: str) -> None:
    """Seal the base pack BASE, judge the result, and enter it in the ledger.

    Without a configured signer the demo authority seals, which only packs of the profile demo accept.

    \b
    Examples:
      roadmap seal pack.pdf -o pack-sealed.pdf
      roadmap seal pack.pdf --config /etc/roadmap/publish.toml
    """
    settings = bootstrap.settings(config)
    world = bootstrap.world(directory, store or settings.store)
    signer = bootstrap.signer(settings, keys)
    sealed = seal(world.files.read(base), signer, bootstrap.inspector(), world.store, world.history)
    target = output or str(Path(base).with_name(f"{Path(base).stem}-sealed.pdf"))
    world.files.write(target, sealed.data)
    line = sealed.line
    click.echo(f"{target}: {len(sealed.data)} bytes, sha256 {line.signed_sha256}")
    word = "issued before as" if sealed.repeated else "issued as"
    click.echo(
        f"{line.pack} as of {line.as_of}, {word} line {line.seq} of the ledger, {line.issued_at:%Y-%m-%dT%H:%M:%SZ}"
    )
