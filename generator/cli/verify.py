"""`roadmap verify`."""

import re
from collections.abc import Callable, Mapping
from functools import partial

import click

from generator import bootstrap
from generator.commands.verify import Case, verify
from generator.commands.world import World
from generator.config import DEFAULT_BRANCH, DEFAULT_STORE, Settings
from generator.evidence.canonical import canonical
from generator.evidence.trust import Sealer
from generator.evidence.verdict import Outcome

Ledger = Callable[[], bytes]
_EXIT = {Outcome.PASSED: 0, Outcome.FAILED: 1, Outcome.INDETERMINATE: 3}


@click.command()
@click.argument("pack", type=click.Path(dir_okay=False))
@click.option("--repo", metavar="DIR", default="", help="The repository: rebuild the pack from its commit and compare.")
@click.option("--rebuild", is_flag=True, help="Rebuild with the repository's own generator: that party's code.")
@click.option("--roots", metavar="PEM", default="", help="Trust seals under these root certificates.")
@click.option("--stamp-roots", metavar="PEM", default="", help="Trust time-stamps under these root certificates.")
@click.option(
    "--sealer",
    "sealers",
    metavar="NAME|sha256:HEX",
    multiple=True,
    help="Who may seal: the certificate's common name, or the SHA-256 of its or its authority's public key.",
)
@click.option("--trust", type=click.Choice(["demo"]), default=None, help="Trust the demo authority of this machine.")
@click.option("--keys", metavar="DIR", default="", help="The demo authority's folder.")
@click.option(
    "--store", metavar="DIR", default="", help="The ledger: a folder or branch:NAME; default: the repository's."
)
@click.option("--config", metavar="FILE", default="", help="publish.toml with store, trust roots and trusted branch.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.pass_obj
def command(
    directory: str,
    pack: str,
    repo: str,
    rebuild: bool,
    roots: str,
    stamp_roots: str,
    sealers: tuple[str, ...],
    trust: str | None,
    keys: str,
    store: str,
    config: str,
    as_json: bool,
) -> int:
    """Judge the sealed pack PACK in eight numbered steps, without trusting whoever published it.

    PASSED exits with 0, FAILED with 1, INDETERMINATE (something to judge by is missing) with 3.

    \b
    Examples:
      roadmap verify pack.pdf --repo . --trust demo
      roadmap verify pack.pdf --repo /srv/programme --store branch:evidence \\
        --roots bank-root.pem --stamp-roots tsa-root.pem --sealer "Northmere Bank evidence seal"
    """
    if rebuild and not repo:
        raise click.UsageError("--rebuild needs --repo")
    settings = bootstrap.settings(config)
    world = bootstrap.world(repo or directory)
    given = bootstrap.Given(roots, stamp_roots, tuple(map(_sealer, sealers)), trust == "demo", keys)
    data = world.files.read(pack)
    case = Case(
        data=data,
        now=world.clock.now(),
        trust=bootstrap.trust(settings, given),
        history=world.history if repo else None,
        branch=settings.branch,
        rebuild=partial(bootstrap.reprint_pack if rebuild else bootstrap.print_pack, repo) if repo else None,
        expected=partial(bootstrap.expected_pack, repo) if repo else None,
        toolchain=_libraries(world) if rebuild else world.printer.toolchain,
        ledger=_ledger(settings, (directory, repo, store)),
    )
    verdict = verify(case, bootstrap.inspector())
    if as_json:
        click.echo(canonical(verdict.as_json()).decode())
    else:
        click.echo("\n".join(verdict.lines()))
    if verdict.outcome is Outcome.INDETERMINATE:
        click.echo(f"reason: {verdict.reason}", err=True)
    return _EXIT[verdict.outcome]


def _sealer(text: str) -> Sealer:
    if not text.startswith("sha256:"):
        return Sealer(common_name=text)
    digest = text.removeprefix("sha256:").lower()
    if not re.fullmatch("[0-9a-f]{64}", digest):
        raise click.UsageError(f"--sealer {text}: expected 64 hexadecimal digits after sha256:")
    return Sealer(spki_sha256=digest)


def _libraries(world: World) -> Callable[[], Mapping[str, str]]:
    """The part of the toolchain that a repository's own generator shares with this one."""
    return lambda: {
        name: each for name, each in world.printer.toolchain().items() if name not in ("generator", "fonts")
    }


def _ledger(settings: Settings, place: tuple[str, str, str]) -> Ledger | None:
    """The ledger to judge by: the named store, the configured one, or whichever of its two homes the repository has."""
    directory, repo, store = place
    if store:
        return bootstrap.world(repo if repo and store.startswith("branch:") else directory, store).store.ledger
    if settings.place:
        return bootstrap.world(repo or directory, settings.store).store.ledger
    if not repo:
        return None
    click.echo("note: step 8 reads the repository's own ledger; --store names one that you kept yourself", err=True)
    homes = [bootstrap.world(repo, name).store for name in (DEFAULT_STORE, DEFAULT_BRANCH)]
    return lambda: next((lines for home in homes if (lines := home.ledger())), b"")
