"""The `roadmap` command: parse, call one use case, print, exit code. Here is the only `except PortalError`.

Exit codes: 0 fine · 1 findings · 2 wrong usage or settings · 3 cannot judge or cannot do (with `reason: CODE`) ·
130 on Ctrl-C.
"""

import errno
import os
import sys
from importlib import import_module
from typing import NamedTuple

import click

from generator import __version__
from generator.errors import ContentError, PortalError

INTERRUPTED = 130
_LONGEST = 300  # characters of somebody else's message

_REMEDIES = {
    "KEY": "look at [signer] in publish.toml: the files, the password, the dates of the certificate",
    "LEDGER_BROKEN": "restore the store from a clone or backup that is whole, and ask who changed it",
    "STORE_DIFFERS": "restore the store from a clone or backup that is whole, and ask who changed it",
    "CORRUPT": "git fsck; then fetch the repository anew",
    "UNREADABLE": "name a base pack that `roadmap pack` printed",
    "SIGNED": "name the base pack, as `roadmap pack` printed it",
    "LAYOUT": "print with --draft to see the page; then mend the text or the template named",
}
"""The way out of failures that have the same one wherever they come from."""


class _Verb(NamedTuple):
    """A command: the module that holds it, its line of help, its group in `--help`."""

    module: str
    help: str
    group: str


_COMMANDS = {
    "check": _Verb("check", "List every problem of the sources.", "Site"),
    "build": _Verb("build", "Build the site into a folder.", "Site"),
    "serve": _Verb("serve", "Serve the site and rebuild it on every edit.", "Site"),
    "publish": _Verb("publish", "Build, check and swap the site with the issued packs.", "Site"),
    "pack": _Verb("pack", "Print a base pack from a commit.", "Evidence"),
    "seal": _Verb("seal", "Seal a base pack and enter it in the ledger.", "Evidence"),
    "verify": _Verb("verify", "Judge a sealed pack without trusting its publisher.", "Evidence"),
    "diff": _Verb("diff", "Say what changed in meaning between two commits.", "Time"),
    "history": _Verb("history", "Say what changed in one record, when and by whom.", "Time"),
    "new": _Verb("new", "Scaffold a record with the next free id.", "Editors"),
    "fmt": _Verb("fmt", "Normalise sources without losing comments.", "Editors"),
    "schema": _Verb("schema", "Write JSON Schemas for editors.", "Editors"),
    "explain": _Verb("explain", "Explain a rule by its code.", "Editors"),
    "table": _Verb("table", "Export or import the matrix as a spreadsheet.", "Editors"),
    "demo": _Verb("demo", "Write the sample bank's repository, build and verify it.", "First steps"),
    "init": _Verb("init", "Start a programme of your own in a folder.", "First steps"),
    "doctor": _Verb("doctor", "Say what this machine can do and what it lacks.", "First steps"),
}


class LazyCommands(click.Group):
    """Imports a command's module only when it is called, so that `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands, in the order of the groups."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name, or None."""
        verb = _COMMANDS.get(cmd_name)
        if verb is None:
            return None
        command = import_module(f"generator.cli.{verb.module}").command
        if not isinstance(command, click.Command):
            raise TypeError(cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """The commands by group."""
        for group in dict.fromkeys(verb.group for verb in _COMMANDS.values()):
            with formatter.section(group):
                formatter.write_dl([(name, verb.help) for name, verb in _COMMANDS.items() if verb.group == group])


@click.command(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="roadmap")
@click.option(
    "-C",
    "directory",
    default=".",
    metavar="DIR",
    help="Work on the repository in this folder.",
    type=click.Path(exists=True, file_okay=False),
)
@click.pass_context
def roadmap(ctx: click.Context, directory: str) -> None:
    """A training programme kept as text in git: a site for staff, sealed evidence packs for auditors.

    \b
    Examples:
      roadmap check                                  every problem, with file, line and column
      roadmap build --as-of 2026-09-30 site          the portal as it was seen that day
      roadmap verify pack.pdf --repo . --trust demo  judge a pack
    """
    ctx.obj = directory


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code."""
    try:
        code = roadmap.main(arguments, prog_name="roadmap", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except PortalError as error:
        return _told(error)
    except SystemExit as exit_:  # click and rich leave so where the reader went away
        return _left(exit_.code)
    except BrokenPipeError:
        _forget_output()
        return 0
    except Exception as error:  # noqa: BLE001 - the last resort: one line, whatever went wrong
        return _unforeseen(error)
    return code if isinstance(code, int) else 0


def _left(code: object) -> int:
    """The exit code of a library that ended the program itself; a reader that went away is no failure."""
    try:
        sys.stdout.flush()
    except OSError:
        _forget_output()
        return 0
    return code if isinstance(code, int) else int(code is not None)


def _forget_output() -> None:
    """Send what is still to be written to nowhere, so that the interpreter does not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unforeseen(error: Exception) -> int:
    """Print a failure that no command foresaw in the one form; what the machine refuses has words of its own."""
    if os.environ.get("ROADMAP_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    if isinstance(error, OSError) and error.errno:
        from generator.adapters.files import storage_error

        if error.filename is None and error.errno == errno.ENOSPC:
            _forget_output()  # what is left of it does not fit either
        return _told(storage_error(_shown(error.filename), "use", error))
    told = PortalError(
        f"internal: {type(error).__name__}: {' '.join(str(error).split())[:_LONGEST]}",
        remedy="set ROADMAP_DEBUG=1 to see where, and report it",
        reason="INTERNAL",
    )
    return _told(told)


def _shown(name: object) -> str:
    return os.fsdecode(name) if isinstance(name, str | bytes) else "the output"


def _told(error: PortalError) -> int:
    """Print a failure in the one form that all have; the exit code."""
    if isinstance(error, ContentError):
        from generator.render.diagnostics import Listing, as_text  # start-up time: only where something is wrong

        click.echo(as_text(Listing(error.problems, error.root, {})), nl=False, err=True)
    click.echo(f"error: {error.message}", err=True)
    if remedy := error.remedy or _REMEDIES.get(error.reason, ""):
        click.echo(f"help: {remedy}", err=True)
    if error.exit_code == 3:
        click.echo(f"reason: {error.reason}", err=True)
    return error.exit_code
