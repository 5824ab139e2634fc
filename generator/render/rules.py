"""Rules in words: one in full, or all of them in a list."""

from collections.abc import Iterable
from textwrap import fill

from generator.model.kind import Rule

_WIDTH = 96
_LOADED = "{message}"  # the message of rules that loading judges says nothing by itself


def rule_text(rule: Rule) -> str:
    """One rule in full: title, severity, why, the way out, the form of its message and its place on the site."""
    form = [] if rule.message == _LOADED else [("Message", rule.message)]
    parts = [("Why", rule.why), ("Way out", rule.remedy), *form, ("Page", f"rules/#{rule.code}")]
    lines = [f"{rule.code} ({rule.severity}): {rule.title}", ""]
    for label, text in parts:
        lines.append(fill(text, _WIDTH, initial_indent=f"{label + ':':<10}", subsequent_indent=" " * 10))
    return "\n".join(lines) + "\n"


def rule_list(rules: Iterable[Rule]) -> str:
    """One line a rule: code, severity, title."""
    return "".join(f"{rule.code}  {rule.severity:<7}  {rule.title}\n" for rule in rules)
