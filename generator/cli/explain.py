"""`roadmap explain`."""

import click

from generator.commands.explain import BY_CODE, explain


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> int:
    """Explain a rule by its code; without a code, list every rule."""
    if code is None:
        for rule in BY_CODE.values():
            click.echo(f"{rule.code}  {rule.severity.value:7}  {rule.title}")
        return 0
    rule = explain(code)
    click.echo(f"{rule.code} ({rule.severity.value}): {rule.title}\n")
    click.echo(f"Why:     {rule.why}")
    click.echo(f"Remedy:  {rule.remedy}")
    click.echo(f"Message: {rule.message if rule.message != '{message}' else 'says what was expected and found'}")
    return 0
