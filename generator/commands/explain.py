"""`roadmap explain`: a rule by its code."""

from difflib import get_close_matches

from generator.checks import RULES
from generator.errors import UsageError
from generator.model.kind import Rule


def explained(code: str) -> Rule:
    """The rule of that code, upper or lower case. Raises UsageError with the nearest codes."""
    wanted = code.strip().upper()
    found = next((rule for rule in RULES if rule.code == wanted), None)
    if found is not None:
        return found
    close = get_close_matches(wanted, [rule.code for rule in RULES], n=3, cutoff=0.6)
    nearest = f"; did you mean {' or '.join(close)}?" if close else ""
    raise UsageError(f'there is no rule "{code}"{nearest}', remedy="`roadmap explain --list` lists all rules")
