"""Options that several commands share."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from generator.model.fields import Classification, FieldError, parsed_date

AS_OF = (
    "Judge as of this day (YYYY-MM-DD), the effective clock: what was true then, as we know it today. With --commit of "
    "that day too, the recorded clock: what was believed then. Default: the commit's day, or today with uncommitted "
    "changes."
)
F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A calendar day on the command line."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error."""
        try:
            return parsed_date(value)
        except FieldError as error:
            self.fail(str(error), param, ctx)


class Audience(click.ParamType[Classification]):
    """A classification on the command line."""

    name = "public|internal|restricted"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Classification:
        """The classification, or a usage error."""
        try:
            return Classification(value)
        except ValueError:
            self.fail(f'expected one of public, internal, restricted, found "{value}"', param, ctx)


def as_of_option(command: F) -> F:
    """`--as-of DATE`: the effective date."""
    return click.option("--as-of", type=Day(), default=None, help=AS_OF)(command)


def commit_option(command: F) -> F:
    """`--commit REV`: the recorded clock."""
    return click.option("--commit", default="", metavar="REV", help="Read this commit; default: the work tree.")(
        command
    )


def audience_option(default: str) -> Callable[[F], F]:
    """`--audience WORD`: who may read the result."""

    def decorate(command: F) -> F:
        text = f"Leave out what is classified above this; default {default}."
        return click.option("--audience", type=Audience(), default=default, help=text)(command)

    return decorate
