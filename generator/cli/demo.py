"""`roadmap demo`."""

import shutil
from functools import partial
from pathlib import Path

import click

from generator import bootstrap
from generator.adapters.new_repository import GitRepositories
from generator.adapters.sample import PackagedSample
from generator.commands.demo import DemoRepository, write_demo
from generator.commands.tour import PACK, Stage, tour
from generator.model.words import numbered


@click.command()
@click.argument("directory", type=click.Path(file_okay=False))
@click.option("--repository-only", is_flag=True, help="Write the repository and stop.")
@click.option("--keys", metavar="DIR", default="", help="The demo authority's folder, made there on first use.")
def command(directory: str, repository_only: bool, keys: str) -> int:
    """Write the sample bank's repository into DIRECTORY/bank, build its site, print, seal and verify its pack.

    The last step flips one bit in a copy of the pack and shows that verification fails. The bank is fictional, its
    commits are the same on every machine, and its seal is a DEMO.
    """
    home = Path(directory).resolve()
    made = write_demo(PackagedSample(), GitRepositories(), str(home / "bank"))
    if repository_only:
        click.echo(f"{made.directory}: {numbered(made.commits, 'commit')}, head {made.head}")
        return 0
    for line in tour(_stage(home, made, keys)):
        click.echo(line)
    click.echo(
        f"\nLook at    {home / 'site' / 'index.html'}\n"
        f"           {home / PACK}.pdf\n"
        f"Serve it   {_command()} -C {made.directory} serve\n"
        f"Judge it   {_command()} verify {home / PACK}.pdf --repo {made.directory} --trust demo"
    )
    return 0


def _command() -> str:
    """What a person types here: the installed command, or the checkout's script."""
    return "roadmap" if shutil.which("roadmap") else "./run roadmap"


def _stage(home: Path, made: DemoRepository, keys: str) -> Stage:
    world = bootstrap.world(made.directory)
    return Stage(
        directory=str(home),
        repository=made,
        world=world,
        builder=bootstrap.site_builder(made.directory),
        pages=bootstrap.theme(),
        sheets=bootstrap.pack_theme(),
        signer=bootstrap.signer(bootstrap.settings(""), keys),
        inspector=bootstrap.inspector(),
        rebuild=partial(bootstrap.print_pack, made.directory),
        toolchain=world.printer.toolchain,
    )
