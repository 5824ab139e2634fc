"""`roadmap explain`: what a rule asks for, why, and what to do about a finding."""

from difflib import get_close_matches

from generator.checks import RULES
from generator.errors import UsageError
from generator.kinds import KINDS
from generator.model.kind import Rule

BY_CODE = {rule.code: rule for rule in RULES}


def explain(code: str) -> Rule:
    """The rule of that code. Raises UsageError when there is none."""
    rule = BY_CODE.get(code.strip().upper())
    if rule is None:
        close = get_close_matches(code.upper(), BY_CODE, n=1)
        remedy = f'did you mean "{close[0]}"?' if close else "`roadmap explain` without a code lists all rules"
        raise UsageError(f'no rule has the code "{code}"', remedy=remedy)
    return rule


def judged_kind(rule: Rule) -> str:
    """The name of the kind that a rule stands beside; empty for rules across kinds and of loading."""
    return next((kind.name for kind in KINDS if rule in kind.rules), "")
