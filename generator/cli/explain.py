"""`roadmap explain`."""

import click

from generator.checks import RULES
from generator.commands.explain import explained
from generator.errors import UsageError
from generator.render.rules import rule_list, rule_text


@click.command()
@click.argument("code", default="")
@click.option("--list", "all_rules", is_flag=True, help="List every rule: code, severity, title.")
def command(code: str, all_rules: bool) -> int:
    """Explain a rule by its code: what it asks, why, and the way out.

    \b
    Examples:
      roadmap explain OBL002
      roadmap explain --list
    """
    if all_rules:
        click.echo(rule_list(RULES), nl=False)
        return 0
    if not code:
        raise UsageError("name the code of a rule", remedy="`roadmap explain --list` lists all rules")
    click.echo(rule_text(explained(code)), nl=False)
    return 0
