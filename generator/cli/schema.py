"""`roadmap schema`."""

from pathlib import Path

import click

from generator.bootstrap import CONTENT, world
from generator.commands.schema import editor_files, outdated, write_schemas
from generator.model.words import numbered


@click.command()
@click.argument("folder", metavar="[DIR]", default="schemas", type=click.Path(file_okay=False))
@click.option("--check", "check_only", is_flag=True, help="Write nothing; exit 1 when a file is not current.")
@click.pass_obj
def command(directory: str, folder: str, check_only: bool) -> int:
    """Write JSON Schemas of the sources and editor settings, so that editors complete, explain and check.

    DIR is the folder of the schemas in the repository, schemas unless named. Any editor with a YAML language server
    reads them, through .vscode/settings.json or the first line of a file.
    """
    if Path(folder).is_absolute() or ".." in Path(folder).parts:
        message = f'expected a folder inside the repository, such as schemas, found "{folder}"'
        raise click.BadParameter(message, param_hint="'[DIR]'")
    files = world(directory).files
    wanted = editor_files(Path(folder).as_posix(), CONTENT)
    if not check_only:
        changed = write_schemas(files, directory, wanted)
        click.echo("".join(f"{path}\n" for path in changed), nl=False)
        click.echo(f"{numbered(len(changed), 'file')} written", err=True)
        return 0
    place = Path(directory) / folder
    there = [f"{Path(folder).as_posix()}/{path.name}" for path in place.iterdir()] if place.is_dir() else []
    found = outdated(files, directory, wanted, there)
    for sentence in found:
        click.echo(sentence)
    if found:
        click.echo("help: `roadmap schema` writes them", err=True)
    return 1 if found else 0
